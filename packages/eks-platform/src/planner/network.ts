import { Cidr, IpVersion, Problems } from '@viridial/core';
import { EksPlatformProps } from '../eks-platform-props';
import { NetworkPlan, SubnetPlan, SubnetUse } from '../plan/network-plan';

/** Addresses that AWS keeps in every subnet: network, router, DNS, one for later, broadcast (VPC user guide, "Subnet sizing"). */
export const AWS_KEEPS = 5;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** Zones of the platform: those named, else the region followed by letters. */
export function zonesOf(props: EksPlatformProps): string[] {
  if (props.zones) return [...props.zones];
  return props.subnets.private.map((_, index) => `${props.region}${LETTERS[index] ?? index}`);
}

function checkRegion(problems: Problems, props: EksPlatformProps): void {
  if (/^[a-z]{2,3}(?:-[a-z]+)+-[0-9]$/.test(props.region)) return;
  problems.error({
    code: 'MalformedRegion',
    path: 'region',
    message: `'${props.region}' is not the name of an AWS region`,
    value: props.region,
    allowed: 'a name like eu-west-1',
    cure: 'name the region; the one of the shell is never used',
  });
}

function checkZones(problems: Problems, props: EksPlatformProps, zones: string[]): void {
  const counts = { public: props.subnets.public.length, private: props.subnets.private.length };
  for (const use of ['public', 'private'] as const) {
    if (counts[use] === zones.length) continue;
    problems.error({
      code: 'ZoneCountMismatch',
      path: `subnets.${use}`,
      message: `${counts[use]} ${use} subnets for ${zones.length} zones (${zones.join(', ') || 'none'})`,
      value: counts[use],
      allowed: 'one public and one private subnet per zone',
      cure: 'add or remove blocks, or name as many zones in zones',
    });
  }
  if (zones.length < 2) {
    problems.error({
      code: 'TooFewZones',
      path: 'zones',
      message: `${zones.length} zones, but EKS places its control plane in at least two`,
      value: zones.length,
      allowed: '2 or more',
      cure: 'add a public and a private block for a second zone',
    });
  }
  zones.forEach((zone, index) => {
    const path = `zones[${index}]`;
    if (!zone.startsWith(props.region) || zone === props.region) {
      problems.error({ code: 'ZoneOutsideRegion', path, message: `zone '${zone}' is not in region ${props.region}`, value: zone, allowed: `names like ${props.region}a` });
    }
    if (zones.indexOf(zone) !== index) {
      problems.error({ code: 'DuplicateZone', path, message: `zone '${zone}' is named twice`, value: zone, cure: 'name each zone once' });
    }
  });
}

function collectBlock(problems: Problems, path: string, text: string, smallest: number, largest: number): Cidr | undefined {
  const cidr = Cidr.collect(problems, path, text, { version: IpVersion.IPV4 });
  if (cidr && (cidr.prefix < largest || cidr.prefix > smallest)) {
    problems.error({
      code: 'BlockSizeNotAllowed',
      path,
      message: `${cidr.toString()} is a /${cidr.prefix}, which AWS does not accept here`,
      value: text,
      allowed: `/${largest} to /${smallest}`,
      cure: 'choose a block of an allowed size',
    });
    return undefined;
  }
  return cidr;
}

function collectSubnets(problems: Problems, use: SubnetUse, paths: string, blocks: readonly string[], zones: string[], outer?: Cidr): SubnetPlan[] {
  const plans: SubnetPlan[] = [];
  const read: { [path: string]: Cidr } = {};
  blocks.forEach((text, index) => {
    const path = `${paths}[${index}]`;
    const cidr = collectBlock(problems, path, text, 28, 16);
    if (!cidr) return;
    read[path] = cidr;
    if (outer && !outer.contains(cidr)) {
      problems.error({
        code: 'SubnetOutsideVpc',
        path,
        message: `subnet ${cidr.toString()} does not lie in the VPC ${outer.toString()}`,
        value: text,
        allowed: `blocks inside ${outer.toString()}`,
        cure: 'move the subnet, or choose a larger VPC',
      });
    }
    const zone = zones[index] ?? `zone-${index}`;
    plans.push({ name: `${use}-${zone}`, use, zone, cidr: cidr.toString(), usable: cidr.size - AWS_KEEPS });
  });
  return plans;
}

function checkOverlaps(problems: Problems, props: EksPlatformProps): void {
  const byPath: { [path: string]: Cidr } = {};
  for (const use of ['public', 'private'] as const) {
    props.subnets[use].forEach((text, index) => {
      const cidr = Cidr.collect(new Problems(), '', text, { version: IpVersion.IPV4 });
      if (cidr) byPath[`subnets.${use}[${index}]`] = cidr;
    });
  }
  Cidr.collectOverlaps(problems, byPath);
}

