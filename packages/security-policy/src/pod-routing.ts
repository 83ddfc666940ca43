/** How the traffic of pods crosses from node to node. */
export enum PodRouting {
  /** Wrapped in VXLAN: between nodes only the addresses of nodes are seen. */
  VXLAN = 'vxlan',
  /** Wrapped in Geneve, which Cilium can do: between nodes only the addresses of nodes are seen. */
  GENEVE = 'geneve',
  /** Wrapped in IP, which Calico and kube-router can do for IPv4: between nodes only the addresses of nodes are seen. */
  IPIP = 'ipip',
  /** As it is: between nodes the addresses of pods are seen. */
  NATIVE = 'native',
}
