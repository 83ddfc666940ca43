import { Endpoint, Reachability } from '../../../../src';
import { defaultDeny, deployment, namespace, pod, policy } from '../../../fixtures/cluster';
import { clusterPolicy, PROFILES } from '../../../fixtures/dialects';
import { faultsOf } from '../../../fixtures/read';

const base = [
  namespace('shop', { tenant: 'shop' }), namespace('blog', { tenant: 'blog' }), deployment('shop/web', { app: 'web' }, { http: 8080 }),
  deployment('shop/db', { app: 'db' }), deployment('blog/web', { app: 'web' }), deployment('blog/agent', { app: 'agent' }, {}, { hostNetwork: true }),
];
const [web, db, blog, agent] = [['shop', 'web'], ['shop', 'db'], ['blog', 'web'], ['blog', 'agent']].map(([own, name]) => Endpoint.workload(own, 'Deployment', name));
const ALL = 'every port';
const NONE = 'no port';
const everyone = [{ namespaces: {} }];
const of = (tenant: string) => [{ namespaces: { matchLabels: { tenant } } }];

describe.each([['calico', PROFILES.calico], ['vpc-cni', PROFILES.vpcCni]] as const)('under %s', (_, profile) => {
  const reach = (...policies: any[]) => Reachability.of([...base, ...policies], { profile });
  const into = (...policies: any[]) => {
    const own = reach(...policies);
    return [db, blog, agent, Endpoint.ip('203.0.113.7')].map((source) => own.openPorts(source, web));
  };

  test('the admin tier comes before NetworkPolicies, and the baseline behind them', () => {
    const rule = (tier: string, action: string) => clusterPolicy('p', { tier, ingress: [{ action, from: everyone }] });
    const open = policy('shop/open', { ingress: [{}] });
    expect(into(rule('Admin', 'Deny'), open)).toEqual([NONE, NONE, ALL, ALL]);
    expect(into(rule('Admin', 'Accept'), policy('shop/closed', {}))).toEqual([ALL, ALL, NONE, NONE]);
    expect(into(rule('Baseline', 'Deny'), open)).toEqual([ALL, ALL, ALL, ALL]);
    expect(into(rule('Baseline', 'Deny'))).toEqual([NONE, NONE, ALL, ALL]);
    expect(into(rule('Baseline', 'Accept'), policy('shop/closed', {}))).toEqual([NONE, NONE, NONE, NONE]);
  });

  test('the lower priority number decides, and in a policy the first rule', () => {
    const own = (name: string, priority: number, action: string) => clusterPolicy(name, { priority, ingress: [{ action, from: of('blog') }] });
    expect(into(own('a', 5, 'Deny'), own('b', 4, 'Accept'))[1]).toBe(ALL);
    expect(into(own('a', 3, 'Deny'), own('b', 4, 'Accept'))[1]).toBe(NONE);
    expect(into(clusterPolicy('p', { ingress: [{ action: 'Accept', from: of('blog') }, { action: 'Deny', from: everyone }] }))).toEqual([NONE, ALL, ALL, ALL]);
  });

  test('Pass leaves a connection to the next tier', () => {
    const pass = clusterPolicy('p', { ingress: [{ action: 'Pass', from: of('blog') }, { action: 'Deny', from: everyone }] });
    expect(into(pass)).toEqual([NONE, ALL, ALL, ALL]);
    expect(into(pass, defaultDeny('shop'))[1]).toBe(NONE);
  });

  test('subjects and peers are pods by namespaces and by labels, never those on the host network', () => {
    const pods = { namespaceSelector: { matchLabels: { tenant: 'shop' } }, podSelector: { matchLabels: { app: 'web' } } };
    const own = reach(clusterPolicy('p', { subject: { pods }, ingress: [{ action: 'Deny', from: [{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: 'db' } } } }] }] }));
    expect([db, blog].map((source) => own.openPorts(source, web))).toEqual([NONE, ALL]);
    expect(own.openPorts(db, db)).toBe(ALL);
    expect(reach(clusterPolicy('p', { ingress: [{ action: 'Deny', from: everyone }] })).openPorts(web, agent)).toBe(ALL);
  });

  test('a policy without rules of a direction says nothing about it', () => {
    expect(into(clusterPolicy('p', { egress: [{ action: 'Deny', to: [{ networks: ['203.0.113.0/24'] }] }] }))).toEqual([ALL, ALL, ALL, ALL]);
    expect(into(clusterPolicy('p', {}))).toEqual([ALL, ALL, ALL, ALL]);
  });

  test('networks are addresses, those of pods among them', () => {
    const own = reach({ ...pod('blog/running'), status: { podIP: '10.2.3.4' } }, clusterPolicy('p', { egress: [{ action: 'Deny', to: [{ networks: ['203.0.113.0/24', '10.2.3.0/24'] }] }] }));
    expect([Endpoint.ip('203.0.113.7'), Endpoint.ip('203.0.114.7'), Endpoint.pod('blog', 'running')].map((to) => own.openPorts(web, to))).toEqual([NONE, ALL, NONE]);
  });

  test('protocols are ports by number and range', () => {
    const denied = (...protocols: any[]) => into(clusterPolicy('p', { ingress: [{ action: 'Deny', from: everyone }, { action: 'Accept', from: everyone }].map((rule, index) => (index === 0 ? { ...rule, protocols } : rule)) }))[1];
    expect(denied({ tcp: { destinationPort: { range: { start: 2, end: 65535 } } } }, { udp: {} }, { sctp: { destinationPort: { number: 1 } } })).toBe('TCP 1; SCTP 2-65535');
  });
});

