import { CanonicalYaml, ClusterProfile, Cni, Manifests, NetworkPort, NetworkProtocol, Problems } from '@viridial/core';
import * as fc from 'fast-check';
import { ClusterTier, ClusterTierExpectations, ClusterTierNamespace, ClusterTierProps, Flow, PortMatrix } from '../src';
import { inTwoOrders } from './support/arbitraries';
import { eks, profile } from './support/profiles';
import { codes, refused } from './support/refused';
import { GROUNDS_WITHOUT_TIER, TIER_GROUNDS } from './support/tier-grounds';
import { closes, TierConnection, TierPod } from './support/tier-reading';

const CILIUM = TIER_GROUNDS[0][1];

const SHOP: ClusterTierNamespace = {
  namespace: 'shop-staging', tenant: 'shop', flows: [Flow.dns(), Flow.namespaceOut({ namespace: 'payments-staging', ports: [{ port: 8443 }] }), Flow.internet()],
};
const PAYMENTS: ClusterTierNamespace = {
  namespace: 'payments-staging',
  tenant: 'payments',
  flows: [Flow.namespaceIn({ namespace: 'shop-staging', ports: [{ port: 8443 }] }), Flow.kubeApiServer(), Flow.metricsIn({ fromNamespace: 'viridial-monitoring' })],
};
const SEARCH: ClusterTierNamespace = { namespace: 'search-staging', tenant: 'search', flows: [] };
const SHOP_PRODUCTION: ClusterTierNamespace = { namespace: 'shop-production', tenant: 'shop', flows: [] };
const MONITORING: ClusterTierNamespace = { namespace: 'viridial-monitoring', flows: [Flow.metricsOut({ platform: 'viridial' })] };
const NAMESPACES = [SHOP, PAYMENTS, SEARCH, SHOP_PRODUCTION, MONITORING];

function render(ground: ClusterProfile, namespaces = NAMESPACES, more: Partial<ClusterTierProps> = {}): any[] {
  return ClusterTier.render({ platform: 'viridial', profile: ground, namespaces, ...more });
}

function pod({ namespace, tenant }: ClusterTierNamespace): TierPod {
  return { namespace, labels: { 'viridial.com/platform': 'viridial', ...(tenant ? { 'viridial.com/tenant': tenant } : {}) } };
}

const OUTSIDE: TierPod = { namespace: 'kube-system', labels: {} };

/** Whether the tier closes a call between two pods, on either side. */
function between(tier: any[], from: TierPod, to: TierPod, port = 8080, protocol = 'TCP'): boolean {
  return closes(tier, { into: false, pod: from, other: { pod: to }, port, protocol }) || closes(tier, { into: true, pod: to, other: { pod: from }, port, protocol });
}

function out(from: ClusterTierNamespace, other: TierConnection['other'], port = 80, protocol = 'TCP'): TierConnection {
  return { into: false, pod: pod(from), other, port, protocol };
}

