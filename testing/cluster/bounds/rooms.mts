// Namespaces with limit ranges and quotas, and pairs of objects of which one fits and the other, one field away, does not.
import { amountsOf, claim, deployment, init, pod, service, type Asks } from './objects.mts';
import type { Random } from '../harness/random.mts';

/** The bounds of a namespace. */
export interface Room {
  readonly ranges: Record<string, any>[];
  readonly quotas: Record<string, any>[];
}

/** An object that fits and one that does not. */
type Neighbours = readonly [fits: Record<string, any>, doesNot: Record<string, any>];

/** A room with what decides in it. */
export interface Boundary {
  /** Rule, object and resource, as a denial has them. */
  readonly decider: string;
  readonly room: (random: Random) => { readonly room: Room; readonly pair: (random: Random) => Neighbours };
}

/** LimitRanges are called by the type of their only entry, so that a denial says the type. */
export function range(type: string, limits: Record<string, any>): Record<string, any> {
  return { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: type.toLowerCase() }, spec: { limits: [{ type, ...limits }] } };
}

/** A ResourceQuota of which something is used. */
export function quota(
  name: string, hard: Record<string, string>, used: Record<string, string> = {}, rest: Record<string, any> = {},
): Record<string, any> {
  const all = Object.fromEntries(Object.keys(hard).map((resource) => [resource, used[resource] ?? '0']));
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name }, spec: { hard, ...rest }, status: { hard, used: all } };
}

const unit = (resource: string) => (resource.endsWith('cpu') ? 'm' : resource.endsWith('memory') || resource.endsWith('storage') ? 'Mi' : '');
const some = (resource: string, random: Random) => (unit(resource) === '' ? random.whole(2, 6) : random.whole(2, 6) * 100);
const only = (ranges: Record<string, any>[], quotas: Record<string, any>[] = []): Room => ({ ranges, quotas });

/** A container of a pod that asks for an amount, whatever else the pod has. */
function asking(asks: Asks, random: Random): Record<string, any> {
  const inits = random.chance(0.3) ? { initContainers: [init(asks, random.chance(0.5))] } : {};
  return pod([asks], { ...inits, ...(random.chance(0.3) ? { activeDeadlineSeconds: 10 } : {}) });
}

function ofRange(rule: string, type: string, resource: string, field: string, asks: (amount: number) => Asks, wrong: 1 | -1): Boundary {
  return {
    decider: `${rule} ${type.toLowerCase()} ${resource}`,
    room: (random) => {
      const bound = some(resource, random);
      return {
        room: only([range(type, { [field]: { [resource]: `${bound}${unit(resource)}` } })]),
        pair: (choices) => {
          const build = (amount: number) => (type === 'Container' ? asking(asks(amount), choices) : type === 'Pod' ? pod([asks(amount - 1), asks(1)]) : claim(`${amount}Mi`));
          const fits = build(bound);
          const other = build(bound + wrong);
          return [fits, type === 'Container' ? { ...fits, spec: { ...fits.spec, containers: other.spec.containers } } : other];
        },
      };
    },
  };
}

function ofQuota(resource: string, build: (amount: number) => Record<string, any>, scale = unit(resource)): Boundary {
  return {
    decider: `Exceeded budget ${resource}`,
    room: (random) => {
      const hard = some(resource, random) * 2;
      const used = random.whole(0, Math.floor(hard / 2));
      return {
        room: only([], [quota('budget', { [resource]: `${hard}${scale}` }, { [resource]: `${used}${scale}` })]),
        pair: () => [build(hard - used), build(hard - used + 1)],
      };
    },
  };
}

/** Objects that count as one: a quota with one left and one with none; the used amount is what is different. */
function ofCount(resource: string, build: () => Record<string, any>): Boundary[] {
  return [{
    decider: `Exceeded full ${resource}`,
    room: () => ({
      room: only([], [quota('full', { [resource]: '3' }, { [resource]: '3' }, {}), quota('spare', { [resource]: '3' }, { [resource]: '2' })]),
      pair: () => [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'test' } }, build()],
    }),
  }];
}

/** A quota without room for any pod of its scope, and a pod that leaves the scope by one field. */
function ofScope(name: string, rest: Record<string, any>, out: Record<string, any>, in_: Record<string, any>): Boundary {
  return {
    decider: `Exceeded ${name} pods`,
    room: () => ({ room: only([], [quota(name, { pods: '0' }, {}, rest)]), pair: () => [out, in_] }),
  };
}

