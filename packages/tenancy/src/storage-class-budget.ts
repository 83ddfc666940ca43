/**
 * A storage class of the cluster that a tenant may use, and how much of it. The environments share it like the budget. A
 * class of the cluster that is not named among the tenant's classes is closed to it by a quota of nothing.
 */
export interface StorageClassBudget {
  /** Name of the StorageClass, as the profile of the cluster has it. */
  readonly name: string;
  /**
   * Storage of the claims of this class, as a quantity of bytes.
   * @default - all storage of the budget
   */
  readonly storage?: string;
  /**
   * Persistent volume claims of this class.
   * @default - all claims of the budget
   */
  readonly persistentVolumeClaims?: number;
}
