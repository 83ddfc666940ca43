import { EnvironmentBudget } from './environment-budget';
import { ScopedBudget } from './scoped-budget';

/**
 * What all namespaces of a tenant may use together. It is split over them, and no split ever adds up to more than is said
 * here, because Kubernetes itself knows quotas of one namespace only.
 */
export interface Budget {
  /** CPU, as a quantity of cores: `8`, `500m`. It bounds requests and limits alike, so that nobody lives on over-commitment. */
  readonly cpu: string;
  /** Memory, as a quantity of bytes: `16Gi`. It bounds requests and limits alike. */
  readonly memory: string;
  /**
   * Storage of all persistent volume claims, as a quantity of bytes: `100Gi`.
   * @default - 10Gi for each namespace
   */
  readonly storage?: string;
  /**
   * Storage on the disks of nodes: logs, `emptyDir` volumes and writable layers of containers, as a quantity of bytes. It
   * bounds requests and limits alike; a pod that grows above its limit is evicted.
   * @default - not bounded
   */
  readonly ephemeralStorage?: string;
  /**
   * Pods that are not finished.
   * @default - 30 for each namespace
   */
  readonly pods?: number;
  /**
   * Persistent volume claims.
   * @default - 10 for each namespace
   */
  readonly persistentVolumeClaims?: number;
  /**
   * Services.
   * @default - 20 for each namespace
   */
  readonly services?: number;
  /**
   * Services of type LoadBalancer. Each exposes pods outside the cluster, past the ingress, and usually costs money.
   * @default 0
   */
  readonly loadBalancers?: number;
  /**
   * Ports of services on every node. Each exposes pods to whoever reaches the nodes. A service of type LoadBalancer needs
   * one for each of its ports, unless it sets `allocateLoadBalancerNodePorts: false`.
   * @default 0
   */
  readonly nodePorts?: number;
  /**
   * ConfigMaps, the one that Kubernetes puts into every namespace included.
   * @default - 50 for each namespace
   */
  readonly configMaps?: number;
  /**
   * Secrets.
   * @default - 50 for each namespace
   */
  readonly secrets?: number;
  /**
   * Numbers of further objects by the name that quotas have for them: `count/jobs.batch`, `requests.nvidia.com/gpu`.
   * @default - none is bounded
   */
  readonly objects?: { [resource: string]: number };
  /**
   * Weights of the tenant's environments, by their name: `{ staging: 1, production: 3 }`. What `environments` states is
   * taken away first.
   * @default - all environments weigh the same
   */
  readonly shares?: { [environment: string]: number };
  /**
   * Amounts that an environment has exactly, by its name. The other environments share what is left; together they never
   * exceed the budget.
   * @default - everything is split by shares
   */
  readonly environments?: { [environment: string]: EnvironmentBudget };
  /**
   * Narrower bounds of some of the pods, such as those of jobs or of a priority class. Split by shares like the budget.
   * @default - all pods draw on the budget alike
   */
  readonly scopes?: ScopedBudget[];
}
