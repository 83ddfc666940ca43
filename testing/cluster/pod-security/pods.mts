// Pods that pass a level, each different in what no control looks at, and the kinds that embed them.
import type { Pod } from './twists.mts';
import type { Random } from '../harness/random.mts';

const IMAGES = ['registry.example.com/web:1.0', 'busybox', 'registry.example.com/job@sha256:0000000000000000000000000000000000000000000000000000000000000000'];

/** A pod that breaks no control of a level at any version. */
export function passing(level: 'baseline' | 'restricted', random: Random): Pod {
  const hardened = level === 'restricted';
  const container = (name: string): Record<string, any> => ({
    name,
    image: random.pick(IMAGES),
    ...(random.chance(0.3) ? { resources: { requests: { cpu: '100m' } } } : {}),
    ...(random.chance(0.2) ? { env: [{ name: 'MODE', value: 'test' }] } : {}),
    ...(random.chance(0.2) ? { ports: [{ containerPort: random.pick([80, 8443]), name: 'web' }] } : {}),
    ...(hardened ? { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, ...(random.chance(0.2) ? { readOnlyRootFilesystem: true } : {}) } }
      : random.chance(0.3) ? { securityContext: { runAsUser: random.pick([0, 1000]) } } : {}),
  });
  const inits = random.chance(0.3) ? [{ ...container('first'), ...(random.chance(0.4) ? { restartPolicy: 'Always' } : {}) }] : [];
  return {
    metadata: { labels: { app: 'test' }, annotations: random.chance(0.2) ? { note: 'nothing' } : {} },
    spec: {
      containers: ['main', 'side'].slice(0, random.chance(0.3) ? 2 : 1).map(container),
      ...(inits.length > 0 ? { initContainers: inits } : {}),
      ...(hardened ? { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } }
        : random.chance(0.3) ? { securityContext: { fsGroup: 1000 } } : {}),
      ...(random.chance(0.2) ? { volumes: [{ name: 'scratch', emptyDir: {} }] } : {}),
      ...(random.chance(0.2) ? { terminationGracePeriodSeconds: 5 } : {}),
      ...(random.chance(0.1) ? { nodeSelector: { zone: 'a' } } : {}),
    },
  };
}

/** A pod of Windows, to which some controls of restricted do not apply from 1.25 on. */
export function windows(random: Random): Pod {
  return {
    metadata: { labels: { app: 'test' }, annotations: {} },
    spec: { os: { name: 'windows' }, securityContext: { runAsNonRoot: random.chance(0.8) }, containers: [{ name: 'main', image: 'web', ...(random.chance(0.3) ? { ports: [{ containerPort: 80, hostPort: random.pick([0, 80]) }] } : {}) }] },
  };
}

/** A kind that is or embeds a pod. */
export interface Carrier {
  readonly kind: string;
  /** Path of its collection in a namespace, after the namespace. */
  readonly path: (namespace: string) => string;
  readonly carry: (pod: Pod) => Record<string, any>;
}

const metadata = { name: 'test' };
const template = ({ metadata: own, spec }: Pod, restartPolicy?: string) => (
  { metadata: own, spec: restartPolicy === undefined ? spec : { ...spec, restartPolicy } });
const selector = { matchLabels: { app: 'test' } };
const apps = (plural: string) => (namespace: string) => `/apis/apps/v1/namespaces/${namespace}/${plural}`;
const core = (plural: string) => (namespace: string) => `/api/v1/namespaces/${namespace}/${plural}`;
const batch = (plural: string) => (namespace: string) => `/apis/batch/v1/namespaces/${namespace}/${plural}`;

/** A bare pod. */
export const POD: Carrier = { kind: 'Pod', path: core('pods'), carry: (pod) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, ...pod.metadata }, spec: pod.spec }) };

/** Every kind that embeds a pod template. */
export const CARRIERS: readonly Carrier[] = [
  { kind: 'PodTemplate', path: core('podtemplates'), carry: (pod) => ({ apiVersion: 'v1', kind: 'PodTemplate', metadata, template: template(pod) }) },
  { kind: 'ReplicationController', path: core('replicationcontrollers'), carry: (pod) => ({ apiVersion: 'v1', kind: 'ReplicationController', metadata, spec: { selector: { app: 'test' }, template: template(pod) } }) },
  { kind: 'ReplicaSet', path: apps('replicasets'), carry: (pod) => ({ apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata, spec: { selector, template: template(pod) } }) },
  { kind: 'Deployment', path: apps('deployments'), carry: (pod) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { selector, template: template(pod) } }) },
  { kind: 'StatefulSet', path: apps('statefulsets'), carry: (pod) => ({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { serviceName: 'test', selector, template: template(pod) } }) },
  { kind: 'DaemonSet', path: apps('daemonsets'), carry: (pod) => ({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec: { selector, template: template(pod) } }) },
  { kind: 'Job', path: batch('jobs'), carry: (pod) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template: template(pod, 'Never') } }) },
  { kind: 'CronJob', path: batch('cronjobs'), carry: (pod) => ({ apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec: { schedule: '0 0 * * *', jobTemplate: { spec: { template: template(pod, 'Never') } } } }) },
];
