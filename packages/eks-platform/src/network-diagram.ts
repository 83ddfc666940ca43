import { EksPlan } from './plan/eks-plan';
import { SubnetUse } from './plan/network-plan';

/**
 * The network of a plan as a Mermaid flowchart: the internet, the zones with their subnets and NAT gateways, what
 * stands in them.
 *
 * @param plan the plan
 */
export function networkDiagram(plan: EksPlan): string {
  const { network, cluster } = plan;
  const nodeGroups = plan.nodeGroups.map((group) => group.name).join(', ');
  const lines = ['flowchart TB', '  internet((internet))', `  subgraph vpc["VPC ${network.vpcCidr}${network.secondaryCidr ? ` and ${network.secondaryCidr}` : ''}"]`];
  const links: string[] = [];
  network.zones.forEach((zone, index) => {
    const of = (use: SubnetUse) => network.subnets.filter((subnet) => subnet.use === use)[index];
    lines.push(`    subgraph zone${index}["${zone}"]`);
    lines.push(`      public${index}["public ${of(SubnetUse.PUBLIC).cidr}<br/>load balancers"]`);
    lines.push(`      private${index}["private ${of(SubnetUse.PRIVATE).cidr}<br/>${nodeGroups}, file system"]`);
    const pods = of(SubnetUse.PODS);
    if (pods) lines.push(`      pods${index}["pods ${pods.cidr}"]`);
    if (index < network.natGateways) lines.push(`      nat${index}{{"NAT gateway"}}`);
    lines.push('    end');
    const gateway = index % network.natGateways;
    links.push(`  internet --> public${index}`, `  public${index} --> ${pods ? 'pods' : 'private'}${index}`, `  private${index} --> nat${gateway}`);
    if (pods) links.push(`  pods${index} --> nat${gateway}`);
    if (index < network.natGateways) links.push(`  nat${index} --> internet`);
  });
  lines.push('  end', `  api["API server of ${cluster.name}"]`);
  const api = network.zones.map((_, index) => `  private${index} --- api`);
  const open = cluster.endpointPublic ? [`  admins["${cluster.publicCidrs.join(', ')}"] --> api`] : [];
  return [...lines, ...links, ...api, ...open, ''].join('\n');
}
