/** What an evaluator has to know about a kind it reads. */
export interface JudgedKind {
  /** API group; empty for the core group. */
  readonly group: string;

  /** Whether its objects live in a namespace. */
  readonly namespaced: boolean;

  /** Fields that lead from the object to the pod (its metadata and spec); absent for kinds that make no pods. */
  readonly pod?: string[];

  /** Whether a controller makes running pods of it; a PodTemplate only stores one. */
  readonly runs?: boolean;
}

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const TEMPLATE = ['spec', 'template'];

/** The kinds that evaluators read; every other kind is counted and left alone. */
export const JUDGED_KINDS: { readonly [kind: string]: JudgedKind } = {
  Namespace: { group: '', namespaced: false },
  Pod: { group: '', namespaced: true, pod: [], runs: true },
  PodTemplate: { group: '', namespaced: true, pod: ['template'] },
  ReplicationController: { group: '', namespaced: true, pod: TEMPLATE, runs: true },
  ReplicaSet: { group: 'apps', namespaced: true, pod: TEMPLATE, runs: true },
  Deployment: { group: 'apps', namespaced: true, pod: TEMPLATE, runs: true },
  StatefulSet: { group: 'apps', namespaced: true, pod: TEMPLATE, runs: true },
  DaemonSet: { group: 'apps', namespaced: true, pod: TEMPLATE, runs: true },
  Job: { group: 'batch', namespaced: true, pod: TEMPLATE, runs: true },
  CronJob: { group: 'batch', namespaced: true, pod: ['spec', 'jobTemplate', ...TEMPLATE], runs: true },
  NetworkPolicy: { group: 'networking.k8s.io', namespaced: true },
  Role: { group: RBAC, namespaced: true },
  ClusterRole: { group: RBAC, namespaced: false },
  RoleBinding: { group: RBAC, namespaced: true },
  ClusterRoleBinding: { group: RBAC, namespaced: false },
  ResourceQuota: { group: '', namespaced: true },
  LimitRange: { group: '', namespaced: true },
  ValidatingAdmissionPolicy: { group: ADMISSION, namespaced: false },
  ValidatingAdmissionPolicyBinding: { group: ADMISSION, namespaced: false },
  ServiceAccount: { group: '', namespaced: true },
  Secret: { group: '', namespaced: true },
};

/** What is known about a kind, or nothing when no evaluator reads it. */
export function judgedKind(kind: string, group: string): JudgedKind | undefined {
  const known = Object.hasOwn(JUDGED_KINDS, kind) ? JUDGED_KINDS[kind] : undefined;
  return known?.group === group ? known : undefined;
}

/** Group of an apiVersion: `apps` of `apps/v1`, nothing of `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** `NetworkPolicy.networking.k8s.io`, `Pod`. */
export function kindName(kind: string, group: string): string {
  return group === '' ? kind : `${kind}.${group}`;
}