describe.each(TIER_GROUNDS)('on %s', (_, ground) => {
  const tier = render(ground);

  test('every object is well formed, in no namespace, marked as managed and explained', () => {
    expect(Manifests.check(tier)).toEqual([]);
    for (const { metadata } of tier) {
      expect(metadata.namespace).toBeUndefined();
      expect(metadata.labels).toEqual({ 'app.kubernetes.io/managed-by': 'viridial', 'viridial.com/managed': 'true', 'viridial.com/platform': 'viridial' });
      expect(metadata.annotations['viridial.com/reason']).toMatch(/^\S.{20,}/);
    }
  });

  test('tenants call each other as their flows say, and not on other ports, the other way round, or without flows', () => {
    expect(between(tier, pod(SHOP), pod(PAYMENTS), 8443)).toBe(false);
    for (const [port, protocol] of [[8442, 'TCP'], [8444, 'TCP'], [8443, 'UDP'], [8443, 'SCTP'], [1, 'TCP'], [65535, 'UDP']] as [number, string][]) {
      expect([port, protocol, between(tier, pod(SHOP), pod(PAYMENTS), port, protocol)]).toEqual([port, protocol, true]);
    }
    expect(between(tier, pod(PAYMENTS), pod(SHOP), 8443)).toBe(true);
    expect(between(tier, pod(SEARCH), pod(SHOP))).toBe(true);
    expect(between(tier, pod(SHOP_PRODUCTION), pod(PAYMENTS), 8443)).toBe(true);
  });

  test('both sides close, so that one pod without its policies opens nothing', () => {
    const call = { port: 8080, protocol: 'TCP' };
    expect(closes(tier, { ...call, into: false, pod: pod(SEARCH), other: { pod: pod(SHOP) } })).toBe(true);
    expect(closes(tier, { ...call, into: true, pod: pod(SHOP), other: { pod: pod(SEARCH) } })).toBe(true);
  });

  test('what is no other tenant is left to the policies of the namespace', () => {
    for (const other of [pod(SHOP), pod(SHOP_PRODUCTION), pod(MONITORING), OUTSIDE]) {
      expect([other.namespace, between(tier, pod(SHOP), other), between(tier, other, pod(SHOP))]).toEqual([other.namespace, false, false]);
    }
    expect(closes(tier, out(SHOP, { address: '198.51.100.7' }, 443))).toBe(false);
    expect(closes(tier, { into: true, pod: pod(SHOP), other: { address: '198.51.100.7' }, port: 443, protocol: 'TCP' })).toBe(false);
  });

  test('namespaces of another platform are no subject of this tier, and its tenants are other tenants', () => {
    const stranger = { namespace: 'bank-staging', labels: { 'viridial.com/platform': 'other', 'viridial.com/tenant': 'bank' } };
    expect(closes(tier, { into: false, pod: stranger, other: { address: '169.254.169.254' }, port: 80, protocol: 'TCP' })).toBe(false);
    expect(closes(tier, { into: true, pod: pod(SHOP), other: { pod: stranger }, port: 8080, protocol: 'TCP' })).toBe(true);
  });

  test('link-local addresses are closed for every namespace of the platform, the metadata service before all, on every port', () => {
    for (const from of NAMESPACES) {
      for (const address of ['169.254.169.254', '169.254.170.2', '169.254.0.1']) {
        for (const protocol of ['TCP', 'UDP']) expect([from.namespace, address, closes(tier, out(from, { address }, 80, protocol))]).toEqual([from.namespace, address, true]);
      }
    }
    expect(closes(tier, { into: false, pod: OUTSIDE, other: { address: '169.254.169.254' }, port: 80, protocol: 'TCP' })).toBe(false);
  });

  test('no object opens or passes anything: what is not closed is decided by the policies of the namespaces', () => {
    expect(JSON.stringify(tier)).not.toMatch(/"(Allow|Accept|Log)"/);
    expect(JSON.stringify(tier)).not.toMatch(/"action":"Pass"/);
  });

  test('the order of namespaces and flows does not show', () => {
    fc.assert(fc.property(inTwoOrders(NAMESPACES), inTwoOrders(SHOP.flows), ([, namespaces], [, flows]) => {
      const other = namespaces.map((each) => each === SHOP ? { ...SHOP, flows } : each);
      expect(CanonicalYaml.stringifyAll(render(ground, other))).toBe(CanonicalYaml.stringifyAll(tier));
    }), { numRuns: 20 });
  });
});

