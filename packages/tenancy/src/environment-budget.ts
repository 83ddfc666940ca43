/**
 * What one environment of a tenant has exactly, in the words of `Budget`. What is not said is split by shares.
 */
export interface EnvironmentBudget {
  /**
   * CPU, as a quantity of cores.
   * @default - split by shares
   */
  readonly cpu?: string;
  /**
   * Memory, as a quantity of bytes.
   * @default - split by shares
   */
  readonly memory?: string;
  /**
   * Storage of all persistent volume claims, as a quantity of bytes.
   * @default - split by shares
   */
  readonly storage?: string;
  /**
   * Storage on the disks of nodes, as a quantity of bytes.
   * @default - split by shares
   */
  readonly ephemeralStorage?: string;
  /**
   * Pods that are not finished.
   * @default - split by shares
   */
  readonly pods?: number;
  /**
   * Persistent volume claims.
   * @default - split by shares
   */
  readonly persistentVolumeClaims?: number;
  /**
   * Services.
   * @default - split by shares
   */
  readonly services?: number;
  /**
   * Services of type LoadBalancer. Each exposes pods outside the cluster, past the ingress.
   * @default - split by shares
   */
  readonly loadBalancers?: number;
  /**
   * Ports of services on every node. Each exposes pods to whoever reaches the nodes.
   * @default - split by shares
   */
  readonly nodePorts?: number;
  /**
   * ConfigMaps.
   * @default - split by shares
   */
  readonly configMaps?: number;
  /**
   * Secrets.
   * @default - split by shares
   */
  readonly secrets?: number;
  /**
   * Numbers of further objects by the name that quotas have for them.
   * @default - split by shares
   */
  readonly objects?: { [resource: string]: number };
}
