/** What a cluster can do, depending on its version and network plugin. */
export enum ClusterFeature {
  /** `ValidatingAdmissionPolicy` v1 (generally available from Kubernetes 1.30). */
  VALIDATING_ADMISSION_POLICY = 'validating-admission-policy',

  /** `MutatingAdmissionPolicy` v1 (generally available from Kubernetes 1.36). */
  MUTATING_ADMISSION_POLICY = 'mutating-admission-policy',

  /** `ClusterNetworkPolicy` (policy.networking.k8s.io): rules that a namespace cannot override. */
  CLUSTER_NETWORK_POLICY = 'cluster-network-policy',

  /** Pods with a user namespace of their own (`hostUsers: false`; on by default from Kubernetes 1.33). */
  USER_NAMESPACES = 'user-namespaces',
}