describe('nodes', () => {
  const withPorts = TIER_GROUNDS.slice(0, 3);

  test.each(withPorts)('on %s their own ports are closed for tenants, and for nobody else', (_, ground) => {
    const tier = render(ground);
    for (const port of [22, 2379, 2380, 6443, 10250]) {
      expect([port, closes(tier, out(SHOP, { address: '192.168.10.20', node: true }, port))]).toEqual([port, true]);
      expect(closes(tier, out(MONITORING, { address: '192.168.10.20', node: true }, port))).toBe(false);
    }
    expect(closes(tier, out(SHOP, { address: '192.168.10.20', node: true }, 443))).toBe(false);
    expect(closes(tier, out(SHOP, { address: '192.168.20.20' }, 10250))).toBe(false);
  });

  test.each(withPorts)('on %s the tunnel of the network plugin is closed too: a pod could forge the traffic of another one', (_, ground) => {
    const port = ground.cni === Cni.CILIUM ? 8472 : 4789;
    expect(closes(render(ground), out(SHOP, { address: '192.168.10.20', node: true }, port, 'UDP'))).toBe(true);
  });

  test.each(withPorts)('on %s what a flow names stays open: the API server, or a port of the nodes', (_, ground) => {
    const tier = render(ground, [PAYMENTS, { ...SHOP, flows: [Flow.cidrOut({ cidr: '192.168.0.0/16', ports: [{ port: 10250 }] })] }]);
    const open = (from: ClusterTierNamespace, port: number): boolean => !closes(tier, out(from, { address: '192.168.10.11', node: true }, port));
    expect([open(PAYMENTS, 6443), open(PAYMENTS, 10250)]).toEqual([true, false]);
    expect([open(SHOP, 6443), open(SHOP, 10250)]).toEqual([false, true]);
    const all = render(ground, [{ ...SHOP, flows: [Flow.cidrOut({ cidr: '192.168.10.0/24' })] }]);
    expect(closes(all, out(SHOP, { address: '192.168.10.20', node: true }, 10250))).toBe(false);
  });

  test('are closed by the ports of the matrix that is given, and not at all when that is asked for', () => {
    const portMatrix = PortMatrix.of(CILIUM, { ssh: false });
    const ssh = out(SHOP, { address: '192.168.10.20', node: true }, 22);
    expect(closes(render(CILIUM, NAMESPACES, { portMatrix }), ssh)).toBe(false);
    expect(JSON.stringify(render(CILIUM, NAMESPACES, { closeNodePorts: false }))).not.toContain('remote-node');
  });

  test('cannot be closed without their addresses where these are compared, and need none under cilium', () => {
    const [problem] = refused(() => render(profile(Cni.CALICO, { cniVersion: '3.31', nodeCidrs: [] })));
    expect(problem).toMatchObject({ code: 'ClusterTierNotExpressible', path: 'profile.nodeCidrs', cure: expect.stringContaining('closeNodePorts: false') });
    expect(JSON.stringify(render(profile(Cni.CILIUM, { cniVersion: '1.18', nodeCidrs: [] })))).toContain('remote-node');
  });

  test('cannot be closed by the VPC CNI: a warning says so, an error when it was asked for, nothing when it is known', () => {
    const collected = (closeNodePorts?: boolean): [string, string][] => {
      const problems = new Problems();
      ClusterTier.collect(problems, 'tier', { platform: 'viridial', profile: eks({ cniVersion: '1.21.1' }), namespaces: NAMESPACES, closeNodePorts });
      return problems.all.map(({ severity, code, path }) => [`${severity} ${code}`, path]);
    };
    expect(collected()).toEqual([['warning NodePortsStayOpen', 'tier.closeNodePorts']]);
    expect(collected(true)).toEqual([['error ClusterTierNotExpressible', 'tier.closeNodePorts']]);
    expect(collected(false)).toEqual([]);
  });
});

