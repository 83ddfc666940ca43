import { Cidr, ClusterProfile, Cni, Expectation, ExpectationKind, NetworkParty } from '@viridial/core';
import * as fc from 'fast-check';
import { Flow, FlowExpectations, NetworkPolicies } from '../src';
import { flows as anyFlows } from './support/arbitraries';
import { lets, OtherEnd } from './support/one-side';
import { eks, GROUNDS, profile } from './support/profiles';
import { codes, refused } from './support/refused';

const NAMESPACE = 'shop-staging';

function expectations(flows: Flow[], ground: ClusterProfile = profile(Cni.CALICO)): Expectation[] {
  return FlowExpectations.of({ namespace: NAMESPACE, flows, profile: ground });
}

function reasons(kind: ExpectationKind, flows: Flow[], ground?: ClusterProfile): string[] {
  return expectations(flows, ground).filter((expectation) => expectation.kind === kind).map((expectation) => expectation.reason);
}

/** Pods or addresses that the party of a statement means: of a block its first address, and those that the policies name. */
function examples(party: NetworkParty, policies: any[]): OtherEnd[] {
  if (party.cidr === undefined) return [{ namespace: party.namespace ?? 'somebody-else', podLabels: party.podLabels }];
  const block = Cidr.parse(party.cidr);
  const named = policies.flatMap(({ spec }) => [...spec.ingress ?? [], ...spec.egress ?? []])
    .flatMap((rule) => [...rule.from ?? [], ...rule.to ?? []])
    .flatMap(({ ipBlock }) => ipBlock ? [ipBlock.cidr, ...ipBlock.except ?? []] : []);
  return [party.cidr, ...named].map((cidr) => cidr.split('/')[0]).filter((address) => block.containsAddress(address)).map((address) => ({ address }));
}

/** Whether the policies of the namespace keep a statement, as far as its own side goes. */
function kept(policies: any[], expectation: Expectation, cni?: Cni): boolean {
  const { source, destination, ports } = expectation.flow!;
  const wanted = expectation.kind === ExpectationKind.REACHABLE;
  const open = ports ?? portsIn(policies).flatMap((port) => ['TCP', 'UDP'].map((protocol) => ({ port, protocol })));
  const sides = [...(destination.namespace === NAMESPACE ? [true] : []), ...(source.namespace === NAMESPACE ? [false] : [])];
  return open.every(({ port = 4711, protocol = 'TCP' }) => {
    const through = (into: boolean): boolean[] => {
      const [own, other] = into ? [destination, source] : [source, destination];
      return examples(other, policies).map((end) => lets(policies, { into, podLabels: own.podLabels, other: end, port, protocol }, cni));
    };
    return wanted ? sides.every((into) => through(into).every(Boolean)) : !sides.every((into) => through(into).some(Boolean));
  });
}

/** Ports worth trying: those that some rule names, and one that none does. */
function portsIn(policies: any[]): number[] {
  const rules = policies.flatMap(({ spec }) => [...spec.ingress ?? [], ...spec.egress ?? []]);
  return [...new Set([4711, ...rules.flatMap((rule) => (rule.ports ?? []).flatMap(({ port }: any) => port ?? []))])];
}

