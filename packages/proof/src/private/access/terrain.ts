import { Access } from './access';
import { Binding, groupKey, serviceAccountName, SubjectKey, userKey } from './bindings';
import { Ground } from './ground';
import { Held, Holder, impliedGroups, Possession, RightsReader } from './holder';
import { isRoot, Place, roleOfPlace } from './places';
import { AccessRole } from './roles';
import { groupBy } from '../text';

/** Everything that escalations go through, looked up by what they need. */
export class Terrain {
  /** The Roles by namespace. */
  public readonly rolesIn: Map<string, AccessRole[]>;

  /** Keys of the service accounts that something is bound to, by namespace. */
  public readonly accountsIn: Map<string, SubjectKey[]>;

  private readonly reader = new RightsReader();
  private readonly holders = new Map<SubjectKey, Holder>();
  private readonly borrowed = new Map<Place, Holder>();
  private readonly possessions = new Map<SubjectKey, Possession[]>();
  private readonly bindingsOfRole: Map<string, Binding[]>;
  private readonly byIdentity: Map<string, AccessRole>;

  constructor(
    public readonly access: Access,
    public readonly ground: Ground,
  ) {
    for (const binding of access.bindings) {
      if (binding.role === undefined) continue;
      for (const subject of new Set(binding.subjects)) {
        const own = this.possessions.get(subject) ?? [];
        own.push({ namespace: binding.namespace, role: binding.role, binding, subject });
        this.possessions.set(subject, own);
      }
    }
    const { all } = access.roles;
    this.rolesIn = groupBy(all.filter(({ namespace }) => namespace !== ''), ({ namespace }) => namespace);
    this.byIdentity = new Map(all.map((role) => [role.identity, role]));
    this.bindingsOfRole = groupBy(access.bindings, ({ namespace, reference }) => `${namespace} ${reference}`);
    this.accountsIn = groupBy(this.subjects.filter((key) => accountOf(key) !== undefined), (key) => accountOf(key)!.namespace);
  }

  /** Everybody that something is bound to, sorted. */
  public get subjects(): SubjectKey[] {
    return [...this.possessions.keys()].sort();
  }

  /** Whether something is bound to a subject by name. */
  public isBound(key: SubjectKey): boolean {
    return this.possessions.has(key);
  }

  /** A subject with what it has. */
  public holder(key: SubjectKey): Holder {
    let holder = this.holders.get(key);
    if (holder === undefined) {
      const groups = impliedGroups(key).filter((group) => this.isBound(group)).map((group) => this.holder(group));
      this.holders.set(key, holder = new Holder(this.reader, key, this.possessions.get(key) ?? [], groups));
    }
    return holder;
  }

  /** Somebody who has bound a role to themselves: what that alone gives. */
  public borrower(place: Place): Holder | undefined {
    const { namespace, identity } = roleOfPlace(place) ?? { namespace: '', identity: '' };
    const role = this.byIdentity.get(identity);
    if (role === undefined) return undefined;
    let holder = this.borrowed.get(place);
    if (holder === undefined) {
      this.borrowed.set(place, holder = new Holder(this.reader, place, [{ namespace, role, binding: undefined, subject: place }], []));
    }
    return holder;
  }

  /** The ClusterRole or Role of a name; nothing when there is none. */
  public role(kind: string, name: string, namespace: string): AccessRole | undefined {
    return this.access.roles.find(kind, name, namespace);
  }

  /** The bindings of a namespace, or of the whole cluster, that refer to a role. */
  public bindingsOf(reference: string, namespace: string): Binding[] {
    return this.bindingsOfRole.get(`${namespace} ${reference}`) ?? [];
  }

  /** Keys of the service accounts of a name in a namespace, or in any when that is empty; those that nothing is bound to left out. */
  public accountsNamed(name: string, namespace: string): SubjectKey[] {
    if (namespace === '') return [...this.accountsIn.keys()].flatMap((own) => this.accountsNamed(name, own));
    const key = userKey(serviceAccountName(namespace, name));
    const group = groupKey(`system:serviceaccounts:${namespace}`);
    return [...(this.isBound(key) || WELL_KNOWN.has(key) ? [key] : []), ...(this.isBound(group) ? [group] : [])];
  }

  /** Whether a place is cluster-admin already. */
  public isClusterAdmin(place: Place): boolean {
    if (isRoot(place)) return true;
    if (!place.startsWith('subject ')) return false;
    const key = place.slice('subject '.length);
    return WELL_KNOWN.has(key) || this.holder(key).isClusterAdmin;
  }
}

/**
 * Parts of the control plane, whose bindings every API server makes for itself, that are as good as cluster-admin.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#controller-roles
 */
export const WELL_KNOWN: ReadonlySet<SubjectKey> = new Set([
  groupKey('system:masters'), userKey('system:kube-controller-manager'), userKey(serviceAccountName('kube-system', 'clusterrole-aggregation-controller')),
]);

/** Namespace and name of a key that is a service account. */
export function accountOf(key: SubjectKey): { readonly namespace: string; readonly name: string } | undefined {
  const match = /^user system:serviceaccount:([^:]+):(.+)$/.exec(key);
  return match === null ? undefined : { namespace: match[1], name: match[2] };
}

/** The reason to have a right on one object. */
export function rightOn({ any, named }: Held, name: string) {
  return any ?? named.get(name);
}

/** Some reason to have a right, on whatever object. */
export function rightOnSome({ any, named }: Held) {
  return any ?? [...named.values()][0];
}
