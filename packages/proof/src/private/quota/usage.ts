import { Quantity } from '@viridial/core';
import { chargedOf, PodResources } from './pod-resources';
import { readResourceList, ResourceList } from './resource-list';
import { groupOf } from '../kinds';
import { Shape } from '../shape';

const ONE = Quantity.parse('1');

/** What an object counts as, by the names that a ResourceQuota uses. */
export type Usage = ResourceList;

/** Plural names that are not the kind with an `s`. */
const PLURALS: { readonly [kind: string]: string } = { Endpoints: 'endpoints', NetworkPolicy: 'networkpolicies', Ingress: 'ingresses', ResourceQuota: 'resourcequotas' };

/** Kinds that older names of quotas count as well: `services` is `count/services`. */
const OLD_NAMES = ['configmaps', 'secrets', 'services', 'replicationcontrollers', 'resourcequotas', 'persistentvolumeclaims'];

/** Resources that a quota on them makes every container state. */
export const MANDATORY = ['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];

const NATIVE = ['cpu', 'memory', 'ephemeral-storage', 'storage', 'pods'];

/** `count/deployments.apps` for every object, and the older name of the kinds that have one. */
export function countsOf(object: { [key: string]: any }): Usage {
  const plural = pluralOf(object.kind);
  const group = groupOf(object.apiVersion);
  const usage: Usage = new Map([[`count/${plural}${group === '' ? '' : `.${group}`}`, ONE]]);
  if (group === '' && OLD_NAMES.includes(plural)) usage.set(plural, ONE);
  return usage;
}

function pluralOf(kind: string): string {
  if (Object.hasOwn(PLURALS, kind)) return PLURALS[kind];
  const lower = kind.toLowerCase();
  if (/(s|x|ch|sh)$/.test(lower)) return `${lower}es`;
  return /[^aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}

/** What a pod counts as; one that has ended is an object only. */
export function podUsage(pod: PodResources, ended: boolean): Usage {
  const usage: Usage = new Map([['count/pods', ONE]]);
  if (!ended) for (const [name, quantity] of computeUsage(chargedOf(pod, 'requests'), chargedOf(pod, 'limits'))) usage.set(name, quantity);
  return usage;
}

/** What requests and limits count as; the limits of extended resources and huge pages are their requests. */
export function computeUsage(requests: ResourceList, limits: ResourceList): Usage {
  const usage: Usage = new Map([['pods', ONE]]);
  for (const [name, quantity] of requests) {
    if (['cpu', 'memory', 'ephemeral-storage'].includes(name) || name.startsWith('hugepages-')) usage.set(name, quantity);
    if (name !== 'storage' && name !== 'pods') usage.set(`requests.${name}`, quantity);
  }
  for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
    const limit = limits.get(name);
    if (limit !== undefined) usage.set(`limits.${name}`, limit);
  }
  return usage;
}

/** Whether a quota on a resource is about pods. */
export function isOfPods(resource: string): boolean {
  if (resource === 'pods' || resource === 'count/pods' || resource.startsWith('hugepages-')) return true;
  const [, prefix, rest] = /^(?:(requests|limits)\.)?(.+)$/.exec(resource)!;
  if (['cpu', 'memory', 'ephemeral-storage'].includes(rest)) return true;
  return prefix === 'requests' && !NATIVE.includes(rest);
}

/** What a PersistentVolumeClaim counts as: in all, and for its storage class. */
export function claimUsage(spec: Shape | undefined, metadata: Shape | undefined): Usage {
  const storage = readResourceList(spec?.child('resources'), 'requests').get('storage');
  const annotated = metadata?.labels('annotations')['volume.beta.kubernetes.io/storage-class'];
  const storageClass = annotated ?? spec?.text('storageClassName') ?? '';
  const own: [string, Quantity][] = [['persistentvolumeclaims', ONE], ...(storage === undefined ? [] : [['requests.storage', storage] as [string, Quantity]])];
  const ofClass = storageClass === '' ? [] : own.map(([name, quantity]): [string, Quantity] => [`${storageClass}.storageclass.storage.k8s.io/${name}`, quantity]);
  return new Map([...own, ...ofClass, ['count/persistentvolumeclaims', ONE]]);
}

/** What a Service counts as: load balancers take node ports too, unless they say otherwise. */
export function serviceUsage(spec: Shape | undefined): Usage {
  const type = spec?.text('type') ?? 'ClusterIP';
  const ports = spec?.children('ports') ?? [];
  const taken = type === 'LoadBalancer' && spec?.flag('allocateLoadBalancerNodePorts') === false ? ports.filter((port) => (port.whole('nodePort') ?? 0) !== 0) : ports;
  const nodePorts = type === 'NodePort' || type === 'LoadBalancer' ? taken.length : 0;
  return new Map([
    ['count/services', ONE],
    ['services', ONE],
    ['services.nodeports', Quantity.parse(String(nodePorts))],
    ['services.loadbalancers', type === 'LoadBalancer' ? ONE : Quantity.zero()],
  ]);
}
