import { textList } from './cel';
import { MatchCondition } from './definition';
import { AdmissionPlatform } from '../../admission-platform';

/**
 * Users of the control plane. Controllers run under service accounts of `kube-system`, or all as
 * `system:kube-controller-manager` when it is started without `--use-service-account-credentials`.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#core-component-roles
 */
export const CONTROL_PLANE_USERS = ['system:apiserver', 'system:cloud-controller-manager', 'system:kube-controller-manager', 'system:kube-scheduler'];

/** Group of the service accounts of the control plane. */
export const CONTROL_PLANE_ACCOUNTS = 'system:serviceaccounts:kube-system';

/** Group of the kubelets. */
export const NODES = 'system:nodes';

/**
 * Groups of administrators: `system:masters`, whom no authorizer asks, and the group that kubeadm uses from 1.29 on.
 * @see https://kubernetes.io/docs/reference/setup-tools/kubeadm/implementation-details/
 */
export const ADMINISTRATORS = ['kubeadm:cluster-admins', 'system:masters'];

/** CEL: whether the request comes from one of these. */
export function isOneOf(users: readonly string[], groups: readonly string[]): string {
  const inGroup = `(has(request.userInfo.groups) && request.userInfo.groups.exists(group, group in ${textList(groups)}))`;
  return users.length === 0 ? inGroup : `(request.userInfo.username in ${textList(users)} || ${inGroup})`;
}

/** CEL: whether the request comes from the control plane. */
export function isControlPlane(): string {
  return isOneOf(CONTROL_PLANE_USERS, [CONTROL_PLANE_ACCOUNTS]);
}

/** Leaves out what the platform and the control plane do. Decided before anything else is evaluated. */
export function notByPlatform(platform: AdmissionPlatform, more: readonly string[] = []): MatchCondition {
  const groups = [...platform.groups, ...ADMINISTRATORS, CONTROL_PLANE_ACCOUNTS, ...more];
  return { name: 'not-by-the-platform', expression: `!${isOneOf([...platform.users, ...CONTROL_PLANE_USERS], groups)}` };
}

/**
 * Leaves out updates by controllers: they take finalizers away, bind claims and count revisions of objects that may be
 * older than the policy, and would be stuck. What they create is held like everybody's.
 */
export function notUpdatedByControllers(): MatchCondition {
  return { name: 'not-updated-by-controllers', expression: `request.operation == 'CREATE' || !${isControlPlane()}` };
}

/**
 * Leaves out updates that leave the specification as it is: labels, finalizers and owners of an object that is older than
 * the policy can still change, so that it can be cleaned up.
 * @param field where the specification is
 */
export function changes(field: string = 'spec'): MatchCondition {
  return {
    name: `changes-the-${field === 'spec' ? 'specification' : field}`,
    expression: `request.operation == 'CREATE' || dyn(object).${field} != dyn(oldObject).${field}`,
  };
}
