/** What the quotas of some namespaces allow together. */
export interface BudgetTotal {
  /**
   * The environment.
   * @default - the shared namespaces
   */
  readonly environment?: string;
  /** Namespaces with a quota that are in the total, sorted. */
  readonly namespaces: string[];
  /** Namespaces without a quota, which can take the whole cluster, sorted. */
  readonly unbounded: string[];
  /** Amounts by resource, as quotas name them: `limits.cpu`, `requests.storage`, `pods`. */
  readonly amounts: { [resource: string]: string };
}

/** What all quotas of a cluster promise of a resource, against what the cluster has of it. */
export interface Commitment {
  /** The resource: `cpu`, `memory` or `pods`. */
  readonly resource: string;
  /** What the quotas allow together. */
  readonly promised: string;
  /** What workloads can have of all nodes together. */
  readonly capacity: string;
  /** How many times the capacity is promised: above 1 it is over-committed. */
  readonly factor: number;
}
