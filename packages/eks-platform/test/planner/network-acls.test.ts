import { Cidr } from '@viridial/core';
import * as fc from 'fast-check';
import { Access } from '../../src/access';
import { EksPlatformProps } from '../../src/eks-platform-props';
import { NetworkAclDirection } from '../../src/plan/firewall-plan';
import { SubnetPlan, SubnetUse } from '../../src/plan/network-plan';
import { planEks } from '../../src/plan-eks';
import { Subnets } from '../../src/subnets';
import { answer, Packet, passes, travels } from '../fixtures/packet-filter';
import { blocks, errorsOf, props } from '../fixtures/platform';

const STRANGER = '198.51.100.7';
const ADMIN = '192.168.7.9';
/** Ports of clients in the VPC: Linux's own range, `net.ipv4.ip_local_port_range`. */
const LINUX_PORTS = { min: 32768, max: 60999 };

function planned(changes: Partial<EksPlatformProps> = {}) {
  const { network, firewall, profile } = planEks('production', props({ access: Access.of({ administrators: ['a'], networks: ['192.168.0.0/16'] }), ...changes }));
  return { network, firewall, profile };
}

const grounds = {
  'the architecture decision': planned(),
  'a range for pods': planned({ secondaryCidr: '100.64.0.0/16' }),
  'load balancers for some': planned({ ingressCidrs: ['203.0.113.0/24', '198.18.0.0/15'] }),
  'two zones': planned({ subnets: Subnets.exact('10.0.0.0/16', { public: blocks.public.slice(0, 2), private: blocks.private.slice(0, 2) }) }),
};
type Ground = ReturnType<typeof planned>;
const anyGround = fc.constantFrom(...Object.values(grounds));

const hostIn = ({ cidr, usable }: SubnetPlan) => fc.integer({ min: 4, max: usable - 2 }).map((index) => Cidr.parse(cidr).host(index));
const hostOf = ({ network }: Ground, ...uses: SubnetUse[]) => fc.constantFrom(...network.subnets.filter(({ use }) => uses.includes(use))).chain(hostIn);
const port = (min = 1, max = 65535) => fc.integer({ min, max });
const passesBothWays = ({ network, firewall }: Ground, packet: Packet) => travels(network, firewall, packet) && travels(network, firewall, answer(packet));

/** Nodes, pods, control plane and mount targets. */
const INSIDE = [SubnetUse.PRIVATE, SubnetUse.PODS];

describe('packets that security groups let in', () => {
  test('pass between private subnets and come back, whatever they carry', () => {
    const flow = anyGround.chain((ground) => fc.record({
      ground: fc.constant(ground),
      packet: fc.record({
        protocol: fc.constantFrom('tcp', 'udp', 'gre'),
        source: hostOf(ground, ...INSIDE),
        destination: hostOf(ground, ...INSIDE),
        sourcePort: port(),
        destinationPort: port(),
      }),
    }));
    fc.assert(fc.property(flow, ({ ground, packet }) => passesBothWays(ground, packet as Packet)), { numRuns: 150 });
  });

  test('of every rule pass from the addresses of its source to those of its group, and come back', () => {
    for (const ground of Object.values(grounds)) {
      for (const rule of ground.firewall.securityGroupRules) {
        const cidrsOf = (...uses: SubnetUse[]) => ground.network.subnets.filter(({ use }) => uses.includes(use)).map(({ cidr }) => cidr);
        const sources = (rule.sourceCidrs ?? cidrsOf(...INSIDE)).map((cidr) => Cidr.parse(cidr).host(5));
        const targets = cidrsOf(SubnetUse.PRIVATE).map((cidr) => Cidr.parse(cidr).host(6));
        for (const source of sources) {
          for (const destination of targets) {
            const packet: Packet = rule.protocol === 'icmp'
              ? { protocol: 'icmp', source, destination, icmp: { type: 8, code: 0 } }
              : { protocol: 'tcp', source, destination, sourcePort: 40000, destinationPort: rule.fromPort ?? 8080 };
            const back = rule.protocol === 'icmp' ? { ...answer(packet), icmp: { type: 0, code: 0 } } : answer(packet);
            expect([rule.id, source, destination, travels(ground.network, ground.firewall, packet), travels(ground.network, ground.firewall, back)])
              .toEqual([rule.id, source, destination, true, true]);
          }
        }
      }
    }
  });

  test('of load balancers pass to every TCP port of nodes and pods, and come back', () => {
    const flow = anyGround.chain((ground) => fc.record({
      ground: fc.constant(ground), source: hostOf(ground, SubnetUse.PUBLIC), destination: hostOf(ground, ...INSIDE), sourcePort: port(1024), destinationPort: port(),
    }));
    fc.assert(fc.property(flow, ({ ground, ...ends }) => passesBothWays(ground, { protocol: 'tcp', ...ends })), { numRuns: 100 });
  });
});

