import * as fc from 'fast-check';
import { ResourceBounds } from '../src';

const inShop = (apiVersion: string, kind: string, name: string, spec: any, rest: any = {}) => ({ apiVersion, kind, metadata: { name, namespace: 'shop' }, spec, ...rest });
const quota = (hard: any, spec: any = {}, used?: any, name = 'budget') => inShop('v1', 'ResourceQuota', name, { hard, ...spec }, used === undefined ? {} : { status: { hard, used } });
const range = (type: string, limits: any, name = 'limits') => inShop('v1', 'LimitRange', name, { limits: [{ type, ...limits }] });
const pod = (containers: any[], spec: any = {}, name = 'web') => inShop('v1', 'Pod', name, { containers: containers.map((resources, index) => ({ name: `c${index}`, image: 'web', resources })), ...spec });
const claim = (storage: string, spec: any = {}) => inShop('v1', 'PersistentVolumeClaim', 'data', { resources: { requests: { storage } }, ...spec });
const service = (spec: any) => inShop('v1', 'Service', 'web', { ports: [{ port: 80 }, { port: 443 }], ...spec });
const deployment = (containers: any[] = [{}]) => inShop('apps/v1', 'Deployment', 'web', { template: { metadata: {}, spec: pod(containers).spec } });
const asks = (cpu: string) => ({ requests: { cpu } });
const denials = (bounds: any[], object: any) => ResourceBounds.of(bounds).review(object).denials.map(({ rule, resource, object: by }) => [rule, by, resource].filter(Boolean).join(' '));
const allows = (bounds: any[], object: any) => ResourceBounds.of(bounds).review(object).allowed;

test('a namespace without bounds lets everything in, and so do the bounds of another', () => {
  const elsewhere = { ...quota({ pods: '0' }), metadata: { name: 'budget', namespace: 'other' } };
  expect(ResourceBounds.of([elsewhere]).review(pod([asks('64')]))).toEqual({ allowed: true, denials: [], usage: { 'count/pods': '1', 'cpu': '64', 'pods': '1', 'requests.cpu': '64' } });
});

test('an object without a namespace lands in default', () => {
  const closed = { ...quota({ pods: '0' }), metadata: { name: 'budget' } };
  expect(ResourceBounds.of([closed]).review({ ...pod([{}]), metadata: { name: 'web' } }).allowed).toBe(false);
});

