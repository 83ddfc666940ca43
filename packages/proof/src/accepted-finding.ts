/**
 * Something that a proof objects to and that is accepted: it is true, it is known, and there is no way around it.
 *
 * Accepted is one rule on one object, with the reason; the same rule on any other object stays a finding.
 */
export interface AcceptedFinding {
  /** Id of the rule, such as `WildcardRole`. */
  readonly ruleId: string;

  /** The object, as findings name it: `ClusterRole.rbac.authorization.k8s.io operator`. */
  readonly object: string;

  /** Why it is accepted, in a sentence. */
  readonly reason: string;

  /**
   * Whether it depends on what else is among the manifests, so that it is no finding when there is nothing to accept.
   *
   * @default false
   */
  readonly occasional?: boolean;
}
