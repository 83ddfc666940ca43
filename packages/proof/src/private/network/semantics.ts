import { Cidr, ClusterProfile, Cni } from '@viridial/core';
import { Address, AddressBlock, AddressBoundaries, AddressRange, inRange, rangeOf } from './address';

/**
 * What NetworkPolicy v1 leaves to the network plugin.
 *
 * Without a profile the specification is taken at its word: rules with selectors are about pods, rules with blocks are
 * about addresses outside, and pods on the host network are pods as any other. With a profile the plugin decides.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods
 */
export class NetworkSemantics {
  /** A pod on the host network is its node: no policy applies to it and no selector finds it. */
  public readonly hostNetworkIsNode: boolean;

  private readonly blocksMatchPods: boolean;
  private readonly pods: AddressRange[];
  private readonly nodes: AddressRange[];

  /** Addresses that the plugin knows as somebody, so that blocks do not match them. */
  private readonly known: AddressRange[];

  private readonly boundaries: AddressBoundaries;

  /**
   * @param profile the cluster; absent to take the specification at its word
   * @param blocks the blocks of all policies
   */
  constructor(profile: ClusterProfile | undefined, blocks: AddressBlock[]) {
    const ranges = (cidrs: string[] | undefined) => (cidrs ?? []).map((cidr) => rangeOf(Cidr.parse(cidr)));
    this.hostNetworkIsNode = profile !== undefined;
    // Cilium gives pods, nodes and the API server identities, and blocks only match what has none (cilium/cilium#16308, #20550)
    this.blocksMatchPods = profile !== undefined && profile.cni !== Cni.CILIUM;
    this.pods = ranges(profile?.podCidrs);
    this.nodes = ranges(profile?.nodeCidrs);
    this.known = profile?.cni === Cni.CILIUM ? [...this.pods, ...this.nodes, ...ranges(profile.apiServerCidrs)] : [];
    this.boundaries = new AddressBoundaries(blocks);
  }

  /** Addresses that blocks see of a pod: those it has, or any that it may get. */
  public addressesOfPod(own: AddressRange[], hostNetwork: boolean): Address[] {
    if (!this.blocksMatchPods) return [];
    const ranges = own.length > 0 ? own : hostNetwork ? this.nodes : this.pods;
    return ranges.flatMap((range) => this.boundaries.representatives(range)).map((address) => this.boundaries.canonical(address));
  }

  /**
   * Addresses of a range outside the manifests, one for each stretch on which the given blocks answer the same.
   *
   * @param range the range
   * @param blocks the blocks of the policies that will be asked about them
   */
  public addressesOutside(range: AddressRange, blocks: AddressBlock[]): Address[] {
    const known = this.known.map((own) => ({ range: own, except: [] }));
    return new AddressBoundaries([...blocks, ...known]).representatives(range)
      .map((address) => ({ ...address, hidden: this.known.some((own) => inRange(address, own)) }));
  }
}
