/** How the traffic of pods crosses from node to node. */
export enum PodRouting {
  /** Wrapped in VXLAN: between nodes only the addresses of nodes are seen. */
  VXLAN = 'vxlan',
  /** As it is: between nodes the addresses of pods are seen. */
  NATIVE = 'native',
}
