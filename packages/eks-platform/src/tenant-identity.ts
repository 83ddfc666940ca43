import type { PolicyStatementPlan } from './plan/pod-identity-plan';

/**
 * AWS rights of a service account of a tenant, through EKS Pod Identity. Exposes them to whoever may run pods in these
 * namespaces: a pod may run under any service account of its namespace.
 */
export interface TenantIdentity {
  /** Name of the tenant. */
  readonly tenant: string;

  /** Name of the service account, in each namespace of the tenant. */
  readonly serviceAccount: string;

  /**
   * Environments in which the service account has the rights.
   *
   * @default - all environments of the tenant that the cluster carries
   */
  readonly environments?: readonly string[];

  /**
   * Names of AWS managed policies.
   *
   * @default - none
   */
  readonly managedPolicies?: readonly string[];

  /**
   * Statements of the role's own policy, which allow.
   *
   * @default - none
   */
  readonly statements?: readonly PolicyStatementPlan[];

  /** Why the tenant needs the rights, for whoever reviews the role. */
  readonly reason: string;
}
