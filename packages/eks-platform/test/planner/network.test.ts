import { Cidr, Problems } from '@viridial/core';
import * as fc from 'fast-check';
import { EksPlatformProps } from '../../src/eks-platform-props';
import { SubnetUse } from '../../src/plan/network-plan';
import { planNetwork } from '../../src/planner/network';
import { Subnets } from '../../src/subnets';
import { blocks, props } from '../fixtures/platform';

function plan(changes: Partial<EksPlatformProps> = {}) {
  const problems = new Problems();
  const network = planNetwork(problems, props(changes));
  return { network, lines: problems.all.map((problem) => problem.toString()), codes: problems.all.map((problem) => problem.code) };
}

const exact = (vpc: string, changes: Partial<typeof blocks> = {}) => ({ subnets: Subnets.exact(vpc, { ...blocks, ...changes }) });

test('the subnets of the architecture decision are planned as given, one public and one private per zone', () => {
  const { network, lines } = plan();
  expect(lines).toEqual([]);
  expect(network.zones).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
  expect(network.natGateways).toBe(3);
  expect(network.subnets.map(({ name, cidr, usable }) => `${name} ${cidr} ${usable}`)).toEqual([
    'public-eu-west-1a 10.0.1.0/24 251', 'public-eu-west-1b 10.0.2.0/24 251', 'public-eu-west-1c 10.0.3.0/24 251',
    'private-eu-west-1a 10.0.10.0/24 251', 'private-eu-west-1b 10.0.20.0/24 251', 'private-eu-west-1c 10.0.30.0/24 251',
  ]);
});

test('a number of subnets other than that of the zones is an error that counts both', () => {
  expect(plan(exact('10.0.0.0/16', { public: blocks.public.slice(0, 2) })).lines).toEqual([
    'subnets.public: 2 public subnets for 3 zones (eu-west-1a, eu-west-1b, eu-west-1c) (ZoneCountMismatch); '
    + 'allowed: one public and one private subnet per zone; cure: add or remove blocks, or name as many zones in zones',
  ]);
});

test('one zone is too few, because EKS wants two', () => {
  expect(plan(exact('10.0.0.0/16', { public: ['10.0.1.0/24'], private: ['10.0.10.0/24'] })).codes).toEqual(['TooFewZones']);
});

test('zones of another region and zones named twice are errors', () => {
  expect(plan({ zones: ['eu-west-1a', 'eu-west-1a', 'us-east-1c'] }).lines).toEqual([
    "zones[1]: zone 'eu-west-1a' is named twice (DuplicateZone); cure: name each zone once",
    "zones[2]: zone 'us-east-1c' is not in region eu-west-1 (ZoneOutsideRegion); allowed: names like eu-west-1a",
  ]);
});

test('a region that is none is an error', () => {
  expect(plan({ region: 'Ireland', zones: ['Irelanda', 'Irelandb', 'Irelandc'] }).codes).toEqual(['MalformedRegion']);
});

test('a subnet outside the VPC is an error that names both blocks', () => {
  expect(plan(exact('10.0.0.0/16', { private: ['10.0.10.0/24', '10.0.20.0/24', '10.1.30.0/24'] })).lines).toEqual([
    'subnets.private[2]: subnet 10.1.30.0/24 does not lie in the VPC 10.0.0.0/16 (SubnetOutsideVpc); '
    + 'allowed: blocks inside 10.0.0.0/16; cure: move the subnet, or choose a larger VPC',
  ]);
});

test('overlapping subnets are an error that names where both are', () => {
  expect(plan(exact('10.0.0.0/16', { private: ['10.0.2.0/23', '10.0.20.0/24', '10.0.30.0/24'] })).lines).toEqual([
    expect.stringContaining('10.0.2.0/24 overlaps 10.0.2.0/23 of subnets.private[0] (OverlappingCidrs)'),
    expect.stringContaining('10.0.3.0/24 overlaps 10.0.2.0/23 of subnets.private[0] (OverlappingCidrs)'),
  ]);
});

