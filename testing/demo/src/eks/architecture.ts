import { resourcesOf, Template } from './template';

/** The architecture decision of the production cluster, written down apart from the program that builds it. */
const DECISION = {
  clusterName: 'dpj-prod-cluster',
  vpc: '10.0.0.0/16',
  subnets: ['10.0.1.0/24', '10.0.10.0/24', '10.0.2.0/24', '10.0.20.0/24', '10.0.3.0/24', '10.0.30.0/24'],
  natGateways: 3,
  networkAcls: 2,
  nodeGroups: [
    { types: ['c5.large', 'c5.xlarge', 'm5.large'], min: 3, max: 20, desired: 6 },
    { types: ['t3.medium', 't3.large'], min: 3, max: 6, desired: 3 },
  ],
  logTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
  managedAddOns: ['aws-ebs-csi-driver', 'aws-efs-csi-driver', 'coredns', 'eks-pod-identity-agent', 'kube-proxy', 'vpc-cni'],
  charts: ['argo-cd', 'aws-load-balancer-controller'],
};

/** Compares what was found with what was decided. */
class Comparison {
  public readonly findings: string[] = [];

  public same(what: string, found: unknown, decided: unknown): void {
    const [a, b] = [JSON.stringify(found), JSON.stringify(decided)];
    if (a !== b) this.findings.push(`${what}: the templates have ${a}, decided is ${b}`);
  }
}

/** Rules of security groups that let everybody in, wherever they are written. */
function worldRules(templates: readonly Template[]): unknown[] {
  const inline = resourcesOf(templates, 'AWS::EC2::SecurityGroup').flatMap((group) => (group.Properties?.SecurityGroupIngress ?? []) as { CidrIp?: string }[]);
  const own = resourcesOf(templates, 'AWS::EC2::SecurityGroupIngress').map((rule) => rule.Properties as { CidrIp?: string });
  return [...inline, ...own].filter(({ CidrIp }) => CidrIp === '0.0.0.0/0');
}

/** What in the templates differs from the architecture decision. */
export function architectureFindings(templates: readonly Template[]): string[] {
  const compare = new Comparison();
  const all = (type: string) => resourcesOf(templates, type).map((resource) => resource.Properties ?? {});
  const [cluster = {}] = all('AWS::EKS::Cluster');
  compare.same('VPC', all('AWS::EC2::VPC').map((vpc) => vpc.CidrBlock), [DECISION.vpc]);
  compare.same('subnets', all('AWS::EC2::Subnet').map((subnet) => subnet.CidrBlock).sort(), DECISION.subnets);
  compare.same('public addresses by default', all('AWS::EC2::Subnet').filter((subnet) => subnet.MapPublicIpOnLaunch === true).length, 0);
  compare.same('NAT gateways', all('AWS::EC2::NatGateway').length, DECISION.natGateways);
  compare.same('network ACLs', all('AWS::EC2::NetworkAcl').length, DECISION.networkAcls);
  compare.same('subnets with a network ACL', all('AWS::EC2::SubnetNetworkAclAssociation').length, DECISION.subnets.length);
  compare.same('launch templates without exactly one security group',
    all('AWS::EC2::LaunchTemplate').filter((template) => template.LaunchTemplateData?.SecurityGroupIds?.length !== 1).length, 0);
  compare.same('security group rules open to the world', worldRules(templates).length, 0);
  compare.same('flow logs', all('AWS::EC2::FlowLog').length, 1);
  compare.same('cluster name', cluster.Name, DECISION.clusterName);
  compare.same('authentication mode', cluster.AccessConfig?.AuthenticationMode, 'API');
  compare.same('administrator by creation', cluster.AccessConfig?.BootstrapClusterCreatorAdminPermissions, false);
  compare.same('private endpoint', cluster.ResourcesVpcConfig?.EndpointPrivateAccess, true);
  compare.same('public endpoint', cluster.ResourcesVpcConfig?.EndpointPublicAccess, false);
  compare.same('encrypted resources', cluster.EncryptionConfig?.[0]?.Resources, ['secrets']);
  compare.same('control-plane logs', cluster.Logging?.ClusterLogging?.EnabledTypes?.map((log: { Type: string }) => log.Type).sort(), DECISION.logTypes);
  compare.same('keys without rotation', all('AWS::KMS::Key').filter((key) => key.EnableKeyRotation !== true).length, 0);
  compare.same('node groups', all('AWS::EKS::Nodegroup').map((group) => ({
    types: group.InstanceTypes, min: group.ScalingConfig?.MinSize, max: group.ScalingConfig?.MaxSize, desired: group.ScalingConfig?.DesiredSize,
  })).sort((a, b) => (String(a.types) < String(b.types) ? -1 : 1)), DECISION.nodeGroups);
  compare.same('launch templates that allow version 1 of the metadata service',
    all('AWS::EC2::LaunchTemplate').filter((template) => template.LaunchTemplateData?.MetadataOptions?.HttpTokens !== 'required').length, 0);
  compare.same('managed add-ons', all('AWS::EKS::Addon').map((addOn) => addOn.AddonName).sort(), DECISION.managedAddOns);
  compare.same('managed add-ons without a version', all('AWS::EKS::Addon').filter((addOn) => !addOn.AddonVersion).length, 0);
  compare.same('charts', all('Custom::AWSCDK-EKS-HelmChart').map((chart) => chart.Chart).sort(), DECISION.charts);
  compare.same('file systems without encryption', all('AWS::EFS::FileSystem').filter((fileSystem) => fileSystem.Encrypted !== true).length, 0);
  compare.same('mount targets', all('AWS::EFS::MountTarget').length, 3);
  compare.same('access points', all('AWS::EFS::AccessPoint').length, 1);
  return compare.findings;
}
