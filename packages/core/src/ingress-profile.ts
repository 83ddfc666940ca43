/** How traffic from outside reaches pods. */
export interface IngressProfile {
  /** Name of the IngressClass. */
  readonly className: string;

  /**
   * Whether the controller runs on the network of its nodes; its traffic then comes from node addresses, not from a pod.
   *
   * @default false
   */
  readonly hostNetwork?: boolean;

  /**
   * Namespace of the controller's pods.
   *
   * @default - traffic does not come from a pod of the cluster, or the namespace is not known
   */
  readonly namespace?: string;

  /**
   * Where traffic to pods comes from when it is not a pod: the subnets of an application load balancer with IP targets.
   *
   * @default - traffic comes from a pod or from the nodes
   */
  readonly sourceCidrs?: string[];
}
