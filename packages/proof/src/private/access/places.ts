import { SubjectKey } from './bindings';

/**
 * Where escalations lead: a subject, a role that somebody has bound, a goal, or a choice among several of them. Choices keep
 * the graph small: who may have tokens made in a namespace is one edge, however many service accounts there are.
 */
export type Place = string;

/** Root on a node. */
export const NODE: Place = 'node';

/** A reader of what others write. */
export const OBJECTS: Place = 'objects';

/** Somebody whom admission does not hold. */
export const ADMISSION: Place = 'admission';

/** All namespaces, where a choice is about one. */
export const EVERYWHERE = '*';

/** Ways to be cluster-admin, each with what it is called. */
export const ROOTS = {
  masters: 'group system:masters, to which nothing is refused',
  manager: 'user system:kube-controller-manager, who has tokens made for every service account',
  aggregation: 'service account kube-system/clusterrole-aggregation-controller, which writes any rule into any ClusterRole',
  role: 'the rules of ClusterRole cluster-admin in the whole cluster',
  requests: 'the requests of administrators, to be changed on their way: one binding that they write is enough',
  certificate: 'a certificate as user system:kube-controller-manager, who has tokens made for every service account',
} as const;

/** A way to be cluster-admin. */
export function rootBy(way: keyof typeof ROOTS): Place {
  return `root ${way}`;
}

/** Whether a place is a way to be cluster-admin. */
export function isRoot(place: Place): boolean {
  return place.startsWith('root ');
}

/** A subject. */
export function subjectPlace(key: SubjectKey): Place {
  return `subject ${key}`;
}

/** A choice of the service accounts of a namespace. */
export function accountsOf(namespace: string): Place {
  return `accounts ${namespace || EVERYWHERE}`;
}

/** A choice of the service accounts whose tokens are in running pods of a namespace. */
export function podsOf(namespace: string): Place {
  return `pods ${namespace || EVERYWHERE}`;
}

/** A choice of the service accounts whose tokens are in Secrets of a namespace. */
export function tokensOf(namespace: string): Place {
  return `tokens ${namespace || EVERYWHERE}`;
}

/** A choice of the Roles of a namespace. */
export function rolesOf(namespace: string): Place {
  return `roles ${namespace || EVERYWHERE}`;
}

/** A choice of all users that are no service accounts. */
export const USERS: Place = 'users';

/** A choice of all groups. */
export const GROUPS: Place = 'groups';

/** Having a role, by its identity, in a namespace or the whole cluster. */
export function rolePlace(identity: string, namespace: string): Place {
  return `role ${namespace} ${identity}`;
}

/** The role and namespace of a place that is about one. */
export function roleOfPlace(place: Place): { readonly namespace: string; readonly identity: string } | undefined {
  const match = /^role (\S*) (.+)$/.exec(place);
  return match === null ? undefined : { namespace: match[1], identity: match[2] };
}
