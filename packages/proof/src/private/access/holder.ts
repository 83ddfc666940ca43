import { Binding, groupKey, SubjectKey, userKey } from './bindings';
import { covers, isEverything } from './coverage';
import { RightName, RoleRight, RoleRights, rightsOf } from './rights';
import { AccessRole } from './roles';
import { AccessRule } from './rule';
import { distinct, groupBy } from '../text';

/** A role that somebody has in a namespace, or in the whole cluster when that is empty. */
export interface Possession {
  readonly namespace: string;
  readonly role: AccessRole;

  /** The binding that gives it; absent for a role that somebody could bind. */
  readonly binding: Binding | undefined;

  /** Who has it: whoever it is about, or a group that they are in. */
  readonly subject: SubjectKey;
}

/** Why somebody has a right. */
export interface Because extends RoleRight {
  readonly possession: Possession;
}

/** How far somebody has a right. */
export interface Held {
  /** For every object; absent when they have not. */
  readonly any: Because | undefined;

  /** For objects by their name. */
  readonly named: Map<string, Because>;
}

/** Reads what roles give once for each role. */
export class RightsReader {
  private readonly known = new Map<AccessRole, Map<RightName, RoleRights>>();
  private readonly contents = new Map<AccessRole, number>();
  private readonly numbers = new Map<string, number>();

  /** What a role gives out of which more can be made. */
  public of(role: AccessRole): Map<RightName, RoleRights> {
    let rights = this.known.get(role);
    if (rights === undefined) this.known.set(role, rights = rightsOf(role));
    return rights;
  }

  /** A number that roles of the same rules share. */
  public content(role: AccessRole): number {
    let content = this.contents.get(role);
    if (content === undefined) this.contents.set(role, content = this.number(JSON.stringify(role.rules.map(({ where: _, ...rule }) => rule))));
    return content;
  }

  /** A number for a text, which is shorter to compare. */
  public number(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) this.numbers.set(text, number = this.numbers.size);
    return number;
  }
}

/** Somebody with what they have, alone and as a member of groups that the API server adds. */
export class Holder {
  private readonly bySpace: Map<string, Possession[]>;
  private readonly held = new Map<string, Held>();
  private likeness: number | undefined;

  constructor(
    private readonly reader: RightsReader,

    /** Who it is. */
    public readonly key: SubjectKey,

    /** What is bound to them by name. */
    public readonly own: Possession[],
    private readonly groups: Holder[],
  ) {
    this.bySpace = groupBy(own, ({ namespace }) => namespace);
  }

  /** The namespaces in which something is bound to them by name; empty text stands for the whole cluster. */
  public get spaces(): string[] {
    return [...this.bySpace.keys()];
  }

  /** Equal for those who have the same rules in the same namespaces, by name and through groups. */
  public get alike(): number {
    this.likeness ??= this.reader.number(`${this.ownAlike} in ${this.groups.map((group) => group.alike).join()}`);
    return this.likeness;
  }

  /** Equal for those who have the same rules in the same namespaces by name. */
  public get ownAlike(): number {
    return this.reader.number(`has ${distinct(this.own.map(({ namespace, role }) => `${namespace} ${this.reader.content(role)}`)).join()}`);
  }

  /** Whether they may do everything in the whole cluster. */
  public get isClusterAdmin(): boolean {
    return this.at('').some(({ role }) => isEverything(role.rules)) || this.groups.some((group) => group.isClusterAdmin);
  }

  /** What they have in a namespace itself, by name and through groups. */
  public at(space: string): Possession[] {
    return [...this.bySpace.get(space) ?? [], ...this.groups.flatMap((group) => group.bySpace.get(space) ?? [])];
  }

  /** How far they have a right in a namespace, be it through the whole cluster; in the whole cluster when it is empty. */
  public right(name: RightName, space: string): Held {
    const key = `${name} ${space}`;
    let held = this.held.get(key);
    if (held === undefined) this.held.set(key, held = this.find(name, space === '' ? [''] : [space, '']));
    return held;
  }

  /** Whether they have all that somebody else has by name. */
  public covers(other: Holder): boolean {
    return other.own.every(({ namespace, role }) => this.coversRole(role, namespace));
  }

  /** Whether they have all rules of a role in a namespace already. */
  public coversRole(role: AccessRole, space: string): boolean {
    const owned = this.rulesAt(space);
    return role.rules.every((rule) => covers(owned, rule));
  }

  private rulesAt(space: string): AccessRule[] {
    return (space === '' ? [''] : [space, '']).flatMap((own) => this.at(own)).flatMap(({ role }) => role.rules);
  }

  private find(name: RightName, spaces: string[]): Held {
    let any: Because | undefined;
    const named = new Map<string, Because>();
    for (const possession of spaces.flatMap((space) => this.at(space))) {
      const rights = this.reader.of(possession.role).get(name);
      if (rights?.any !== undefined) any ??= { ...rights.any, possession };
      for (const [object, right] of rights?.named ?? []) if (!named.has(object)) named.set(object, { ...right, possession });
    }
    return { any, named };
  }
}

/** The groups that the API server puts somebody into. */
export function impliedGroups(key: SubjectKey): SubjectKey[] {
  const account = /^user system:serviceaccount:([^:]+):/.exec(key);
  if (account !== null) return ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`, 'system:authenticated'].map(groupKey);
  if (key === userKey('system:anonymous')) return [groupKey('system:unauthenticated')];
  if (key === groupKey('system:unauthenticated') || key === groupKey('system:authenticated')) return [];
  return [...(key.startsWith('group system:serviceaccounts:') ? ['system:serviceaccounts'] : []), 'system:authenticated'].map(groupKey);
}
