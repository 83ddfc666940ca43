import { BillOfMaterials, BillOfMaterialsLine } from '@viridial/core';
import { ClusterPlan } from '../plan/cluster-plan';
import { NetworkPlan } from '../plan/network-plan';
import { NodeGroupPlan } from '../plan/node-group-plan';

/** Hours that price lists count for a month. */
const HOURS = 730;

/** What of the plan costs money in a month. */
export function billOfMaterials(region: string, cluster: ClusterPlan, network: NetworkPlan, nodeGroups: NodeGroupPlan[]): BillOfMaterials {
  const line = (id: string, kind: string, sku: string, quantity: number, unit: string, assumption?: string): BillOfMaterialsLine =>
    ({ id, provider: 'aws', kind, sku, region, quantity, unit, ...(assumption ? { assumption } : {}) });
  const nat = network.natGateways;
  return new BillOfMaterials([
    line('cluster.controlPlane', 'control-plane', cluster.support === 'EXTENDED' ? 'eks-extended-support' : 'eks', HOURS, 'hour'),
    line('cluster.logs', 'logs', 'cloudwatch-logs-ingestion', 20, 'GB', '20 GB a month of control plane and flow logs'),
    line('data.fileSystem', 'file-storage', 'efs-standard', 10, 'GB-month', '10 GB of shared volumes'),
    line('data.keys', 'key', 'kms-customer-managed', 2, 'month'),
    line('network.loadBalancer', 'load-balancer', 'alb', HOURS, 'hour', 'one application load balancer, shared by the ingresses'),
    line('network.natData', 'nat-data', 'nat-gateway-gb', 100 * nat, 'GB', '100 GB a month through each NAT gateway'),
    line('network.natGateways', 'nat-gateway', 'nat-gateway', HOURS * nat, 'hour'),
    line('network.publicAddresses', 'public-address', 'public-ipv4', HOURS * (nat + network.zones.length), 'hour',
      'one for each NAT gateway, and one in each zone for the load balancer'),
    ...nodeGroups.flatMap((group) => [
      line(`nodeGroups.${group.name}`, 'server', group.instanceTypes[0] ?? 'none', HOURS * group.desired, 'hour',
        `the desired nodes, all of the first type, ${group.capacityType === 'SPOT' ? 'at spot prices' : 'on demand'}`),
      line(`nodeGroups.${group.name}.disks`, 'volume', 'gp3', group.diskGibibytes * group.desired, 'GB-month', 'the root volumes of the desired nodes'),
    ]),
  ]);
}
