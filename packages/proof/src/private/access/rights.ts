import { AccessRole } from './roles';
import { AccessRule, grants, RuleRequest } from './rule';

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';

/**
 * Rights out of which more can be made, each with the requests that exercise it, the handiest first.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
 */
export const RIGHTS = {
  impersonateUsers: any(['impersonate'], '', 'users'),
  impersonateGroups: any(['impersonate'], '', 'groups'),
  impersonateServiceAccounts: any(['impersonate'], '', 'serviceaccounts'),
  bindClusterRoles: any(['bind'], RBAC, 'clusterroles'),
  bindRoles: any(['bind'], RBAC, 'roles'),
  createRoleBindings: any(['create'], RBAC, 'rolebindings'),
  changeRoleBindings: any(['patch', 'update'], RBAC, 'rolebindings'),
  createClusterRoleBindings: any(['create'], RBAC, 'clusterrolebindings'),
  changeClusterRoleBindings: any(['patch', 'update'], RBAC, 'clusterrolebindings'),
  escalateClusterRoles: any(['escalate'], RBAC, 'clusterroles'),
  escalateRoles: any(['escalate'], RBAC, 'roles'),
  createClusterRoles: any(['create'], RBAC, 'clusterroles'),
  createRoles: any(['create'], RBAC, 'roles'),
  changeClusterRoles: any(['patch', 'update'], RBAC, 'clusterroles'),
  changeRoles: any(['patch', 'update'], RBAC, 'roles'),
  createTokens: any(['create'], '', 'serviceaccounts/token'),
  readSecrets: any(['get', 'list', 'watch'], '', 'secrets'),
  createSecrets: any(['create'], '', 'secrets'),
  createPods: [
    ...any(['create'], '', 'pods'),
    ...any(['create'], 'apps', 'deployments', 'daemonsets', 'statefulsets', 'replicasets'),
    ...any(['create'], 'batch', 'jobs', 'cronjobs'),
    ...any(['create'], '', 'replicationcontrollers'),
  ],
  changeDeployments: any(['patch', 'update'], 'apps', 'deployments'),
  changeDaemonSets: any(['patch', 'update'], 'apps', 'daemonsets'),
  changeStatefulSets: any(['patch', 'update'], 'apps', 'statefulsets'),
  changeReplicaSets: any(['patch', 'update'], 'apps', 'replicasets'),
  changeCronJobs: any(['patch', 'update'], 'batch', 'cronjobs'),
  changeReplicationControllers: any(['patch', 'update'], '', 'replicationcontrollers'),
  // an image may be changed in a running pod; connections by WebSocket are a get
  enterPods: [
    ...any(['create', 'get'], '', 'pods/exec', 'pods/attach'),
    ...any(['patch', 'update'], '', 'pods/ephemeralcontainers', 'pods'),
  ],
  reachKubelets: any(['create', 'get'], '', 'nodes/proxy'),
  requestCertificates: any(['create'], CERTIFICATES, 'certificatesigningrequests'),
  approveRequests: any(['patch', 'update'], CERTIFICATES, 'certificatesigningrequests/approval'),
  approveSigners: any(['approve'], CERTIFICATES, 'signers'),
  writeMutatingWebhooks: any(['create', 'patch', 'update'], ADMISSION, 'mutatingwebhookconfigurations'),
  writeMutatingPolicies: any(['create', 'patch', 'update'], ADMISSION, 'mutatingadmissionpolicies'),
  writeMutatingBindings: any(['create', 'patch', 'update'], ADMISSION, 'mutatingadmissionpolicybindings'),
  writeValidatingWebhooks: any(['create', 'patch', 'update'], ADMISSION, 'validatingwebhookconfigurations'),
  liftAdmission: any(['delete', 'patch', 'update'], ADMISSION, 'validatingadmissionpolicies', 'validatingadmissionpolicybindings', 'validatingwebhookconfigurations'),
  writeApiServices: any(['create', 'patch', 'update'], 'apiregistration.k8s.io', 'apiservices'),
  changeNamespaces: any(['patch', 'update'], '', 'namespaces'),
  createVolumes: any(['create'], '', 'persistentvolumes'),
  createClaims: any(['create'], '', 'persistentvolumeclaims'),
} satisfies { [name: string]: RuleRequest[] };

/** Name of a right. */
export type RightName = keyof typeof RIGHTS;

/** One rule by which a role gives a right, and the request that it grants. */
export interface RoleRight {
  readonly request: RuleRequest;
  readonly rule: AccessRule;
}

/** How far a role gives a right. */
export interface RoleRights {
  /** For every object; absent when it does not. */
  readonly any: RoleRight | undefined;

  /** For objects by their name. */
  readonly named: Map<string, RoleRight>;
}

/** What a role gives out of which more can be made. */
export function rightsOf({ rules }: AccessRole): Map<RightName, RoleRights> {
  const rights = new Map<RightName, RoleRights>();
  for (const name of Object.keys(RIGHTS) as RightName[]) {
    const found = RIGHTS[name].flatMap((request) => (
      rules.filter((rule) => grants({ ...rule, resourceNames: [] }, request)).map((rule) => ({ request, rule }))));
    const every = found.find(({ rule }) => rule.resourceNames.length === 0);
    const named = new Map<string, RoleRight>();
    // what is to be created has no name yet, so that names do not help
    for (const right of found.filter(({ request }) => request.verb !== 'create' || request.resource.includes('/'))) {
      for (const own of right.rule.resourceNames) if (!named.has(own)) named.set(own, right);
    }
    if (every !== undefined || named.size > 0) rights.set(name, { any: every, named });
  }
  return rights;
}

function any(verbs: string[], apiGroup: string, ...resources: string[]): RuleRequest[] {
  return resources.flatMap((resource) => verbs.map((verb) => ({ verb, apiGroup, resource, name: '', nonResourceUrl: undefined })));
}
