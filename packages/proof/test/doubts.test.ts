import { ClusterProfile, Cni, NetworkProtocol } from '@viridial/core';
import { Endpoint, Reachability } from '../src';
import { defaultDeny, deployment, namespace, pod, podsOf, policy } from './fixtures/cluster';

/** What readers of the specification ask each other, one answer each. */
const at = (own: string, name: string) => Endpoint.pod(own, name);
const ports = (manifests: any[], from: Endpoint, to: Endpoint) => Reachability.of(manifests).openPorts(from, to);
const rule = (own: any) => policy('shop/p', { ingress: [own] });
const SHOP = [pod('shop/web', { app: 'web' }, { http: 8080 }), pod('blog/web', { app: 'web' }), pod('blog/db', { app: 'db', tier: 'back' })];
const [web, blog, db] = [at('shop', 'web'), at('blog', 'web'), at('blog', 'db')];

describe('selectors', () => {
  const from = (podSelector: any, namespaceSelector: any = {}, namespaces: any[] = []) => {
    const own = Reachability.of([...SHOP, ...namespaces, rule({ from: [{ podSelector, namespaceSelector }] })]);
    return [blog, db].map((source) => own.openPorts(source, web) !== 'no port');
  };

  test('NotIn and DoesNotExist hold for labels that are absent', () => {
    expect(from({ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['back'] }] })).toEqual([true, false]);
    expect(from({ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] })).toEqual([true, false]);
    expect(from({}, { matchExpressions: [{ key: 'nowhere', operator: 'NotIn', values: ['x'] }] })).toEqual([true, true]);
  });

  test('labels and expressions hold together', () => {
    expect(from({ matchLabels: { tier: 'back' }, matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'cache'] }] })).toEqual([false, false]);
    expect(from({ matchLabels: { tier: 'back' }, matchExpressions: [{ key: 'app', operator: 'Exists' }] })).toEqual([false, true]);
  });

  test('a namespace has its name as a label, whether or not there is an object for it', () => {
    const named = { matchLabels: { 'kubernetes.io/metadata.name': 'blog' } };
    expect(from({}, named)).toEqual([true, true]);
    expect(from({}, named, [namespace('blog')])).toEqual([true, true]);
    expect(from({}, named, [namespace('blog', { 'kubernetes.io/metadata.name': 'other' })])).toEqual([true, true]);
    expect(from({}, { matchLabels: { tenant: 'blog' } }, [namespace('blog', { tenant: 'blog' })])).toEqual([true, true]);
    expect(from({}, { matchLabels: { tenant: 'blog' } })).toEqual([false, false]);
  });

  test('a pod selector alone means the namespace of the policy', () => {
    expect(ports([...SHOP, rule({ from: [{ podSelector: { matchLabels: { app: 'web' } } }] })], blog, web)).toBe('no port');
  });
});

describe('ports', () => {
  const to = (own: any[], destination: any = SHOP[0]) => ports([destination, ...SHOP.slice(1), rule({ ports: own })], blog, web);
  const ported = (...list: any[]) => pod('shop/web', { app: 'web' }, {}, { containers: [{ name: 'a', image: 'i', ports: list }] });

  test('a name means the port of the pod that is talked to, of the protocol that the rule names', () => {
    expect(to([{ port: 'http' }])).toBe('TCP 8080');
    expect(to([{ port: 'http', protocol: 'UDP' }])).toBe('no port');
    expect(to([{ port: 'dns', protocol: 'UDP' }], ported({ name: 'dns', containerPort: 53, protocol: 'UDP' }))).toBe('UDP 53');
    expect(to([{ port: 'dns' }], ported({ name: 'dns', containerPort: 53, protocol: 'UDP' }))).toBe('no port');
    expect(to([{ port: 'missing' }, { port: 80 }])).toBe('TCP 80');
  });

  test('a name in a rule for egress is one of each destination', () => {
    const manifests = [pod('shop/a'), pod('blog/one', {}, { http: 1 }), pod('blog/two', {}, { http: 2 }), policy('shop/p', { policyTypes: ['Egress'], egress: [{ ports: [{ port: 'http' }] }] })];
    expect(['one', 'two'].map((name) => ports(manifests, at('shop', 'a'), at('blog', name)))).toEqual(['TCP 1', 'TCP 2']);
  });

  test('ranges include both ends', () => {
    const own = Reachability.of([...SHOP, rule({ ports: [{ port: 8000, endPort: 8002, protocol: 'SCTP' }] })]);
    expect([7999, 8000, 8002, 8003].map((port) => own.allows({ source: blog, destination: web, port, protocol: NetworkProtocol.SCTP }))).toEqual([false, true, true, false]);
    expect(own.allows({ source: blog, destination: web, port: 8001 })).toBe(false);
  });

  test('a protocol alone is every port of it, and TCP when there is none', () => {
    expect(to([{ protocol: 'UDP' }])).toBe('UDP every port');
    expect(to([{}])).toBe('TCP every port');
  });
});

