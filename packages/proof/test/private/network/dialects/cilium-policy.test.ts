import { Endpoint, Reachability } from '../../../../src';
import { deployment, namespace, pod, podsOf, policy } from '../../../fixtures/cluster';
import { cilium, PROFILES } from '../../../fixtures/dialects';
import { faultsOf } from '../../../fixtures/read';

const profile = PROFILES.cilium;
const base = [
  namespace('shop', { tier: 'front' }), namespace('blog', { tier: 'back' }), deployment('shop/web', { app: 'web' }, { http: 8080 }),
  deployment('shop/db', { app: 'db' }), deployment('blog/web', { app: 'web' }), deployment('blog/agent', { app: 'agent' }, {}, { hostNetwork: true }),
];
const [web, db, blog, agent] = [['shop', 'web'], ['shop', 'db'], ['blog', 'web'], ['blog', 'agent']].map(([own, name]) => Endpoint.workload(own, 'Deployment', name));

const reach = (...policies: any[]) => Reachability.of([...base, ...policies], { profile });
/** Who reaches shop/web. */
const into = (...policies: any[]) => {
  const own = reach(...policies);
  return [db, blog, agent, Endpoint.ip('203.0.113.7')].map((source) => own.openPorts(source, web));
};
/** Whom shop/web reaches. */
const out = (...policies: any[]) => {
  const own = reach(...policies);
  return [db, blog, agent, Endpoint.ip('192.0.2.1'), Endpoint.ip('203.0.113.7')].map((destination) => own.openPorts(web, destination));
};
const ALL = 'every port';
const NONE = 'no port';

const faults = (...policies: any[]) => faultsOf([...base, ...policies], profile);

describe('default deny', () => {
  test('comes with rules of a direction, and with nothing else', () => {
    expect(into(cilium('shop/p', {}))).toEqual([ALL, ALL, ALL, ALL]);
    expect(into(cilium('shop/p', { ingress: [] }))).toEqual([ALL, ALL, ALL, ALL]);
    expect(into(cilium('shop/p', { egress: [{}] }))).toEqual([NONE, ALL, ALL, ALL]);
    expect(into(cilium('shop/p', { ingress: [{}] }))).toEqual([NONE, NONE, NONE, NONE]);
  });

  test('comes with rules that deny as well, unless the policy says otherwise', () => {
    const denied = { ingressDeny: [{ fromEndpoints: [{ matchLabels: { app: 'db' } }] }] };
    expect(into(cilium('shop/p', denied))).toEqual([NONE, NONE, NONE, NONE]);
    expect(into(cilium('shop/p', { ...denied, enableDefaultDeny: { ingress: false } }))).toEqual([NONE, ALL, ALL, ALL]);
    expect(into(cilium('shop/p', { ...denied, enableDefaultDeny: { ingress: false } }), cilium('shop/q', { ingress: [{ fromEndpoints: [{}] }] }))).toEqual([NONE, NONE, NONE, NONE]);
  });

  test('can be asked for without rules', () => {
    expect(into(cilium('shop/p', { enableDefaultDeny: { ingress: true } }))).toEqual([NONE, NONE, NONE, NONE]);
  });
});

