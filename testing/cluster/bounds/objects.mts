// Objects that quotas and limit ranges look at.
import type { Random } from '../harness/random.mts';

/** A container with what it asks for. */
export interface Asks {
  readonly requests?: Record<string, string>;
  readonly limits?: Record<string, string>;
}

/** A pod of containers that ask for something. */
export function pod(containers: readonly Asks[], rest: Record<string, any> = {}): Record<string, any> {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'test' },
    spec: { containers: containers.map((resources, index) => ({ name: `c${index}`, image: 'web', resources })), ...rest },
  };
}

/** An init container, or a sidecar. */
export function init(resources: Asks, sidecar: boolean): Record<string, any> {
  return { name: sidecar ? 'sidecar' : 'first', image: 'web', resources, ...(sidecar ? { restartPolicy: 'Always' } : {}) };
}

/** A claim of so much storage. */
export function claim(storage: string, storageClassName?: string): Record<string, any> {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'test' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...(storageClassName === undefined ? {} : { storageClassName }) },
  };
}

/** A service with some ports. */
export function service(type: string, ports: number, rest: Record<string, any> = {}): Record<string, any> {
  const list = Array.from({ length: ports }, (_, index) => ({ name: `p${index}`, port: 80 + index }));
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'test' }, spec: { type, selector: { app: 'test' }, ports: list, ...rest } };
}

/** A deployment, whose pods ask for whatever they like. */
export function deployment(): Record<string, any> {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'test' },
    spec: { replicas: 50, selector: { matchLabels: { app: 'test' } }, template: { metadata: { labels: { app: 'test' } }, spec: { containers: [{ name: 'main', image: 'web', resources: { requests: { cpu: '64' } } }] } } },
  };
}

/** Objects that every API server takes, and the plural they are created at. */
export const PLURALS: Readonly<Record<string, string>> = {
  Pod: 'api/v1/*/pods',
  PersistentVolumeClaim: 'api/v1/*/persistentvolumeclaims',
  Service: 'api/v1/*/services',
  ConfigMap: 'api/v1/*/configmaps',
  Deployment: 'apis/apps/v1/*/deployments',
  Job: 'apis/batch/v1/*/jobs',
  NetworkPolicy: 'apis/networking.k8s.io/v1/*/networkpolicies',
};

const CPU = ['50m', '100m', '250m', '500m', '1', '1500m', '2'];
const MEMORY = ['32Mi', '64Mi', '128Mi', '256M', '512Mi', '1Gi', '2Gi'];

/** Amounts of a resource, small ones first. */
export function amountsOf(resource: string): readonly string[] {
  return resource.endsWith('cpu') ? CPU : resource.endsWith('memory') || resource.endsWith('storage') ? MEMORY : ['0', '1', '2', '3', '5', '8', '13'];
}

/** A pod that asks for anything, in any part of it. */
export function anyPod(random: Random): Record<string, any> {
  const asks = (): Asks => {
    const list = (least: number) => Object.fromEntries(random.some(['cpu', 'memory'], 0, 2).map((resource) => [resource, amountsOf(resource)[random.whole(least, least + 3)]!]));
    return { ...(random.chance(0.7) ? { requests: list(0) } : {}), ...(random.chance(0.6) ? { limits: list(3) } : {}) };
  };
  const affinity = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', labelSelector: {}, ...(random.chance(0.5) ? { namespaces: ['other'] } : {}) }] } };
  return pod(Array.from({ length: random.whole(1, 3) }, asks), {
    ...(random.chance(0.3) ? { initContainers: [random.chance(0.5) ? init(asks(), true) : init(asks(), false)] } : {}),
    ...(random.chance(0.2) ? { activeDeadlineSeconds: 60 } : {}),
    ...(random.chance(0.3) ? { priorityClassName: random.pick(['high', 'low']) } : {}),
    ...(random.chance(0.1) ? { affinity } : {}),
    ...(random.chance(0.15) ? { resources: random.chance(0.5) ? { requests: { cpu: '2', memory: '4Gi' } } : { limits: { cpu: '4', memory: '8Gi' } } } : {}),
  });
}

/** Anything that a quota may count. */
export function anyObject(random: Random): Record<string, any> {
  if (random.chance(0.65)) return anyPod(random);
  return random.pick([
    () => claim(random.pick(MEMORY), random.pick([undefined, 'gold', 'silver'])),
    () => service(random.pick(['ClusterIP', 'NodePort', 'LoadBalancer']), random.whole(1, 3)),
    () => service('LoadBalancer', 2, { allocateLoadBalancerNodePorts: false }),
    deployment,
    () => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'test' }, data: {} }),
    () => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'test' }, spec: { podSelector: {}, policyTypes: ['Ingress'] } }),
  ])();
}
