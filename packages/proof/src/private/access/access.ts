import { Binding, groupKey, readBindings, serviceAccountName, SubjectKey, userKey } from './bindings';
import { AccessRole, Roles } from './roles';
import { AccessRule } from './rule';
import { Inventory } from '../inventory';
import { groupBy } from '../text';

/** Who asks. */
export interface Subject {
  readonly user: string | undefined;
  readonly groups: string[];

  /** `namespace/name` of a service account. */
  readonly serviceAccount: string | undefined;
}

/** A rule that a binding gives to a subject. */
export interface Grant {
  readonly binding: Binding;
  readonly role: AccessRole;
  readonly rule: AccessRule;
  readonly subject: SubjectKey;
}

/** The group that the API server lets do everything without looking at roles. */
export const MASTERS = 'system:masters';

/** Roles and bindings, ready to be asked. */
export class Access {
  /** Reads roles and bindings; what is malformed goes where the inventory's problems go. */
  public static read(inventory: Inventory): Access {
    const roles = Roles.read(inventory);
    return new Access(roles, readBindings(inventory, roles));
  }

  private readonly bySubject = new Map<SubjectKey, Binding[]>();
  private readonly byNamespace: Map<string, Binding[]>;

  private constructor(
    /** The roles. */
    public readonly roles: Roles,

    /** The bindings, those of namespaces first. */
    public readonly bindings: Binding[],
  ) {
    this.byNamespace = groupBy(bindings, ({ namespace }) => namespace);
    for (const binding of bindings) {
      for (const subject of new Set(binding.subjects)) {
        if (!this.bySubject.has(subject)) this.bySubject.set(subject, []);
        this.bySubject.get(subject)!.push(binding);
      }
    }
  }

  /** The bindings that grant in a namespace, or in the whole cluster when it is empty. */
  public bindingsIn(namespace: string): Binding[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /**
   * The rules that a subject has.
   *
   * @param subject who asks
   * @param reaches whether a binding counts, by the namespace it grants in
   */
  public grants(subject: Subject, reaches: (namespace: string) => boolean): Grant[] {
    return keysOf(subject).flatMap((key) => (this.bySubject.get(key) ?? [])
      .filter(({ namespace }) => reaches(namespace))
      .flatMap((binding) => (binding.role?.rules ?? []).map((rule) => ({ binding, role: binding.role!, rule, subject: key }))));
  }
}

/** Everything a subject is known as; a service account is a user in three groups. */
export function keysOf({ user, groups, serviceAccount }: Subject): SubjectKey[] {
  const keys = [...(user === undefined ? [] : [userKey(user)]), ...groups.map(groupKey)];
  if (serviceAccount === undefined) return [...new Set(keys)];
  const { namespace, name } = splitServiceAccount(serviceAccount)!;
  const implied = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  return [...new Set([...keys, userKey(serviceAccountName(namespace, name)), ...implied.map(groupKey)])];
}

/** Namespace and name of `shop/web` or `system:serviceaccount:shop:web`; nothing for another form. */
export function splitServiceAccount(text: string): { namespace: string; name: string } | undefined {
  const match = /^(?:system:serviceaccount:([^:/]+):|([^:/]+)\/)([^:/]+)$/.exec(text);
  return match === null ? undefined : { namespace: match[1] ?? match[2], name: match[3] };
}
