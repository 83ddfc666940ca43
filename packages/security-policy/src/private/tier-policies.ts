import { Cidr, ClusterProfile } from '@viridial/core';
import { ClusterTierNamespace } from '../cluster-tier-props';
import { clusterRanges } from './cluster-ranges';
import { EVERY_PORT, PortSpan, subtract } from './port-spans';
import { nodeConsents, PeerConsents, peerConsents } from './tier-consents';
import { closedLinkLocal, namedLinkLocal } from './tier-link-local';
import { NamespaceChoice, TierClosing, TierPolicy } from './tier-model';

const LINK_LOCAL_PRIORITY = 100;
const TENANT_PRIORITY = 200;

/** What the tier of a platform is made from, checked and sorted by name. */
export interface TierInput {
  readonly platform: string;
  readonly profile: ClusterProfile;
  readonly namespaces: ClusterTierNamespace[];
  /** The tenant of each of them that has one, and nothing of the others. */
  readonly tenants: Map<string, string | undefined>;
  /** The namespaces whose own policies alone are wanted. */
  readonly only?: ReadonlySet<string>;
  /** Ports of nodes that stay closed for tenants; empty when they are not closed. */
  readonly nodePorts: PortSpan[];
}

/** The policies of the tier, each for the namespaces that share it. Their number and size grow with namespaces and flows, not with pairs of tenants. */
export function tierPolicies(input: TierInput): TierPolicy[] {
  const wanted = input.namespaces.filter(({ namespace }) => input.only?.has(namespace) ?? true);
  const ofTenants = wanted.flatMap((each) => each.tenant === undefined ? [] : tenantPolicy(input, each, each.tenant));
  return [...(input.only ? [] : linkLocalPolicies(input)), ...ofTenants];
}

/** One policy for the whole platform, and one for each namespace whose flows name such an address. */
function linkLocalPolicies({ platform, profile, namespaces }: TierInput): TierPolicy[] {
  const special = namespaces.map(({ namespace, flows }) => ({ namespace, named: namedLinkLocal(flows) })).filter(({ named }) => named.length > 0);
  const policy = (name: string, reason: string, subject: NamespaceChoice, named: Cidr[]): TierPolicy[] => {
    const addresses = closedLinkLocal(profile, named);
    if (addresses.length === 0) return [];
    return [{ name, reason, subject, priority: LINK_LOCAL_PRIORITY, closings: [{ name: 'link-local', direction: 'egress', peer: { addresses } }] }];
  };
  return [
    ...policy('link-local', 'the credentials of the node are not for pods', {
      platform, ...(special.length > 0 ? { exceptNames: special.map(({ namespace }) => namespace) } : {}),
    }, []),
    ...special.flatMap(({ namespace, named }) => policy(
      `link-local-of-${namespace}`, `of the addresses of the node, ${namespace} has flows to ${named.map((block) => block.toString()).join(', ')} alone`,
      { platform, names: [namespace] }, named,
    )),
  ];
}

function tenantPolicy(input: TierInput, { namespace, flows }: ClusterTierNamespace, tenant: string): TierPolicy[] {
  const nodePorts = subtract(input.nodePorts, nodeConsents(flows, input.profile));
  const { nodes, apiServers } = clusterRanges(input.profile);
  const closings: TierClosing[] = [
    ...tenantClosings(input, tenant, 'ingress', peerConsents(flows, input.profile, true)),
    ...tenantClosings(input, tenant, 'egress', peerConsents(flows, input.profile, false)),
    ...(nodePorts.length === 0 ? [] : [{
      name: 'node-ports', direction: 'egress' as const, peer: { nodes: Cidr.summarise([...nodes, ...apiServers]) }, ports: nodePorts,
    }]),
  ];
  const reason = `${namespace} talks to other tenants only as its flows say, whatever its own policies allow`;
  return [{ name: `tenant-${namespace}`, reason, subject: { platform: input.platform, names: [namespace] }, priority: TENANT_PRIORITY, closings }];
}

/** Everything of other tenants that no flow names, and the other ports of what some flow names. */
function tenantClosings(input: TierInput, tenant: string, direction: 'ingress' | 'egress', consents: PeerConsents): TierClosing[] {
  const peers = [...consents.byNamespace.keys()].sort().filter((peer) => isOther(input, peer, tenant));
  const byPorts = new Map<string, { names: string[]; ports: PortSpan[] }>();
  for (const peer of peers) {
    const ports = subtract(EVERY_PORT, [...consents.byNamespace.get(peer)!, ...consents.everywhere]);
    if (ports.length === 0) continue;
    const key = JSON.stringify(ports);
    const group = byPorts.get(key) ?? { names: [], ports };
    group.names.push(peer);
    byPorts.set(key, group);
  }
  const rest = subtract(EVERY_PORT, consents.everywhere);
  // of any platform: the tenants of another one on the same cluster are others as well
  const others: NamespaceChoice = { otherTenantsThan: tenant, ...(peers.length > 0 ? { exceptNames: peers } : {}) };
  return [
    ...(rest.length === 0 ? [] : [{ name: 'other-tenants', direction, peer: { namespaces: others }, ...(consents.everywhere.length > 0 ? { ports: rest } : {}) }]),
    ...[...byPorts.keys()].sort().map((key) => byPorts.get(key)!)
      .map(({ names, ports }): TierClosing => ({ name: `other-ports-of-${names[0]}`, direction, peer: { namespaces: { names } }, ports })),
  ];
}

/** Whether a namespace is another tenant's; of one that is not the platform's nobody knows. */
function isOther({ tenants }: TierInput, namespace: string, tenant: string): boolean {
  return !tenants.has(namespace) || ![undefined, tenant].includes(tenants.get(namespace));
}
