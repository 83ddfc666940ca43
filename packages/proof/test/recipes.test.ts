import { Endpoint, Protocol, Reachability } from '../src';
import { namespace, pod, podsOf, policy } from './fixtures/cluster';

// Situations that people write policies for, each with what they expect of it, in words of our own.
const web = pod('default/web', { app: 'web' }, { http: 8000, monitoring: 5000 });
const other = pod('default/other', { app: 'other' });
const bookstore = pod('default/bookstore', { app: 'bookstore', role: 'api' });
const stranger = pod('else/stranger', { type: 'monitoring' });
const cluster = [namespace('default'), namespace('else', { purpose: 'production' }), web, other, bookstore, stranger];
const toWeb = { podSelector: { matchLabels: { app: 'web' } } };
const WEB = Endpoint.pod('default', 'web');
const OTHER = Endpoint.pod('default', 'other');
const BOOKSTORE = Endpoint.pod('default', 'bookstore');
const STRANGER = Endpoint.pod('else', 'stranger');
const INTERNET = Endpoint.ip('203.0.113.7');

const reach = (...policies: any[]) => Reachability.of([...cluster, ...policies]);
const into = (own: Reachability) => [OTHER, BOOKSTORE, STRANGER, INTERNET].map((source) => own.openPorts(source, WEB));
const ALL = 'every port';
const NONE = 'no port';

test('nobody talks to an application', () => {
  const own = reach(policy('default/web-deny-all', { ...toWeb, ingress: [] }));
  expect(into(own)).toEqual([NONE, NONE, NONE, NONE]);
  expect(own.openPorts(WEB, OTHER)).toBe(ALL);
});

test('only one application talks to another', () => {
  expect(into(reach(policy('default/api-allow', { ...toWeb, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'bookstore' } } }] }] })))).toEqual([NONE, ALL, NONE, NONE]);
});

test('everybody talks to an application, whatever denies', () => {
  const denied = policy('default/web-deny', toWeb);
  expect(into(reach(denied, policy('default/web-allow-all', { ...toWeb, ingress: [{}] })))).toEqual([ALL, ALL, ALL, ALL]);
});

test('nobody talks to anybody in a namespace unless a policy says so', () => {
  const denied = policy('default/default-deny-all', { ingress: [] });
  expect(into(reach(denied))).toEqual([NONE, NONE, NONE, NONE]);
  expect(reach(denied).openPorts(WEB, STRANGER)).toBe(ALL);
});

test('nobody from other namespaces', () => {
  expect(into(reach(policy('default/deny-from-other-namespaces', { ingress: [{ from: [{ podSelector: {} }] }] })))).toEqual([ALL, ALL, NONE, NONE]);
});

test('everybody from all namespaces, but not from outside', () => {
  expect(into(reach(policy('default/web-allow-all-namespaces', { ...toWeb, ingress: [{ from: [{ namespaceSelector: {} }] }] })))).toEqual([ALL, ALL, ALL, NONE]);
});

test('everybody from one namespace', () => {
  expect(into(reach(policy('default/web-allow-prod', { ...toWeb, ingress: [{ from: [{ namespaceSelector: { matchLabels: { purpose: 'production' } } }] }] })))).toEqual([NONE, NONE, ALL, NONE]);
});

test('some pods of another namespace: both selectors in one peer', () => {
  const peer = (type: string) => ({ namespaceSelector: { matchLabels: { purpose: 'production' } }, podSelector: { matchLabels: { type } } });
  expect(into(reach(policy('default/web-allow', { ...toWeb, ingress: [{ from: [peer('monitoring')] }] })))).toEqual([NONE, NONE, ALL, NONE]);
  expect(into(reach(policy('default/web-allow', { ...toWeb, ingress: [{ from: [peer('other')] }] })))).toEqual([NONE, NONE, NONE, NONE]);
});

test('the same two selectors in two peers mean one or the other', () => {
  const peers = [{ namespaceSelector: { matchLabels: { purpose: 'production' } } }, { podSelector: { matchLabels: { app: 'other' } } }];
  expect(into(reach(policy('default/web-allow', { ...toWeb, ingress: [{ from: peers }] })))).toEqual([ALL, NONE, ALL, NONE]);
});

test('from outside too', () => {
  expect(into(reach(policy('default/web-allow-external', { ...toWeb, ingress: [{ from: [] }] })))).toEqual([ALL, ALL, ALL, ALL]);
});

test('only one port of an application', () => {
  const own = policy('default/api-allow-5000', { ...toWeb, ingress: [{ ports: [{ port: 5000 }], from: [{ podSelector: { matchLabels: { role: 'api' } } }] }] });
  expect(into(reach(own))).toEqual([NONE, 'TCP 5000', NONE, NONE]);
  expect(into(reach(policy('default/by-name', { ...toWeb, ingress: [{ ports: [{ port: 'monitoring' }] }] })))).toEqual(['TCP 5000', 'TCP 5000', 'TCP 5000', 'TCP 5000']);
});

test('several applications share one', () => {
  const peers = ['bookstore', 'search'].map((app) => ({ podSelector: { matchLabels: { app } } }));
  expect(into(reach(policy('default/redis-allow', { ...toWeb, ingress: [{ from: peers }] })))).toEqual([NONE, ALL, NONE, NONE]);
});

describe('egress', () => {
  const out = (own: Reachability) => [OTHER, STRANGER, INTERNET].map((destination) => own.openPorts(WEB, destination));

  test('an application talks to nobody', () => {
    const own = reach(policy('default/foo-deny-egress', { ...toWeb, policyTypes: ['Egress'], egress: [] }));
    expect(out(own)).toEqual([NONE, NONE, NONE]);
    expect(own.openPorts(OTHER, WEB)).toBe(ALL);
  });

  test('an application looks up names and does nothing else', () => {
    const own = reach(policy('default/foo-dns', { ...toWeb, policyTypes: ['Egress'], egress: [{ ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] }] }));
    expect(out(own)).toEqual(['TCP 53; UDP 53', 'TCP 53; UDP 53', 'TCP 53; UDP 53']);
    expect(own.allows({ source: WEB, destination: INTERNET, port: 53, protocol: Protocol.UDP })).toBe(true);
  });

  test('a namespace talks to nobody', () => {
    expect(out(reach(policy('default/default-deny-egress', { policyTypes: ['Egress'], egress: [] })))).toEqual([NONE, NONE, NONE]);
  });

  test('an application talks to the cluster, and not to the internet', () => {
    expect(out(reach(policy('default/foo-deny-external', { ...toWeb, policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: {} }] }] })))).toEqual([ALL, ALL, NONE]);
  });

  test('an application talks to the internet, and not to the cluster', () => {
    expect(out(reach(policy('default/foo-external', { ...toWeb, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }] }] })))).toEqual([NONE, NONE, ALL]);
  });

  test('the other side still has its say', () => {
    const own = reach(policy('default/foo', { ...toWeb, policyTypes: ['Egress'], egress: [{ to: [podsOf('else')] }] }), policy('else/deny', {}));
    expect(out(own)).toEqual([NONE, NONE, NONE]);
  });
});