describe('policyTypes', () => {
  const directions = (spec: any) => {
    const own = Reachability.of([...SHOP, policy('shop/p', spec)]);
    return [own.openPorts(blog, web), own.openPorts(web, blog)].map((text) => (text === 'no port' ? 'closed' : 'open'));
  };

  test.each([
    [{}, ['closed', 'open']],
    [{ egress: [] }, ['closed', 'open']],
    [{ egress: [{ to: [{ podSelector: {} }] }] }, ['closed', 'closed']],
    [{ policyTypes: [] }, ['closed', 'open']],
    [{ policyTypes: ['Egress'] }, ['open', 'closed']],
    [{ policyTypes: ['Egress'], ingress: [{}] }, ['open', 'closed']],
    [{ policyTypes: ['Ingress'], egress: [{}] }, ['closed', 'open']],
    [{ ingress: [{}], egress: [{}] }, ['open', 'open']],
    [{ ingress: [{ from: [] }] }, ['open', 'open']],
  ])('%j', (spec, expected) => {
    expect(directions(spec)).toEqual(expected);
  });
});

describe('workloads', () => {
  const owned = (object: any, kind: string, name: string) => ({ ...object, metadata: { ...object.metadata, ownerReferences: [{ kind, name, controller: true }] } });
  const template = (kind: string, apiVersion: string, name: string) => ({ ...deployment(`shop/${name}`, { app: 'web' }), kind, apiVersion });

  test('pods are found by their controller and by the controller of that, with or without objects for them', () => {
    const replicas = owned(template('ReplicaSet', 'apps/v1', 'web-5d4'), 'Deployment', 'web');
    const manifests = [replicas, owned(pod('shop/web-5d4-x', { app: 'web' }), 'ReplicaSet', 'web-5d4'), pod('blog/web'), rule({ from: [podsOf('nowhere')] })];
    for (const [kind, name] of [['Pod', 'web-5d4-x'], ['ReplicaSet', 'web-5d4'], ['Deployment', 'web']]) {
      expect(ports(manifests, blog, Endpoint.workload('shop', kind, name))).toBe('no port');
    }
  });

  test('a cron job is the pods of its jobs', () => {
    const cron = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'c', namespace: 'shop' }, spec: { jobTemplate: { spec: { template: { metadata: { labels: { app: 'c' } }, spec: { containers: [] } } } } } };
    const closed = policy('shop/p', { podSelector: { matchLabels: { app: 'c' } }, policyTypes: ['Egress'] });
    expect(ports([cron, ...SHOP, closed], Endpoint.workload('shop', 'CronJob', 'c'), blog)).toBe('no port');
  });

  test('a pod that has come to an end stands for the next of its kind', () => {
    const ended = { ...pod('shop/web', { app: 'web' }), status: { phase: 'Succeeded', podIP: '10.1.1.1' } };
    expect(ports([ended, ...SHOP.slice(1), defaultDeny('shop')], blog, web)).toBe('no port');
  });

  test('containers that only start the pod or help to debug it have no ports for policies', () => {
    const own = { initContainers: [{ name: 'i', image: 'i', ports: [{ name: 'init', containerPort: 1 }] }], ephemeralContainers: [{ name: 'e', image: 'i' }] };
    expect(ports([pod('shop/web', {}, {}, own), ...SHOP.slice(1), rule({ ports: [{ port: 'init' }] })], blog, web)).toBe('no port');
  });

  test('a Service has no influence', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] } };
    expect(ports([...SHOP, service, rule({ ports: [{ port: 8080 }] })], blog, web)).toBe('TCP 8080');
  });
});

describe('addresses of a profile', () => {
  const profile = (cni: Cni) => ClusterProfile.kubeadm({ version: '1.36', cni, podCidrs: ['10.2.0.0/16'], nodeCidrs: ['192.0.2.0/24'], apiServerCidrs: ['198.51.100.1/32'] });
  const running = { ...pod('blog/running', { app: 'web' }), status: { podIP: '10.2.3.4' } };
  const ask = (cni: Cni | undefined, address: string, spec: any) => (
    Reachability.of([...SHOP, running, policy('shop/p', spec)], { profile: cni && profile(cni) }).openPorts(Endpoint.ip(address), web));

  test('that of a running pod is the pod to a plugin, and an address by the specification alone', () => {
    const labelled = { ingress: [{ from: [podsOf('blog', { app: 'web' })] }] };
    expect([Cni.CALICO, Cni.CILIUM, undefined].map((cni) => ask(cni, '10.2.3.4', labelled))).toEqual(['every port', 'every port', 'no port']);
    expect(ask(Cni.CALICO, '10.2.3.5', labelled)).toBe('no port');
  });

  test.each(['192.0.2.7', '198.51.100.1', '10.2.9.9'])('%s is in blocks to Calico and not to Cilium', (address) => {
    const block = { ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] };
    expect([Cni.CALICO, Cni.KUBE_ROUTER, Cni.CILIUM, undefined].map((cni) => ask(cni, address, block))).toEqual(['every port', 'every port', 'no port', 'every port']);
  });
});
