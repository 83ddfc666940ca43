/** One rule of a role. */
export interface FootprintRule {
  /** Verbs, such as `get`. */
  readonly verbs: string[];
  /**
   * API groups.
   * @default - the core group
   */
  readonly apiGroups?: string[];
  /**
   * Resources, subresources as `pods/log`.
   * @default - none
   */
  readonly resources?: string[];
  /**
   * Names of the only objects it covers.
   * @default - every object
   */
  readonly resourceNames?: string[];
  /**
   * Paths beside the resources, such as `/metrics`.
   * @default - none
   */
  readonly nonResourceUrls?: string[];
}

/** A service account that an add-on brings, with everything it may do at the API server. */
export interface FootprintAccount {
  /** Name of the service account. */
  readonly name: string;
  /**
   * Rules that hold in every namespace and for cluster-wide objects.
   * @default - none
   */
  readonly clusterRules?: FootprintRule[];
  /**
   * Rules that hold in the add-on's own namespace.
   * @default - none
   */
  readonly rules?: FootprintRule[];
  /**
   * ClusterRoles of Kubernetes itself that the account is bound to, such as `system:auth-delegator`.
   * @default - none
   */
  readonly clusterRoles?: string[];
  /**
   * Why its cluster rules, when a proof objects to them, are what the chart needs: reasons by the id of the rule, such as
   * `WildcardRole`. `EscalationPath` is about what its rules of either sort lead to.
   * @default - none
   */
  readonly accepted?: { [ruleId: string]: string };
}
