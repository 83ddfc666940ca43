// Roles, bindings and the people they are for: many small worlds side by side, which share a server but no name.
import type { Random } from '../harness/random.mts';

const RBAC = 'rbac.authorization.k8s.io';

/** Verbs that have to decide. */
export const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', 'impersonate', 'bind', 'escalate', '*'];

/** Resources with their groups; those with a slash are parts of others. */
export const RESOURCES: readonly (readonly [group: string, resource: string])[] = [
  ['', 'pods'], ['', 'pods/exec'], ['', 'pods/log'], ['', 'secrets'], ['', 'configmaps'], ['', 'serviceaccounts'], ['', 'serviceaccounts/token'], ['', 'nodes/proxy'],
  ['apps', 'deployments'], ['apps', 'deployments/scale'], ['batch', 'jobs'], ['networking.k8s.io', 'networkpolicies'], [RBAC, 'roles'], ['example.com', 'things'], ['example.com', 'things/status'],
];

/** Paths of the API server that no role which it makes itself grants. */
export const URLS = ['/logs', '/logs/kubelet', '/metrics/own', '/debug/pprof/heap', '/own/deep/path', '/own'];

/** Object names. */
export const NAMES = ['one', 'two'];

/** The namespaces of every world. */
export const NAMESPACES = ['access-one', 'access-two'];

/** Who asks, in the words of an access request. */
export interface Asker {
  readonly user?: string;
  readonly groups?: string[];
  readonly serviceAccount?: string;
}

/** One world. */
export interface World {
  readonly manifests: Record<string, any>[];
  readonly askers: Asker[];
}

/** A rule about resources or paths, with whatever wildcards fall to it. */
export function anyRule(random: Random, paths: boolean): Record<string, any> {
  const verbs = random.chance(0.15) ? ['*'] : random.some(VERBS.filter((verb) => verb !== '*'), 1, 4);
  if (paths && random.chance(0.3)) return { verbs, nonResourceURLs: random.some([...URLS, '/own/*', '/logs*', '*', '/debug/*'], 1, 3) };
  const chosen = random.some(RESOURCES, 1, 3);
  const resources = chosen.map(([, resource]) => (random.chance(0.1) ? random.pick(['*', '*/log', '*/scale', '*/status', 'pods/*']) : resource));
  return {
    verbs,
    apiGroups: random.chance(0.1) ? ['*'] : [...new Set(chosen.map(([group]) => group))],
    resources: [...new Set(resources)],
    ...(random.chance(0.25) ? { resourceNames: random.some(NAMES, 1, 2) } : {}),
  };
}

/** The same role twice, of which the second lacks a verb; each is bound to somebody of its own. */
export interface TwinRoles {
  readonly manifests: Record<string, any>[];
  readonly verb: string;
  readonly rule: Record<string, any>;
  readonly namespace: string | undefined;
  readonly askers: readonly [with_: Asker, without: Asker];
}

/** Twin roles for a verb, by Role or ClusterRole, RoleBinding or ClusterRoleBinding. */
export function twinRoles(id: string, verb: string, random: Random): TwinRoles {
  const others = random.some(VERBS.filter((other) => other !== verb && other !== '*'), 1, 3);
  const [group, resource] = random.pick(RESOURCES);
  const rule = { apiGroups: [group], resources: [resource], ...(random.chance(0.3) ? { resourceNames: [random.pick(NAMES)] } : {}) };
  const namespace = random.chance(0.7) ? random.pick(NAMESPACES) : undefined;
  const own = namespace !== undefined && random.chance(0.5);
  const manifests: Record<string, any>[] = [];
  const side = (name: string, verbs: string[]): Asker => {
    const asker = random.pick<Asker>([{ user: name }, { user: 'somebody', groups: [name] }, { serviceAccount: `${NAMESPACES[0]}/${name}` }]);
    manifests.push(role(name, own ? namespace : undefined, [{ ...rule, verbs }]), binding(name, namespace, own ? 'Role' : 'ClusterRole', name, [subjectOf(asker)]));
    return asker;
  };
  return { manifests, verb, rule, namespace, askers: [side(`${id}-with`, [...others, verb]), side(`${id}-without`, others)] };
}