describe('addresses of the node that flows name', () => {
  const agent: ClusterTierNamespace = { namespace: 'external-dns', flows: [Flow.cidrOut({ cidr: '169.254.170.23/32', ports: [{ port: 80 }] })] };
  const opened: ClusterTierNamespace = { namespace: 'node-agent', flows: [Flow.cidrOut({ cidr: '169.0.0.0/8', instanceMetadata: true })] };

  test.each(TIER_GROUNDS)('on %s are open for their namespace alone, and the metadata service is not with them', (_, ground) => {
    const tier = render(ground, [...NAMESPACES, agent]);
    expect(closes(tier, out(agent, { address: '169.254.170.23' }))).toBe(false);
    expect(closes(tier, out(agent, { address: '169.254.169.254' }))).toBe(true);
    expect(closes(tier, out(agent, { address: '169.254.170.22' }))).toBe(true);
    expect(closes(tier, out(SHOP, { address: '169.254.170.23' }))).toBe(true);
  });

  test.each(TIER_GROUNDS)('on %s can be the metadata service, for the namespace that says so', (_, ground) => {
    const tier = render(ground, [...NAMESPACES, opened]);
    expect(closes(tier, out(opened, { address: '169.254.169.254' }))).toBe(false);
    expect(closes(tier, out(SHOP, { address: '169.254.169.254' }))).toBe(true);
  });

  test.each([
    ['cilium', profile(Cni.CILIUM, { cniVersion: '1.18', nodeLocalDns: '169.254.20.10' })],
    ['calico', profile(Cni.CALICO, { cniVersion: '3.31', nodeLocalDns: '169.254.20.10' })],
    ['calico with ClusterNetworkPolicy', profile(Cni.CALICO, { cniVersion: '3.32', nodeLocalDns: '169.254.20.10' })],
    ['vpc-cni', eks({ cniVersion: '1.21.1', nodeLocalDns: '169.254.20.10' })],
  ])('on %s node-local DNS stays open for everybody, and its neighbours closed', (_, ground) => {
    const tier = render(ground);
    const at = (address: string): boolean => closes(tier, out(SHOP, { address }, 53, 'UDP'));
    expect([at('169.254.20.9'), at('169.254.20.10'), at('169.254.20.11')]).toEqual([true, false, true]);
  });

  const dual = { podCidrs: ['10.244.0.0/16', 'fd01::/48'], serviceCidrs: ['10.96.0.0/12', 'fd02::/112'], nodeCidrs: ['192.168.10.0/24', 'fd10::/64'], nodeLocalDns: '169.254.20.10' };

  test.each([
    ['cilium', profile(Cni.CILIUM, { cniVersion: '1.18', ...dual })],
    ['calico', profile(Cni.CALICO, { cniVersion: '3.31', ...dual })],
    ['calico with ClusterNetworkPolicy', profile(Cni.CALICO, { cniVersion: '3.32', ...dual })],
  ])('on %s with both IP versions the address of the metadata service on EC2 and link-local IPv6 are closed too', (_, ground) => {
    const tier = render(ground);
    for (const address of ['169.254.169.254', 'fd00:ec2::254', 'fe80::1']) expect([address, closes(tier, out(SHOP, { address }))]).toEqual([address, true]);
    expect(closes(tier, out(SHOP, { address: 'fd00:ec2::253' }))).toBe(false);
    expect(JSON.stringify(render(CILIUM))).not.toContain('fd00:ec2');
  });

  test('calico gets a rule for each IP version: exceptions of one version would take the whole rule away from the other', () => {
    const [, linkLocal] = render(profile(Cni.CALICO, { cniVersion: '3.31', ...dual }));
    expect(linkLocal.spec.egress).toEqual([
      { action: 'Deny', destination: { nets: ['169.254.0.0/16'], notNets: ['169.254.20.10/32'] } },
      { action: 'Deny', destination: { nets: ['fe80::/10', 'fd00:ec2::254/128'] } },
    ]);
  });
});

describe('a cluster without a tier', () => {
  test.each(GROUNDS_WITHOUT_TIER)('(%s) is an error', (_, ground) => {
    const [problem] = refused(() => render(ground));
    expect(problem).toMatchObject({ code: 'NoClusterTier', cure: expect.stringContaining('withoutClusterTier') });
  });

  test('is told apart by what is missing', () => {
    const allowed = GROUNDS_WITHOUT_TIER.map(([, ground]) => refused(() => render(ground))[0].allowed);
    expect(new Set(allowed)).toEqual(new Set([
      'another network plugin: kube-router has no policies above those of a namespace', 'calico from 3.30', 'cilium from 1.16', 'the VPC CNI from 1.21.1 on Kubernetes from 1.29',
    ]));
  });

  test('is accepted with a reason, and the reason changes nothing where there is a tier', () => {
    const accepted = { withoutClusterTier: 'nobody but the platform may write policies' };
    expect(render(GROUNDS_WITHOUT_TIER[0][1], NAMESPACES, accepted)).toEqual([]);
    expect(render(CILIUM, NAMESPACES, accepted)).toEqual(render(CILIUM));
    expect(codes(refused(() => render(GROUNDS_WITHOUT_TIER[0][1], NAMESPACES, { withoutClusterTier: ' ' })))).toEqual(['NoClusterTier']);
  });
});

