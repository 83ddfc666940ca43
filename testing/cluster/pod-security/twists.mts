// For every control of the Pod Security Standards pairs of pods that differ in one field, of which one passes.
import type { Random } from '../harness/random.mts';

/** Changes a pod's metadata and spec in place. */
export type Edit = (pod: Pod, random: Random) => void;

/** The part of an object that is a pod. */
export interface Pod {
  readonly metadata: { labels: Record<string, string>; annotations: Record<string, string> };
  readonly spec: Record<string, any>;
}

/** Two edits of which the first leaves a pod within its level and the second does not. */
export interface Twist {
  readonly control: string;
  readonly level: 'baseline' | 'restricted';
  /** Minor versions at which the second edit is refused. */
  readonly since: number;
  readonly until?: number;
  readonly good: Edit;
  readonly bad: Edit;
  /** A minor version at which the bad edit is still, or already, allowed: then the version is the one field. */
  readonly allowedAt?: number;
  /** Other controls that refuse the bad one too, because no server takes the one without the other. */
  readonly company?: readonly string[];
}

/** The container that an edit is about: any of any sort. */
function container({ spec }: Pod, random: Random): Record<string, any> {
  return random.pick([...spec.containers, ...spec.initContainers ?? []]);
}

function security(holder: Record<string, any>): Record<string, any> {
  return holder.securityContext ??= {};
}

/** Sets a field of a security context, of the pod's or of a container's. */
const anySecurity = (field: string, value: any): Edit => (pod, random) => {
  security(random.chance(0.5) ? pod.spec : container(pod, random))[field] = value;
};
const ofContainer = (field: string, value: any): Edit => (pod, random) => {
  const own = security(container(pod, random));
  if (value === undefined) delete own[field];
  else own[field] = value;
};
const ofPod = (field: string, value: any): Edit => ({ spec }) => {
  if (value === undefined) delete security(spec)[field];
  else security(spec)[field] = value;
};
const spec = (field: string, value: any): Edit => (pod) => { pod.spec[field] = value; };
const capabilities = (field: 'add' | 'drop', value: string[]): Edit => (pod, random) => {
  (security(container(pod, random)).capabilities ??= {})[field] = value;
};
const volume = (source: Record<string, any>): Edit => (pod) => { (pod.spec.volumes ??= []).push({ name: 'twisted', ...source }); };
const annotation = (key: (pod: Pod) => string, value: string): Edit => (pod) => { pod.metadata.annotations[key(pod)] = value; };
const port = (hostPort: number): Edit => (pod, random) => {
  const own = container(pod, random);
  own.ports = [{ containerPort: 8080, name: 'twisted', ...(hostPort === 0 ? {} : { hostPort }) }];
};
const sysctl = (name: string): Edit => ({ spec: own }) => { (security(own).sysctls ??= []).push({ name, value: '1' }); };
const both = (...edits: Edit[]): Edit => (pod, random) => { for (const edit of edits) edit(pod, random); };

const HANDLERS = ['livenessProbe', 'readinessProbe', 'startupProbe', 'postStart', 'preStop'] as const;
const handler = (host: string): Edit => (pod, random) => {
  const own = random.pick(pod.spec.containers as Record<string, any>[]);
  const action = random.chance(0.5) ? { httpGet: { port: 80, ...(host === '' ? {} : { host }) } } : { tcpSocket: { port: 80, ...(host === '' ? {} : { host }) } };
  const name = random.pick(HANDLERS);
  if (name === 'postStart' || name === 'preStop') own.lifecycle = { [name]: action };
  else own[name] = action;
};

/** Old kubelets read seccomp from annotations; the first of the two is about the whole pod. */
const SECCOMP_POD = () => 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = (pod: Pod) => `container.seccomp.security.alpha.kubernetes.io/${pod.spec.containers[0].name}`;
const APPARMOR = (pod: Pod) => `container.apparmor.security.beta.kubernetes.io/${pod.spec.containers[0].name}`;

