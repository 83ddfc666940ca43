/** What a cluster can do, depending on its version and network plugin. */
export enum ClusterFeature {
  /** `ValidatingAdmissionPolicy` v1 (generally available from Kubernetes 1.30). */
  VALIDATING_ADMISSION_POLICY = 'validating-admission-policy',

  /** `MutatingAdmissionPolicy` v1 (generally available from Kubernetes 1.36). */
  MUTATING_ADMISSION_POLICY = 'mutating-admission-policy',

  /** `ClusterNetworkPolicy`: rules that a namespace cannot override. Of group `policy.networking.k8s.io`; on EKS of `networking.k8s.aws`. */
  CLUSTER_NETWORK_POLICY = 'cluster-network-policy',

  /** Pods with a user namespace of their own (`hostUsers: false`; on by default from Kubernetes 1.33). */
  USER_NAMESPACES = 'user-namespaces',
}
