import { Cidr, ClusterProfile, Cni, IpVersion, NetworkParty, NetworkPort, NetworkProtocol } from '@viridial/core';
import { Flow } from '../flow';
import { FlowKind } from '../flow-kind';
import { NetworkPolicyProps } from '../network-policies';
import { clusterRanges, METADATA_RANGES } from './cluster-ranges';

/** One side that a flow lets in, or that the pods of the flow may call. */
export interface Opening {
  readonly flow: Flow;
  readonly into: boolean;
  /** Whom the promise names; of a block that loses parts, one part that stands for the rest. */
  readonly party: NetworkParty;
  /** The whole block that a person or the profile named. */
  readonly block?: Cidr;
  /** Absent means every port of every protocol. */
  readonly ports?: NetworkPort[];
}

const ANY_TCP: NetworkPort[] = [{ protocol: NetworkProtocol.TCP }];
const DNS: NetworkPort[] = [{ port: 53, protocol: NetworkProtocol.TCP }, { port: 53, protocol: NetworkProtocol.UDP }];

/** Namespace of the cluster's DNS, which is part of no platform. */
export const DNS_NAMESPACE = 'kube-system';

/** Addresses that are on the internet for everybody and that nobody has (RFC 5737, RFC 3849). */
const INTERNET_SAMPLES = ['198.51.100.1/32', '2001:db8::1/128'];

/** Everything that the flows of a namespace open. Scraping a whole platform names nobody, and opens nothing here. */
export function openingsOf({ namespace, flows, profile }: NetworkPolicyProps): Opening[] {
  return flows.flatMap((flow) => openings(flow, namespace, profile));
}

/**
 * Whether an opening to addresses reaches pods as well, whatever their namespace: where pods share subnets with what was
 * meant (VPC CNI), a block cannot tell them apart. Cilium never matches pods by address.
 */
export function reachesPods({ block, flow }: Opening, profile: ClusterProfile): boolean {
  if (block === undefined || profile.cni === Cni.CILIUM) return false;
  const { pods, dedicatedPods } = clusterRanges(profile);
  const takenOut = flow.cidr !== undefined && (dedicatedPods || block.prefix === 0);
  return !takenOut && pods.some((pod) => pod.overlaps(block));
}

/** Samples of the internet for the IP versions of the pods. */
export function internetSamples(profile: ClusterProfile): Cidr[] {
  return ofVersions(profile, INTERNET_SAMPLES.map((text) => Cidr.parse(text)));
}

/** The blocks of the IP versions that pods speak. */
export function ofVersions({ podCidrs, serviceCidrs }: ClusterProfile, blocks: Cidr[]): Cidr[] {
  const known = [podCidrs, serviceCidrs].find((cidrs) => cidrs.length > 0) ?? [];
  const versions = known.map((cidr) => cidr.includes(':') ? IpVersion.IPV6 : IpVersion.IPV4);
  return blocks.filter(({ version }) => versions.length === 0 || versions.includes(version));
}

function openings(flow: Flow, namespace: string, profile: ClusterProfile): Opening[] {
  const { ports } = flow;
  const into = (parties: Side[], open?: NetworkPort[]): Opening[] => parties.map((side) => ({ flow, into: true, ports: open, ...side }));
  const outOf = (parties: Side[], open?: NetworkPort[]): Opening[] => parties.map((side) => ({ flow, into: false, ports: open, ...side }));
  const peer = [{ party: { namespace: flow.namespace, podLabels: flow.peerPodLabels } }];
  switch (flow.kind) {
    case FlowKind.DNS: return outOf(dnsSides(profile), DNS);
    case FlowKind.KUBE_API_SERVER: return outOf(blockSides(profile.apiServerCidrs), [{ ...ANY_TCP[0], port: profile.apiServerPort }]);
    case FlowKind.WEBHOOK_IN: return into(blockSides(profile.apiServerCidrs), ports);
    case FlowKind.INGRESS_IN: return into(ingressSides(profile), ports ?? ANY_TCP);
    case FlowKind.METRICS_IN: return into(peer, ports ?? ANY_TCP);
    case FlowKind.SAME_NAMESPACE: return into([{ party: { namespace, podLabels: flow.podLabels } }]);
    case FlowKind.NAMESPACE_IN: return into(peer, ports);
    case FlowKind.NAMESPACE_OUT: return outOf(peer, ports);
    case FlowKind.INTERNET: return outOf(internetSamples(profile).map((sample) => ({ party: { cidr: sample.toString() } })), ports);
    case FlowKind.CIDR_IN: return into(cidrSides(flow, profile), ports);
    case FlowKind.CIDR_OUT: return outOf(cidrSides(flow, profile), ports);
    // the namespaces that are scraped promise it, each for itself
    case FlowKind.METRICS_OUT: return [];
    case FlowKind.METADATA_DENY: return [];
  }
}

type Side = Pick<Opening, 'block' | 'party'>;

function dnsSides(profile: ClusterProfile): Side[] {
  const pods = (name: string): Side => ({ party: { namespace: DNS_NAMESPACE, podLabels: { 'k8s-app': name } } });
  if (profile.nodeLocalDns === undefined) return [pods('kube-dns')];
  if (profile.cni === Cni.CILIUM) return [pods('kube-dns'), pods('node-local-dns')];
  return [pods('kube-dns'), ...blockSides(clusterRanges(profile).nodeLocalDns.map((block) => block.toString()))];
}

function ingressSides({ cni, ingress, nodeCidrs }: ClusterProfile): Side[] {
  if (ingress?.sourceCidrs?.length) return blockSides(ingress.sourceCidrs);
  // the proxies of Cilium's own ingress are no pods, and their addresses are not known
  if (cni === Cni.CILIUM && ingress?.className === 'cilium') return [];
  return ingress?.hostNetwork ? blockSides(nodeCidrs) : [{ party: { namespace: ingress?.namespace } }];
}

function blockSides(cidrs: string[]): Side[] {
  return [...cidrs].sort().map((cidr) => ({ party: { cidr }, block: Cidr.parse(cidr) }));
}

/** A wide block keeps pods and the metadata service closed, so the promise names a part that is left. */
function cidrSides(flow: Flow, profile: ClusterProfile): Side[] {
  const block = Cidr.parse(flow.cidr!);
  const closed = [...profile.podCidrs.map((text) => Cidr.parse(text)), ...(flow.instanceMetadata ? [] : METADATA_RANGES)];
  const [part] = Cidr.difference([block], closed.filter((range) => block.contains(range) && !range.isEqualTo(block)));
  return [{ party: { cidr: part.toString() }, block }];
}
