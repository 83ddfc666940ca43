import { Endpoint, Reachability } from '../../../../src';
import { deployment, namespace, pod, policy } from '../../../fixtures/cluster';
import { calico, PROFILES, tier } from '../../../fixtures/dialects';
import { faultsOf } from '../../../fixtures/read';

const profile = PROFILES.calico;
const base = [
  namespace('shop', { tier: 'front' }), namespace('blog', { tier: 'back' }), deployment('shop/web', { app: 'web' }, { http: 8080 }),
  deployment('shop/db', { app: 'db' }), deployment('blog/web', { app: 'web' }), deployment('blog/agent', { app: 'agent' }, {}, { hostNetwork: true }),
];
const [web, db, blog, agent] = [['shop', 'web'], ['shop', 'db'], ['blog', 'web'], ['blog', 'agent']].map(([own, name]) => Endpoint.workload(own, 'Deployment', name));
const reach = (...policies: any[]) => Reachability.of([...base, ...policies], { profile });
const into = (...policies: any[]) => {
  const own = reach(...policies);
  return [db, blog, agent, Endpoint.ip('203.0.113.7')].map((source) => own.openPorts(source, web));
};
const faults = (...policies: any[]) => faultsOf([...base, ...policies], profile);
const allow = { action: 'Allow' };
const deny = { action: 'Deny' };
const ALL = 'every port';
const NONE = 'no port';

describe('types', () => {
  const both = (spec: any) => {
    const own = reach(calico('shop/p', { selector: 'all()', ...spec }));
    return [own.openPorts(blog, web), own.openPorts(web, blog)];
  };

  test('are those of the rules, and Ingress without rules', () => {
    expect(both({})).toEqual([NONE, ALL]);
    expect(both({ ingress: [allow] })).toEqual([ALL, ALL]);
    expect(both({ egress: [deny] })).toEqual([ALL, NONE]);
    expect(both({ ingress: [deny], egress: [deny] })).toEqual([NONE, NONE]);
    expect(both({ types: ['Egress'] })).toEqual([ALL, NONE]);
  });
});

describe('order', () => {
  const first = (order: number | undefined, action: string) => calico('shop/first', { order, selector: 'all()', ingress: [{ action }] });
  const second = (order: number | undefined, action: string) => calico('shop/second', { order, selector: 'all()', ingress: [{ action }] });

  test('of policies decides, and one without order comes last', () => {
    expect(into(first(1, 'Allow'), second(2, 'Deny'))[1]).toBe(ALL);
    expect(into(first(2, 'Allow'), second(1, 'Deny'))[1]).toBe(NONE);
    expect(into(first(undefined, 'Deny'), second(5000, 'Allow'))[1]).toBe(ALL);
    expect(into(first(1, 'Allow'), second(1, 'Deny'))[1]).toBe(ALL);
  });

  test('of rules decides, and Log decides nothing', () => {
    expect(into(calico('shop/p', { selector: 'all()', ingress: [{ action: 'Log' }, allow, deny] }))[1]).toBe(ALL);
    expect(into(calico('shop/p', { selector: 'all()', ingress: [deny, allow] }))[1]).toBe(NONE);
  });

  test('of NetworkPolicy v1 is 1000 in the default tier', () => {
    const open = policy('shop/open', { ingress: [{}] });
    expect(into(open, calico('shop/p', { order: 999, selector: 'all()', ingress: [deny] }))[1]).toBe(NONE);
    expect(into(open, calico('shop/p', { order: 1001, selector: 'all()', ingress: [deny] }))[1]).toBe(ALL);
    expect(into(policy('shop/closed', {}), calico('shop/p', { order: 1001, selector: 'all()', ingress: [allow] }))[1]).toBe(ALL);
  });
});

