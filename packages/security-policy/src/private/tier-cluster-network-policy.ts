import { Cidr, Labels } from '@viridial/core';
import { PortSpan } from './port-spans';
import { objectMetadata } from './tier-metadata';
import { NamespaceChoice, TierClosing, TierMetadata, TierPeer, TierPolicy } from './tier-model';

/** Most rules of a direction, peers of a rule, networks of a peer and ports of a rule in the definition of ClusterNetworkPolicy. */
const MOST_ITEMS = 25;

/** The two definitions of ClusterNetworkPolicy, which differ in how they write ports. */
export interface ClusterNetworkPolicyDialect {
  readonly apiVersion: string;
  readonly portsKey: string;
  portOf(span: PortSpan): any;
}

/** https://github.com/kubernetes-sigs/network-policy-api, config/crd/standard. */
export const STANDARD: ClusterNetworkPolicyDialect = {
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  portsKey: 'protocols',
  portOf: ({ protocol, from, to }) => ({
    [protocol.toLowerCase()]: { destinationPort: from === to ? { number: from } : { range: { start: from, end: to } } },
  }),
};

/** What EKS installs (aws/amazon-network-policy-controller-k8s, pkg/crd/crds.yaml). */
export const AWS: ClusterNetworkPolicyDialect = {
  apiVersion: 'networking.k8s.aws/v1alpha1',
  portsKey: 'ports',
  portOf: ({ protocol, from, to }) => from === to ? { portNumber: { protocol, port: from } } : { portRange: { protocol, start: from, end: to } },
};

/** The tier as ClusterNetworkPolicies of the Admin tier, which decides before the policies of namespaces. What no rule denies goes on to these. */
export function clusterNetworkPolicyTier(dialect: ClusterNetworkPolicyDialect, policies: TierPolicy[], metadata: TierMetadata): any[] {
  return policies.flatMap((policy) => {
    const ingress = inChunks(rules(dialect, policy.closings, 'ingress'));
    const egress = inChunks(rules(dialect, policy.closings, 'egress'));
    return Array.from({ length: Math.max(ingress.length, egress.length) }, (_, index) => ({
      apiVersion: dialect.apiVersion,
      kind: 'ClusterNetworkPolicy',
      metadata: objectMetadata(`${metadata.platform}-${policy.name}${index === 0 ? '' : `-${index + 1}`}`, policy.reason, metadata),
      spec: {
        tier: 'Admin',
        priority: policy.priority + index,
        subject: { namespaces: labelSelector(policy.subject) },
        ...(ingress[index] ? { ingress: ingress[index] } : {}),
        ...(egress[index] ? { egress: egress[index] } : {}),
      },
    }));
  });
}

function rules(dialect: ClusterNetworkPolicyDialect, closings: TierClosing[], direction: string): any[] {
  const side = direction === 'ingress' ? 'from' : 'to';
  return closings.filter((closing) => closing.direction === direction).flatMap(({ name, peer, ports }) =>
    inChunks(peersOf(peer)).flatMap((peers) => (ports === undefined ? [undefined] : inChunks(ports)).map((spans) => ({
      name, action: 'Deny', [side]: peers, ...(spans ? { [dialect.portsKey]: spans.map((span) => dialect.portOf(span)) } : {}),
    }))));
}

/** There are no exceptions here, so a block without some addresses is written as the blocks that are left. */
function peersOf({ namespaces, addresses, nodes }: TierPeer): any[] {
  if (namespaces) return [{ namespaces: labelSelector(namespaces) }];
  const blocks = nodes ?? addresses!.flatMap(({ block, except }) => Cidr.difference([block], except));
  return inChunks(blocks).map((networks) => ({ networks: networks.map((block) => block.toString()) }));
}

function labelSelector({ platform, otherTenantsThan, names, exceptNames }: NamespaceChoice): any {
  const matchExpressions = [
    ...(otherTenantsThan === undefined ? [] : [
      { key: Labels.TENANT, operator: 'Exists' }, { key: Labels.TENANT, operator: 'NotIn', values: [otherTenantsThan] },
    ]),
    ...(names === undefined ? [] : [{ key: Labels.NAMESPACE_NAME, operator: 'In', values: names }]),
    ...(exceptNames === undefined ? [] : [{ key: Labels.NAMESPACE_NAME, operator: 'NotIn', values: exceptNames }]),
  ];
  return {
    ...(platform === undefined ? {} : { matchLabels: { [Labels.PLATFORM]: platform } }),
    ...(matchExpressions.length > 0 ? { matchExpressions } : {}),
  };
}

function inChunks<T>(list: T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / MOST_ITEMS) }, (_, index) => list.slice(index * MOST_ITEMS, (index + 1) * MOST_ITEMS));
}