describe('packets between the cluster and the internet', () => {
  test('go from a node through a NAT gateway to any address and port, and their answers come back', () => {
    const flow = anyGround.chain((ground) => fc.record({
      ground: fc.constant(ground),
      node: hostOf(ground, ...INSIDE),
      gateway: hostOf(ground, SubnetUse.PUBLIC),
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
      // ports of clients: every one that a NAT gateway takes but those that are denied, see the next test
      sourcePort: port(1024).filter((taken) => taken !== 3389 && taken !== 10250),
      destinationPort: port(),
    }));
    fc.assert(fc.property(flow, ({ ground, node, gateway, ...rest }) => {
      const [privateAcl, publicAcl] = ground.firewall.networkAcls;
      const out = { ...rest, source: node, destination: STRANGER };
      const outside = { ...out, source: gateway };
      return passes(privateAcl, NetworkAclDirection.OUTBOUND, out) && passes(publicAcl, NetworkAclDirection.INBOUND, out)
        && passes(publicAcl, NetworkAclDirection.OUTBOUND, outside) && passes(publicAcl, NetworkAclDirection.INBOUND, answer(outside))
        && passes(publicAcl, NetworkAclDirection.OUTBOUND, answer(out)) && passes(privateAcl, NetworkAclDirection.INBOUND, answer(out));
    }), { numRuns: 150 });
  });

  test('reach load balancers on 443 and 80 from where they may, and their answers go back to every port of a client', () => {
    const flow = anyGround.chain((ground) => fc.record({
      ground: fc.constant(ground),
      source: fc.constantFrom(...ground.firewall.ingressCidrs.map((cidr) => Cidr.parse(cidr).host(77))),
      destination: hostOf(ground, SubnetUse.PUBLIC),
      sourcePort: port(1024),
      destinationPort: fc.constantFrom(80, 443),
    }));
    fc.assert(fc.property(flow, ({ ground, ...ends }) => passesBothWays(ground, { protocol: 'tcp', ...ends })), { numRuns: 100 });
  });

  test('get in nowhere else: from strangers only to 443 and 80 of public subnets, to ports of clients and as a word on the size of packets', () => {
    const packet = fc.oneof(
      fc.record({ protocol: fc.constantFrom('tcp' as const, 'udp' as const), sourcePort: port(), destinationPort: fc.oneof(port(), port(1, 1024), fc.constantFrom(22, 80, 443, 2049, 3389, 10250)) }),
      fc.record({ protocol: fc.constant('icmp' as const), icmp: fc.record({ type: fc.integer({ min: 0, max: 42 }), code: fc.integer({ min: 0, max: 15 }) }) }),
      fc.constant({ protocol: 'gre' as const }),
    );
    const flow = anyGround.chain((ground) => fc.record({
      ground: fc.constant(ground), subnet: fc.constantFrom(...ground.network.subnets), packet,
    }).chain((made) => hostIn(made.subnet).map((destination) => ({ ...made, destination }))));
    fc.assert(fc.property(flow, ({ ground, subnet, packet: given, destination }) => {
      const sent: Packet = { ...given, source: STRANGER, destination };
      const isPublic = subnet.use === SubnetUse.PUBLIC;
      const open = ground.firewall.ingressCidrs.some((cidr) => Cidr.parse(cidr).contains(Cidr.parse(`${STRANGER}/32`)));
      const taken = sent.destinationPort ?? 0;
      const request = isPublic && open && sent.protocol === 'tcp' && (taken === 80 || taken === 443);
      const back = (sent.protocol === 'tcp' || sent.protocol === 'udp') && taken >= 1024 && taken !== 3389 && !(taken === 10250 && !isPublic && sent.protocol === 'tcp');
      const size = sent.icmp?.type === 3 && sent.icmp.code === 4;
      expect(travels(ground.network, ground.firewall, sent)).toBe(request || back || size);
    }), { numRuns: 400 });
  });

  test.each([22, 3389])('never reach port %i, though the second lies among the ports of clients', (closed) => {
    for (const { network, firewall } of Object.values(grounds)) {
      for (const { cidr } of network.subnets) {
        for (const protocol of ['tcp', 'udp'] as const) {
          expect(travels(network, firewall, { protocol, source: STRANGER, destination: Cidr.parse(cidr).host(9), sourcePort: 50000, destinationPort: closed })).toBe(false);
        }
      }
    }
  });
});

