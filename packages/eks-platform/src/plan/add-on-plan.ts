import { AddOnOwner } from '@viridial/platform-addons';

/** One add-on of the cluster, and the one who installs and updates it. */
export interface AddOnPlan {
  /** Name of the add-on. */
  readonly name: string;

  /** Who installs and updates it; nobody else does. */
  readonly owner: AddOnOwner;

  /** Version of the EKS add-on, or of the chart. */
  readonly version: string;

  /** Where it comes from: `EKS add-on`, or the chart's repository. */
  readonly source: string;

  /** Namespace of its workloads. */
  readonly namespace: string;
}
