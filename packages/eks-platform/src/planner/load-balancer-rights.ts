import { PolicyStatementPlan } from '../plan/pod-identity-plan';

/** Tag that the controller puts on everything it makes; its value is the name of the cluster. */
const OWNER_TAG = 'elbv2.k8s.aws/cluster';

const DESCRIBE = [
  'ec2:DescribeAccountAttributes', 'ec2:DescribeAddresses', 'ec2:DescribeAvailabilityZones', 'ec2:DescribeCoipPools', 'ec2:DescribeInstances',
  'ec2:DescribeInternetGateways', 'ec2:DescribeIpamPools', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeRouteTables', 'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets', 'ec2:DescribeTags', 'ec2:DescribeVpcPeeringConnections', 'ec2:DescribeVpcs', 'ec2:GetCoipPoolUsage',
  'ec2:GetSecurityGroupsForVpc', 'elasticloadbalancing:DescribeCapacityReservation', 'elasticloadbalancing:DescribeListenerAttributes',
  'elasticloadbalancing:DescribeListenerCertificates', 'elasticloadbalancing:DescribeListeners', 'elasticloadbalancing:DescribeLoadBalancerAttributes',
  'elasticloadbalancing:DescribeLoadBalancers', 'elasticloadbalancing:DescribeRules', 'elasticloadbalancing:DescribeSSLPolicies',
  'elasticloadbalancing:DescribeTags', 'elasticloadbalancing:DescribeTargetGroupAttributes', 'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth', 'elasticloadbalancing:DescribeTrustStores',
];

const INTEGRATIONS = [
  'acm:DescribeCertificate', 'acm:ListCertificates', 'cognito-idp:DescribeUserPoolClient', 'iam:GetServerCertificate', 'iam:ListServerCertificates',
  'shield:CreateProtection', 'shield:DeleteProtection', 'shield:DescribeProtection', 'shield:GetSubscriptionState', 'wafv2:AssociateWebACL',
  'wafv2:DisassociateWebACL', 'wafv2:GetWebACL', 'wafv2:GetWebACLForResource',
];

const CHANGE_OWN = [
  'elasticloadbalancing:DeleteLoadBalancer', 'elasticloadbalancing:DeleteTargetGroup', 'elasticloadbalancing:ModifyCapacityReservation',
  'elasticloadbalancing:ModifyIpPools', 'elasticloadbalancing:ModifyListenerAttributes', 'elasticloadbalancing:ModifyLoadBalancerAttributes',
  'elasticloadbalancing:ModifyTargetGroup', 'elasticloadbalancing:ModifyTargetGroupAttributes', 'elasticloadbalancing:SetIpAddressType',
  'elasticloadbalancing:SetSecurityGroups', 'elasticloadbalancing:SetSubnets',
];

/**
 * Rights of the AWS Load Balancer Controller.
 *
 * The actions are those of `docs/install/iam_policy.json` of its version 3. Where that file asks for any value of the
 * tag of the owner, this asks for the name of the cluster, so that two clusters of one account cannot touch each
 * other's load balancers; rules of security groups may be changed in groups of this cluster only.
 */
export function loadBalancerRights(partition: string, region: string, clusterName: string): PolicyStatementPlan[] {
  const own = { StringEquals: { [`aws:ResourceTag/${OWNER_TAG}`]: clusterName } };
  const made = { StringEquals: { [`aws:RequestTag/${OWNER_TAG}`]: clusterName } };
  const ec2 = (what: string) => `arn:${partition}:ec2:${region}:\${AWS::AccountId}:${what}/*`;
  const elb = (what: string) => `arn:${partition}:elasticloadbalancing:${region}:\${AWS::AccountId}:${what}`;
  const balancers = [elb('loadbalancer/app/*/*'), elb('loadbalancer/net/*/*'), elb('targetgroup/*/*')];
  const listeners = [elb('listener/app/*/*/*'), elb('listener/net/*/*/*'), elb('listener-rule/app/*/*/*'), elb('listener-rule/net/*/*/*')];
  return [
    {
      sid: 'ServiceLinkedRole',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [`arn:${partition}:iam::\${AWS::AccountId}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`],
      conditions: { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } },
    },
    { sid: 'Look', actions: DESCRIBE, resources: ['*'] },
    { sid: 'Integrations', actions: INTEGRATIONS, resources: ['*'] },
    { sid: 'SecurityGroupInVpc', actions: ['ec2:CreateSecurityGroup'], resources: [ec2('vpc')] },
    { sid: 'CreateOwnSecurityGroup', actions: ['ec2:CreateSecurityGroup'], resources: [ec2('security-group')], conditions: made },
    {
      sid: 'TagNewSecurityGroup',
      actions: ['ec2:CreateTags'],
      resources: [ec2('security-group')],
      conditions: { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup', [`aws:RequestTag/${OWNER_TAG}`]: clusterName } },
    },
    {
      sid: 'TagOwnSecurityGroups',
      actions: ['ec2:CreateTags', 'ec2:DeleteTags'],
      resources: [ec2('security-group')],
      conditions: { ...own, Null: { [`aws:RequestTag/${OWNER_TAG}`]: 'true' } },
    },
    {
      sid: 'ChangeOwnSecurityGroups',
      actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:DeleteSecurityGroup', 'ec2:RevokeSecurityGroupIngress'],
      resources: [ec2('security-group')],
      conditions: own,
    },
    {
      sid: 'OpenNodesToLoadBalancers',
      actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
      resources: [ec2('security-group')],
      conditions: { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: 'owned' } },
    },
    { sid: 'CreateOwn', actions: ['elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:CreateTargetGroup'], resources: ['*'], conditions: made },
    {
      sid: 'Listeners',
      actions: [
        'elasticloadbalancing:AddListenerCertificates', 'elasticloadbalancing:CreateListener', 'elasticloadbalancing:CreateRule',
        'elasticloadbalancing:DeleteListener', 'elasticloadbalancing:DeleteRule', 'elasticloadbalancing:ModifyListener',
        'elasticloadbalancing:ModifyRule', 'elasticloadbalancing:RemoveListenerCertificates', 'elasticloadbalancing:SetRulePriorities',
        'elasticloadbalancing:SetWebAcl',
      ],
      resources: ['*'],
    },
    {
      sid: 'TagNew',
      actions: ['elasticloadbalancing:AddTags'],
      resources: balancers,
      conditions: {
        StringEquals: {
          'elasticloadbalancing:CreateAction': ['CreateLoadBalancer', 'CreateTargetGroup'],
          [`aws:RequestTag/${OWNER_TAG}`]: clusterName,
        },
      },
    },
    {
      sid: 'TagOwn',
      actions: ['elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags'],
      resources: balancers,
      conditions: { ...own, Null: { [`aws:RequestTag/${OWNER_TAG}`]: 'true' } },
    },
    { sid: 'TagListeners', actions: ['elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags'], resources: listeners },
    { sid: 'ChangeOwn', actions: CHANGE_OWN, resources: ['*'], conditions: own },
    { sid: 'Targets', actions: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'], resources: [elb('targetgroup/*/*')] },
  ];
}