describe('packets of other networks', () => {
  test('come from administrators to the API server and as a ping, and to nothing else below the ports of clients', () => {
    const { network, firewall } = grounds['the architecture decision'];
    const reaches = (packet: Partial<Packet>) => travels(network, firewall, { protocol: 'tcp', source: ADMIN, destination: '10.0.10.50', sourcePort: 50000, ...packet });
    expect(reaches({ destinationPort: 443 })).toBe(true);
    expect(reaches({ protocol: 'icmp', icmp: { type: 8, code: 0 } })).toBe(true);
    for (const destinationPort of [22, 80, 111, 3389, 10250]) expect(reaches({ destinationPort })).toBe(false);
    expect(reaches({ destinationPort: 443, destination: '10.0.1.50', source: '10.0.1.9' })).toBe(true);
  });

  test('do not reach the kubelet, even from other subnets of the VPC', () => {
    const { network, firewall } = grounds['the architecture decision'];
    expect(travels(network, firewall, { protocol: 'tcp', source: '10.0.99.5', destination: '10.0.10.50', sourcePort: 50000, destinationPort: 10250 })).toBe(false);
  });

  test('answer connections from the cluster: Linux takes no denied port for a client', () => {
    const { network, firewall } = grounds['the architecture decision'];
    fc.assert(fc.property(port(LINUX_PORTS.min, LINUX_PORTS.max), (sourcePort) => (
      travels(network, firewall, answer({ protocol: 'tcp', source: '10.0.20.9', destination: '10.0.99.5', sourcePort, destinationPort: 5432 }))
    )), { numRuns: 50 });
  });
});

describe('the entries', () => {
  test('are of one ACL for the public and one for the private subnets, pods included', () => {
    expect(grounds['a range for pods'].firewall.networkAcls.map(({ name, uses }) => [name, uses])).toEqual([['private', ['private', 'pods']], ['public', ['public']]]);
    expect(grounds['two zones'].firewall.networkAcls.map(({ uses }) => uses)).toEqual([['private'], ['public']]);
  });

  test('have numbers of their own with room between them, and stay below the quota of AWS with the rule that drops the rest', () => {
    for (const { firewall } of Object.values(grounds)) {
      for (const { entries } of firewall.networkAcls) {
        for (const direction of Object.values(NetworkAclDirection)) {
          const numbers = entries.filter((entry) => entry.direction === direction).map(({ number }) => number);
          expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
          for (const number of numbers) expect(number % 10).toBe(0);
          expect(numbers.at(-1)).toBeLessThan(32767);
          expect(numbers.length).toBeLessThan(20);
        }
      }
    }
  });

  test('keep their numbers when a zone or a block of others is added', () => {
    const text = (ground: Ground) => ground.firewall.networkAcls.flatMap(({ name, entries }) => entries.map((entry) => `${name} ${JSON.stringify(entry)}`));
    const [few, more] = [text(grounds['two zones']), text(grounds['the architecture decision'])];
    expect(more).toEqual(expect.arrayContaining(few));
  });

  test('say why, and deny before they allow', () => {
    for (const { firewall } of Object.values(grounds)) {
      for (const { entries } of firewall.networkAcls) {
        const inbound = entries.filter(({ direction }) => direction === NetworkAclDirection.INBOUND);
        for (const { reason } of inbound) expect(reason.length).toBeGreaterThan(10);
        const denies = inbound.filter(({ allow }) => !allow);
        const world = inbound.filter(({ allow, fromPort }) => allow && fromPort === 1024);
        expect(denies.length).toBeGreaterThan(0);
        expect(Math.max(...denies.map(({ number }) => number))).toBeLessThan(Math.min(...world.map(({ number }) => number)));
      }
    }
  });

  test('are left out when that is asked for', () => {
    expect(planned({ networkAcls: false }).firewall.networkAcls).toEqual([]);
  });
});

test('more blocks than an ACL holds are an error, and none without ACLs', () => {
  const many = Array.from({ length: 8 }, (_, index) => `203.0.${index * 2}.0/24`);
  expect(errorsOf(() => planned({ ingressCidrs: many }))).toEqual([
    'ingressCidrs: the network ACL of the public subnets has 24 inbound rules (TooManyFirewallRules); allowed: up to 19; cure: name fewer and larger blocks in ingressCidrs, or leave network ACLs out with networkAcls: false',
  ]);
  const networks = Array.from({ length: 5 }, (_, index) => `172.${16 + index * 2}.0.0/24`);
  expect(errorsOf(() => planned({ access: Access.of({ networks }) }))).toEqual([expect.stringMatching(/^access\.networks: the network ACL of the private subnets has 22 inbound rules/)]);
  expect(errorsOf(() => planned({ ingressCidrs: many, access: Access.of({ networks }), networkAcls: false }))).toEqual([]);
});

test('six zones, the most that a region has, fit', () => {
  const sixth = (from: number) => Array.from({ length: 6 }, (_, index) => `10.0.${from + index * 16}.0/20`);
  const subnets = Subnets.exact('10.0.0.0/16', { public: sixth(0), private: sixth(96) });
  const { firewall } = planned({ region: 'us-east-1', subnets, secondaryCidr: '100.64.0.0/16', access: Access.of({}) });
  expect(firewall.networkAcls.map(({ entries }) => entries.length - 1)).toEqual([19, 14]);
});