describe('limit ranges', () => {
  test.each([
    ['at the minimum', { min: { cpu: '100m' } }, asks('100m'), []],
    ['below the minimum', { min: { cpu: '100m' } }, asks('99m'), ['Minimum LimitRange shop/limits cpu']],
    ['with a limit below the minimum', { min: { cpu: '100m' } }, { requests: { cpu: '100m' }, limits: { cpu: '50m' } }, ['RequestAboveLimit cpu', 'Minimum LimitRange shop/limits cpu']],
    ['at the maximum', { max: { memory: '1Gi' } }, { limits: { memory: '1Gi' } }, []],
    ['above the maximum', { max: { memory: '1Gi' } }, { limits: { memory: '1025Mi' } }, ['Maximum LimitRange shop/limits memory']],
    ['within the ratio', { maxLimitRequestRatio: { cpu: '2' } }, { requests: { cpu: '1' }, limits: { cpu: '2' } }, []],
    ['beyond the ratio', { maxLimitRequestRatio: { cpu: '2' } }, { requests: { cpu: '1' }, limits: { cpu: '2001m' } }, ['Ratio LimitRange shop/limits cpu']],
    ['without anything for a ratio', { maxLimitRequestRatio: { cpu: '2' } }, {}, ['Ratio LimitRange shop/limits cpu']],
  ])('a container %s', (_, limits, resources, expected) => {
    expect(denials([range('Container', limits)], pod([resources]))).toEqual(expected);
    expect(denials([range('Container', limits)], pod([], { initContainers: [{ name: 'first', resources }] }))).toEqual(expected);
  });

  test('give a container what it does not state: default or the maximum, defaultRequest or the default or the minimum', () => {
    const usage = (limits: any, resources: any = {}) => ResourceBounds.of([range('Container', limits)]).review(pod([resources])).usage;
    expect(usage({ default: { cpu: '2' }, defaultRequest: { cpu: '1' } })).toMatchObject({ 'limits.cpu': '2', 'requests.cpu': '1' });
    expect(usage({ max: { cpu: '4' } })).toMatchObject({ 'limits.cpu': '4', 'requests.cpu': '4' });
    expect(usage({ min: { cpu: '1' } })).toMatchObject({ 'requests.cpu': '1' });
    expect(usage({ default: { cpu: '2' } }, { limits: { cpu: '3' } })).toMatchObject({ 'limits.cpu': '3', 'requests.cpu': '3' });
  });

  test('a default limit below what a container requests is a contradiction that the API server refuses', () => {
    expect(denials([range('Container', { default: { cpu: '500m' } })], pod([asks('1')]))).toEqual(['RequestAboveLimit cpu']);
  });

  test('of a pod count all its containers; starting takes sidecars and one init container at a time', () => {
    const most = [range('Pod', { max: { cpu: '2' } })];
    const limit = (cpu: string) => ({ limits: { cpu } });
    const init = (cpu: string, rest: any = {}) => ({ name: `init${cpu}`, resources: limit(cpu), ...rest });
    expect(allows(most, pod([limit('1'), limit('1')]))).toBe(true);
    expect(allows(most, pod([limit('1'), limit('1001m')]))).toBe(false);
    expect(allows(most, pod([limit('1')], { initContainers: [init('2'), init('1500m')] }))).toBe(true);
    expect(allows(most, pod([limit('1')], { initContainers: [init('500m', { restartPolicy: 'Always' }), init('1501m')] }))).toBe(false);
    expect(allows(most, pod([limit('1')], { initContainers: [init('1500m'), init('500m', { restartPolicy: 'Always' })] }))).toBe(true);
    expect(denials(most, pod([{}]))).toEqual(['Maximum LimitRange shop/limits cpu']);
  });

  test('what a pod states as a whole takes the place of what its containers state', () => {
    const least = [range('Pod', { min: { cpu: '2' } })];
    expect(allows(least, pod([asks('1')], { resources: { requests: { cpu: '2' } } }))).toBe(true);
    expect(denials([], pod([asks('1'), asks('2')], { resources: { requests: { cpu: '2' } } }))).toEqual(['RequestAboveLimit cpu']);
    expect(ResourceBounds.of([]).review(pod([{}], { resources: { limits: { cpu: '3' } } })).usage).toMatchObject({ 'requests.cpu': '3', 'limits.cpu': '3' });
  });

  test('bound the storage of a claim', () => {
    const storage = [range('PersistentVolumeClaim', { min: { storage: '1Gi' }, max: { storage: '2Gi' } })];
    expect(denials(storage, claim('1Gi'))).toEqual([]);
    expect(denials(storage, claim('1023Mi'))).toEqual(['Minimum LimitRange shop/limits storage']);
    expect(denials(storage, claim('2049Mi'))).toEqual(['Maximum LimitRange shop/limits storage']);
  });
});

