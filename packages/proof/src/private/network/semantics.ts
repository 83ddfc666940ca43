import { Cidr, ClusterProfile, Cni, IpVersion } from '@viridial/core';
import { Address, AddressBlock, AddressBoundaries, AddressRange, inRange, rangeOf } from './address';
import { Entity, Position } from './position';

/**
 * What NetworkPolicy v1 leaves to the network plugin, and whom the plugin knows by something else than labels.
 *
 * Without a profile the specification is taken at its word: rules with selectors are about pods, rules with blocks are
 * about addresses outside, and pods on the host network are pods as any other. With a profile the plugin decides.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods
 */
export class NetworkSemantics {
  /** A pod on the host network is its node: no policy applies to it and no selector finds it. */
  public readonly hostNetworkIsNode: boolean;

  private readonly identities: boolean;
  private readonly blocksMatchPods: boolean;
  private readonly pods: AddressRange[];
  private readonly nodes: AddressRange[];
  private readonly apiServers: AddressRange[];
  private readonly boundaries: AddressBoundaries;

  /**
   * @param profile the cluster; absent to take the specification at its word
   * @param blocks the blocks of all policies
   */
  constructor(profile: ClusterProfile | undefined, blocks: AddressBlock[]) {
    const ranges = (cidrs: string[] | undefined) => (cidrs ?? []).map((cidr) => rangeOf(Cidr.parse(cidr)));
    this.hostNetworkIsNode = profile !== undefined;
    // Cilium gives pods, nodes and the API server identities, and blocks only match what has none (cilium/cilium#16308, #20550)
    this.identities = profile?.cni === Cni.CILIUM;
    this.blocksMatchPods = profile !== undefined && !this.identities;
    this.pods = ranges(profile?.podCidrs);
    this.nodes = ranges(profile?.nodeCidrs);
    this.apiServers = ranges(profile?.apiServerCidrs);
    this.boundaries = new AddressBoundaries([...blocks, ...this.known()]);
  }

  /** Positions of a pod: at the addresses it has, or at any that it may get. */
  public positionsOfPod(own: AddressRange[], hostNetwork: boolean): Position[] {
    if (hostNetwork && this.hostNetworkIsNode) return this.positionsOfNode(own);
    if (this.identities) return [POD];
    if (!this.blocksMatchPods) return [];
    return this.addressesIn(own.length > 0 ? own : this.pods).map((address) => ({ address, entities: [] }));
  }

  /**
   * Positions in a range outside the manifests, one for each stretch on which the given blocks answer the same.
   *
   * @param range the range
   * @param blocks the blocks of the policies that will be asked about them
   */
  public positionsOutside(range: AddressRange, blocks: AddressBlock[]): { readonly address: Address; readonly position: Position }[] {
    return new AddressBoundaries([...blocks, ...this.known()]).representatives(range)
      .map((address) => ({ address, position: this.positionAt(address) }));
  }

  /** A pod on the host network runs on some node: to other pods the one they run on too, or another one. */
  private positionsOfNode(own: AddressRange[]): Position[] {
    const addresses = this.addressesIn(own.length > 0 ? own : this.nodes);
    if (!this.identities) return addresses.length === 0 ? [REMOTE_NODE] : addresses.map((address) => ({ address, entities: ['remote-node'] }));
    const remote = addresses.map((address) => new Set<Entity>(['remote-node', 'cluster', ...this.apiServerAt(address)]));
    const all = remote.length === 0 ? [new Set<Entity>(['remote-node', 'cluster'])] : remote;
    const local = all.map((entities) => new Set<Entity>(['host', ...[...entities].filter((entity) => entity !== 'remote-node')]));
    return [...new Map([...all, ...local].map((entities): [string, Position] => [[...entities].join(), { entities: [...entities] }])).values()];
  }

  private positionAt(address: Address): Position {
    const isNode = isIn(address, this.nodes);
    if (!this.identities) return { address, entities: isNode ? ['remote-node'] : [] };
    if (isNode) return { entities: ['remote-node', 'cluster', ...this.apiServerAt(address)] };
    if (isIn(address, this.apiServers)) return { entities: ['cluster', 'kube-apiserver'] };
    if (isIn(address, this.pods)) return POD;
    return { address, entities: ['world', address.version === IpVersion.IPV4 ? 'world-ipv4' : 'world-ipv6'] };
  }

  private apiServerAt(address: Address): Entity[] {
    return isIn(address, this.apiServers) ? ['kube-apiserver'] : [];
  }

  private addressesIn(ranges: AddressRange[]): Address[] {
    return ranges.flatMap((range) => this.boundaries.representatives(range)).map((address) => this.boundaries.canonical(address));
  }

  private known(): AddressBlock[] {
    return [...this.pods, ...this.nodes, ...this.apiServers].map((range) => ({ range, except: [] }));
  }
}

/** A pod to a plugin that knows pods by identity. */
const POD: Position = { entities: ['cluster'] };

/** A node whose address is not known. */
const REMOTE_NODE: Position = { entities: ['remote-node'] };

function isIn(address: Address, ranges: AddressRange[]): boolean {
  return ranges.some((range) => inRange(address, range));
}