test('a block with bits behind its prefix is refused with the network that was meant', () => {
  const [line, ...others] = plan(exact('10.0.0.0/16', { public: ['10.0.1.1/24', '10.0.2.0/24', '10.0.3.0/24'] })).lines;
  expect(others).toEqual([]);
  expect(line).toContain('subnets.public[0]');
  expect(line).toContain('10.0.1.0/24');
});

test.each([['10.0.0.0/15', 'subnets.vpcCidr'], ['10.0.0.0/29', 'subnets.vpcCidr']])('a VPC of %s is refused, because AWS takes /16 to /28', (vpc, path) => {
  const [line] = plan(exact(vpc)).lines;
  expect(line).toContain(`${path}: ${vpc} is a /${vpc.split('/')[1]}, which AWS does not accept here (BlockSizeNotAllowed); allowed: /16 to /28`);
});

test('a subnet smaller than AWS makes them is refused', () => {
  expect(plan(exact('10.0.0.0/16', { private: ['10.0.10.0/29', '10.0.20.0/24', '10.0.30.0/24'] })).codes).toEqual(['BlockSizeNotAllowed']);
});

test('fewer NAT gateways than zones are a warning on a cluster that carries production, and none elsewhere', () => {
  expect(plan({ natGateways: 1 }).lines).toEqual([
    'natGateways: 1 NAT gateway for 3 zones of a cluster that carries production: the loss of a zone with one cuts other zones off the internet '
    + '(FewerNatGatewaysThanZones); cure: leave natGateways out for one per zone',
  ]);
  expect(plan({ natGateways: 1, environments: ['staging'] }).lines).toEqual([]);
});

test.each([0, 4, 1.5])('%d NAT gateways for three zones are an error', (natGateways) => {
  expect(plan({ natGateways }).codes).toEqual(['NatGatewaysOutOfRange']);
});

test('service addresses must not overlap the VPC', () => {
  expect(plan({ serviceCidr: '10.0.128.0/20' }).lines).toEqual([
    'serviceCidr: 10.0.128.0/20 overlaps 10.0.0.0/16 of subnets.vpcCidr (OverlappingCidrs); allowed: a block outside the VPC; cure: use 172.20.0.0/16 or 10.100.0.0/16',
  ]);
});

test('a further block for pods is split into one equal subnet per zone', () => {
  const { network, lines } = plan({ secondaryCidr: '100.64.0.0/16' });
  expect(lines).toEqual([]);
  expect(network.subnets.filter((subnet) => subnet.use === SubnetUse.PODS).map(({ name, cidr, usable }) => `${name} ${cidr} ${usable}`)).toEqual([
    'pods-eu-west-1a 100.64.0.0/18 16379', 'pods-eu-west-1b 100.64.64.0/18 16379', 'pods-eu-west-1c 100.64.128.0/18 16379',
  ]);
});

test('a further block that overlaps the VPC, or that AWS does not add to it, is an error', () => {
  expect(plan({ secondaryCidr: '10.0.0.0/17' }).codes).toEqual(['OverlappingCidrs']);
  expect(plan({ secondaryCidr: '192.168.0.0/16' }).lines).toEqual([
    'secondaryCidr: AWS does not add 192.168.0.0/16 to a VPC of 10.0.0.0/16 (SecondaryCidrNotAssociable); allowed: a block of 10.0.0.0/8 or of 100.64.0.0/10; cure: use 100.64.0.0/16',
  ]);
});

