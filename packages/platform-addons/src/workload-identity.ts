/** What one service account may do at the cloud provider. */
export interface CloudStatement {
  /** Actions in the provider's own words, such as `route53:ListHostedZones`. */
  readonly actions: string[];
  /** Resources in the provider's own words, such as `arn:aws:route53:::hostedzone/*`. */
  readonly resources: string[];
}

/**
 * A service account that needs rights at the cloud provider, and the least rights it needs.
 *
 * The target turns it into the ground's own means without keys (on EKS a Pod Identity association with a
 * role). An identity says nothing about Kubernetes rights: those are in the footprint.
 */
export interface WorkloadIdentity {
  /** Namespace of the service account. */
  readonly namespace: string;
  /** Name of the service account. */
  readonly serviceAccount: string;
  /** What the rights are for. */
  readonly purpose: string;
  /**
   * Rights, least first.
   * @default - none beside the managed policies
   */
  readonly statements?: CloudStatement[];
  /**
   * Names of policies that the provider maintains for exactly this workload, such as `service-role/AmazonEBSCSIDriverPolicy`.
   * @default - none
   */
  readonly managedPolicies?: string[];
}
