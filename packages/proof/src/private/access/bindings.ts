import { AccessRole, Roles } from './roles';
import { Inventory, Item } from '../inventory';
import { Shape } from '../shape';
import { show } from '../text';

/** Who a binding is for, as a key that requests are looked up by: `user alice`, `group shop`. */
export type SubjectKey = string;

/** A RoleBinding or ClusterRoleBinding. */
export interface Binding {
  readonly identity: string;

  /** The namespace it grants in; empty for the whole cluster. */
  readonly namespace: string;
  readonly subjects: SubjectKey[];

  /** What the binding refers to: `ClusterRole edit`. */
  readonly reference: string;

  /** The API server makes the binding for itself. */
  readonly bootstrapped: boolean;

  /** The role; absent when it is neither in the manifests nor made by the API server. */
  readonly role: AccessRole | undefined;
}

const RBAC = 'rbac.authorization.k8s.io';

/** Label of what the API server makes for itself; it is in every dump of a cluster, and is not for its users to change. */
export const BOOTSTRAPPING = 'kubernetes.io/bootstrapping';

/** Reads every binding; one that is not well formed is a problem and grants what is left of it. */
export function readBindings(inventory: Inventory, roles: Roles): Binding[] {
  return [...inventory.ofKind('RoleBinding'), ...inventory.ofKind('ClusterRoleBinding')].flatMap((item) => readBinding(item, roles) ?? []);
}

function readBinding({ shape, identity, namespace, labels, kind: own }: Item, roles: Roles): Binding | undefined {
  const reference = shape.child('roleRef');
  const kind = reference?.text('kind');
  const name = reference?.text('name');
  if (reference === undefined || kind === undefined || name === undefined) {
    shape.wrong('roleRef', 'the binding names no role', 'apiGroup, kind and name of a role');
    return undefined;
  }
  const group = reference.text('apiGroup') ?? '';
  if (group !== '' && group !== RBAC) {
    reference.wrong('apiGroup', `${show(group)} has no roles`, RBAC);
    return undefined;
  }
  const allowed = own === 'RoleBinding' ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  if (!allowed.includes(kind)) {
    reference.wrong('kind', `a ${own} cannot refer to a ${kind}`, allowed.join(', '));
    return undefined;
  }
  return {
    identity,
    namespace,
    reference: `${kind} ${name}`,
    bootstrapped: labels[BOOTSTRAPPING] !== undefined,
    role: roles.find(kind, name, namespace),
    subjects: shape.children('subjects').flatMap((subject) => readSubject(subject, namespace) ?? []),
  };
}

function readSubject(subject: Shape, namespace: string): SubjectKey | undefined {
  const kind = subject.text('kind');
  const name = subject.text('name');
  const group = subject.text('apiGroup') ?? '';
  if (name === undefined || name === '') {
    subject.wrong('name', 'the subject has no name', 'text');
    return undefined;
  }
  if (kind === 'ServiceAccount' && group === '') {
    const own = subject.text('namespace') ?? namespace;
    if (own !== '') return userKey(serviceAccountName(own, name));
    subject.wrong('namespace', `service account ${name} has no namespace`, 'the namespace of the service account');
    return undefined;
  }
  if ((kind === 'User' || kind === 'Group') && (group === '' || group === RBAC)) return kind === 'User' ? userKey(name) : groupKey(name);
  if (kind === 'ServiceAccount') subject.wrong('apiGroup', `${show(group)} has no service accounts`, 'none: they are of the core group');
  else subject.wrong('kind', `${show(kind)} is not a subject`, 'User, Group, ServiceAccount');
  return undefined;
}

/** Key of a user. */
export function userKey(name: string): SubjectKey {
  return `user ${name}`;
}

/** Key of a group. */
export function groupKey(name: string): SubjectKey {
  return `group ${name}`;
}

/** The user that a service account is. */
export function serviceAccountName(namespace: string, name: string): string {
  return `system:serviceaccount:${namespace}:${name}`;
}

/** `user alice`, `group shop`, `service account shop/web`. */
export function describeSubject(key: SubjectKey): string {
  const account = /^user system:serviceaccount:([^:]+):(.+)$/.exec(key);
  return account === null ? key : `service account ${account[1]}/${account[2]}`;
}
