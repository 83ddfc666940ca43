import { ClusterAddOn, ClusterInfo } from '@aws-quickstart/eks-blueprints';
import { Installation } from '@viridial/platform-addons';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { DefaultCapacityType, KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { chartAddOn } from '../../src/adapter/chart-add-on';
import { ClusterProvider } from '../../src/adapter/cluster-provider';
import { ExactSubnets } from '../../src/adapter/exact-subnets';
import { managedAddOn } from '../../src/adapter/managed-add-on';
import { podIdentityRole } from '../../src/adapter/pod-identity';
import { PodIdentityPlan } from '../../src/plan/pod-identity-plan';
import { planEks } from '../../src/plan-eks';
import { props } from '../fixtures/platform';

const identity: PodIdentityPlan = {
  addOn: 'logs',
  namespace: 'logging',
  serviceAccount: 'shipper',
  managedPolicies: ['CloudWatchAgentServerPolicy'],
  statements: [
    { sid: 'Write', actions: ['logs:PutLogEvents'], resources: ['arn:aws:logs:eu-west-1:${AWS::AccountId}:log-group:g:*'], conditions: { StringEquals: { 'aws:ResourceTag/a': 'b' } } },
    { sid: 'List', actions: ['logs:DescribeLogGroups'], resources: ['*'] },
  ],
  reason: 'ships logs',
};

describe('the role of a service account', () => {
  const stack = new Stack(new App(), 'stack');
  podIdentityRole(stack, 'Role', identity, 'blue');
  const template = Template.fromStack(stack);

  test('is for this service account of this namespace of this cluster, for both actions that Pod Identity takes', () => {
    const [role] = Object.values(template.findResources('AWS::IAM::Role'));
    const statements = role.Properties.AssumeRolePolicyDocument.Statement;
    expect(statements.flatMap((statement: any) => statement.Action).sort()).toEqual(['sts:AssumeRole', 'sts:TagSession']);
    for (const statement of statements) {
      expect(statement.Principal).toEqual({ Service: 'pods.eks.amazonaws.com' });
      expect(statement.Condition).toEqual({
        StringEquals: { 'aws:RequestTag/eks-cluster-name': 'blue', 'aws:RequestTag/kubernetes-namespace': 'logging', 'aws:RequestTag/kubernetes-service-account': 'shipper' },
      });
    }
    expect(role.Properties.Description).toBe('ships logs');
  });

  test('has the statements of the plan, in which the account is filled in at deployment', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Sid: 'Write',
            Effect: 'Allow',
            Action: 'logs:PutLogEvents',
            Resource: { 'Fn::Sub': 'arn:aws:logs:eu-west-1:${AWS::AccountId}:log-group:g:*' },
            Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } },
          },
          { Sid: 'List', Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' },
        ],
      },
    });
  });
});

describe('exact subnets', () => {
  const { network } = planEks('production', props({ secondaryCidr: '100.64.0.0/16' }));
  const addresses = new ExactSubnets(network);
  const request = (name: string, index: number) => ({ availabilityZone: `eu-west-1${'abc'[index]}`, subnetConstructId: `${name}${index}`, configuration: { name } as any });

  test('are handed out by use and order, whatever the order of the groups', () => {
    const requestedSubnets = [request('private', 0), request('public', 0), request('private', 1), request('public', 1), request('private', 2), request('public', 2)];
    expect(addresses.allocateSubnetsCidr({ vpcCidr: '10.0.0.0/16', requestedSubnets }).allocatedSubnets.map(({ cidr }) => cidr)).toEqual([
      '10.0.10.0/24', '10.0.1.0/24', '10.0.20.0/24', '10.0.2.0/24', '10.0.30.0/24', '10.0.3.0/24',
    ]);
  });

  test('leave the block of the VPC as it is', () => {
    expect(addresses.allocateVpcCidr()).toEqual({ cidrBlock: '10.0.0.0/16' });
  });
});

test('the cluster provider makes no role for administrators, and gives access to nobody but the function that runs kubectl', () => {
  const stack = new Stack(new App({ context: { 'aws:cdk:disable-asset-staging': true } }), 'stack', { env: { region: 'eu-west-1' } });
  const vpc = new Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] });
  new ClusterProvider({ clusterName: 'blue', defaultCapacityType: DefaultCapacityType.NODEGROUP }).createCluster(stack, vpc, undefined, KubernetesVersion.of('1.35'));
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::EKS::Cluster', 1);
  expect(JSON.stringify(template.findResources('AWS::IAM::Role'))).not.toContain(':root');
  const principals = Object.values(template.findResources('AWS::EKS::AccessEntry')).map((entry) => JSON.stringify(entry.Properties.PrincipalArn));
  expect(principals).toEqual([expect.stringContaining('KubectlProvider')]);
});

/** A small cluster with one node group, and the template after add-ons have been deployed to it. */
function deploy(addOns: (stack: Stack) => ClusterAddOn[]): Template {
  const stack = new Stack(new App({ context: { 'aws:cdk:disable-asset-staging': true } }), 'stack', { env: { region: 'eu-west-1' } });
  // of another stack, as in a platform
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], privateSubnetIds: ['subnet-1', 'subnet-2'] });
  const provider = new ClusterProvider({
    clusterName: 'blue',
    defaultCapacityType: DefaultCapacityType.NODEGROUP,
    vpcSubnets: [{ subnets: vpc.privateSubnets }],
    managedNodeGroups: [{ id: 'app', instanceTypes: [new InstanceType('m5.large')] }],
  });
  const info: ClusterInfo = provider.createCluster(stack, vpc, undefined, KubernetesVersion.of('1.35'));
  for (const addOn of addOns(stack)) expect(addOn.deploy(info)).toBeUndefined();
  return Template.fromStack(stack);
}

