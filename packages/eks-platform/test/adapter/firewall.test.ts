import { Access } from '../../src/access';
import { NetworkAclDirection } from '../../src/plan/firewall-plan';
import { propertiesOf, templateOf, testPlatform } from '../fixtures/templates';

const access = Access.of({ administrators: ['ssm:/viridial/administrators'], networks: ['192.168.0.0/16', '198.51.100.0/24'] });
const platform = testPlatform({ access });
const withPods = testPlatform({ access, secondaryCidr: '100.64.0.0/16' });
const withoutAcls = testPlatform({ networkAcls: false });

const cluster = templateOf(platform.clusterStack);
const PROTOCOLS = { any: -1, icmp: 1, ipip: 4, tcp: 6, udp: 17 };

/** Logical ids of the groups, by what they are for. */
function groupIds(): { [role: string]: string } {
  const ids = Object.keys(cluster.findResources('AWS::EC2::SecurityGroup'));
  return { 'nodes': ids.find((id) => id.startsWith('FirewallNodes'))!, 'control-plane': ids.find((id) => id.startsWith('FirewallControlPlane'))! };
}

describe('security groups', () => {
  const ids = groupIds();

  test('hold exactly the rules of the plan', () => {
    const id = (role?: string) => role && { 'Fn::GetAtt': [ids[role], 'GroupId'] };
    const expected = platform.plan.firewall.securityGroupRules.filter(({ group }) => group !== 'file-system').flatMap((rule) => (
      (rule.sourceCidrs ?? [undefined]).map((cidr) => ({
        GroupId: id(rule.group),
        IpProtocol: rule.protocol === 'any' ? '-1' : rule.protocol,
        Description: rule.reason,
        FromPort: rule.protocol === 'icmp' ? -1 : rule.fromPort,
        ToPort: rule.protocol === 'icmp' ? -1 : rule.toPort,
        CidrIp: cidr,
        SourceSecurityGroupId: id(rule.sourceGroup),
      }))
    ));
    const found = propertiesOf(cluster, 'AWS::EC2::SecurityGroupIngress');
    const plain = (rules: any[]) => rules.map((rule) => JSON.parse(JSON.stringify(rule)));
    expect(plain(found)).toEqual(expect.arrayContaining(plain(expected)));
    expect(found).toHaveLength(expected.length);
    for (const group of propertiesOf(cluster, 'AWS::EC2::SecurityGroup')) expect(group.SecurityGroupIngress).toBeUndefined();
  });

  test('are those of every node, and of the control plane beside the one of EKS', () => {
    cluster.allResourcesProperties('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { SecurityGroupIds: [{ 'Fn::GetAtt': [ids.nodes, 'GroupId'] }] } });
    cluster.hasResourceProperties('AWS::EKS::Cluster', { ResourcesVpcConfig: { SecurityGroupIds: [{ 'Fn::GetAtt': [ids['control-plane'], 'GroupId'] }] } });
  });

  test('are complete before the cluster, and so before any node', () => {
    const [{ DependsOn: needs }] = Object.values(cluster.findResources('AWS::EKS::Cluster'));
    expect(needs).toEqual(expect.arrayContaining(Object.keys(cluster.findResources('AWS::EC2::SecurityGroupIngress'))));
  });

  test('let the load balancer controller find and change the one of the nodes, by the tag that its role asks for', () => {
    const tagged = Object.entries(cluster.findResources('AWS::EC2::SecurityGroup'))
      .filter(([, group]) => group.Properties.Tags.some(({ Key, Value }: any) => Key === 'kubernetes.io/cluster/dpj-prod-cluster' && Value === 'owned'));
    expect(tagged.map(([id]) => id)).toEqual([ids.nodes]);
    expect(JSON.stringify(propertiesOf(cluster, 'AWS::IAM::Policy'))).toContain('"aws:ResourceTag/kubernetes.io/cluster/dpj-prod-cluster":"owned"');
  });

  test('of nodes are those of pods with a range of their own', () => {
    const template = templateOf(withPods.clusterStack);
    const [nodes] = Object.keys(template.findResources('AWS::EC2::SecurityGroup')).filter((id) => id.startsWith('FirewallNodes'));
    const addOn = propertiesOf(template, 'AWS::EKS::Addon').find(({ AddonName }) => AddonName === 'vpc-cni');
    expect(JSON.stringify(addOn.ConfigurationValues)).toContain(`{"Fn::GetAtt":["${nodes}","GroupId"]}`);
    expect(JSON.stringify(addOn.ConfigurationValues)).not.toContain('ClusterSecurityGroupId');
  });
});

describe('network ACLs', () => {
  test.each([['without', platform], ['with', withPods]])('hold exactly the entries of the plan, %s a range for pods', (_, { plan, networkStack }) => {
    const template = templateOf(networkStack);
    const expected = plan.firewall.networkAcls.flatMap(({ name, entries }) => entries.map((entry) => ({
      acl: name,
      Egress: entry.direction === NetworkAclDirection.OUTBOUND,
      RuleNumber: entry.number,
      RuleAction: entry.allow ? 'allow' : 'deny',
      Protocol: PROTOCOLS[entry.protocol],
      CidrBlock: entry.cidr,
      ...(entry.fromPort === undefined ? {} : { PortRange: { From: entry.fromPort, To: entry.toPort } }),
      ...(entry.protocol === 'icmp' ? { Icmp: { Type: entry.icmp?.type ?? -1, Code: entry.icmp?.code ?? -1 } } : {}),
    })));
    const found = propertiesOf(template, 'AWS::EC2::NetworkAclEntry').map(({ NetworkAclId, ...entry }) => ({ acl: NetworkAclId.Ref.startsWith('private') ? 'private' : 'public', ...entry }));
    expect(found).toHaveLength(expected.length);
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  test.each([['without', platform, 6], ['with', withPods, 9]])('have all subnets of their tier, %s a range for pods', (_, { networkStack }, count) => {
    const template = templateOf(networkStack);
    const subnets = template.findResources('AWS::EC2::Subnet');
    const associations = propertiesOf(template, 'AWS::EC2::SubnetNetworkAclAssociation');
    template.resourceCountIs('AWS::EC2::NetworkAcl', 2);
    expect(new Set(associations.map(({ SubnetId }) => SubnetId.Ref))).toEqual(new Set(Object.keys(subnets)));
    expect(associations).toHaveLength(count);
    for (const { SubnetId, NetworkAclId } of associations) {
      const name = subnets[SubnetId.Ref].Properties.Tags.find(({ Key }: any) => Key === 'Name').Value;
      expect([NetworkAclId.Ref.startsWith('public'), name]).toEqual([/-public-/.test(name), name]);
    }
  });

  test('are complete before a subnet gets them, because an empty one drops everything', () => {
    const template = templateOf(platform.networkStack);
    const entries = Object.entries(template.findResources('AWS::EC2::NetworkAclEntry'));
    for (const { Properties, DependsOn } of Object.values(template.findResources('AWS::EC2::SubnetNetworkAclAssociation'))) {
      const own = entries.filter(([, entry]) => entry.Properties.NetworkAclId.Ref === Properties.NetworkAclId.Ref).map(([id]) => id);
      expect(DependsOn).toEqual(own.sort());
    }
  });

  test('name their entries by number, so that an entry that changes keeps its place', () => {
    for (const [id, { Properties }] of Object.entries(templateOf(platform.networkStack).findResources('AWS::EC2::NetworkAclEntry'))) {
      expect(id).toContain(`${Properties.Egress ? 'outbound' : 'inbound'}${Properties.RuleNumber}`);
    }
  });

  test('are not there when they are left out, and then nothing is acknowledged for them', () => {
    const template = templateOf(withoutAcls.networkStack);
    for (const type of ['NetworkAcl', 'NetworkAclEntry', 'SubnetNetworkAclAssociation']) template.resourceCountIs(`AWS::EC2::${type}`, 0);
    expect(withoutAcls.acknowledgements.filter(({ id }) => id.includes('VPC3'))).toEqual([]);
  });
});