describe('tiers', () => {
  const early = (ingress: any[], selector = 'all()') => calico('p', { tier: 'early', selector, ingress });
  const open = policy('shop/open', { ingress: [{}] });

  test('come by order, those without one after all others', () => {
    expect(into(tier('early', { order: 1 }), early([deny]), open)[1]).toBe(NONE);
    expect(into(tier('early'), early([deny]), open)[1]).toBe(ALL);
  });

  test('keep out what no rule is about, of pods that a policy of theirs selects', () => {
    expect(into(tier('early', { order: 1 }), early([{ action: 'Pass', source: { selector: 'app == "db"' } }]), open)).toEqual([ALL, NONE, NONE, NONE]);
    expect(into(tier('early', { order: 1 }), early([deny], 'app == "other"'), open)).toEqual([ALL, ALL, ALL, ALL]);
  });

  test('pass on what no rule is about when they say so', () => {
    expect(into(tier('early', { order: 1, defaultAction: 'Pass' }), early([{ ...deny, source: { selector: 'app == "db"' } }]), open)).toEqual([NONE, ALL, ALL, ALL]);
  });

  test('that pass everything leave pods open that nothing else selects', () => {
    expect(into(tier('early', { order: 1 }), early([{ action: 'Pass' }]))).toEqual([ALL, ALL, ALL, ALL]);
  });

  test('are not changed when Calico makes them itself', () => {
    expect(into(tier('default', { order: 1, defaultAction: 'Pass' }), calico('shop/p', { selector: 'all()', ingress: [] }))[1]).toBe(NONE);
  });

  test('have to be there', () => {
    expect(faults(calico('p', { tier: 'nowhere', selector: 'all()' }))).toEqual(['UnreadPolicyField GlobalNetworkPolicy.projectcalico.org p spec.tier']);
  });
});

describe('the other side', () => {
  const from = (place: string, source: any) => into(calico(place, { selector: 'all()', ingress: [{ ...allow, source }] }));

  test('is everybody when nothing is said', () => {
    expect(from('shop/p', {})).toEqual([ALL, ALL, ALL, ALL]);
  });

  test('of a namespaced policy is in its namespace unless it speaks of namespaces', () => {
    expect(from('shop/p', { selector: 'all()' })).toEqual([ALL, NONE, NONE, NONE]);
    expect(from('shop/p', { notSelector: 'app == "db"' })).toEqual([NONE, NONE, NONE, NONE]);
    expect(from('shop/p', { selector: 'app == "web"', namespaceSelector: 'tier == "back"' })).toEqual([NONE, ALL, NONE, NONE]);
    expect(from('shop/p', { namespaceSelector: 'projectcalico.org/name == "blog"' })).toEqual([NONE, ALL, NONE, NONE]);
    expect(from('shop/p', { namespaceSelector: 'global()' })).toEqual([NONE, NONE, NONE, NONE]);
  });

  test('of a global policy is anywhere', () => {
    expect(from('p', { selector: 'all()' })).toEqual([ALL, ALL, NONE, NONE]);
    expect(from('p', { selector: 'projectcalico.org/namespace == "blog"' })).toEqual([NONE, ALL, NONE, NONE]);
    expect(from('p', { selector: 'pcns.tier == "back" && projectcalico.org/orchestrator == "k8s"' })).toEqual([NONE, ALL, NONE, NONE]);
    expect(from('p', { notSelector: 'app == "db"' })).toEqual([NONE, ALL, ALL, ALL]);
  });

  test('by address is a pod, a node or somebody outside', () => {
    expect(from('p', { nets: ['192.0.2.0/24'] })).toEqual([NONE, NONE, ALL, NONE]);
    expect(from('p', { nets: ['10.2.0.0/16', '203.0.113.7'] })).toEqual([ALL, ALL, NONE, ALL]);
    expect(from('p', { notNets: ['10.2.0.0/16'] })).toEqual([NONE, NONE, ALL, ALL]);
    expect(from('p', { selector: 'all()', nets: ['192.0.2.0/24'] })).toEqual([NONE, NONE, NONE, NONE]);
    expect(from('p', { nets: ['0.0.0.0/0'], notNets: ['10.2.0.0/16', '192.0.2.0/24'] })).toEqual([NONE, NONE, NONE, ALL]);
  });

  test('a pod that waits for its address may get one that is kept out, and one that is not', () => {
    const denied = calico('p', { selector: 'all()', ingress: [{ ...deny, source: { nets: ['10.2.7.0/24'] } }, allow] });
    const running = { ...pod('blog/running'), status: { podIP: '10.2.7.7' } };
    const ended = { ...pod('blog/ended'), status: { phase: 'Succeeded', podIP: '10.2.7.7' } };
    const own = reach(running, ended, denied);
    expect(own.openPorts(blog, web)).toBe(ALL);
    expect(own.openPorts(Endpoint.pod('blog', 'running'), web)).toBe(NONE);
    expect(own.openPorts(Endpoint.pod('blog', 'ended'), web)).toBe(ALL);
  });
});

describe('the own side', () => {
  test('narrows a rule to some of the pods of its policy', () => {
    const own = reach(calico('shop/p', { selector: 'all()', ingress: [{ ...allow, destination: { selector: 'app == "web"' } }] }));
    expect([own.openPorts(blog, web), own.openPorts(blog, db)]).toEqual([ALL, NONE]);
  });
});