function unstated(resource: string): Boundary {
  const [field, name] = resource.includes('.') ? resource.split('.') as [string, string] : ['requests', resource];
  return {
    decider: `Unstated counted ${resource}`,
    room: () => ({
      room: only([], [quota('counted', { [resource]: '64Gi' })]),
      pair: (random) => {
        const states = { [field]: { [name]: random.pick(amountsOf(name)) } };
        return [pod([states, states]), pod([states, {}])];
      },
    }),
  };
}

const affinity = (term: Record<string, any>) => ({ affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: { topologyKey: 'zone', labelSelector: {}, ...term } }] } } });
const request = (resource: string) => (amount: number): Asks => ({ requests: { [resource]: `${amount}${unit(resource)}` } });
const limit = (resource: string) => (amount: number): Asks => ({ limits: { [resource]: `${amount}${unit(resource)}` } });

/** Every boundary that has to decide. */
export const BOUNDARIES: readonly Boundary[] = [
  ...['cpu', 'memory'].flatMap((resource) => [
    ofRange('Minimum', 'Container', resource, 'min', request(resource), -1),
    ofRange('Maximum', 'Container', resource, 'max', limit(resource), 1),
    ofRange('Minimum', 'Pod', resource, 'min', request(resource), -1),
    ofRange('Maximum', 'Pod', resource, 'max', limit(resource), 1),
  ]),
  {
    decider: 'Ratio container cpu',
    room: () => ({
      room: only([range('Container', { maxLimitRequestRatio: { cpu: '2500m' } })]),
      pair: (random) => {
        const base = random.whole(1, 9) * 40;
        return [pod([{ requests: { cpu: `${base}m` }, limits: { cpu: `${base * 2.5}m` } }]), pod([{ requests: { cpu: `${base}m` }, limits: { cpu: `${base * 2.5 + 1}m` } }])];
      },
    }),
  },
  {
    decider: 'Ratio pod memory',
    room: () => ({
      room: only([range('Pod', { maxLimitRequestRatio: { memory: '3' } })]),
      pair: (random) => {
        const base = random.whole(1, 9) * 16;
        const asks = (most: number): Asks => ({ requests: { memory: `${base}Mi` }, limits: { memory: `${most}Mi` } });
        return [pod([asks(base * 3), asks(base * 3)]), pod([asks(base * 3), asks(base * 3 + 1)])];
      },
    }),
  },
  ofRange('Minimum', 'PersistentVolumeClaim', 'storage', 'min', request('storage'), -1),
  ofRange('Maximum', 'PersistentVolumeClaim', 'storage', 'max', request('storage'), 1),
  {
    decider: 'RequestAboveLimit cpu',
    room: (random) => {
      const most = some('cpu', random);
      return { room: only([range('Container', { default: { cpu: `${most}m` }, defaultRequest: { cpu: '10m' } })]), pair: () => [pod([request('cpu')(most)]), pod([request('cpu')(most + 1)])] };
    },
  },
  ...['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'].map(unstated),
  ...['cpu', 'memory'].flatMap((resource) => [
    ofQuota(resource, (amount) => pod([request(resource)(amount)])),
    ofQuota(`requests.${resource}`, (amount) => pod([request(resource)(amount - 1), request(resource)(1)])),
    ofQuota(`limits.${resource}`, (amount) => pod([limit(resource)(1)], { initContainers: [init(limit(resource)(amount), false)] })),
  ]),
  ofQuota('requests.example.com/gpu', (amount) => pod([{ limits: { 'example.com/gpu': `${amount}` } }])),
  ofQuota('requests.ephemeral-storage', (amount) => pod([{ requests: { 'ephemeral-storage': `${amount}Mi` } }]), 'Mi'),
  ofQuota('requests.storage', (amount) => claim(`${amount}Mi`)),
  ofQuota('gold.storageclass.storage.k8s.io/requests.storage', (amount) => claim(`${amount}Mi`, 'gold')),
  ofQuota('services.nodeports', (amount) => service('NodePort', amount)),
  ...[
    ...ofCount('pods', () => pod([{}])), ...ofCount('count/pods', () => pod([{}])), ...ofCount('persistentvolumeclaims', () => claim('1Gi')),
    ...ofCount('services', () => service('ClusterIP', 1)), ...ofCount('services.loadbalancers', () => service('LoadBalancer', 1)),
    ...ofCount('count/deployments.apps', deployment), ...ofCount('gold.storageclass.storage.k8s.io/persistentvolumeclaims', () => claim('1Gi', 'gold')),
  ],
  ofScope('terminating', { scopes: ['Terminating'] }, pod([{}]), pod([{}], { activeDeadlineSeconds: 5 })),
  ofScope('not-terminating', { scopes: ['NotTerminating'] }, pod([{}], { activeDeadlineSeconds: 5 }), pod([{}])),
  ofScope('best-effort', { scopes: ['BestEffort'] }, pod([request('cpu')(1)]), pod([request('cpu')(0)])),
  ofScope('not-best-effort', { scopes: ['NotBestEffort'] }, pod([{}]), pod([limit('memory')(4)])),
  ofScope('priority', { scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }] } }, pod([{}], { priorityClassName: 'low' }), pod([{}], { priorityClassName: 'high' })),
  ofScope('no-priority', { scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'NotIn', values: ['high'] }] } }, pod([{}], { priorityClassName: 'high' }), pod([{}])),
  ofScope('any-priority', { scopes: ['PriorityClass'] }, pod([{}]), pod([{}], { priorityClassName: 'low' })),
  ofScope('affinity', { scopes: ['CrossNamespacePodAffinity'] }, pod([{}], affinity({})), pod([{}], affinity({ namespaces: ['other'] }))),
];