describe('quotas', () => {
  test('let in what fits beside what is used, and nothing more', () => {
    const [denial] = ResourceBounds.of([quota({ 'requests.cpu': '2' }, {}, { 'requests.cpu': '1500m' })]).review(pod([asks('501m')])).denials;
    expect(denial).toEqual({
      object: 'ResourceQuota shop/budget',
      rule: 'Exceeded',
      resource: 'requests.cpu',
      message: 'it takes 501m of requests.cpu, 1500m of 2 are used',
      cure: 'ask for at most 500m, free some, or raise the quota',
    });
    expect(allows([quota({ 'requests.cpu': '2' }, {}, { 'requests.cpu': '1500m' })], pod([asks('500m')]))).toBe(true);
  });

  test('count what is there when their status does not say it, without pods that have ended', () => {
    const present = [pod([asks('1')], {}, 'a'), { ...pod([asks('1')], {}, 'b'), status: { phase: 'Succeeded' } }, deployment()];
    const two = [quota({ 'requests.cpu': '2', 'pods': '2', 'count/pods': '3', 'count/deployments.apps': '1' })];
    expect(denials([...two, ...present], pod([asks('1')]))).toEqual([]);
    expect(denials([...two, ...present], pod([asks('1001m')]))).toEqual(['Exceeded ResourceQuota shop/budget requests.cpu']);
    expect(denials([...two, ...present, pod([asks('0')], {}, 'c')], pod([asks('1')]))).toEqual(['Exceeded ResourceQuota shop/budget count/pods', 'Exceeded ResourceQuota shop/budget pods']);
    expect(denials([...two, ...present], deployment())).toEqual(['Exceeded ResourceQuota shop/budget count/deployments.apps']);
  });

  test('on CPU or memory make every container state it, unless a limit range or the pod as a whole does', () => {
    const counted = [quota({ 'limits.memory': '8Gi' })];
    expect(denials(counted, pod([{ limits: { memory: '1Gi' } }, {}]))).toEqual(['Unstated ResourceQuota shop/budget limits.memory']);
    expect(denials([...counted, range('Container', { default: { memory: '1Gi' } })], pod([{}]))).toEqual([]);
    expect(denials(counted, pod([{}], { resources: { limits: { memory: '1Gi' } } }))).toEqual([]);
    expect(denials([quota({ 'requests.ephemeral-storage': '1Gi' })], pod([{}]))).toEqual([]);
  });

  test('used up stay no obstacle to what takes nothing of it', () => {
    expect(allows([quota({ 'requests.cpu': '1' }, {}, { 'requests.cpu': '2' })], pod([asks('0')]))).toBe(true);
  });

  test.each([
    ['Terminating', { activeDeadlineSeconds: 1 }, {}],
    ['NotTerminating', {}, { activeDeadlineSeconds: 1 }],
    ['PriorityClass', { priorityClassName: 'high' }, {}],
    ['CrossNamespacePodAffinity', { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ namespaces: ['other'] }] } } }, { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] } } }],
    ['BestEffort', {}, { resources: { requests: { cpu: '1' } } }],
    ['NotBestEffort', { resources: { requests: { cpu: '1' } } }, {}],
  ])('of scope %s are about such pods only', (scope, inside, outside) => {
    const none = [quota({ pods: '0' }, { scopes: [scope] })];
    expect(allows(none, pod([{}], inside))).toBe(false);
    expect(allows(none, pod([{}], outside))).toBe(true);
    expect(allows([quota({ services: '0' }, { scopes: [scope] })], service({}))).toBe(true);
  });

  test.each([['In', true, false, false], ['NotIn', false, true, true], ['Exists', true, true, false], ['DoesNotExist', false, false, true]])('select priority classes by %s', (operator, high, low, none) => {
    const scoped = [quota({ pods: '0' }, { scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator, values: operator.endsWith('In') ? ['high'] : [] }] } })];
    expect(allows(scoped, pod([{}], { priorityClassName: 'high' }))).toBe(!high);
    expect(allows(scoped, pod([{}], { priorityClassName: 'low' }))).toBe(!low);
    expect(allows(scoped, pod([{}]))).toBe(!none);
  });

  test('count claims for their storage class, load balancers with their node ports, and extended resources by request', () => {
    const usage = (object: any) => ResourceBounds.of([]).review(object).usage;
    expect(usage(claim('1Gi', { storageClassName: 'gold' }))).toEqual({
      'count/persistentvolumeclaims': '1',
      'persistentvolumeclaims': '1',
      'requests.storage': '1Gi',
      'gold.storageclass.storage.k8s.io/persistentvolumeclaims': '1',
      'gold.storageclass.storage.k8s.io/requests.storage': '1Gi',
    });
    expect(usage(service({ type: 'LoadBalancer' }))).toEqual({ 'count/services': '1', 'services': '1', 'services.loadbalancers': '1', 'services.nodeports': '2' });
    expect(usage(service({ type: 'LoadBalancer', allocateLoadBalancerNodePorts: false }))).not.toHaveProperty('services.nodeports');
    expect(usage(service({ type: 'NodePort' }))['services.nodeports']).toBe('2');
    expect(usage(pod([{ limits: { 'example.com/gpu': 2 } }]))['requests.example.com/gpu']).toBe('2');
    expect(usage(inShop('networking.k8s.io/v1', 'NetworkPolicy', 'a', {}))).toEqual({ 'count/networkpolicies.networking.k8s.io': '1' });
    expect(usage(inShop('v1', 'ConfigMap', 'a', {}))).toEqual({ 'count/configmaps': '1', 'configmaps': '1' });
  });

  test('charge the overhead of the runtime, on limits only where there are some', () => {
    const { usage } = ResourceBounds.of([]).review(pod([{ limits: { cpu: '1' } }], { overhead: { cpu: '250m', memory: '64Mi' } }));
    expect(usage).toMatchObject({ 'requests.cpu': '1250m', 'limits.cpu': '1250m', 'requests.memory': '64Mi' });
    expect(usage).not.toHaveProperty('limits.memory');
  });
});

