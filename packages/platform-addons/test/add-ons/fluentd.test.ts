import { Fluentd, FluentdDestination } from '../../src';
import { contextOn, eks, kubeadm } from '../support/example';

const filesOf = (fluentd: Fluentd, profile = eks()) => fluentd.install(contextOn(profile)).values.fileConfigs as { [file: string]: string };

/** Sections of Fluentd's configuration open and close like elements. */
function isBalanced(text: string): boolean {
  const open: string[] = [];
  for (const [, close, name] of text.matchAll(/^ *<(\/?)([a-z]+)[^>\n]*>$/gm)) {
    if (!close) open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

test('on EKS logs go to CloudWatch with the identity of the pod', () => {
  const fluentd = new Fluentd();
  const installation = fluentd.install(contextOn(eks()));
  expect(installation.values.variant).toBe('cloudwatch');
  expect(filesOf(fluentd)['04_outputs.conf']).toContain('log_group_name /aws/eks/production/containers');
  expect(installation.identities).toMatchObject([{ namespace: 'logging', serviceAccount: 'fluentd' }]);
  expect(installation.values.serviceAccount.name).toBe('fluentd');
  expect(fluentd.problems(contextOn(eks()))).toEqual([]);
});

test('it may write to its own log group only', () => {
  const [identity] = new Fluentd({ destination: FluentdDestination.cloudWatch({ logGroup: '/viridial/logs' }) }).install(contextOn(eks())).identities;
  const write = identity.statements!.filter((statement) => statement.actions.includes('logs:PutLogEvents'));
  expect(write.flatMap((statement) => statement.resources)).toEqual(['arn:aws:logs:*:*:log-group:/viridial/logs', 'arn:aws:logs:*:*:log-group:/viridial/logs:*']);
});

test('elsewhere logs stay on the node, which is a warning', () => {
  expect(new Fluentd().problems(contextOn(kubeadm())).map((problem) => problem.code)).toEqual(['LogsStayOnNode']);
  expect(new Fluentd().install(contextOn(kubeadm())).identities).toEqual([]);
});

test('Fluentd does not read its own log, which would come back to it for ever', () => {
  expect(filesOf(new Fluentd({ namespace: 'logs' }))['01_sources.conf']).toContain('exclude_path ["/var/log/containers/fluentd-*_logs_*.log"]');
});

test('all four files of the chart are replaced, so that none of its outputs is left', () => {
  expect(Object.keys(filesOf(new Fluentd()))).toEqual(['01_sources.conf', '02_filters.conf', '03_dispatch.conf', '04_outputs.conf']);
});

test('the log format of the container runtime interface is taken apart', () => {
  const expression = /expression \/(.+)\/$/m.exec(filesOf(new Fluentd())['01_sources.conf'])![1];
  const match = new RegExp(expression).exec('2026-11-21T10:00:00.123456789+00:00 stderr P half a line');
  expect({ ...match!.groups }).toEqual({ time: '2026-11-21T10:00:00.123456789+00:00', stream: 'stderr', part: 'P', log: 'half a line' });
});

const DESTINATIONS: [string, FluentdDestination][] = [
  ['CloudWatch', FluentdDestination.cloudWatch()],
  ['Elasticsearch', FluentdDestination.elasticsearch({ host: 'es.example.com', user: 'writer' })],
  ['another Fluentd', FluentdDestination.forward({ host: '10.0.0.5' })],
  ['standard output', FluentdDestination.standardOutput()],
];

test.each(DESTINATIONS)('the configuration for %s opens and closes every section, and every label it sends to exists', (_, destination) => {
  const text = Object.values(filesOf(new Fluentd({ destination }))).join('');
  expect(isBalanced(text)).toBe(true);
  const defined = [...text.matchAll(/<label (@\w+)>/g)].map((match) => match[1]);
  const used = [...text.matchAll(/^ *@label (@\w+)$/gm)].map((match) => match[1]);
  expect(used.filter((label) => !defined.includes(label))).toEqual([]);
});

test('Elasticsearch is reached over HTTPS with a password from a slot', () => {
  const fluentd = new Fluentd({ destination: FluentdDestination.elasticsearch({ host: 'es.example.com', user: 'writer' }) });
  const [slot] = fluentd.secretSlots(contextOn(eks()));
  const { values } = fluentd.install(contextOn(eks()));
  expect(values.env).toEqual([{ name: 'ELASTICSEARCH_PASSWORD', valueFrom: { secretKeyRef: { name: slot.name, key: 'password' } } }]);
  expect(values.fileConfigs['04_outputs.conf']).toContain('scheme https');
  expect(values.variant).toBe('elasticsearch8');
});

test('Elasticsearch without a user needs no secret', () => {
  const destination = FluentdDestination.elasticsearch({ host: 'es', port: 9201, plainHttp: true });
  expect(destination.secretSlots('logging')).toEqual([]);
  expect(destination.configuration(contextOn(eks()))).toEqual(expect.arrayContaining(['port 9201', 'scheme http']));
});

test('forwarding is encrypted unless it is opened by name', () => {
  expect(FluentdDestination.forward({ host: 'log' }).configuration(contextOn(eks()))).toContain('transport tls');
  expect(FluentdDestination.forward({ host: 'log', plainText: true }).configuration(contextOn(eks()))).not.toContain('transport tls');
});

test('a number of days that CloudWatch does not know is an error', () => {
  const fluentd = new Fluentd({ destination: FluentdDestination.cloudWatch({ retentionDays: 31 }) });
  expect(fluentd.problems(contextOn(eks())).map(String)[0]).toContain('destination.retentionDays: CloudWatch cannot keep log lines for 31 days (InvalidRetention); allowed: 1, 3, 5');
});

test.each(['es.example.com"\n@type exec', 'a b', ''])('host %j is an error, because it would be written into the configuration as it is', (host) => {
  expect(new Fluentd({ destination: FluentdDestination.forward({ host }) }).problems(contextOn(eks())).map((problem) => problem.code)).toEqual(['InvalidHost']);
  expect(new Fluentd({ destination: FluentdDestination.elasticsearch({ host }) }).problems(contextOn(eks())).map((problem) => problem.code)).toEqual(['InvalidHost']);
});

test('root in its container has no capability and cannot gain one', () => {
  const { values } = new Fluentd().install(contextOn(eks()));
  expect(values.securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
  expect(values.mountDockerContainersDirectory).toBe(false);
});