describe('the other side', () => {
  test('is in the namespace of the policy unless its selector speaks of namespaces', () => {
    expect(into(cilium('shop/p', { ingress: [{ fromEndpoints: [{}] }] }))).toEqual([ALL, NONE, NONE, NONE]);
    expect(into(cilium('shop/p', { ingress: [{ fromEndpoints: [{ matchLabels: { 'k8s:app': 'web' } }] }] }))).toEqual([NONE, NONE, NONE, NONE]);
    expect(into(cilium('shop/p', { ingress: [{ fromEndpoints: [{ matchLabels: { 'any:app': 'web', 'io.kubernetes.pod.namespace': 'blog' } }] }] }))).toEqual([NONE, ALL, NONE, NONE]);
    expect(into(cilium('shop/p', { ingress: [{ fromEndpoints: [{ matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.tier': 'back' } }] }] }))).toEqual([NONE, ALL, NONE, NONE]);
    expect(into(cilium('shop/p', { ingress: [{ fromEndpoints: [{ matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }] }] }] }))).toEqual([ALL, ALL, NONE, NONE]);
  });

  test('of a cluster-wide policy is every pod that the selector matches', () => {
    expect(into(cilium('p', { ingress: [{ fromEndpoints: [{}] }] }))).toEqual([ALL, ALL, NONE, NONE]);
  });

  test('is nobody with an empty list, and everybody with ports only', () => {
    expect(into(cilium('shop/p', { ingress: [{ fromEndpoints: [], toPorts: [{ ports: [{ port: '80' }] }] }] }))).toEqual([NONE, NONE, NONE, NONE]);
    expect(into(cilium('shop/p', { ingress: [{ toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }] }] }] }))).toEqual(['TCP 80', 'TCP 80', 'TCP 80', 'TCP 80']);
  });

  test.each([
    ['all', [ALL, ALL, ALL, ALL, ALL]],
    ['cluster', [ALL, ALL, ALL, ALL, NONE]],
    ['host', [NONE, NONE, ALL, NONE, NONE]],
    ['remote-node', [NONE, NONE, ALL, ALL, NONE]],
    ['kube-apiserver', [NONE, NONE, ALL, ALL, NONE]],
    ['world', [NONE, NONE, NONE, NONE, ALL]],
    ['world-ipv4', [NONE, NONE, NONE, NONE, ALL]],
    ['world-ipv6', [NONE, NONE, NONE, NONE, NONE]],
    ...['ingress', 'health', 'init', 'none'].map((entity): [string, string[]] => [entity, [NONE, NONE, NONE, NONE, NONE]]),
  ])('can be the entity %s', (entity, expected) => {
    expect(out(cilium('shop/p', { egress: [{ toEntities: [entity] }] }))).toEqual(expected);
    if (entity !== 'all' && entity !== 'cluster') expect(out(cilium('shop/p', { egress: [{ toEndpoints: [{ matchLabels: { [`reserved:${entity}`]: '' } }] }] }))).toEqual(expected);
  });

  test('by address is neither a pod nor a node nor the API server', () => {
    expect(out(cilium('shop/p', { egress: [{ toCIDR: ['0.0.0.0/0'] }] }))).toEqual([NONE, NONE, NONE, NONE, ALL]);
    expect(out(cilium('shop/p', { egress: [{ toCIDR: ['203.0.113.7'] }] }))).toEqual([NONE, NONE, NONE, NONE, ALL]);
    expect(out(cilium('shop/p', { egress: [{ toCIDRSet: [{ cidr: '0.0.0.0/0', except: ['203.0.113.0/24'] }] }] }))).toEqual([NONE, NONE, NONE, NONE, NONE]);
    const running = { ...pod('blog/running', { app: 'web' }), status: { podIP: '10.2.3.4' } };
    expect(reach(running, cilium('shop/p', { egress: [{ toCIDR: ['10.2.3.4/32'] }] })).openPorts(web, Endpoint.pod('blog', 'running'))).toBe(NONE);
  });
});

describe('subjects', () => {
  test('of a policy in a namespace are in it, whatever the selector says', () => {
    const other = cilium('blog/p', { endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'shop' } }, ingress: [{}] });
    expect(into(other)).toEqual([ALL, ALL, ALL, ALL]);
    expect(reach(other).openPorts(web, blog)).toBe(NONE);
  });

  test('of a cluster-wide policy are those of every namespace that it selects', () => {
    const only = cilium('p', { endpointSelector: { matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'NotIn', values: ['blog'] }] }, ingress: [{}] });
    expect(into(only)).toEqual([NONE, NONE, NONE, NONE]);
    expect(reach(only).openPorts(web, blog)).toBe(ALL);
  });

  test('are never nodes', () => {
    expect(reach(cilium('p', { ingress: [{}] })).openPorts(web, agent)).toBe(ALL);
  });
});

describe('ports', () => {
  const ports = (...own: any[]) => reach(cilium('shop/p', { ingress: [{ fromEndpoints: [{}], toPorts: [{ ports: own }] }] })).openPorts(db, web);

  test('are numbers as text, ranges, names and all of a protocol', () => {
    expect(ports({ port: '80', protocol: 'TCP' }, { port: '8000', endPort: 8999, protocol: 'UDP' })).toBe('TCP 80; UDP 8000-8999');
    expect(ports({ port: 'http', protocol: 'TCP' })).toBe('TCP 8080');
    expect(ports({ port: 'http', protocol: 'UDP' })).toBe(NONE);
    expect(ports({ port: 'other' })).toBe(NONE);
    expect(ports({ port: '0', protocol: 'SCTP' })).toBe('SCTP every port');
  });

  test('are of any protocol unless they say which', () => {
    expect(ports({ port: '53' })).toBe('TCP 53; UDP 53; SCTP 53');
    expect(ports({ port: '53', protocol: 'ANY' })).toBe('TCP 53; UDP 53; SCTP 53');
    expect(ports({ port: 'http' })).toBe('TCP 8080');
  });
});

describe('with NetworkPolicies', () => {
  test('what either allows is allowed, and what is denied is denied', () => {
    const both = [policy('shop/deny', {}), policy('shop/in', { ingress: [{ from: [podsOf('blog')] }] }), cilium('shop/p', { ingress: [{ fromEndpoints: [{ matchLabels: { app: 'db' } }] }] })];
    expect(into(...both)).toEqual([ALL, ALL, NONE, NONE]);
    const deny = cilium('p', { ingressDeny: [{ fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'blog' } }], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }] }] }] });
    expect(into(...both, deny)[1]).toBe('TCP 1-79, 81-65535; UDP every port; SCTP every port');
  });
});

