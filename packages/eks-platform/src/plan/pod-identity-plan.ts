/** One statement of an IAM policy. */
export interface PolicyStatementPlan {
  /** Name of the statement within the policy. */
  readonly sid: string;

  /** IAM actions. */
  readonly actions: string[];

  /** ARNs, in which `${AWS::AccountId}` stands for the account of the stack, or `*` where the actions know no resource. */
  readonly resources: string[];

  /** Conditions, as in the policy language. @default - none */
  readonly conditions?: { [operator: string]: { [key: string]: string | string[] } };
}

/** A service account whose pods get AWS rights, through EKS Pod Identity. */
export interface PodIdentityPlan {
  /** Add-on that needs the rights. */
  readonly addOn: string;

  /** Namespace of the service account. */
  readonly namespace: string;

  /** Name of the service account. */
  readonly serviceAccount: string;

  /** Names of AWS managed policies. */
  readonly managedPolicies: string[];

  /** Statements of our own. */
  readonly statements: PolicyStatementPlan[];

  /** Why the add-on needs them, for whoever reviews the role. */
  readonly reason: string;
}