test('without the version of a plugin that has them, and without a profile, they have no effect', () => {
  const closed = clusterPolicy('p', { ingress: [{ action: 'Deny', from: everyone }] });
  for (const profile of [undefined, PROFILES.cilium, PROFILES.kubeRouter]) expect(Reachability.of([...base, closed], { profile }).openPorts(blog, web)).toBe(ALL);
});

describe('in the words of EKS', () => {
  const amazon = (spec: any) => ({ ...clusterPolicy('p', spec), apiVersion: 'networking.k8s.aws/v1alpha1' });
  const denied = (...ports: any[]) => Reachability.of([...base, amazon({ ingress: [{ name: 'n', action: 'Deny', from: everyone, ports }] })], { profile: PROFILES.vpcCni }).openPorts(blog, web);

  test('ports have other names', () => {
    expect(denied({ portNumber: { protocol: 'TCP', port: 1 } }, { portRange: { protocol: 'UDP', start: 2, end: 65535 } }, { namedPort: 'http' }))
      .toBe('TCP 2-8079, 8081-65535; UDP 1; SCTP every port');
    expect(denied()).toBe(NONE);
  });

  test('what is wrong or not read is told', () => {
    const faults = (rule: any) => faultsOf([amazon({ egress: [{ action: 'Deny', to: everyone, ...rule }] })], PROFILES.vpcCni).map((fault) => fault.replace(/ ClusterNetworkPolicy.networking.k8s.aws p/, ''));
    expect(faults({ ports: [{ portNumber: { protocol: 'ICMP', port: 1 } }] })).toEqual(['MalformedObject spec.egress[0].ports[0]']);
    expect(faults({ protocols: [{ tcp: {} }] })).toEqual(['UnreadPolicyField spec.egress[0].protocols']);
    expect(faults({ to: [{ domainNames: ['a.b'] }] })).toEqual(['UnreadPolicyField spec.egress[0].to[0].domainNames']);
  });

  test('they have no effect under another plugin', () => {
    const own = amazon({ ingress: [{ action: 'Deny', from: everyone }] });
    expect(Reachability.of([...base, own], { profile: PROFILES.calico }).openPorts(blog, web)).toBe(ALL);
  });
});

test('nodes and ports by name are what the VPC CNI knows and Calico does not', () => {
  const nodes = clusterPolicy('p', { egress: [{ action: 'Deny', to: [{ nodes: {} }] }] });
  const named = clusterPolicy('q', { ingress: [{ action: 'Deny', from: everyone, protocols: [{ destinationNamedPort: 'http' }] }] });
  const own = Reachability.of([...base, nodes, named], { profile: PROFILES.vpcCni });
  expect([agent, Endpoint.ip('192.0.2.7'), Endpoint.ip('203.0.113.7')].map((to) => own.openPorts(web, to))).toEqual([NONE, NONE, ALL]);
  expect(own.openPorts(blog, web)).toBe('TCP 1-8079, 8081-65535; UDP every port; SCTP every port');
  expect(faultsOf([nodes, named], PROFILES.calico)).toEqual([
    'UnreadPolicyField ClusterNetworkPolicy.policy.networking.k8s.io p spec.egress[0].to[0].nodes',
    'UnreadPolicyField ClusterNetworkPolicy.policy.networking.k8s.io q spec.ingress[0].protocols[0].destinationNamedPort',
  ]);
});

test.each([
  [{ tier: 'Middle' }, 'MalformedObject spec.tier'],
  [{ priority: 1001 }, 'MalformedObject spec.priority'],
  [{ subject: undefined }, 'MalformedObject spec.subject'],
  [{ subject: { namespaces: {}, pods: {} } }, 'MalformedObject spec.subject'],
  [{ ingress: [{ action: 'Allow', from: everyone }] }, 'MalformedObject spec.ingress[0].action'],
  [{ ingress: [{ action: 'Deny', from: [] }] }, 'MalformedObject spec.ingress[0].from'],
  [{ ingress: [{ action: 'Deny', from: [{ networks: ['10.0.0.0/8'] }] }] }, 'UnreadPolicyField spec.ingress[0].from[0].networks'],
  [{ egress: [{ action: 'Accept', to: [{ domainNames: ['a.b'] }] }] }, 'UnreadPolicyField spec.egress[0].to[0].domainNames'],
  [{ egress: [{ action: 'Accept', to: [{ nodes: { matchLabels: { a: 'b' } } }] }] }, 'UnreadPolicyField spec.egress[0].to[0].nodes'],
  [{ egress: [{ action: 'Accept', to: [{ networks: ['10.0.0.0'] }] }] }, 'MalformedObject spec.egress[0].to[0].networks[0]'],
  [{ ingress: [{ action: 'Deny', from: everyone, ports: [], protocols: [{ icmp: {} }] }] }, 'UnreadPolicyField spec.ingress[0].protocols[0].icmp'],
  [{ ingress: [{ action: 'Deny', from: everyone, protocols: [{ tcp: { destinationPort: { number: 0 } } }] }] }, 'MalformedObject spec.ingress[0].protocols[0].tcp.destinationPort'],
])('%j is told', (spec, expected) => {
  const [code, path] = expected.split(' ');
  expect(faultsOf([clusterPolicy('p', spec)], PROFILES.vpcCni)).toContain(`${code} ClusterNetworkPolicy.policy.networking.k8s.io p ${path}`);
});