describe('the pods of a workload', () => {
  test('are refused, while the workload itself is let in', () => {
    const bounds = ResourceBounds.of([quota({ 'limits.cpu': '1' })]);
    expect(bounds.review(deployment()).allowed).toBe(true);
    expect(bounds.reviewPodOf(deployment()).denials.map(({ rule, resource }) => [rule, resource])).toEqual([['Unstated', 'limits.cpu']]);
    expect(bounds.reviewPodOf(deployment([{ limits: { cpu: '1' } }])).allowed).toBe(true);
    expect(bounds.reviewPodOf(pod([{ limits: { cpu: '2' } }])).allowed).toBe(false);
  });

  test('are nothing that a Service has', () => {
    expect(() => ResourceBounds.of([]).reviewPodOf(service({}))).toThrow(/Service makes no pods/);
  });
});

describe('what is malformed', () => {
  test('is told with the object', () => {
    expect(() => ResourceBounds.of([quota({ pods: 'many' })])).toThrow(/ResourceQuota shop\/budget spec.hard.pods/);
    expect(() => ResourceBounds.of([range('Container', { max: { cpu: 'all' } })])).toThrow(/LimitRange shop\/limits spec.limits\[0\].max.cpu/);
    expect(() => ResourceBounds.of([]).review(pod([{ requests: { cpu: 'some' } }]))).toThrow(/spec.containers\[0\].resources.requests.cpu/);
    expect(() => ResourceBounds.of([]).review(undefined)).toThrow(/MalformedObject/);
  });
});

test('whoever asks for less is let in wherever whoever asks for more is', () => {
  const amount = fc.integer({ min: 0, max: 4000 });
  fc.assert(fc.property(amount, amount, amount, amount, (hard, used, a, b) => {
    const bounds = ResourceBounds.of([quota({ 'requests.cpu': `${hard}m` }, {}, { 'requests.cpu': `${used}m` })]);
    const fits = (milli: number) => bounds.review(pod([asks(`${milli}m`)])).allowed;
    expect(!fits(Math.max(a, b)) || fits(Math.min(a, b))).toBe(true);
    expect(fits(a)).toBe(a === 0 || used + a <= hard);
  }), { numRuns: 50 });
});
