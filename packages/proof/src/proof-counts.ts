/** How much was judged. */
export interface ProofCounts {
  /** Objects of kinds that are judged, by kind: `NetworkPolicy.networking.k8s.io`. */
  readonly judged: { [kind: string]: number };

  /**
   * Objects of other kinds, by kind. Their effect is no part of the verdict; without a profile, policies of network
   * plugins (`CiliumNetworkPolicy.cilium.io`) are among them.
   */
  readonly unknown: { [kind: string]: number };

  /** Expectations that were judged. */
  readonly expectations: number;

  /** Expectations that do not hold. */
  readonly brokenExpectations: number;
}