const baseline = (control: string, good: Edit, bad: Edit, rest: Partial<Twist> = {}): Twist => ({ control, level: 'baseline', since: 0, good, bad, ...rest });
const restricted = (control: string, since: number, good: Edit, bad: Edit, rest: Partial<Twist> = {}): Twist => ({ control, level: 'restricted', since, good, bad, ...rest });

/** Every twist. */
export const TWISTS: readonly Twist[] = [
  baseline('privileged', ofContainer('privileged', false), ofContainer('privileged', true)),
  baseline('capabilities_baseline', capabilities('add', ['CHOWN']), capabilities('add', ['CHOWN', 'SYS_ADMIN'])),
  baseline('capabilities_baseline', capabilities('add', ['NET_BIND_SERVICE']), capabilities('add', ['NET_RAW'])),
  ...['hostNetwork', 'hostPID', 'hostIPC'].map((field) => baseline('hostNamespaces', spec(field, false), spec(field, true))),
  baseline('hostPathVolumes', volume({ emptyDir: {} }), volume({ hostPath: { path: '/etc' } })),
  baseline('hostPorts', port(0), port(8080)),
  baseline('hostProbesAndHostLifecycle', handler(''), handler('10.0.0.1'), { since: 34 }),
  baseline('hostProbesAndHostLifecycle', handler('127.0.0.1'), handler('127.0.0.1'), { since: 34, allowedAt: 33 }),
  baseline('procMount', both(spec('hostUsers', false), ofContainer('procMount', 'Default')), both(spec('hostUsers', false), ofContainer('procMount', 'Unmasked')), { until: 34 }),
  baseline('procMount', both(spec('hostUsers', false), ofContainer('procMount', 'Unmasked')), both(spec('hostUsers', false), ofContainer('procMount', 'Unmasked')), { until: 34, allowedAt: 35 }),
  restricted('procMount_restricted', 35, both(spec('hostUsers', false), ofContainer('procMount', 'Default')), both(spec('hostUsers', false), ofContainer('procMount', 'Unmasked'))),
  ...['container_t', 'container_init_t', 'container_kvm_t', ''].map((type) => (
    baseline('seLinuxOptions', anySecurity('seLinuxOptions', { type, level: 's0' }), anySecurity('seLinuxOptions', { type: 'spc_t', level: 's0' })))),
  ...['user', 'role'].map((field) => baseline('seLinuxOptions', anySecurity('seLinuxOptions', { [field]: '', level: 's0' }), anySecurity('seLinuxOptions', { [field]: 'own', level: 's0' }))),
  baseline('seLinuxOptions', anySecurity('seLinuxOptions', { type: 'container_engine_t' }), anySecurity('seLinuxOptions', { type: 'container_engine_t' }), { until: 30, allowedAt: 31 }),
  baseline('seccompProfile_baseline', annotation(SECCOMP_POD, 'runtime/default'), annotation(SECCOMP_POD, 'unconfined'), { until: 18 }),
  baseline('seccompProfile_baseline', annotation(SECCOMP_CONTAINER, 'localhost/own'), annotation(SECCOMP_CONTAINER, 'unconfined'), { until: 18 }),
  baseline('seccompProfile_baseline', anySecurity('seccompProfile', { type: 'RuntimeDefault' }), anySecurity('seccompProfile', { type: 'Unconfined' }), { since: 19 }),
  baseline('seccompProfile_baseline', anySecurity('seccompProfile', { type: 'Localhost', localhostProfile: 'own.json' }), anySecurity('seccompProfile', { type: 'Unconfined' }), { since: 19 }),
  ...[['kernel.shm_rmid_forced', 'kernel.msgmax'], ['net.ipv4.tcp_syncookies', 'net.ipv4.ip_forward'], ['net.ipv4.ping_group_range', 'vm.swappiness']].map(([good, bad]) => (
    baseline('sysctls', sysctl(good!), sysctl(bad!)))),
  ...([['net.ipv4.ip_local_reserved_ports', 27], ['net.ipv4.tcp_keepalive_time', 29], ['net.ipv4.tcp_rmem', 32]] as const).map(([name, minor]) => (
    baseline('sysctls', sysctl(name), sysctl(name), { until: minor - 1, allowedAt: minor }))),
  baseline('windowsHostProcess', spec('hostNetwork', false), both(spec('hostNetwork', true), ofPod('windowsOptions', { hostProcess: true })), { company: ['hostNamespaces'] }),
  baseline('appArmorProfile', anySecurity('appArmorProfile', { type: 'RuntimeDefault' }), anySecurity('appArmorProfile', { type: 'Unconfined' })),
  baseline('appArmorProfile', anySecurity('appArmorProfile', { type: 'Localhost', localhostProfile: 'own' }), anySecurity('appArmorProfile', { type: 'Unconfined' })),
  baseline('appArmorProfile', annotation(APPARMOR, 'runtime/default'), annotation(APPARMOR, 'unconfined')),
  restricted('allowPrivilegeEscalation', 8, ofContainer('allowPrivilegeEscalation', false), ofContainer('allowPrivilegeEscalation', true)),
  restricted('allowPrivilegeEscalation', 8, ofContainer('allowPrivilegeEscalation', false), ofContainer('allowPrivilegeEscalation', undefined)),
  restricted('allowPrivilegeEscalation', 8, ofContainer('allowPrivilegeEscalation', true), ofContainer('allowPrivilegeEscalation', true), { allowedAt: 7 }),
  restricted('capabilities_restricted', 22, capabilities('drop', ['ALL']), capabilities('drop', ['NET_RAW'])),
  restricted('capabilities_restricted', 22, capabilities('drop', ['ALL', 'NET_RAW']), capabilities('drop', [])),
  restricted('capabilities_restricted', 22, capabilities('add', ['NET_BIND_SERVICE']), capabilities('add', ['CHOWN'])),
  restricted('capabilities_restricted', 22, capabilities('add', ['CHOWN']), capabilities('add', ['CHOWN']), { allowedAt: 21 }),
  ...[{ nfs: { server: 'nfs', path: '/' } }, { iscsi: { targetPortal: '10.0.0.1:3260', iqn: 'iqn.2001-04.com.example:storage', lun: 0 } }, { hostPath: { path: '/srv' } }].map((source) => (
    restricted('restrictedVolumes', 0, volume({ persistentVolumeClaim: { claimName: 'data' } }), volume(source)))),
  ...[{ configMap: { name: 'settings' } }, { secret: { secretName: 'key' } }, { downwardAPI: { items: [] } }, { projected: { sources: [] } }, { csi: { driver: 'csi.example.com' } }].map((source) => (
    restricted('restrictedVolumes', 0, volume(source), volume({ nfs: { server: 'nfs', path: '/' } })))),
  restricted('runAsNonRoot', 0, ofPod('runAsNonRoot', true), ofPod('runAsNonRoot', undefined)),
  restricted('runAsNonRoot', 0, ofPod('runAsNonRoot', true), ofPod('runAsNonRoot', false)),
  restricted('runAsNonRoot', 0, ofContainer('runAsNonRoot', true), ofContainer('runAsNonRoot', false)),
  restricted('runAsNonRoot', 0, both(spec('hostUsers', false), ofPod('runAsNonRoot', false)), both(spec('hostUsers', false), ofPod('runAsNonRoot', false)), { until: 34, allowedAt: 35 }),
  restricted('runAsUser', 23, anySecurity('runAsUser', 1000), anySecurity('runAsUser', 0)),
  restricted('runAsUser', 23, anySecurity('runAsUser', 0), anySecurity('runAsUser', 0), { allowedAt: 22, until: 34 }),
  restricted('seccompProfile_restricted', 19, ofPod('seccompProfile', { type: 'RuntimeDefault' }), ofPod('seccompProfile', undefined)),
  restricted('seccompProfile_restricted', 19, ofPod('seccompProfile', { type: 'Localhost', localhostProfile: 'own.json' }), ofPod('seccompProfile', { type: 'Unconfined' })),
  restricted('seccompProfile_restricted', 19, ofContainer('seccompProfile', { type: 'RuntimeDefault' }), ofContainer('seccompProfile', { type: 'Unconfined' })),
];