test('whatever the block for pods and the number of zones, the subnets lie in it, are disjoint and of a size AWS makes', () => {
  fc.assert(fc.property(fc.integer({ min: 16, max: 26 }), fc.integer({ min: 2, max: 4 }), (prefix, zones) => {
    const many = { public: Array.from({ length: zones }, (_, i) => `10.0.${i}.0/24`), private: Array.from({ length: zones }, (_, i) => `10.0.${i + 100}.0/24`) };
    const { network, lines } = plan({ subnets: Subnets.exact('10.0.0.0/16', many), secondaryCidr: `100.64.0.0/${prefix}` });
    const pods = network.subnets.filter((subnet) => subnet.use === SubnetUse.PODS).map((subnet) => Cidr.parse(subnet.cidr));
    expect(lines).toEqual([]);
    expect(pods).toHaveLength(zones);
    expect(Cidr.firstOverlap(pods)).toEqual([]);
    for (const pod of pods) {
      expect(Cidr.parse(`100.64.0.0/${prefix}`).contains(pod)).toBe(true);
      expect(pod.prefix).toBeLessThanOrEqual(28);
    }
  }));
});

test('the usable addresses of a subnet are its size without the five that AWS keeps', () => {
  fc.assert(fc.property(fc.integer({ min: 18, max: 28 }), (prefix) => {
    const { network } = plan(exact('10.0.0.0/16', { public: ['10.0.0.0/28', '10.0.0.16/28', '10.0.0.32/28'], private: [`10.0.64.0/${prefix}`, `10.0.128.0/${prefix}`, `10.0.192.0/${prefix}`] }));
    expect(network.subnets[3].usable).toBe(2 ** (32 - prefix) - 5);
  }));
});

describe('whatever the address plan', () => {
  /** Disjoint subnets: blocks of one size at different places of the VPC. */
  const sizes = fc.record({ prefix: fc.integer({ min: 20, max: 26 }), zones: fc.integer({ min: 2, max: 4 }) });
  const layout = sizes.chain(({ prefix, zones }) => fc.record({
    zones: fc.constant(zones),
    cidrs: fc.uniqueArray(fc.integer({ min: 0, max: 2 ** (prefix - 16) - 1 }), { minLength: 2 * zones, maxLength: 2 * zones })
      .map((places) => places.map((place) => Cidr.parse('10.0.0.0/16').subnets(prefix)[place].toString())),
  }));
  const split = ({ zones, cidrs }: { zones: number; cidrs: string[] }) => ({ public: cidrs.slice(0, zones), private: cidrs.slice(zones) });

  test('disjoint subnets inside the VPC are accepted and planned as given', () => {
    fc.assert(fc.property(layout, (given) => {
      const { network, lines } = plan({ subnets: Subnets.exact('10.0.0.0/16', split(given)) });
      expect(lines).toEqual([]);
      expect(network.subnets.map((subnet) => subnet.cidr)).toEqual(given.cidrs);
      expect(network.zones).toHaveLength(given.zones);
    }), { numRuns: 50 });
  });

  test('two subnets that share an address are found, wherever they are', () => {
    fc.assert(fc.property(layout, fc.nat(), fc.nat(), (given, a, b) => {
      const [first, second] = [a % given.cidrs.length, b % given.cidrs.length];
      fc.pre(first !== second);
      const inner = Cidr.parse(given.cidrs[first]).subnets(28)[0].toString();
      const cidrs = given.cidrs.map((cidr, index) => index === second ? inner : cidr);
      expect(plan({ subnets: Subnets.exact('10.0.0.0/16', split({ ...given, cidrs })) }).codes).toContain('OverlappingCidrs');
    }), { numRuns: 50 });
  });

  test('a subnet outside the VPC is found, wherever it is', () => {
    fc.assert(fc.property(layout, fc.nat(), (given, place) => {
      const cidrs = given.cidrs.map((cidr, index) => index === place % given.cidrs.length ? cidr.replace('10.0.', '10.1.') : cidr);
      expect(plan({ subnets: Subnets.exact('10.0.0.0/16', split({ ...given, cidrs })) }).codes).toEqual(['SubnetOutsideVpc']);
    }), { numRuns: 50 });
  });
});
