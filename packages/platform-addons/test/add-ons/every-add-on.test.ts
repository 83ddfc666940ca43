import { Catalogue, ClusterProfile, Manifests, PodSecurityLevel, Quantity, Severity } from '@viridial/core';
import { PodSecurity } from '@viridial/proof';
import {
  AddOn, ArgoCd, AwsLoadBalancerController, CertManager, EbsCsiDriver, EfsCsiDriver, ExternalDns, Fluentd, FluentdDestination, Jaeger,
  KubePrometheusStack, MetricsServer, MonitoringSize,
} from '../../src';
import { oldestMinor } from '../../src/private/ground-checks';
import { contextOn, eks, kubeadm } from '../support/example';

const ADD_ONS: [string, (values?: { [key: string]: any }, namespace?: string) => AddOn][] = [
  ['argo-cd', (values, namespace) => new ArgoCd({ values, namespace })],
  ['aws-ebs-csi-driver', (values, namespace) => new EbsCsiDriver({ values, namespace })],
  ['aws-efs-csi-driver', (values, namespace) => new EfsCsiDriver({ values, namespace })],
  ['aws-load-balancer-controller', (values, namespace) => new AwsLoadBalancerController({ values, namespace })],
  ['cert-manager', (values, namespace) => new CertManager({ email: 'ops@viridial.com', values, namespace })],
  ['external-dns', (values, namespace) => new ExternalDns({ values, namespace })],
  ['fluentd', (values, namespace) => new Fluentd({ values, namespace })],
  ['jaeger', (values, namespace) => new Jaeger({ values, namespace })],
  ['kube-prometheus-stack', (values, namespace) => new KubePrometheusStack({ values, namespace })],
  ['metrics-server', (values, namespace) => new MetricsServer({ values, namespace })],
];
const GROUNDS: [string, ClusterProfile][] = [['EKS', eks()], ['kubeadm', kubeadm()]];

/** Every string below a value. */
function strings(value: any): string[] {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(strings) : [];
}

describe.each(ADD_ONS)('%s', (name, make) => {
  test('takes chart, repository, version and namespace from the catalogue', () => {
    const release = Catalogue.chart(name);
    const installation = make().install(contextOn(eks()));
    expect(installation).toMatchObject({
      name,
      chart: release.chart,
      repository: release.repository,
      version: release.version,
      namespace: release.namespace,
      podSecurityLevel: release.podSecurityLevel,
    });
    expect(installation.customResourceDefinitions).toEqual([...release.crds].sort());
  });

  test('has no version of its own in its values', () => {
    const versions = strings(make().install(contextOn(eks())).values).filter((text) => /^v?\d+\.\d+\.\d+(-.*)?$/.test(text));
    expect(versions).toEqual([]);
  });

  test('merges the values of the user last', () => {
    const { values } = make({ added: { by: 'the user' }, resources: null }).install(contextOn(eks()));
    expect(values.added).toEqual({ by: 'the user' });
    expect(values.resources).toBeNull();
    expect(Object.keys(values).length).toBeGreaterThan(2);
  });

  test('goes into the namespace of the user, with its secrets and its accounts', () => {
    const context = contextOn(eks());
    const addOn = make(undefined, 'elsewhere');
    const installation = addOn.install(context);
    expect(installation.namespace).toBe('elsewhere');
    expect(addOn.secretSlots(context).map((slot) => slot.namespace).filter((namespace) => namespace !== 'elsewhere')).toEqual([]);
    expect(installation.identities.map((identity) => identity.namespace).filter((namespace) => namespace !== 'elsewhere')).toEqual([]);
  });

  test('asks for CPU and memory and has a limit of memory in every container', () => {
    for (const [, ground] of GROUNDS) {
      const containers = make().footprint(contextOn(ground)).workloads.flatMap((workload) => workload.containers);
      expect(containers.length).toBeGreaterThan(0);
      for (const { requests = {}, limits = {} } of containers) {
        expect(Quantity.parse(requests.cpu).isZero).toBe(false);
        expect(Quantity.parse(limits.memory).compareTo(Quantity.parse(requests.memory))).toBeGreaterThanOrEqual(0);
      }
    }
  });

  test.each(GROUNDS)('has a footprint on %s that the Pod Security level of its namespace allows', (_, ground) => {
    const context = contextOn(ground);
    const level = make().install(context).podSecurityLevel;
    for (const manifest of make().footprint(context).manifests('ns')) {
      expect(PodSecurity.evaluate(manifest, { level, version: ground.version.minorText })).toEqual([]);
    }
  });

  test.each(GROUNDS)('has well-formed objects on %s, each once', (_, ground) => {
    const context = contextOn(ground);
    const manifests = [...make().footprint(context).manifests('ns'), ...make().manifests(context)];
    expect(Manifests.check(manifests).map(String)).toEqual([]);
  });

  test('binds every workload to an account that is declared, or to none', () => {
    const { workloads, accounts } = make().footprint(contextOn(eks()));
    const declared = accounts.map((account) => account.name);
    const used = workloads.flatMap((workload) => (workload.serviceAccount === undefined ? [] : [workload.serviceAccount]));
    expect(used.filter((account) => !declared.includes(account))).toEqual([]);
  });

  test('says why each of its flows is there', () => {
    for (const flow of make().footprint(contextOn(eks())).flows) expect(flow.reason.length).toBeGreaterThan(10);
  });

  test('is the same on the same cluster, however often it is asked', () => {
    const addOn = make();
    const once = JSON.stringify(addOn.install(contextOn(eks())));
    expect(JSON.stringify(addOn.install(contextOn(eks())))).toBe(once);
    expect(JSON.stringify(make().install(contextOn(eks())))).toBe(once);
  });

  test('has no error on its own ground', () => {
    expect(make().problems(contextOn(eks())).filter((problem) => problem.severity === Severity.ERROR).map(String)).toEqual([]);
  });

  test('comes from a chart whose range of Kubernetes is understood', () => {
    const { kubernetesRange } = Catalogue.chart(name);
    if (kubernetesRange) expect(oldestMinor(kubernetesRange)).toMatch(/^\d+\.\d+$/);
  });
});

test('what is privileged is what reads or mounts nodes, and nothing else', () => {
  const privileged = ADD_ONS
    .filter(([, make]) => make().install(contextOn(eks())).podSecurityLevel === PodSecurityLevel.PRIVILEGED)
    .map(([name]) => name);
  expect(privileged).toEqual(['aws-ebs-csi-driver', 'aws-efs-csi-driver', 'fluentd', 'kube-prometheus-stack']);
});

test('a light monitoring and another destination of logs pass as well', () => {
  for (const addOn of [new KubePrometheusStack({ size: MonitoringSize.LIGHT }), new Fluentd({ destination: FluentdDestination.standardOutput() })]) {
    for (const manifest of addOn.footprint(contextOn(kubeadm())).manifests('ns')) {
      expect(PodSecurity.evaluate(manifest, { level: PodSecurityLevel.PRIVILEGED, version: '1.36' })).toEqual([]);
    }
  }
});
