import { TenantRole } from '@viridial/security-policy';

/** A request of the API, in the words of an access statement. */
export interface Request {
  readonly verb: string;
  readonly apiGroup?: string;
  readonly resource: string;
  readonly subresource?: string;
}

const RBAC = 'rbac.authorization.k8s.io';

const CREATE_WORKLOAD: Request = { verb: 'create', apiGroup: 'apps', resource: 'deployments' };
const READ_SECRET: Request = { verb: 'get', resource: 'secrets' };
const SHELL: Request = { verb: 'create', resource: 'pods', subresource: 'exec' };
const RUN_POD: Request = { verb: 'create', resource: 'pods' };
const KEEP_ACCOUNT: Request = { verb: 'create', resource: 'serviceaccounts' };

/** What each role is there for, and where it ends. Written from what the roles promise, not from their rules. */
export const PROMISES: { [role in TenantRole]: { readonly may: Request[]; readonly mayNot: Request[] } } = {
  [TenantRole.VIEWER]: {
    may: [{ verb: 'list', resource: 'pods' }, { verb: 'get', resource: 'pods', subresource: 'log' }],
    mayNot: [READ_SECRET, CREATE_WORKLOAD, SHELL, RUN_POD, KEEP_ACCOUNT, { verb: 'create', resource: 'pods', subresource: 'portforward' }],
  },
  [TenantRole.DEVELOPER]: {
    may: [{ verb: 'list', resource: 'pods' }, CREATE_WORKLOAD, SHELL, { verb: 'delete', resource: 'pods' }],
    mayNot: [READ_SECRET, { verb: 'list', resource: 'secrets' }, KEEP_ACCOUNT],
  },
  [TenantRole.ADMIN]: {
    may: [CREATE_WORKLOAD, READ_SECRET, KEEP_ACCOUNT, { verb: 'list', apiGroup: RBAC, resource: 'rolebindings' }],
    mayNot: [],
  },
  [TenantRole.DEPLOYER]: {
    may: [CREATE_WORKLOAD, { verb: 'patch', resource: 'secrets' }, { verb: 'update', apiGroup: 'networking.k8s.io', resource: 'ingresses' }],
    mayNot: [SHELL, RUN_POD],
  },
};

/** What nobody of a tenant may do anywhere: each of these would undo the isolation, or lend somebody else's rights. */
export const NEVER: Request[] = [
  { verb: 'impersonate', resource: 'serviceaccounts' },
  { verb: 'impersonate', resource: 'users' },
  { verb: 'create', resource: 'serviceaccounts', subresource: 'token' },
  { verb: 'get', resource: 'pods', subresource: 'proxy' },
  { verb: 'get', resource: 'services', subresource: 'proxy' },
  { verb: 'bind', apiGroup: RBAC, resource: 'roles' },
  { verb: 'escalate', apiGroup: RBAC, resource: 'roles' },
  { verb: 'create', apiGroup: RBAC, resource: 'roles' },
  { verb: 'update', resource: 'resourcequotas' },
  { verb: 'delete', resource: 'limitranges' },
  { verb: 'update', resource: 'namespaces' },
  { verb: 'get', resource: 'nodes' },
];

/** What nobody of a tenant may do but its administrators, where they keep it themselves and admission guards the rest. */
export const SELF_SERVICE: Request[] = [
  { verb: 'create', apiGroup: RBAC, resource: 'rolebindings' },
  { verb: 'create', apiGroup: 'networking.k8s.io', resource: 'networkpolicies' },
  { verb: 'delete', apiGroup: 'networking.k8s.io', resource: 'networkpolicies' },
];

/** How roles are given. Administrators who keep members have it for some roles by name, for which a statement has no words. */
export const GIVE_ROLES: Request = { verb: 'bind', apiGroup: RBAC, resource: 'clusterroles' };

/** What a subject of a tenant may not do in any namespace of somebody else. */
export const NOT_OUTSIDE: Request[] = [
  { verb: 'list', resource: 'pods' }, READ_SECRET, CREATE_WORKLOAD, RUN_POD, SHELL, { verb: 'get', resource: 'configmaps' },
];

/** The roles of people, the weaker first: who has two of them may what the stronger one may. */
const RANKS = [TenantRole.VIEWER, TenantRole.DEVELOPER, TenantRole.ADMIN];

/** The stronger of two roles. */
export function stronger(a: TenantRole, b: TenantRole): TenantRole {
  return RANKS.indexOf(a) >= RANKS.indexOf(b) ? a : b;
}