const HARD = [
  'cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory', 'pods', 'count/pods', 'persistentvolumeclaims', 'requests.storage', 'services', 'services.nodeports',
  'services.loadbalancers', 'count/deployments.apps', 'count/configmaps', 'configmaps', 'count/networkpolicies.networking.k8s.io', 'gold.storageclass.storage.k8s.io/requests.storage',
];
const OF_PODS = ['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory', 'pods'];

/** Any bounds; entries that contradict themselves would be refused by the server and are not made. */
export function anyRoom(random: Random): Room {
  const list = (least: number, most: number) => Object.fromEntries(random.some(['cpu', 'memory'], 0, 2).map((resource) => [resource, amountsOf(resource)[random.whole(least, most)]!]));
  const ranges = random.some([
    () => range('Container', { min: list(0, 0), defaultRequest: list(1, 2), default: list(3, 3), max: list(4, 6), ...(random.chance(0.3) ? { maxLimitRequestRatio: { cpu: random.pick(['4', '10', '20']) } } : {}) }),
    () => range('Pod', { min: list(0, 1), max: list(5, 6) }),
    () => range('PersistentVolumeClaim', { min: { storage: '64Mi' }, max: { storage: '1Gi' } }),
  ], 0, 3).map((make) => make());
  const quotas = Array.from({ length: random.whole(0, 3) }, (_, index) => {
    const scoped = random.chance(0.35);
    const best = random.chance(0.3);
    const hard = best && scoped ? ['pods'] : random.some(scoped ? OF_PODS : HARD, 1, 4);
    const amounts = Object.fromEntries(hard.map((resource) => [resource, amountsOf(resource)[random.whole(4, 6)]!]));
    const used = Object.fromEntries(hard.map((resource) => [resource, amountsOf(resource)[random.whole(0, 4)]!]));
    const selector = () => ({
      scopeSelector: {
        matchExpressions: [random.pick([
          { scopeName: 'PriorityClass', operator: 'In', values: ['high'] }, { scopeName: 'PriorityClass', operator: 'NotIn', values: ['high'] },
          { scopeName: 'PriorityClass', operator: 'DoesNotExist' }, { scopeName: 'Terminating', operator: 'Exists' },
        ])],
      },
    });
    const scopes = !scoped ? {} : best ? { scopes: ['BestEffort'] } : random.chance(0.4) ? selector() : { scopes: random.pick([['Terminating'], ['NotTerminating'], ['NotBestEffort'], ['Terminating', 'NotBestEffort'], ['PriorityClass']]) };
    return quota(`quota-${index}`, amounts, used, scopes);
  });
  return { ranges, quotas };
}
