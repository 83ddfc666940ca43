import { Problems } from '@viridial/core';
import { instanceFacts, InstanceFacts, maxPods, podAddresses } from './instance-facts';
import { AddressBudget, AddressPool, NodeGroupAddresses } from '../plan/address-budget';
import { NetworkPlan, SubnetUse } from '../plan/network-plan';
import { NodeGroupPlan } from '../plan/node-group-plan';

/**
 * Addresses per zone that are neither a node's nor a pod's: the control plane's interfaces (EKS user guide, "Subnet
 * requirements": at least 6, better 16 free addresses), the mount target, the function that runs kubectl.
 */
const RESERVED_PER_ZONE = 16;

interface Sized {
  /** The group. */
  readonly plan: NodeGroupPlan;
  /** What is known of each of its types. */
  readonly facts: InstanceFacts[];
}

/** Addresses of one node in one kind of subnets. */
type PerNode = (facts: InstanceFacts) => number;

function spread(nodes: number, zones: number): number {
  return Math.ceil(nodes / zones);
}

function total(groups: Sized[], nodes: (group: NodeGroupPlan) => number, pick: (...numbers: number[]) => number, perNode: PerNode): number {
  return groups.reduce((sum, { plan, facts }) => sum + nodes(plan) * pick(...facts.map(perNode)), 0);
}

function poolOf(use: AddressPool['use'], network: NetworkPlan, subnetUse: SubnetUse, groups: Sized[], perNode: PerNode, reservedPerZone: number): AddressPool {
  const subnets = network.subnets.filter((subnet) => subnet.use === subnetUse);
  const zones = Math.max(subnets.length, 1);
  const smallest = subnets.length === 0 ? 0 : Math.min(...subnets.map((subnet) => subnet.usable));
  const inBusiestZone = total(groups, (group) => spread(group.max, zones), Math.max, perNode);
  return {
    use,
    usable: subnets.reduce((sum, subnet) => sum + subnet.usable, 0),
    reserved: reservedPerZone * subnets.length,
    least: total(groups, (group) => group.max, Math.min, perNode),
    most: total(groups, (group) => group.max, Math.max, perNode),
    leastAtDesired: total(groups, (group) => group.desired, Math.min, perNode),
    fits: inBusiestZone + reservedPerZone <= smallest,
  };
}

/** Pools of addresses: one for nodes and pods, or one each when pods have a range of their own. */
function poolsOf(network: NetworkPlan, groups: Sized[]): AddressPool[] {
  if (network.secondaryCidr === undefined) {
    return [poolOf('nodes-and-pods', network, SubnetUse.PRIVATE, groups, (facts) => podAddresses(facts, false), RESERVED_PER_ZONE)];
  }
  return [
    poolOf('nodes', network, SubnetUse.PRIVATE, groups, () => 1, RESERVED_PER_ZONE),
    poolOf('pods', network, SubnetUse.PODS, groups, (facts) => podAddresses(facts, true), 0),
  ];
}

/** The largest maximum of one group, the others unchanged, with which every node fits into the busiest zone. */
function largestMax(network: NetworkPlan, groups: Sized[], name: string, index: number): number {
  const target = groups.find(({ plan }) => plan.name === name)!;
  let [low, high] = [0, target.plan.max];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const changed = groups.map((group) => group === target ? { ...group, plan: { ...group.plan, max: middle } } : group);
    if (poolsOf(network, changed)[index].fits) low = middle;
    else high = middle - 1;
  }
  return low;
}

function arithmetic(groups: NodeGroupAddresses[]): string {
  return groups.map(({ name, nodes, mostPerNode }) => `${nodes} ${name} × ${mostPerNode}`).join(' + ');
}

function subnetWords(network: NetworkPlan, use: SubnetUse): string {
  const usable = network.subnets.filter((subnet) => subnet.use === use).map((subnet) => subnet.usable);
  const sum = usable.reduce((all, one) => all + one, 0);
  const same = usable.every((one) => one === usable[0]);
  return `${sum} (${same ? `${usable.length} × ${usable[0]}` : usable.join(' + ')})`;
}

function report(problems: Problems, network: NetworkPlan, groups: Sized[], addresses: NodeGroupAddresses[], pool: AddressPool, index: number): void {
  const use = pool.use === 'pods' ? SubnetUse.PODS : SubnetUse.PRIVATE;
  const path = pool.use === 'pods' ? 'secondaryCidr' : 'subnets.private';
  const available = pool.usable - pool.reserved;
  const holder = `the ${use} subnets hold ${subnetWords(network, use)}${pool.reserved ? `, of which the control plane, mount targets and functions need ${pool.reserved}` : ''}`;
  if (pool.leastAtDesired > available) {
    problems.error({
      code: 'SubnetsTooSmall',
      path,
      message: `the desired nodes alone take ${pool.leastAtDesired} addresses with the smallest types, but ${holder}`,
      value: pool.leastAtDesired,
      allowed: `up to ${available}`,
      cure: pool.use === 'nodes-and-pods' ? "set secondaryCidr: '100.64.0.0/16', or choose larger subnets" : 'choose larger blocks',
    });
    return;
  }
  if (pool.fits) return;
  const share = (group: Sized) => group.plan.max * Math.max(...group.facts.map((facts) => podAddresses(facts, pool.use === 'pods')));
  const heaviest = groups.reduce((a, b) => share(b) > share(a) ? b : a).plan;
  const max = largestMax(network, groups, heaviest.name, index);
  const smaller = max >= heaviest.min && max > 0 ? `lower nodeGroups.${heaviest.name}.max to ${max}` : 'choose larger subnets';
  problems.warning({
    code: 'AddressBudgetExceeded',
    path,
    message: pool.use === 'nodes'
      ? `the most nodes take ${pool.most} addresses, one each, but ${holder}`
      : `full of pods, the most nodes take ${pool.most} addresses (${arithmetic(addresses)}), ${pool.least} with the smallest types, but ${holder}`,
    value: pool.most,
    allowed: `up to ${available}, spread evenly over the zones`,
    cure: pool.use === 'nodes-and-pods' ? `set secondaryCidr: '100.64.0.0/16', or ${smaller}` : smaller,
  });
}

/** Counts the addresses that nodes and pods take, and says so when the subnets cannot hold them. */
export function planAddressBudget(problems: Problems, network: NetworkPlan, nodeGroups: NodeGroupPlan[]): AddressBudget {
  const custom = network.secondaryCidr !== undefined;
  const unknown = nodeGroups.flatMap((group) => group.instanceTypes.filter((type) => !instanceFacts(type)));
  const groups = nodeGroups
    .map((plan) => ({ plan, facts: plan.instanceTypes.map(instanceFacts).filter((facts) => facts !== undefined) }))
    .filter(({ plan, facts }) => facts.length > 0 && facts.length === plan.instanceTypes.length);
  const addresses = groups.map(({ plan, facts }) => ({
    name: plan.name,
    nodes: plan.max,
    leastPerNode: Math.min(...facts.map((one) => podAddresses(one, custom))),
    mostPerNode: Math.max(...facts.map((one) => podAddresses(one, custom))),
    podsPerNode: Math.min(...facts.map((one) => maxPods(one, custom))),
  }));
  const pools = groups.length === 0 ? [] : poolsOf(network, groups);
  pools.forEach((pool, index) => report(problems, network, groups, addresses, pool, index));
  return { groups: addresses, pools, unknownInstanceTypes: [...new Set(unknown)].sort() };
}
