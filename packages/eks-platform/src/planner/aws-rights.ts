import { Installation, WorkloadIdentity } from '@viridial/platform-addons';
import { DnsNames, dnsRights } from './dns-rights';
import { loadBalancerRights } from './load-balancer-rights';
import { PodIdentityPlan, PolicyStatementPlan } from '../plan/pod-identity-plan';

/** What the rights of add-ons depend on. */
export interface RightsContext {
  /** Partition of the region: `aws`. */
  readonly partition: string;
  /** Region of the cluster. */
  readonly region: string;
  /** Name of the cluster. */
  readonly clusterName: string;
  /** Zones in which external-dns may write; empty for all. */
  readonly hostedZoneIds: readonly string[];
  /** Names that the platform publishes. */
  readonly names: DnsNames;
}

/** The account of the stack, known when it is deployed. */
export const ACCOUNT = '${AWS::AccountId}';

/** Partition of a region: ARNs begin with it. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}

/** Rights of the add-ons that EKS manages or needs beside the platform's own. */
const CNI: PodIdentityPlan = {
  addOn: 'vpc-cni',
  namespace: 'kube-system',
  serviceAccount: 'aws-node',
  managedPolicies: ['AmazonEKS_CNI_Policy'],
  statements: [],
  reason: 'the network plugin attaches interfaces to nodes and takes addresses for pods',
};

/** Rights that are narrower than what the add-on asks for by itself, by the name of the add-on. */
function ownRights(name: string, context: RightsContext): Pick<PodIdentityPlan, 'managedPolicies' | 'statements'> | undefined {
  switch (name) {
    case 'aws-load-balancer-controller':
      return { managedPolicies: [], statements: loadBalancerRights(context.partition, context.region, context.clusterName) };
    case 'aws-ebs-csi-driver':
      // the successor of service-role/AmazonEBSCSIDriverPolicy: volumes that carry the driver's tag, no others
      return { managedPolicies: ['AmazonEBSCSIDriverPolicyV2'], statements: [] };
    case 'external-dns':
      return { managedPolicies: [], statements: dnsRights(context.partition, context.hostedZoneIds, context.names) };
    default:
      return undefined;
  }
}

/** An add-on knows neither region nor account and asks for all of them; this cluster is in one. */
function narrowed(resource: string, { partition, region }: RightsContext): string {
  return resource.replace(/^arn:aws:/, `arn:${partition}:`).replace(/^(arn:[^:]+:[^:]+):\*:\*:/, `$1:${region}:${ACCOUNT}:`);
}

function statementsOf(identity: WorkloadIdentity, context: RightsContext): PolicyStatementPlan[] {
  return (identity.statements ?? []).map((statement, index) => ({
    sid: `Statement${index + 1}`,
    actions: [...statement.actions].sort(),
    resources: statement.resources.map((resource) => narrowed(resource, context)).sort(),
  }));
}

/** The load balancer controller asks for rights nowhere in its chart, so that its service account is named here. */
function identitiesOf(installation: Installation): WorkloadIdentity[] {
  if (installation.name !== 'aws-load-balancer-controller' || installation.identities.length > 0) return installation.identities;
  return [{
    namespace: installation.namespace,
    serviceAccount: installation.values.serviceAccount?.name ?? installation.name,
    purpose: 'the AWS Load Balancer Controller makes load balancers for Ingresses',
  }];
}

/** Service accounts with AWS rights, sorted by add-on. */
export function planPodIdentities(installations: readonly Installation[], context: RightsContext): PodIdentityPlan[] {
  const asked = installations.flatMap((installation) => identitiesOf(installation).map((identity) => ({
    addOn: installation.name,
    namespace: identity.namespace,
    serviceAccount: identity.serviceAccount,
    managedPolicies: [...identity.managedPolicies ?? []],
    statements: statementsOf(identity, context),
    reason: identity.purpose,
    ...ownRights(installation.name, context),
  })));
  const key = (one: PodIdentityPlan) => `${one.addOn} ${one.namespace} ${one.serviceAccount}`;
  return [CNI, ...asked].sort((a, b) => key(a) < key(b) ? -1 : 1);
}
