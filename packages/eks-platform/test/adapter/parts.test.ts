import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { DefaultCapacityType, KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { ClusterProvider } from '../../src/adapter/cluster-provider';
import { ExactSubnets } from '../../src/adapter/exact-subnets';
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