describe('several specs', () => {
  test('are as many policies', () => {
    const { spec: _, ...own } = cilium('shop/p', {});
    const specs = [{ endpointSelector: { matchLabels: { app: 'db' } }, ingress: [{}] }, { endpointSelector: { matchLabels: { app: 'web' } }, ingress: [{ fromEndpoints: [{}] }] }];
    expect(into({ ...own, specs })).toEqual([ALL, NONE, NONE, NONE]);
    expect(reach({ ...own, specs }).openPorts(web, db)).toBe(NONE);
  });
});

describe('what is not read is told', () => {
  const P = 'CiliumNetworkPolicy.cilium.io shop/p';
  test.each([
    [{ nodeSelector: {}, endpointSelector: undefined }, 'UnreadPolicyField', 'spec.nodeSelector'],
    [{ ingress: [{ fromRequires: [{}] }] }, 'UnreadPolicyField', 'spec.ingress[0].fromRequires'],
    [{ ingress: [{ icmps: [{ fields: [] }] }] }, 'UnreadPolicyField', 'spec.ingress[0].icmps'],
    [{ egress: [{ toFQDNs: [{ matchName: 'a.b' }] }] }, 'UnreadPolicyField', 'spec.egress[0].toFQDNs'],
    [{ egress: [{ toServices: [{}] }] }, 'UnreadPolicyField', 'spec.egress[0].toServices'],
    [{ egress: [{ toPorts: [{ ports: [{ port: '53' }], rules: { dns: [{ matchPattern: '*' }] } }] }] }, 'UnreadPolicyField', 'spec.egress[0].toPorts[0].rules'],
    [{ egress: [{ toPorts: [{}] }] }, 'UnreadPolicyField', 'spec.egress[0].toPorts[0].ports'],
    [{ egress: [{ toCIDRSet: [{ cidrGroupRef: 'group' }] }] }, 'UnreadPolicyField', 'spec.egress[0].toCIDRSet[0].cidrGroupRef'],
    [{ ingress: [{ authentication: { mode: 'required' } }] }, 'UnreadPolicyField', 'spec.ingress[0].authentication'],
    [{ ingress: [{ fromEndpoints: [{ matchLabels: { 'k8s:io.cilium.k8s.policy.cluster': 'a' } }] }] }, 'UnreadPolicyField', 'spec.ingress[0].fromEndpoints[0]'],
    [{ ingress: [{ fromEndpoints: [{ matchLabels: { 'reserved:host': '', 'app': 'web' } }] }] }, 'UnreadPolicyField', 'spec.ingress[0].fromEndpoints[0]'],
    [{ endpointSelector: { matchLabels: { 'reserved:health': '' } } }, 'UnreadPolicyField', 'spec.endpointSelector'],
    [{ ingress: [{ fromEndpoints: [{}], fromEntities: ['world'] }] }, 'MalformedObject', 'spec.ingress[0].fromEntities'],
    [{ ingress: [{ fromEntities: ['everybody'] }] }, 'MalformedObject', 'spec.ingress[0].fromEntities[0]'],
    [{ ingress: [{ fromCIDR: ['10.0.0.0/33'] }] }, 'MalformedObject', 'spec.ingress[0].fromCIDR[0]'],
    [{ ingress: [{ toPorts: [{ ports: [{ port: 80 }] }] }] }, 'MalformedObject', 'spec.ingress[0].toPorts[0].ports[0].port'],
    [{ ingress: [{ toPorts: [{ ports: [{ port: '99999' }] }] }] }, 'MalformedObject', 'spec.ingress[0].toPorts[0].ports[0].port'],
    [{ endpointSelector: undefined }, 'MalformedObject', 'spec.endpointSelector'],
  ])('%j', (spec, code, path) => {
    expect(faults(cilium('shop/p', spec))).toEqual([`${code} ${P} ${path}`]);
  });

  test('with the version of the object', () => {
    expect(faults({ ...cilium('shop/p', {}), apiVersion: 'cilium.io/v2alpha1' })).toEqual([`UnreadPolicyField ${P} apiVersion`]);
  });

  test('and nothing at all is a policy without spec', () => {
    expect(faults({ ...cilium('shop/p', {}), spec: undefined })).toEqual([`MalformedObject ${P} spec`]);
  });

  test('as an error of Reachability', () => {
    expect(() => reach(cilium('shop/p', { nodeSelector: {}, endpointSelector: undefined }))).toThrow(/nodeSelector is not read/);
  });
});