describe('promises of a namespace', () => {
  test('a closed namespace promises that nobody gets in or out', () => {
    expect(reasons(ExpectationKind.REACHABLE, [])).toEqual([]);
    expect(new Set(reasons(ExpectationKind.UNREACHABLE, []))).toEqual(new Set([
      'nobody calls shop-staging whom no flow names',
      'shop-staging calls nobody whom no flow names',
      'pods of other namespaces do not call shop-staging, whatever labels they have',
      'shop-staging does not call pods of other namespaces, whatever labels they have',
      'shop-staging does not call the internet',
      'the internet does not call shop-staging',
      'shop-staging does not get the credentials of its node',
    ]));
  });

  test('every flow promises what it opens, with its own reason', () => {
    const flows = [
      Flow.dns(), Flow.sameNamespace(), Flow.ingressIn(), Flow.namespaceIn({ namespace: 'payments-staging', reason: 'payments asks for prices' }),
      Flow.internet(), Flow.kubeApiServer(),
    ];
    expect(new Set(reasons(ExpectationKind.REACHABLE, flows))).toEqual(new Set(flows.map((flow) => flow.reason)));
  });

  test('namespaces that a flow names are the only exceptions of the isolation', () => {
    const isolation = expectations([Flow.namespaceIn({ namespace: 'payments-staging' }), Flow.ingressIn(), Flow.dns()])
      .filter((expectation) => expectation.flow?.source.exceptNamespaces ?? expectation.flow?.destination.exceptNamespaces);
    expect(isolation.map((expectation) => [expectation.flow!.source, expectation.flow!.destination])).toEqual([
      [{ exceptNamespaces: ['payments-staging', 'shop-staging', 'traefik'] }, { namespace: 'shop-staging' }],
      [{ namespace: 'shop-staging' }, { exceptNamespaces: ['kube-system', 'shop-staging'] }],
    ]);
  });

  test('the number of statements grows with the flows of a namespace, and not with pairs of them', () => {
    const count = (peers: number): number => expectations(Array.from({ length: peers }, (_, index) => Flow.namespaceIn({ namespace: `peer-${index}` }))).length;
    expect(count(40) - count(20)).toBe(count(60) - count(40));
  });

  test('pods that merely carry the labels of the DNS pods are not called, and neither are other pods beside these', () => {
    const closed = expectations([Flow.dns()]).filter(({ kind }) => kind === ExpectationKind.UNREACHABLE).map(({ flow }) => flow!.destination);
    expect(closed).toContainEqual({ namespace: 'default', podLabels: { 'k8s-app': 'kube-dns' } });
    expect(closed).toContainEqual({ namespace: 'kube-system', podLabels: { 'k8s-app': 'nobody-named' } });
  });

  test('the internet without private networks promises to leave each of them closed, but not what another flow opens', () => {
    const closed = (flows: Flow[]): (string | undefined)[] => expectations([Flow.internet(), ...flows])
      .filter(({ kind, flow }) => kind === ExpectationKind.UNREACHABLE && flow!.destination.cidr).map(({ flow }) => flow!.destination.cidr);
    expect(closed([])).toEqual(expect.arrayContaining(['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', '169.254.169.254/32']));
    expect(closed([Flow.cidrOut({ cidr: '172.16.0.0/13' })])).toContain('172.24.0.0/13');
  });

  test('addresses that a flow names stay closed on the ports that it does not name', () => {
    const closed = expectations([Flow.cidrOut({ cidr: '203.0.113.0/24', ports: [{ port: 5432 }] })])
      .filter(({ kind, flow }) => kind === ExpectationKind.UNREACHABLE && flow!.destination.cidr === '203.0.113.0/24');
    expect(closed.map(({ flow }) => flow!.ports)).toEqual([[1, 5431, 5433].map((port) => ({ port, protocol: 'TCP' })).concat({ port: 1, protocol: 'UDP' })]);
  });

  test('what lies beside a block that a flow names stays closed, unless another flow names it', () => {
    const beside = (...blocks: string[]) => expectations(blocks.map((cidr) => Flow.cidrOut({ cidr, ports: [{ port: 5432 }] })))
      .filter(({ flow }) => flow?.reason.includes('which lies beside')).map(({ flow }) => flow!.destination.cidr);
    expect(beside('203.0.113.0/25')).toEqual(['203.0.113.128/25']);
    expect(beside('203.0.113.0/25', '203.0.113.128/25')).toEqual([]);
    expect(beside('203.0.113.0/25', '203.0.113.192/26')).toEqual(['203.0.113.128/26']);
  });

  test('ports that a flow does not name stay closed for its peer', () => {
    const closed = expectations([Flow.namespaceIn({ namespace: 'payments-staging', ports: [{ port: 1 }, { port: 2 }] })])
      .filter((expectation) => expectation.flow!.ports !== undefined && expectation.kind === ExpectationKind.UNREACHABLE);
    expect(closed.map((expectation) => expectation.flow!.ports)).toEqual([[{ port: 3, protocol: 'TCP' }, { port: 1, protocol: 'UDP' }]]);
  });

  test('a scraper does not promise to leave other namespaces alone, because it calls all of its platform', () => {
    const promised = reasons(ExpectationKind.UNREACHABLE, [Flow.metricsOut({ platform: 'viridial' })]);
    expect(promised).not.toContain('shop-staging calls nobody whom no flow names');
    expect(promised).toContain('nobody calls shop-staging whom no flow names');
  });

  test('where pods share subnets with the API server, pods are promised to stay closed on the other ports only', () => {
    const closed = (ground: ClusterProfile): any[] => expectations([Flow.kubeApiServer()], ground)
      .filter(({ flow }) => flow!.destination.namespace === 'default').map(({ flow }) => flow!.ports);
    expect(closed(profile(Cni.CALICO))).toEqual([undefined]);
    expect(closed(eks())).toEqual([[1, 442, 444].map((port) => ({ port, protocol: 'TCP' })).concat({ port: 1, protocol: 'UDP' })]);
  });

  test('what is opened is not promised to stay closed', () => {
    const flows = [
      Flow.internet(), Flow.cidrIn({ cidr: '0.0.0.0/0' }), Flow.cidrOut({ cidr: '169.254.169.254/32', instanceMetadata: true }),
    ];
    const promised = reasons(ExpectationKind.UNREACHABLE, flows).join('\n');
    for (const about of ['does not call the internet', 'the internet does not call', 'credentials of its node']) expect(promised).not.toContain(about);
  });

  test('flows with mistakes promise nothing', () => {
    expect(codes(refused(() => expectations([Flow.cidrOut({ cidr: '203.0.113.1/24' })])))).toEqual(['CidrHasHostBits']);
  });
});

