import { AdmissionOpenings, AdmissionPlatform, AdmissionPolicy } from '@viridial/security-policy';

/** What the admission policies of a cluster are like, beside what the tenancy itself says. */
export interface TenancyAdmission {
  /**
   * Who may change what the platform manages, besides the control plane and the administrators that every cluster has
   * (`system:masters`, `kubeadm:cluster-admins`): the GitOps engine, and administrators who come another way.
   * @default - nobody else
   */
  readonly platform?: AdmissionPlatform;
  /**
   * The policies that are rendered.
   * @default - all but `BOUNDED_CONTAINERS`, whose work the limit range of every namespace does without refusing anything; and
   * without `STORAGE_CLASSES` where neither the profile nor `storageClasses` knows a class
   */
  readonly policies?: AdmissionPolicy[];
  /**
   * Where images may come from in the namespaces of tenants without `allowedRegistries`.
   * @default - from everywhere, with a warning
   */
  readonly registries?: string[];
  /**
   * Tags that are moved from one image to the next.
   * @default ['latest']
   */
  readonly mutableTags?: string[];
  /**
   * Storage classes for tenants without classes of their own.
   * @default - those of the profile
   */
  readonly storageClasses?: string[];
  /**
   * Priority classes that every tenant may use, beside those of its own scopes.
   * @default - none
   */
  readonly priorityClasses?: string[];
  /**
   * Labels of pods that flows of the platform trust, beside those below `viridial.com/`.
   * @default - none
   */
  readonly trustedPodLabels?: string[];
  /**
   * Whether what is not said about images and tokens is filled in, instead of refused. Needs Kubernetes 1.36.
   * @default false
   */
  readonly mutate?: boolean;
  /**
   * What is opened on purpose, for all tenants.
   * @default - nothing
   */
  readonly openings?: AdmissionOpenings;
}
