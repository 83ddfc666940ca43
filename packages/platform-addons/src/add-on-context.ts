import { ClusterProfile } from '@viridial/core';
import { AddOnOwner } from './add-on-owner';

/** What an add-on may know about the cluster it is installed on. */
export interface AddOnContext {
  /** Name of the platform. */
  readonly platformName: string;
  /** What the cluster is like. */
  readonly profile: ClusterProfile;
  /** Name of the cluster, unique among the clusters of the platform. */
  readonly clusterName: string;
  /** Names of all add-ons on this cluster, sorted. */
  readonly addOnNames: string[];
  /**
   * Full names of the platform's shared namespaces by their short ones: `monitoring` is `viridial-monitoring`.
   * @default - none
   */
  readonly sharedNamespaces?: { [shared: string]: string };
  /**
   * Who installs the add-on on this cluster.
   * @default AddOnOwner.TREE
   */
  readonly owner?: AddOnOwner;
}
