import { ClusterProfile, Cni, PodSecurityLevel, Quantity } from '@viridial/core';
import { Flow, FlowKind } from '@viridial/security-policy';
import { Footprint, FootprintWorkload, Installation, WorkloadKind } from '../../src';
import { sharedSettings } from '../../src/private/shared-settings';

const profile = (nodes?: number) => ClusterProfile.kubeadm({
  version: '1.36', cni: Cni.CALICO, ...(nodes ? { capacity: { nodes, cpu: '100', memory: '100Gi', pods: 1000 } } : {}),
});
const SHARED = { monitoring: 'p-monitoring', logging: 'p-logging' };

function installation(workloads: FootprintWorkload[], flows: Flow[] = [], namespace = 'p-monitoring', podSecurityLevel = PodSecurityLevel.RESTRICTED): Installation {
  return new Installation({
    name: `a${workloads.length}${flows.length}`,
    namespace,
    chart: 'a',
    repository: 'https://charts.example.com',
    version: '1.0.0',
    podSecurityLevel,
    footprint: new Footprint({ workloads, flows }),
  });
}

const workload = (kind: WorkloadKind, props: Partial<FootprintWorkload> = {}): FootprintWorkload => ({
  kind, name: 'w', containers: [{ name: 'main', limits: { cpu: '1', memory: '1Gi' } }], ...props,
});
const budget = (...workloads: FootprintWorkload[]) => sharedSettings([installation(workloads)], SHARED, profile(10)).monitoring.budget!;
const sameAmount = (a: string, b: string) => expect(Quantity.parse(a).compareTo(Quantity.parse(b))).toBe(0);

test('a namespace that hosts no add-on has no settings', () => {
  expect(sharedSettings([], SHARED, profile())).toEqual({});
  expect(Object.keys(sharedSettings([installation([])], SHARED, profile()))).toEqual(['monitoring']);
});

test('there is room for a rollout: old and new pods of a Deployment side by side', () => {
  const { cpu, memory, pods } = budget(workload(WorkloadKind.DEPLOYMENT, { replicas: 3 }));
  sameAmount(cpu, '8');
  sameAmount(memory, '7Gi');
  expect(pods).toBe(16);
});

test('a DaemonSet is counted once on every node of the cluster', () => {
  const { memory, pods } = budget(workload(WorkloadKind.DAEMON_SET));
  sameAmount(memory, '11Gi');
  expect(pods).toBe(20);
});

test('a cluster that does not say how many nodes it has is counted with a hundred', () => {
  const settings = sharedSettings([installation([workload(WorkloadKind.DAEMON_SET)])], SHARED, profile());
  expect(settings.monitoring.budget!.pods).toBe(110);
});

test('a container without a CPU limit is counted with the default that it gets', () => {
  const settings = sharedSettings([installation([workload(WorkloadKind.DEPLOYMENT, { containers: [{ name: 'main' }] })])], SHARED, profile());
  expect(settings.monitoring.containerLimits).toEqual({ defaultCpu: '2' });
  sameAmount(settings.monitoring.budget!.cpu, '6');
});

test('claimed volumes fit, twice, and something is left', () => {
  sameAmount(budget(workload(WorkloadKind.STATEFUL_SET, { storage: '50Gi' })).storage!, '110Gi');
});

test('the level is that of the least strict add-on', () => {
  const settings = sharedSettings([
    installation([], [], 'p-monitoring', PodSecurityLevel.BASELINE), installation([], [], 'p-monitoring', PodSecurityLevel.PRIVILEGED),
  ], SHARED, profile());
  expect(settings.monitoring.podSecurity).toBe(PodSecurityLevel.PRIVILEGED);
});

test('flows of all add-ons are there, each once, without the DNS that every namespace has', () => {
  const internet = () => Flow.internet({ ports: [{ port: 443 }], reason: 'mail' });
  const settings = sharedSettings([
    installation([], [Flow.dns(), internet()]), installation([], [internet(), Flow.kubeApiServer({ reason: 'watch' })]),
  ], SHARED, profile());
  expect(settings.monitoring.flows!.map((flow) => flow.kind).sort()).toEqual([FlowKind.INTERNET, FlowKind.KUBE_API_SERVER]);
});

test('the settings of one namespace know nothing of another', () => {
  const settings = sharedSettings([
    installation([workload(WorkloadKind.DEPLOYMENT)]), installation([workload(WorkloadKind.DAEMON_SET)], [], 'p-logging'),
  ], SHARED, profile(10));
  expect(settings.monitoring.budget!.pods).toBe(12);
  expect(settings.logging.budget!.pods).toBe(20);
});
