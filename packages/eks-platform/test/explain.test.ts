import { props } from './fixtures/platform';
import { Access } from '../src/access';
import { explain } from '../src/explain';
import { networkDiagram } from '../src/network-diagram';
import { planEks } from '../src/plan-eks';

const plan = planEks('production', props({ access: Access.of({ administrators: ['Administrator'] }) }));

describe('the summary of a plan', () => {
  const text = explain(plan).join('\n');

  test('says what a reader asks first', () => {
    expect(text).toContain('# EKS platform production');
    expect(text).toContain('stacks production-network, production-data, production-cluster');
    expect(text).toContain('| API server | private only |');
    expect(text).toContain('| private-eu-west-1b | eu-west-1b | 10.0.20.0/24 | 251 |');
    expect(text).toContain('| app-nodes | c5.large, c5.xlarge, m5.large | 3 | 6 | 20 | on demand |');
    expect(text).toContain('| nodes-and-pods | 753 | 48 | 234 | 708 to 1416 | no |');
  });

  test('names the one owner of every add-on', () => {
    for (const { name, owner, version } of plan.addOns) expect(text).toContain(`| ${name} | ${owner} | ${version} |`);
  });

  test('lists the secrets that somebody has to fill, and every warning', () => {
    for (const slot of plan.rendered.secretSlots) expect(text).toContain(slot.id);
    for (const warning of plan.warnings) expect(text).toContain(`- ${warning.toString()}`);
  });

  test('shows every rule of a security group, every row that has none, and every entry of a network ACL', () => {
    const { firewall } = plan;
    for (const { id, group, reason } of firewall.securityGroupRules) expect(text).toMatch(new RegExp(`\\| ${group} \\| .+ \\| ${id} \\| ${reason} \\|`));
    for (const { id, because } of firewall.unwrittenRows) expect(text).toMatch(new RegExp(`\\| ${id} \\| .+ \\| ${because} \\|`));
    expect(text.match(/\| (private|public) \| (in|out)bound \|/g)).toHaveLength(firewall.networkAcls.flatMap(({ entries }) => entries).length);
    expect(text).toContain('| nodes | tcp 10250 | control-plane | kubelet-from-control-plane | logs, exec and port-forward of a managed control plane |');
    expect(text).toContain('| public | inbound | 5000 | deny | tcp 3389 | 0.0.0.0/0 | nobody opens a remote desktop from outside |');
    expect(text).toContain('| private | inbound | 6020 | allow | icmp type 3 code 4 | 0.0.0.0/0 |');
  });

  test('says that there are no network ACLs, and from where administrators come', () => {
    const open = explain(planEks('production', props({ access: Access.of({ networks: ['192.168.0.0/16'] }), networkAcls: false }))).join('\n');
    expect(open).toContain('No network ACLs');
    expect(open).toContain('| API server | private (nodes, and 192.168.0.0/16) only |');
  });

  test('says who may reach an open endpoint', () => {
    const open = planEks('production', props({ access: Access.of({ publicEndpointCidrs: ['203.0.113.7/32'] }) }));
    expect(explain(open).join('\n')).toContain('| API server | private, and public for 203.0.113.7/32 |');
  });
});

describe('the diagram of a network', () => {
  test('shows every subnet in its zone, and the gateway that each zone uses', () => {
    const text = networkDiagram(plan);
    for (const { cidr } of plan.network.subnets) expect(text).toContain(cidr);
    expect(text.match(/NAT gateway/g)).toHaveLength(3);
    expect(text).toContain('private2 --> nat2');
    expect(text.match(/^ *subgraph/gm)).toHaveLength(text.match(/^ *end$/gm)!.length);
  });

  test('shows one gateway for all zones, pods in their own subnets and who comes in from outside', () => {
    const text = networkDiagram(planEks('production', props({ natGateways: 1, secondaryCidr: '100.64.0.0/16', access: Access.of({ publicEndpointCidrs: ['203.0.113.7/32'] }) })));
    expect(text.match(/NAT gateway/g)).toHaveLength(1);
    expect(text).toContain('pods2 --> nat0');
    expect(text).toContain('admins["203.0.113.7/32"] --> api');
  });
});
