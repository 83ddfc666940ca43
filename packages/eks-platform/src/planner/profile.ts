import { ClusterProfile, Cni, LoadBalancerKind } from '@viridial/core';
import { allocatable, instanceFacts, maxPods } from './instance-facts';
import { ClusterPlan } from '../plan/cluster-plan';
import { DataPlan } from '../plan/data-plan';
import { NetworkPlan, SubnetUse } from '../plan/network-plan';
import { NodeGroupPlan } from '../plan/node-group-plan';

function cidrsOf(network: NetworkPlan, ...uses: SubnetUse[]): string[] {
  return network.subnets.filter((subnet) => uses.includes(subnet.use)).map((subnet) => subnet.cidr);
}

/**
 * What the cluster can carry at its most nodes, counted with the smallest type of each group; nothing when a type is
 * unknown. Groups with taints do not count: ordinary pods do not run there.
 */
function capacityOf(nodeGroups: NodeGroupPlan[], custom: boolean) {
  const open = nodeGroups.filter((group) => group.taints.length === 0);
  const sums = { nodes: 0, millicpus: 0, mebibytes: 0, pods: 0 };
  for (const group of open) {
    const facts = group.instanceTypes.map(instanceFacts);
    if (facts.some((one) => one === undefined)) return undefined;
    const known = facts.filter((one) => one !== undefined);
    sums.nodes += group.max;
    sums.millicpus += group.max * Math.min(...known.map((one) => allocatable(one, custom).millicpus));
    sums.mebibytes += group.max * Math.min(...known.map((one) => allocatable(one, custom).memoryMebibytes));
    sums.pods += group.max * Math.min(...known.map((one) => maxPods(one, custom)));
  }
  return sums.nodes === 0 ? undefined : { nodes: sums.nodes, cpu: `${sums.millicpus}m`, memory: `${sums.mebibytes}Mi`, pods: sums.pods };
}

/** What the platform, the policies and the add-ons need to know of the cluster. */
export function profileOf(
  cluster: ClusterPlan, network: NetworkPlan, data: DataPlan, nodeGroups: NodeGroupPlan[], cniVersion?: string,
): ClusterProfile {
  const custom = network.secondaryCidr !== undefined;
  const nodeCidrs = cidrsOf(network, SubnetUse.PRIVATE);
  return ClusterProfile.eks({
    name: cluster.name,
    version: cluster.version,
    cni: Cni.VPC_CNI,
    cniVersion,
    nodeCidrs,
    podCidrs: custom ? cidrsOf(network, SubnetUse.PODS) : nodeCidrs,
    serviceCidrs: [network.serviceCidr],
    // EKS puts the control plane's interfaces into the subnets of the cluster
    apiServerCidrs: nodeCidrs,
    apiServerPort: 443,
    // targets are pod addresses, so that traffic comes from the load balancer's own subnets
    ingress: { className: 'alb', sourceCidrs: cidrsOf(network, SubnetUse.PUBLIC) },
    storageClasses: data.storageClasses.map(({ name, provisioner, isDefault, shared }) => ({ name, provisioner, isDefault, shared })),
    loadBalancer: LoadBalancerKind.CLOUD,
    capacity: capacityOf(nodeGroups, custom),
  });
}
