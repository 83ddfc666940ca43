import { PodIdentityPlan } from './pod-identity-plan';

/** An IAM role whose holders are members of tenants: an access entry with Kubernetes groups and without any policy of EKS. */
export interface TenantAccessPlan {
  /** The role, as a name, an `ssm:` parameter or an ARN. */
  readonly role: string;

  /** Kubernetes groups, sorted. What they may do are the role bindings of the tenancy alone. */
  readonly groups: string[];
}

/** A service account of a tenant whose pods get AWS rights. */
export interface TenantIdentityPlan extends Omit<PodIdentityPlan, 'addOn'> {
  /** The tenant. */
  readonly tenant: string;

  /** The environment. */
  readonly environment: string;
}