const role = (stack: Stack) => new Role(stack, 'Role', { assumedBy: new ServicePrincipal('pods.eks.amazonaws.com') });
const only = (resources: { [id: string]: any }) => {
  expect(Object.keys(resources)).toHaveLength(1);
  const [[id, resource]] = Object.entries(resources);
  return { id, ...resource };
};

describe('a managed add-on', () => {
  test('has its version, its configuration and its identity, and overwrites nobody', () => {
    const template = deploy((stack) => [managedAddOn({
      name: 'vpc-cni', version: 'v1.2.3-eksbuild.4', beforeNodes: true, roles: { 'aws-node': role(stack) }, configuration: () => ({ enableNetworkPolicy: 'true' }),
    })]);
    expect(only(template.findResources('AWS::EKS::Addon')).Properties).toMatchObject({
      AddonName: 'vpc-cni',
      AddonVersion: 'v1.2.3-eksbuild.4',
      ConfigurationValues: '{"enableNetworkPolicy":"true"}',
      PodIdentityAssociations: [{ ServiceAccount: 'aws-node', RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] } }],
      ResolveConflicts: 'NONE',
    });
  });

  test('without configuration and identity says nothing about them', () => {
    const { Properties } = only(deploy(() => [managedAddOn({ name: 'coredns', version: 'v1.0.0-eksbuild.1', beforeNodes: false })]).findResources('AWS::EKS::Addon'));
    expect(Object.keys(Properties).sort()).toEqual(['AddonName', 'AddonVersion', 'ClusterName', 'ResolveConflicts']);
  });

  test('that nodes need is there before them, another one after them', () => {
    const template = deploy(() => [
      managedAddOn({ name: 'before', version: 'v1.0.0-eksbuild.1', beforeNodes: true }),
      managedAddOn({ name: 'after', version: 'v1.0.0-eksbuild.1', beforeNodes: false }),
    ]);
    const group = only(template.findResources('AWS::EKS::Nodegroup'));
    const addOns = template.findResources('AWS::EKS::Addon');
    expect(group.DependsOn).toEqual(['AddOnbefore']);
    expect(addOns.AddOnbefore.DependsOn).toBeUndefined();
    expect(addOns.AddOnafter.DependsOn).toEqual([group.id]);
  });

  test('can be configured with what only the cluster knows', () => {
    const template = deploy(() => [managedAddOn({
      name: 'vpc-cni', version: 'v1.0.0-eksbuild.1', beforeNodes: true, configuration: (cluster) => ({ group: cluster.clusterSecurityGroupId }),
    })]);
    expect(JSON.stringify(only(template.findResources('AWS::EKS::Addon')).Properties.ConfigurationValues)).toContain('ClusterSecurityGroupId');
  });
});

describe('a chart', () => {
  const installation = new Installation({
    name: 'demo', namespace: 'demo-system', chart: 'demo-chart', repository: 'https://charts.example.com', version: '1.2.3', values: { kept: 1, replaced: 'by the installation' },
  });
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'demo-system' } };
  const custom = { apiVersion: 'demo.example.com/v1', kind: 'Demo', metadata: { name: 'demo', namespace: 'demo-system' } };

  test('is installed as the installation says, with what only the deployment knows on top', () => {
    const template = deploy(() => [chartAddOn({ installation, values: { replaced: 'by the deployment' } })]);
    const { Properties } = only(template.findResources('Custom::AWSCDK-EKS-HelmChart'));
    expect(Properties).toMatchObject({ Release: 'demo', Chart: 'demo-chart', Repository: 'https://charts.example.com', Version: '1.2.3', Namespace: 'demo-system', Wait: true });
    expect(JSON.parse(Properties.Values)).toEqual({ kept: 1, replaced: 'by the deployment' });
    expect(installation.values.replaced).toBe('by the installation');
  });

  test('gives up before the function that runs Helm does', () => {
    const { Timeout } = only(deploy(() => [chartAddOn({ installation })]).findResources('Custom::AWSCDK-EKS-HelmChart')).Properties;
    expect(parseInt(Timeout, 10)).toBeLessThan(900);
  });

  test('comes after its nodes, its identity and its namespace, and before the objects that need its definitions', () => {
    const template = deploy((stack) => [chartAddOn({ installation, before: [namespace], after: [custom], roles: { demo: role(stack) } })]);
    const chart = only(template.findResources('Custom::AWSCDK-EKS-HelmChart'));
    const association = only(template.findResources('AWS::EKS::PodIdentityAssociation'));
    const manifests = Object.entries(template.findResources('Custom::AWSCDK-EKS-KubernetesResource'));
    const [before] = manifests.find(([, { Properties }]) => Properties.Manifest.includes('Namespace'))!;
    const [, after] = manifests.find(([, { Properties }]) => Properties.Manifest.includes('Demo'))!;
    expect(association.Properties).toMatchObject({ Namespace: 'demo-system', ServiceAccount: 'demo' });
    expect(chart.DependsOn).toEqual(expect.arrayContaining([before, association.id, ...Object.keys(template.findResources('AWS::EKS::Nodegroup'))]));
    expect(after.DependsOn).toContain(chart.id);
  });

  test('leaves the objects it is given as they were', () => {
    deploy(() => [chartAddOn({ installation, before: [namespace], after: [custom] })]);
    expect(namespace).toEqual({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'demo-system' } });
    expect(custom.metadata).toEqual({ name: 'demo', namespace: 'demo-system' });
  });
});