describe('limits', () => {
  const crowd = Array.from({ length: 30 }, (_, index) => Flow.namespaceIn({ namespace: `peer-${index}`, ports: [{ port: 8000 + index * 2 }] }));

  test('of 25 rules in a ClusterNetworkPolicy: more are written in several, each at its own priority', () => {
    const tier = render(TIER_GROUNDS[2][1], [{ ...SHOP, flows: crowd }, SEARCH]).filter(({ metadata }) => metadata.name.startsWith('viridial-tenant-shop-staging'));
    expect(tier.map(({ metadata, spec }) => [metadata.name, spec.priority, spec.ingress.length])).toEqual([
      ['viridial-tenant-shop-staging', 200, 25], ['viridial-tenant-shop-staging-2', 201, 6],
    ]);
    expect(closes(tier, { into: true, pod: pod(SHOP), other: { pod: { namespace: 'peer-29', labels: {} } }, port: 8058, protocol: 'TCP' })).toBe(false);
    expect(closes(tier, { into: true, pod: pod(SHOP), other: { pod: { namespace: 'peer-29', labels: {} } }, port: 8056, protocol: 'TCP' })).toBe(true);
  });

  test('of 24 ports for one peer that the VPC CNI holds: an error, because it drops the others', () => {
    const ports: NetworkPort[] = Array.from({ length: 22 }, (_, index) => ({ port: 8000 + index * 2 }));
    const flows = (count: number): Flow[] => [Flow.namespaceIn({ namespace: 'search-staging', ports: ports.slice(0, count) })];
    const [problem] = refused(() => render(TIER_GROUNDS[3][1], [{ ...SHOP, flows: flows(22) }, SEARCH]));
    expect(problem).toMatchObject({ code: 'TooManyPorts', value: 25 });
    expect(problem.message).toContain('tenant-shop-staging has to close 25 ranges of ports for ingress with search-staging');
    expect(render(TIER_GROUNDS[3][1], [{ ...SHOP, flows: flows(21) }, SEARCH])).toHaveLength(3);
  });

  test('the number of objects and their size grow with namespaces, not with pairs of tenants', () => {
    const size = (count: number): number => CanonicalYaml.stringifyAll(render(CILIUM, Array.from({ length: count }, (_, index) =>
      ({ namespace: `t${1000 + index}-staging`, tenant: `t${1000 + index}`, flows: [Flow.dns()] })))).length;
    expect(size(30) - size(20)).toBe(size(20) - size(10));
  });
});

describe('mistakes', () => {
  test('are reported together, each with its path', () => {
    const problems = new Problems();
    const objects = ClusterTier.collect(problems, 'platform.tier', {
      platform: 'Viridial',
      profile: CILIUM,
      namespaces: [
        { namespace: 'shop-staging', tenant: 'a b', flows: [Flow.namespaceIn({ namespace: 'x', ports: [{ port: 0 }] }), Flow.cidrOut({ cidr: '10.0.0.1/8' })] },
        { namespace: 'shop-staging', flows: [] },
      ],
      labels: { 'a b': 'c' },
    });
    expect(objects).toEqual([]);
    expect(problems.errors.map(({ path }) => path).sort()).toEqual([
      'platform.tier.labels.a b', 'platform.tier.namespaces[0].flows[0].ports[0]', 'platform.tier.namespaces[0].flows[1].cidr',
      'platform.tier.namespaces[0].tenant', 'platform.tier.namespaces[1].namespace', 'platform.tier.platform',
    ]);
  });

  test('labels of the caller are added, and cannot unmark an object', () => {
    const [first] = render(CILIUM, NAMESPACES, { labels: { 'team': 'platform', 'viridial.com/managed': 'false' } });
    expect(first.metadata.labels).toMatchObject({ 'team': 'platform', 'viridial.com/managed': 'true' });
  });
});