/** A block for pods must not be in a private range other than the VPC's (VPC user guide, "IPv4 CIDR block association restrictions"). */
function collectSecondary(problems: Problems, text: string, vpc: Cidr | undefined): Cidr | undefined {
  const cidr = collectBlock(problems, 'secondaryCidr', text, 26, 16);
  if (!cidr || !vpc) return cidr;
  const rangeOf = (block: Cidr) => PRIVATE_RANGES.find((range) => Cidr.parse(range).contains(block));
  if (cidr.overlaps(vpc)) {
    problems.error({
      code: 'OverlappingCidrs',
      path: 'secondaryCidr',
      message: `${cidr.toString()} overlaps ${vpc.toString()} of subnets.vpcCidr`,
      value: text,
      allowed: 'a block outside the VPC',
      cure: 'use 100.64.0.0/16',
    });
  } else if (rangeOf(cidr) && rangeOf(cidr) !== rangeOf(vpc)) {
    problems.error({
      code: 'SecondaryCidrNotAssociable',
      path: 'secondaryCidr',
      message: `AWS does not add ${cidr.toString()} to a VPC of ${vpc.toString()}`,
      value: text,
      allowed: `a block of ${rangeOf(vpc) ?? '100.64.0.0/10'} or of 100.64.0.0/10`,
      cure: 'use 100.64.0.0/16',
    });
  }
  return cidr;
}

/** The largest equal blocks, one per zone, that AWS accepts as subnets. */
function podBlocks(secondary: Cidr, zones: number): string[] {
  const prefix = Math.min(28, Math.max(16, secondary.prefix + Math.ceil(Math.log2(Math.max(zones, 1)))));
  return secondary.subnets(prefix).slice(0, zones).map((block) => block.toString());
}

function checkServiceCidr(problems: Problems, text: string, others: { name: string; cidr?: Cidr }[]): string {
  const cidr = collectBlock(problems, 'serviceCidr', text, 24, 12);
  if (!cidr) return text;
  for (const other of others) {
    if (!other.cidr?.overlaps(cidr)) continue;
    problems.error({
      code: 'OverlappingCidrs',
      path: 'serviceCidr',
      message: `${cidr.toString()} overlaps ${other.cidr.toString()} of ${other.name}`,
      value: text,
      allowed: 'a block outside the VPC',
      cure: 'use 172.20.0.0/16 or 10.100.0.0/16',
    });
  }
  return cidr.toString();
}

function checkNatGateways(problems: Problems, props: EksPlatformProps, zones: number): number {
  const count = props.natGateways ?? zones;
  if (!Number.isInteger(count) || count < 1 || count > zones) {
    problems.error({
      code: 'NatGatewaysOutOfRange',
      path: 'natGateways',
      message: `${count} NAT gateways for ${zones} zones`,
      value: count,
      allowed: `1 to ${zones}`,
      cure: 'leave natGateways out for one per zone; nodes pull their images through them, so there must be one',
    });
  } else if (count < zones && (props.environments ?? props.platform.environments).includes('production')) {
    problems.warning({
      code: 'FewerNatGatewaysThanZones',
      path: 'natGateways',
      message: `${count} NAT gateway${count === 1 ? '' : 's'} for ${zones} zones of a cluster that carries production: the loss of a zone with one cuts other zones off the internet`,
      value: count,
      cure: 'leave natGateways out for one per zone',
    });
  }
  return count;
}

/** Plans the VPC; what is wrong goes to `problems`, and the plan is then only good for further checks. */
export function planNetwork(problems: Problems, props: EksPlatformProps): NetworkPlan {
  const zones = zonesOf(props);
  checkRegion(problems, props);
  checkZones(problems, props, zones);
  const vpc = collectBlock(problems, 'subnets.vpcCidr', props.subnets.vpcCidr, 28, 16);
  const publicSubnets = collectSubnets(problems, SubnetUse.PUBLIC, 'subnets.public', props.subnets.public, zones, vpc);
  const privateSubnets = collectSubnets(problems, SubnetUse.PRIVATE, 'subnets.private', props.subnets.private, zones, vpc);
  checkOverlaps(problems, props);
  const secondary = props.secondaryCidr === undefined ? undefined : collectSecondary(problems, props.secondaryCidr, vpc);
  const podSubnets = secondary
    ? collectSubnets(problems, SubnetUse.PODS, 'secondaryCidr', podBlocks(secondary, zones.length), zones)
    : [];
  const serviceCidr = checkServiceCidr(problems, props.serviceCidr ?? '172.20.0.0/16', [
    { name: 'subnets.vpcCidr', cidr: vpc }, { name: 'secondaryCidr', cidr: secondary },
  ]);
  return {
    vpcCidr: vpc?.toString() ?? props.subnets.vpcCidr,
    ...(secondary ? { secondaryCidr: secondary.toString() } : {}),
    serviceCidr,
    zones,
    subnets: [...publicSubnets, ...privateSubnets, ...podSubnets],
    natGateways: checkNatGateways(problems, props, zones.length),
  };
}
