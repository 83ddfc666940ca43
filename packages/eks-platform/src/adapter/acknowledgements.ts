import { CfnCondition, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { ClusterStack } from './cluster-stack';
import { NetworkStack } from './network-stack';
import { Acknowledgement } from '../acknowledgement';
import { EksPlan } from '../plan/eks-plan';

const AWS_POLICY = 'AWS maintains this policy for exactly this service; a copy of ours would lack the rights of its next version';

const NETWORK_ACLS = 'The architecture decision demands network ACLs; they are written from the port matrix, and tests send packets through them both ways';

/** Policies of AWS that CDK, the blueprint and this library attach to roles, by the role they are on. */
const KUBECTL_POLICIES = ['service-role/AWSLambdaBasicExecutionRole', 'service-role/AWSLambdaVPCAccessExecutionRole', 'AmazonEC2ContainerRegistryReadOnly'];

/** Why wildcards of these add-ons' own statements are accepted; statements of other add-ons are not. */
const WILDCARDS: { readonly [addOn: string]: string } = {
  'aws-load-balancer-controller': 'Upstream policy: load balancers get their names at run time; what changes them asks for the tag of this cluster',
  'external-dns': 'Upstream policy: Route 53 cannot restrict the listing of zones; what writes is restricted to the names of the platform',
  'fluentd': 'Log streams get their names at run time, and CloudWatch finds a group by its name among all groups only',
};

/** Records what is accepted where, and tells CDK. */
class Acknowledger {
  /** Everything accepted so far. */
  public readonly all: Acknowledgement[] = [];

  /** Accepts one finding on a construct and below it. */
  public accept(construct: IConstruct, id: string, reason: string): void {
    this.all.push({ path: construct.node.path, id, reason });
    if (id.split('::').length <= 2) Validations.of(construct).acknowledge({ id, reason });
    // `acknowledge` refuses an id with more than one pair of colons, although cdk-nag gives findings on ARNs such ids
    else construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [id]: reason });
  }

  /** Accepts that a role has a policy of AWS. */
  public acceptPolicy(construct: IConstruct, policy: string): void {
    this.accept(construct, `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`, AWS_POLICY);
  }
}

function child(construct: IConstruct, ...ids: string[]): IConstruct {
  return ids.reduce((at, id) => at.node.findChild(id), construct);
}

function logicalId(construct: IConstruct): string {
  return Stack.of(construct).getLogicalId(construct as CfnResource | CfnCondition);
}

/** The function of CDK that runs kubectl and helm: none of it can be configured from here. */
function acceptKubectl(acknowledger: Acknowledger, stack: ClusterStack): void {
  const kubectl = child(stack.cluster, 'KubectlProvider');
  const handler = child(kubectl, 'Handler');
  const framework = child(kubectl, 'Provider', 'framework-onEvent');
  acknowledger.accept(child(handler, 'Resource'), 'AwsSolutions-L1', 'CDK pins the runtime that its kubectl function is tested with');
  for (const policy of KUBECTL_POLICIES) acknowledger.acceptPolicy(child(handler, 'ServiceRole'), policy);
  for (const policy of KUBECTL_POLICIES.slice(0, 2)) acknowledger.acceptPolicy(child(framework, 'ServiceRole'), policy);
  const condition = logicalId(child(handler, 'HasEcrPublic'));
  const conditional = { 'Fn::If': [condition, { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonElasticContainerRegistryPublicReadOnly']] }, { Ref: 'AWS::NoValue' }] };
  acknowledger.accept(child(handler, 'ServiceRole'), `AwsSolutions-IAM4[Policy::${JSON.stringify(conditional)}]`, AWS_POLICY);
  acknowledger.accept(child(framework, 'ServiceRole', 'DefaultPolicy'), `AwsSolutions-IAM5[Resource::<${logicalId(child(handler, 'Resource'))}.Arn>:*]`,
    'The framework of CDK calls any version of its own function');
}

function acceptIdentities(acknowledger: Acknowledger, stack: Construct, plan: EksPlan): void {
  for (const { addOn, serviceAccount, managedPolicies, statements } of plan.podIdentities) {
    const role = child(stack, `Identity-${addOn}-${serviceAccount}`);
    for (const policy of managedPolicies) acknowledger.acceptPolicy(role, policy);
    if (!Object.hasOwn(WILDCARDS, addOn)) continue;
    const wildcards = new Set(statements.flatMap(({ resources }) => resources).filter((resource) => resource.includes('*')));
    for (const resource of [...wildcards].sort()) {
      // cdk-nag writes what only the deployment knows in angle brackets
      acknowledger.accept(child(role, 'DefaultPolicy'), `AwsSolutions-IAM5[Resource::${resource.replace(/\$\{(.+?)\}/g, '<$1>')}]`, WILDCARDS[addOn]);
    }
  }
}

/**
 * Accepts the findings of cdk-nag's AwsSolutions that nothing here can cure, each by its exact id and on the construct
 * that has it. What the platform can cure is cured, never accepted.
 */
export function acknowledge(network: NetworkStack, stack: ClusterStack, plan: EksPlan, nodePolicies: readonly string[]): Acknowledgement[] {
  const acknowledger = new Acknowledger();
  for (const acl of network.networkAcls) acknowledger.accept(acl, 'AwsSolutions-VPC3', NETWORK_ACLS);
  acceptKubectl(acknowledger, stack);
  acknowledger.acceptPolicy(child(stack.cluster, 'Role'), 'AmazonEKSClusterPolicy');
  for (const policy of nodePolicies) acknowledger.acceptPolicy(child(stack, 'NodeRole'), policy);
  acceptIdentities(acknowledger, stack, plan);
  return acknowledger.all;
}
