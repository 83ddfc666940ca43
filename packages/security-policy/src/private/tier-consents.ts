import { Cidr, ClusterProfile, Cni, NetworkPort, NetworkProtocol } from '@viridial/core';
import { Flow } from '../flow';
import { FlowKind } from '../flow-kind';
import { clusterRanges, LINK_LOCAL } from './cluster-ranges';
import { EVERY_PORT, merge, PortSpan, spansOf } from './port-spans';

/** What the flows of a namespace agree to, in one direction. */
export interface PeerConsents {
  /** Ports by the other namespace. */
  readonly byNamespace: Map<string, PortSpan[]>;
  /** Ports of every namespace of the platform, for somebody who scrapes it. */
  readonly everywhere: PortSpan[];
}

const ANY_TCP: NetworkPort[] = [{ protocol: NetworkProtocol.TCP }];

/**
 * The namespaces that may call, or be called. Labels of pods do not count here: the tenant who makes a pod gives it its
 * labels, so that they are no boundary between tenants; the NetworkPolicies of the namespace keep to them.
 */
export function peerConsents(flows: Flow[], profile: ClusterProfile, into: boolean): PeerConsents {
  const byNamespace = new Map<string, PortSpan[]>();
  const agree = (namespace: string | undefined, spans: PortSpan[]): void => {
    if (namespace !== undefined) byNamespace.set(namespace, merge([...byNamespace.get(namespace) ?? [], ...spans]));
  };
  for (const { kind, namespace, ports } of flows) {
    if (into && kind === FlowKind.NAMESPACE_IN) agree(namespace, openSpans(ports));
    if (into && kind === FlowKind.METRICS_IN) agree(namespace, spansOf(ports ?? ANY_TCP));
    if (into && kind === FlowKind.INGRESS_IN) agree(profile.ingress?.namespace, spansOf(ports ?? ANY_TCP));
    if (!into && kind === FlowKind.NAMESPACE_OUT) agree(namespace, openSpans(ports));
  }
  const scraping = into ? [] : flows.filter(({ kind }) => kind === FlowKind.METRICS_OUT);
  return { byNamespace, everywhere: merge(scraping.flatMap(({ ports }) => spansOf(ports ?? ANY_TCP))) };
}

/** The ports of nodes and of the API server that flows agree to. */
export function nodeConsents(flows: Flow[], profile: ClusterProfile): PortSpan[] {
  const { nodes, apiServers } = clusterRanges(profile);
  // for Cilium a link-local address is the node itself
  const hosts = [...nodes, ...apiServers, ...(profile.cni === Cni.CILIUM ? LINK_LOCAL : [])];
  return merge(flows.flatMap(({ kind, ports, cidr }) => {
    if (kind === FlowKind.KUBE_API_SERVER) return spansOf([{ port: profile.apiServerPort }]);
    if (kind !== FlowKind.CIDR_OUT) return [];
    const block = Cidr.parse(cidr!);
    return hosts.some((host) => host.overlaps(block)) ? openSpans(ports) : [];
  }));
}

function openSpans(ports: NetworkPort[] | undefined): PortSpan[] {
  return ports === undefined ? EVERY_PORT : spansOf(ports);
}
