import { NetworkProtocol } from '@viridial/core';
import { Footprint, WorkloadKind } from '../src';

const container = { name: 'main', securityContext: { privileged: true }, requests: { cpu: '10m' }, limits: { memory: '1Gi' } };
const find = (manifests: any[], kind: string) => manifests.find((manifest) => manifest.kind === kind);

test('an empty footprint brings nothing', () => {
  expect(new Footprint().manifests('ns')).toEqual([]);
});

test('access to the node is rendered as a judge of pods reads it', () => {
  const [daemonSet] = new Footprint({
    workloads: [{
      kind: WorkloadKind.DAEMON_SET,
      name: 'agent',
      hostNetwork: true,
      hostPid: true,
      hostPaths: [{ path: '/', readOnly: true }, { path: '/var/log' }],
      securityContext: { runAsUser: 0 },
      containers: [container],
    }],
  }).manifests('ns');
  const { spec } = daemonSet.spec.template;
  expect([daemonSet.apiVersion, daemonSet.metadata]).toEqual(['apps/v1', { name: 'agent', namespace: 'ns' }]);
  expect([spec.hostNetwork, spec.hostPID, spec.securityContext]).toEqual([true, true, { runAsUser: 0 }]);
  expect(spec.volumes).toEqual([{ name: 'host-0', hostPath: { path: '/' } }, { name: 'host-1', hostPath: { path: '/var/log' } }]);
  expect(spec.containers[0].volumeMounts).toEqual([{ name: 'host-0', mountPath: '/host/root', readOnly: true }, { name: 'host-1', mountPath: '/var/log' }]);
  expect(spec.containers[0].resources).toEqual({ requests: { cpu: '10m' }, limits: { memory: '1Gi' } });
});

test('a workload selects the pods it makes', () => {
  const [deployment] = new Footprint({ workloads: [{ kind: WorkloadKind.DEPLOYMENT, name: 'web', replicas: 3, labels: { tier: 'front' }, containers: [container] }] }).manifests('ns');
  expect(deployment.spec.replicas).toBe(3);
  expect(deployment.spec.selector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'web', 'tier': 'front' });
  expect(deployment.spec.template.metadata.labels).toEqual(deployment.spec.selector.matchLabels);
});

test('init containers and ports are told apart', () => {
  const [workload] = new Footprint({
    workloads: [{
      kind: WorkloadKind.STATEFUL_SET,
      name: 'db',
      containers: [{ name: 'prepare', init: true }, { name: 'main', ports: [{ port: 53, name: 'dns', protocol: NetworkProtocol.UDP }, { port: 80 }] }],
    }],
  }).manifests('ns');
  expect(workload.spec.serviceName).toBe('db');
  expect(workload.spec.template.spec.initContainers.map((each: any) => each.name)).toEqual(['prepare']);
  expect(workload.spec.template.spec.containers[0].ports).toEqual([
    { name: 'dns', containerPort: 53, protocol: 'UDP' }, { containerPort: 80, protocol: 'TCP' },
  ]);
});

test('a job ends, and has no selector of its own', () => {
  const [job] = new Footprint({ workloads: [{ kind: WorkloadKind.JOB, name: 'hook', containers: [container] }] }).manifests('ns');
  expect([job.apiVersion, job.spec.template.spec.restartPolicy, job.spec.selector]).toEqual(['batch/v1', 'OnFailure', undefined]);
});

test('a workload without an account gets no token', () => {
  const [workload] = new Footprint({ workloads: [{ kind: WorkloadKind.DEPLOYMENT, name: 'web', containers: [container] }] }).manifests('ns');
  expect(workload.spec.template.spec.automountServiceAccountToken).toBe(false);
});

test('the rights of an account are roles and bindings that name it', () => {
  const manifests = new Footprint({
    accounts: [{
      name: 'agent',
      clusterRules: [{ verbs: ['get'], resources: ['pods'] }, { verbs: ['get'], nonResourceUrls: ['/metrics'] }],
      rules: [{ verbs: ['create'], apiGroups: ['batch'], resources: ['jobs'], resourceNames: ['one'] }],
      clusterRoles: ['system:auth-delegator'],
    }],
  }).manifests('ns');
  const subjects = [{ kind: 'ServiceAccount', name: 'agent', namespace: 'ns' }];
  expect(find(manifests, 'ServiceAccount').metadata).toEqual({ name: 'agent', namespace: 'ns' });
  expect(find(manifests, 'ClusterRole').rules).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['get'] }, { nonResourceURLs: ['/metrics'], verbs: ['get'] },
  ]);
  expect(find(manifests, 'Role').rules).toEqual([{ apiGroups: ['batch'], resources: ['jobs'], resourceNames: ['one'], verbs: ['create'] }]);
  expect(find(manifests, 'RoleBinding').metadata.namespace).toBe('ns');
  const bindings = manifests.filter((manifest) => manifest.kind === 'ClusterRoleBinding');
  expect(bindings.map((binding) => binding.roleRef.name)).toEqual(['footprint:ns:agent', 'system:auth-delegator']);
  for (const binding of bindings) expect(binding.subjects).toEqual(subjects);
});

test('an account without rights has no role', () => {
  expect(new Footprint({ accounts: [{ name: 'plain' }] }).manifests('ns').map((manifest) => manifest.kind)).toEqual(['ServiceAccount']);
});

test('what an account can become is accepted on its bindings, whether it is found or not', () => {
  const rules = [{ verbs: ['create'], resources: ['secrets'] }];
  expect(new Footprint({ accounts: [{ name: 'own', clusterRules: rules, rules, accepted: { EscalationPath: 'because' } }] }).accepted('ns')).toEqual(
    ['ClusterRoleBinding.rbac.authorization.k8s.io', 'RoleBinding.rbac.authorization.k8s.io ns/'].map((kind) => (
      { ruleId: 'EscalationPath', object: `${kind.endsWith('/') ? kind : `${kind} `}footprint:ns:own`, reason: 'because', occasional: true })),
  );
});

test('what is accepted is accepted on the cluster role of the account and nowhere else', () => {
  const footprint = new Footprint({
    accounts: [
      { name: 'wide', clusterRules: [{ verbs: ['*'], resources: ['pods'] }], rules: [{ verbs: ['get'], resources: ['pods'] }], accepted: { WildcardRole: 'because' } },
      { name: 'narrow', clusterRules: [{ verbs: ['get'], resources: ['pods'] }] },
    ],
  });
  expect(footprint.accepted('ns')).toEqual([
    { ruleId: 'WildcardRole', object: 'ClusterRole.rbac.authorization.k8s.io footprint:ns:wide', reason: 'because' },
  ]);
});
