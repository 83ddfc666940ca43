/** What a Service of type LoadBalancer gets. */
export enum LoadBalancerKind {
  /** Nothing: such a Service stays pending. */
  NONE = 'none',

  /** A load balancer of the cloud. */
  CLOUD = 'cloud',

  /** An address announced on the local network. */
  L2 = 'l2',
}
