/** What workloads can have of a whole cluster (allocatable, not installed). */
export interface ClusterCapacity {
  /** How many nodes take workloads. */
  readonly nodes: number;

  /** CPU of all of them together, as a quantity: `48`. */
  readonly cpu: string;

  /** Memory of all of them together, as a quantity: `192Gi`. */
  readonly memory: string;

  /** How many pods they hold together. */
  readonly pods: number;
}