describe('any tenants and flows between them', () => {
  const names = ['a', 'b', 'c', 'd'];
  const port = fc.constantFrom<NetworkPort>({ port: 1 }, { port: 80 }, { port: 81 }, { port: 65535 }, { port: 53, protocol: NetworkProtocol.UDP }, { protocol: NetworkProtocol.UDP });
  const ports = fc.option(fc.array(port, { minLength: 1, maxLength: 3 }), { nil: undefined });
  const flow = fc.tuple(fc.constantFrom(...names), ports, fc.constantFrom('in', 'out', 'metrics-in', 'metrics-out')).map(([peer, open, kind]) => {
    switch (kind) {
      case 'in': return Flow.namespaceIn({ namespace: peer, ports: open });
      case 'out': return Flow.namespaceOut({ namespace: peer, ports: open });
      case 'metrics-in': return Flow.metricsIn({ fromNamespace: peer, ports: open });
      default: return Flow.metricsOut({ platform: 'viridial', ports: open });
    }
  });
  const namespaces = fc.tuple(...names.map((namespace) => fc.record({
    namespace: fc.constant(namespace), tenant: fc.constantFrom('x', 'y', undefined), flows: fc.array(flow, { maxLength: 4 }),
  })));

  /** What the flows of a pod's namespace agree to, read from the flows themselves. */
  function agreed({ flows }: ClusterTierNamespace, into: boolean, peer: string, number: number, protocol: string): boolean {
    const open = (list: NetworkPort[] | undefined, otherwise: boolean): boolean =>
      list === undefined ? otherwise : list.some((each) => (each.protocol ?? 'TCP') === protocol && (each.port ?? number) === number);
    return flows.some(({ kind, namespace, ports: list }) => {
      switch (kind) {
        case 'namespace-in': return into && namespace === peer && open(list, true);
        case 'metrics-in': return into && namespace === peer && open(list, protocol === 'TCP');
        case 'namespace-out': return !into && namespace === peer && open(list, true);
        case 'metrics-out': return !into && open(list, protocol === 'TCP');
        default: return false;
      }
    });
  }

  test('are closed alike in every language, exactly where tenants differ and nothing was agreed', () => {
    fc.assert(fc.property(namespaces, (platform) => {
      const tiers = TIER_GROUNDS.map(([name, ground]) => [name, render(ground, platform)] as const);
      const wrong: unknown[] = [];
      for (const own of platform) {
        for (const peer of platform) {
          for (const into of [true, false]) {
            for (const [number, protocol] of [[1, 'TCP'], [80, 'TCP'], [82, 'TCP'], [53, 'UDP'], [65535, 'SCTP']] as [number, string][]) {
              const foreign = own.tenant !== undefined && peer.tenant !== undefined && own.tenant !== peer.tenant;
              const expected = foreign && !agreed(own, into, peer.namespace, number, protocol);
              const connection = { into, pod: pod(own), other: { pod: pod(peer) }, port: number, protocol };
              wrong.push(...tiers.filter(([, tier]) => closes(tier, connection) !== expected).map(([name]) => [name, connection, expected]));
            }
          }
        }
      }
      expect(wrong).toEqual([]);
    }), { numRuns: 30 });
  });
});

describe('a part of the tier', () => {
  test.each(TIER_GROUNDS)('%s: the parts of all tenants, and what is for the whole platform, are the whole', (_, ground) => {
    const names = (objects: any[]) => objects.map((object) => JSON.stringify(object));
    const whole = names(render(ground));
    const parts = NAMESPACES.filter(({ tenant }) => tenant !== undefined).flatMap(({ namespace }) => names(render(ground, NAMESPACES, { only: [namespace] })));
    const shared = names(render(ground, NAMESPACES.map(({ namespace, flows }) => ({ namespace, flows }))));
    expect([...parts, ...shared].sort()).toEqual([...whole].sort());
  });

  test.each(TIER_GROUNDS)('%s: promises what the whole does of it', (_, ground) => {
    const of = (more: Partial<ClusterTierProps>) => ClusterTierExpectations.of({ platform: 'viridial', profile: ground, namespaces: NAMESPACES, ...more }).map((each) => JSON.stringify(each.toJson()));
    expect(NAMESPACES.flatMap(({ namespace }) => of({ only: [namespace] })).sort()).toEqual(of({}).sort());
  });
});