describe('the rendered policies keep the promises', () => {
  const more: [string, ClusterProfile][] = [
    ['node-local DNS', profile(Cni.CALICO, { nodeLocalDns: '169.254.20.10' })],
    ['host network ingress', profile(Cni.CALICO, { ingress: { className: 'traefik', hostNetwork: true } })],
    ['cilium with host network ingress', profile(Cni.CILIUM, { ingress: { className: 'traefik', hostNetwork: true } })],
    ['cilium with its own ingress and node-local DNS', profile(Cni.CILIUM, { ingress: { className: 'cilium' }, nodeLocalDns: '169.254.20.10' })],
  ];

  test.each([...GROUNDS, ...more])('on %s, for any flows that it can express', (_, ground) => {
    fc.assert(fc.property(anyFlows(ground), (flows) => {
      const policies = NetworkPolicies.render({ namespace: NAMESPACE, flows, profile: ground });
      const broken = expectations(flows, ground).filter((expectation) => !kept(policies, expectation, ground.cni));
      expect(broken.map((expectation) => expectation.toJson())).toEqual([]);
    }), { numRuns: 60 });
  });

  test('a policy that is widened breaks one of them', () => {
    const flows = [Flow.dns(), Flow.namespaceIn({ namespace: 'payments-staging', ports: [{ port: 8443 }] })];
    const promised = expectations(flows, eks());
    const widen = (change: (policy: any) => void): number => {
      const policies = NetworkPolicies.render({ namespace: NAMESPACE, flows, profile: eks() });
      change(policies.find((policy) => policy.metadata.name === 'allow-from-payments-staging'));
      return promised.filter((expectation) => !kept(policies, expectation)).length;
    };
    expect(widen(() => undefined)).toBe(0);
    expect(widen((policy) => { delete policy.spec.ingress[0].ports; })).toBeGreaterThan(0);
    expect(widen((policy) => { delete policy.spec.ingress[0].from; })).toBeGreaterThan(0);
    expect(widen((policy) => { policy.spec.ingress = []; })).toBeGreaterThan(0);
    expect(widen((policy) => { policy.spec.ingress[0].from[0].namespaceSelector = {}; })).toBeGreaterThan(0);
  });
});
