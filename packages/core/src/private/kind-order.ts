/**
 * Kinds in the order in which a cluster can take them: what others live in, refer to or are checked by comes first, and
 * what closes a namespace before its workloads, whoever defines the kind. A kind that is not here is a custom resource;
 * it comes after its definition and, because its controller may have to run first, after the workloads.
 */
const ORDER = [
  'Namespace',
  'CustomResourceDefinition',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
  'VolumeSnapshotClass',
  'CSIDriver',
  'IngressClass',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'Tier',
  'GlobalNetworkPolicy',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'ResourceQuota',
  'LimitRange',
  'NetworkPolicy',
  'CiliumNetworkPolicy',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'Secret',
  'ConfigMap',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Service',
  'PodDisruptionBudget',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'StatefulSet',
  'HorizontalPodAutoscaler',
  'Job',
  'CronJob',
  'Ingress',
  'APIService',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
];

const RANK = new Map(ORDER.map((kind, index) => [kind, index]));

/** Place of a kind in the order; unknown kinds share the last place. */
export function rankOf(kind: string): number {
  return RANK.get(kind) ?? ORDER.length;
}
