import { Cidr, ClusterProfile, Cni, ExpectationKind, FlowStatement, NetworkProtocol } from '@viridial/core';
import { ClusterTier, ClusterTierExpectations, ClusterTierNamespace, Flow } from '../src';
import { profile } from './support/profiles';
import { codes, refused } from './support/refused';
import { GROUNDS_WITHOUT_TIER, TIER_GROUNDS } from './support/tier-grounds';
import { closes, TierPod } from './support/tier-reading';

const SHOP: ClusterTierNamespace = {
  namespace: 'shop-staging', tenant: 'shop', flows: [Flow.namespaceOut({ namespace: 'payments-staging', ports: [{ port: 1 }, { port: 8443 }] }), Flow.kubeApiServer()],
};
const PAYMENTS: ClusterTierNamespace = { namespace: 'payments-staging', tenant: 'payments', flows: [Flow.namespaceIn({ namespace: 'shop-staging', ports: [{ port: 8443 }] })] };
const SCRAPER: ClusterTierNamespace = { namespace: 'search-staging', tenant: 'search', flows: [Flow.metricsOut({ platform: 'viridial' })] };
const MONITORING: ClusterTierNamespace = { namespace: 'viridial-monitoring', flows: [Flow.metricsOut({ platform: 'viridial' })] };
const NAMESPACES = [SHOP, PAYMENTS, SCRAPER, MONITORING];

function promises(ground: ClusterProfile, namespaces = NAMESPACES): FlowStatement[] {
  return ClusterTierExpectations.of({ platform: 'viridial', profile: ground, namespaces, closeNodePorts: ground.cni === Cni.VPC_CNI ? false : undefined })
    .map(({ kind, flow }) => {
      expect(kind).toBe(ExpectationKind.UNREACHABLE);
      return flow!;
    });
}

function podOf(name: string): TierPod {
  const { tenant } = NAMESPACES.find(({ namespace }) => namespace === name) ?? {};
  return { namespace: name, labels: { 'viridial.com/platform': 'viridial', ...(tenant ? { 'viridial.com/tenant': tenant } : {}) } };
}

/** Whether the tier alone keeps a promise, beside policies that allow everything. */
function kept(tier: any[], { source, destination, ports }: FlowStatement): boolean {
  const pods = (party: FlowStatement['source']): (TierPod | undefined)[] => party.cidr !== undefined ? [undefined]
    : party.namespace !== undefined ? [podOf(party.namespace)] : NAMESPACES.map(({ namespace }) => namespace).filter((name) => !party.exceptNamespaces!.includes(name)).map(podOf);
  const tried = ports ?? [{ port: 80 }, { port: 5000, protocol: NetworkProtocol.UDP }];
  return pods(source).every((from) => pods(destination).every((to) => tried.every(({ port = 4711, protocol = 'TCP' }) => {
    const address = destination.cidr?.split('/')[0];
    const node = address !== undefined && Cidr.parse('192.168.10.0/24').containsAddress(address);
    return closes(tier, { into: false, pod: from!, other: { pod: to, address, node }, port, protocol })
      || (to !== undefined && closes(tier, { into: true, pod: to, other: { pod: from }, port, protocol }));
  })));
}

describe('the promises of a tier', () => {
  test.each(TIER_GROUNDS)('on %s are kept by it alone, even if the policies of namespaces allow everything', (_, ground) => {
    const tier = ClusterTier.render({ platform: 'viridial', profile: ground, namespaces: NAMESPACES });
    const broken = promises(ground).filter((statement) => !kept(tier, statement));
    expect(broken).toEqual([]);
  });

  test.each(TIER_GROUNDS)('on %s are broken without the policies that they are about: both sides close, so that only all of them open something', (_, ground) => {
    const tier = ClusterTier.render({ platform: 'viridial', profile: ground, namespaces: NAMESPACES });
    const broken = (about: string): string[] => promises(ground)
      .filter((statement) => !kept(tier.filter(({ metadata }) => !metadata.name.includes(about)), statement)).map(({ reason }) => reason);
    expect(broken('link-local').length).toBe(NAMESPACES.length);
    expect(broken('tenant-').length).toBeGreaterThanOrEqual(8);
  });

  test('name the metadata service, other tenants, other ports of those that were agreed on, and the ports of nodes', () => {
    const ground = profile(Cni.CALICO, { cniVersion: '3.31' });
    const ofShop = promises(ground).filter(({ source }) => source.namespace === 'shop-staging');
    expect(ofShop.map(({ destination, ports }) => [destination.cidr ?? destination.namespace ?? destination.exceptNamespaces, ports?.map(({ port }) => port)])).toEqual([
      ['payments-staging', [1, 8442, 8444, 1]],
      ['169.254.169.254/32', undefined],
      [['default', 'kube-node-lease', 'kube-public', 'kube-system', 'payments-staging', 'shop-staging', 'traefik', 'viridial-monitoring'], undefined],
      ['payments-staging', [2, 8442, 8444, 1]],
      ['192.168.10.0/24', [2379, 2380, 10250]],
    ]);
  });

  test('leave out what flows open: a tenant who scrapes, the metadata service, nodes', () => {
    const ground = profile(Cni.CALICO, { cniVersion: '3.31' });
    const scraping = promises(ground).find(({ source, destination }) => source.namespace === 'search-staging' && destination.exceptNamespaces)!;
    expect(scraping.ports).toEqual([{ port: 1, protocol: 'UDP' }]);
    const open = [Flow.cidrOut({ cidr: '169.254.169.254/32', instanceMetadata: true }), Flow.cidrOut({ cidr: '192.168.10.0/24' })];
    const reasons = promises(ground, [{ ...SHOP, flows: open }]).map(({ reason }) => reason).join();
    expect(reasons).not.toContain('credentials');
    expect(reasons).not.toContain('nodes');
  });

  test('grow with namespaces, not with pairs of tenants', () => {
    const count = (tenants: number): number => promises(TIER_GROUNDS[0][1], Array.from({ length: tenants }, (_, index) =>
      ({ namespace: `t${index}-staging`, tenant: `t${index}`, flows: [Flow.dns()] }))).length;
    expect(count(30) - count(20)).toBe(count(20) - count(10));
  });

  test('are none without a tier, and an error where the tier is one', () => {
    const [, ground] = GROUNDS_WITHOUT_TIER[0];
    const props = { platform: 'viridial', profile: ground, namespaces: NAMESPACES };
    expect(ClusterTierExpectations.of({ ...props, withoutClusterTier: 'nobody but the platform may write policies' })).toEqual([]);
    expect(codes(refused(() => ClusterTierExpectations.of(props)))).toEqual(['NoClusterTier']);
  });
});