describe('ports', () => {
  const ports = (rule: any) => reach(calico('shop/p', { selector: 'all()', ingress: [{ ...allow, ...rule }] })).openPorts(blog, web);

  test.each<[any, string]>([
    [{ protocol: 'TCP' }, 'TCP every port'],
    [{ protocol: 17 }, 'UDP every port'],
    [{ protocol: 'ICMP' }, NONE],
    [{ protocol: 'TCP', destination: { ports: [80, '90:91', '443'] } }, 'TCP 80, 90-91, 443'],
    [{ protocol: 'TCP', destination: { ports: ['http'] } }, 'TCP 8080'],
    [{ protocol: 'UDP', destination: { ports: ['http'] } }, NONE],
    [{ protocol: 'TCP', destination: { notPorts: ['2:65535'] } }, 'TCP 1'],
    [{ protocol: 'TCP', destination: { ports: ['8079:8081'], notPorts: ['http'] } }, 'TCP 8079, 8081'],
  ])('%j', (rule, expected) => {
    expect(ports(rule)).toBe(expected);
  });
});

test('objects are read as Calico stores them, too', () => {
  const stored = { ...calico('shop/default.p', { selector: 'all()' }), apiVersion: 'crd.projectcalico.org/v1' };
  expect(into(stored)).toEqual([NONE, NONE, NONE, NONE]);
});

describe('what is not read is told', () => {
  const rule = (own: any) => ({ selector: 'all()', ingress: [{ ...allow, ...own }] });
  test.each([
    [{ selector: 'all()', serviceAccountSelector: 'all()' }, 'UnreadPolicyField spec.serviceAccountSelector'],
    [{ selector: 'all()', applyOnForward: true }, 'UnreadPolicyField spec.applyOnForward'],
    [{ selector: 'pcsa.role == "x"' }, 'UnreadPolicyField spec.selector'],
    [rule({ ipVersion: 6 }), 'UnreadPolicyField spec.ingress[0].ipVersion'],
    [rule({ notProtocol: 'TCP' }), 'UnreadPolicyField spec.ingress[0].notProtocol'],
    [rule({ icmp: { type: 8 } }), 'UnreadPolicyField spec.ingress[0].icmp'],
    [rule({ http: { methods: ['GET'] } }), 'UnreadPolicyField spec.ingress[0].http'],
    [rule({ source: { serviceAccounts: { names: ['a'] } } }), 'UnreadPolicyField spec.ingress[0].source.serviceAccounts'],
    [rule({ source: { services: { name: 'a' } } }), 'UnreadPolicyField spec.ingress[0].source.services'],
    [rule({ protocol: 'TCP', source: { ports: [80] } }), 'UnreadPolicyField spec.ingress[0].source.ports'],
    [rule({ destination: { nets: ['10.0.0.0/8'] } }), 'UnreadPolicyField spec.ingress[0].destination.nets'],
    [{ selector: 'app = "web"' }, 'MalformedObject spec.selector'],
    [{ selector: 'all()', types: ['Both'] }, 'MalformedObject spec.types[0]'],
    [{ selector: 'all()', order: 'first' }, 'MalformedObject spec.order'],
    [rule({ action: 'allow' }), 'MalformedObject spec.ingress[0].action'],
    [rule({ protocol: 'HTTP' }), 'MalformedObject spec.ingress[0].protocol'],
    [rule({ destination: { ports: [80] } }), 'MalformedObject spec.ingress[0].protocol'],
    [rule({ protocol: 'TCP', destination: { ports: ['9:1'] } }), 'MalformedObject spec.ingress[0].destination.ports[0]'],
    [rule({ source: { nets: ['10.0.0.0/99'] } }), 'MalformedObject spec.ingress[0].source.nets[0]'],
  ])('%j', (spec, expected) => {
    const [code, path] = expected.split(' ');
    expect(faults(calico('p', spec))).toEqual([`${code} GlobalNetworkPolicy.projectcalico.org p ${path}`]);
  });

  test('a namespaced policy has no namespaceSelector, and a tier no third field', () => {
    expect(faults(calico('shop/p', { selector: 'all()', namespaceSelector: 'all()' }))).toEqual(['UnreadPolicyField NetworkPolicy.projectcalico.org shop/p spec.namespaceSelector']);
    expect(faults(tier('t', { order: 1, weight: 2 }), tier('u', { defaultAction: 'Allow' }), calico('p', { selector: 'all()' }))).toEqual([
      'UnreadPolicyField Tier.projectcalico.org t spec.weight', 'MalformedObject Tier.projectcalico.org u spec.defaultAction',
    ]);
  });
});
