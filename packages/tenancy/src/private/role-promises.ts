import { TenantRole } from '@viridial/security-policy';

/** A request of the API, in the words of an access statement. */
export interface Request {
  readonly verb: string;
  readonly apiGroup?: string;
  readonly resource: string;
  readonly subresource?: string;
}

const RBAC = 'rbac.authorization.k8s.io';

/** One resource for each family of things that a tenant runs, and that people of it see and change together. */
const FAMILIES: Omit<Request, 'verb'>[] = [
  { resource: 'configmaps' },
  { apiGroup: 'apps', resource: 'deployments' },
  { apiGroup: 'autoscaling', resource: 'horizontalpodautoscalers' },
  { apiGroup: 'batch', resource: 'jobs' },
  { apiGroup: 'networking.k8s.io', resource: 'ingresses' },
  { apiGroup: 'policy', resource: 'poddisruptionbudgets' },
];

/** What people look at to see how their workloads are, and what bounds them. */
const SIGHT: Request[] = [
  ...FAMILIES.map((family) => ({ ...family, verb: 'list' })),
  { verb: 'list', resource: 'pods' },
  { verb: 'get', resource: 'pods', subresource: 'log' },
  { verb: 'list', apiGroup: 'apps', resource: 'replicasets' },
  { verb: 'get', apiGroup: 'batch', resource: 'jobs', subresource: 'status' },
  { verb: 'list', apiGroup: 'discovery.k8s.io', resource: 'endpointslices' },
  { verb: 'list', apiGroup: 'events.k8s.io', resource: 'events' },
  { verb: 'list', apiGroup: 'metrics.k8s.io', resource: 'pods' },
  { verb: 'get', apiGroup: 'networking.k8s.io', resource: 'networkpolicies' },
];

/** What whoever runs workloads changes. */
const CARE: Request[] = [
  ...FAMILIES.map((family) => ({ ...family, verb: 'create' })),
  { verb: 'update', apiGroup: 'networking.k8s.io', resource: 'ingresses' },
  { verb: 'patch', apiGroup: 'apps', resource: 'deployments', subresource: 'scale' },
];

/** What somebody at a keyboard does to running pods. */
const HAND: Request[] = [
  { verb: 'create', resource: 'pods', subresource: 'exec' },
  { verb: 'create', resource: 'pods', subresource: 'eviction' },
  { verb: 'delete', resource: 'pods' },
];

const CREATE_WORKLOAD: Request = { verb: 'create', apiGroup: 'apps', resource: 'deployments' };
const READ_SECRET: Request = { verb: 'get', resource: 'secrets' };
const SHELL: Request = { verb: 'create', resource: 'pods', subresource: 'exec' };
const RUN_POD: Request = { verb: 'create', resource: 'pods' };
const KEEP_ACCOUNT: Request = { verb: 'create', resource: 'serviceaccounts' };

/** What each role is there for, and where it ends. Written from what the roles promise, not from their rules. */
export const PROMISES: { [role in TenantRole]: { readonly may: Request[]; readonly mayNot: Request[] } } = {
  [TenantRole.VIEWER]: {
    may: SIGHT,
    mayNot: [READ_SECRET, CREATE_WORKLOAD, SHELL, RUN_POD, KEEP_ACCOUNT, { verb: 'create', resource: 'pods', subresource: 'portforward' }],
  },
  [TenantRole.DEVELOPER]: {
    may: [...SIGHT, ...CARE, ...HAND],
    mayNot: [READ_SECRET, { verb: 'list', resource: 'secrets' }, KEEP_ACCOUNT],
  },
  [TenantRole.ADMIN]: {
    may: [...SIGHT, ...CARE, ...HAND, READ_SECRET, KEEP_ACCOUNT, { verb: 'list', apiGroup: RBAC, resource: 'rolebindings' }],
    mayNot: [],
  },
  [TenantRole.DEPLOYER]: {
    may: [...SIGHT, ...CARE, { verb: 'patch', resource: 'secrets' }, KEEP_ACCOUNT],
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
