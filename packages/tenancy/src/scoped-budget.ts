/** Which pods a bound is for (https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes). */
export enum QuotaScope {
  /** Pods with an `activeDeadlineSeconds`: jobs that end. */
  TERMINATING = 'Terminating',
  /** Pods without one: what runs until it is stopped. */
  NOT_TERMINATING = 'NotTerminating',
  /** Pods without any request or limit. Only their number can be bounded. */
  BEST_EFFORT = 'BestEffort',
  /** Pods with a request or a limit. */
  NOT_BEST_EFFORT = 'NotBestEffort',
  /** Pods of the priority classes that `priorityClasses` names. */
  PRIORITY_CLASS = 'PriorityClass',
  /** Pods that want to be near, or far from, pods of other namespaces, and can keep those from being scheduled. Only their number can be bounded. */
  CROSS_NAMESPACE_POD_AFFINITY = 'CrossNamespacePodAffinity',
}

/** A narrower bound for some of a tenant's pods; they count against the budget as well. */
export interface ScopedBudget {
  /** The pods that are meant. */
  readonly scope: QuotaScope;
  /**
   * The priority classes that are meant, for `QuotaScope.PRIORITY_CLASS`.
   * @default - none, which is right for the other scopes
   */
  readonly priorityClasses?: string[];
  /**
   * CPU, as a quantity of cores; it bounds requests and limits alike.
   * @default - as much as the budget allows
   */
  readonly cpu?: string;
  /**
   * Memory, as a quantity of bytes; it bounds requests and limits alike.
   * @default - as much as the budget allows
   */
  readonly memory?: string;
  /**
   * Pods that are not finished.
   * @default - as many as the budget allows
   */
  readonly pods?: number;
}