/**
 * Roles of every kind, bound to users, groups and service accounts.
 *
 * @param aggregation whether there are aggregated ones, those that the server makes among them: a controller fills them
 */
export function world(id: string, random: Random, aggregation: boolean): World {
  const groups = [`${id}-red`, `${id}-blue`];
  const askers: Asker[] = [
    { user: `${id}-alice` }, { user: `${id}-bob`, groups: [groups[0]!] }, { user: `${id}-carol`, groups }, { groups: [groups[1]!], user: `${id}-nobody` },
    ...NAMESPACES.map((namespace) => ({ serviceAccount: `${namespace}/${id}` })), { user: `${id}-root`, groups: ['system:masters'] },
  ];
  const subjects = [
    ...askers.slice(0, 2).map(subjectOf), ...groups.map((group) => ({ kind: 'Group', apiGroup: RBAC, name: group })),
    ...NAMESPACES.map((namespace) => ({ kind: 'ServiceAccount', namespace, name: id })),
    ...NAMESPACES.map((namespace) => ({ kind: 'User', apiGroup: RBAC, name: `system:serviceaccount:${namespace}:${id}` })),
  ];
  const rules = (paths: boolean) => Array.from({ length: random.whole(1, 3) }, () => anyRule(random, paths));
  const label = { [`test/${id}`]: 'part' };
  const aggregated: Record<string, any>[] = [
    // an aggregated role that selects the aggregated one below, so that rules come through two
    { ...role(`${id}-whole`, undefined, [], { [`test/${id}-whole`]: 'part' }), aggregationRule: { clusterRoleSelectors: [{ matchLabels: label }] } },
    { ...role(`${id}-everything`, undefined, []), aggregationRule: { clusterRoleSelectors: [{ matchExpressions: [{ key: `test/${id}-whole`, operator: 'Exists' }] }] } },
  ];
  const clusterRoles = [role(`${id}-plain`, undefined, rules(true)), role(`${id}-part`, undefined, rules(true), label), ...(aggregation ? aggregated : [])];
  const roles = NAMESPACES.map((namespace) => role(id, namespace, rules(false)));
  const names = [...clusterRoles.map(({ metadata }) => metadata.name as string), ...(aggregation ? ['view', 'edit', 'admin'] : [])];
  const bindings = Array.from({ length: random.whole(3, 6) }, (_, index) => {
    const namespace = random.chance(0.75) ? random.pick(NAMESPACES) : undefined;
    const ownRole = namespace !== undefined && random.chance(0.4);
    return binding(`${id}-${index}`, namespace, ownRole ? 'Role' : 'ClusterRole', ownRole ? id : random.pick(names), random.some(subjects, 1, 2));
  });
  return { manifests: [...clusterRoles, ...roles, ...bindings], askers };
}

function role(name: string, namespace: string | undefined, rules: Record<string, any>[], labels: Record<string, string> = {}): Record<string, any> {
  return { apiVersion: `${RBAC}/v1`, kind: namespace === undefined ? 'ClusterRole' : 'Role', metadata: { name, labels, ...(namespace === undefined ? {} : { namespace }) }, rules };
}

function binding(name: string, namespace: string | undefined, kind: string, roleName: string, subjects: Record<string, any>[]): Record<string, any> {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    roleRef: { apiGroup: RBAC, kind, name: roleName },
    subjects,
  };
}

function subjectOf({ user, groups, serviceAccount }: Asker): Record<string, any> {
  if (serviceAccount !== undefined) return { kind: 'ServiceAccount', namespace: serviceAccount.split('/')[0], name: serviceAccount.split('/')[1] };
  return groups === undefined ? { kind: 'User', apiGroup: RBAC, name: user } : { kind: 'Group', apiGroup: RBAC, name: groups[0] };
}
