import { groupKey } from './bindings';
import { Edge } from './edge-collector';
import { edgesOf } from './edges';
import { Holder, impliedGroups } from './holder';
import { accountsOf, EVERYWHERE, GROUPS, isRoot, NODE, Place, podsOf, roleOfPlace, rolePlace, rolesOf, rootBy, subjectPlace, tokensOf, USERS } from './places';
import { accountOf, Terrain } from './terrain';
import { distinct } from '../text';

/** How far it is from every place to a goal, in steps. */
type Distances = Map<Place, number>;

/**
 * Who can become whom. Subjects are joined by choices (the service accounts of a namespace), so that the graph grows with the
 * bindings and not with the pairs of subjects.
 */
export class EscalationGraph {
  /** How far it is to cluster-admin. */
  public readonly toRoot: Distances;

  /** How far it is to root on a node. */
  public readonly toNode: Distances;

  private readonly edges = new Map<Place, Edge[]>();
  private readonly next = new Map<Place, Place[]>();
  private readonly sorted = new Map<Place, Place[]>();

  constructor(private readonly terrain: Terrain) {
    const back = this.explore([...terrain.subjects.map(subjectPlace), NODE]);
    const places = [...this.next.keys()];
    this.toRoot = distances(places.filter((place) => terrain.isClusterAdmin(place)), back);
    this.toNode = distances(places.filter((place) => place === NODE), back);
  }

  /** Who is at a place: a subject, or whoever has bound a role. */
  public holderAt(place: Place): Holder | undefined {
    if (place.startsWith('subject ')) return this.terrain.holder(place.slice('subject '.length));
    return roleOfPlace(place) === undefined ? undefined : this.terrain.borrower(place);
  }

  /** What whoever is at a place can do, with what is bound to them by name. */
  public edgesFrom(place: Place): Edge[] {
    return this.edges.get(place) ?? [];
  }

  /** The places that a choice is among; the place itself when it is none. Those nearest to cluster-admin, then to a node, come first. */
  public choices(place: Place): Place[] {
    let choices = this.sorted.get(place);
    if (choices === undefined) {
      const far = (distance: number | undefined) => distance ?? Number.MAX_SAFE_INTEGER;
      const { toRoot, toNode } = this;
      choices = this.flattened(place).sort((a, b) => far(toRoot.get(a)) - far(toRoot.get(b)) || far(toNode.get(a)) - far(toNode.get(b)));
      this.sorted.set(place, choices);
    }
    return choices;
  }

  private flattened(place: Place): Place[] {
    return isChoice(place) ? distinct(this.next.get(place)!.flatMap((own) => this.flattened(own))) : [place];
  }

  /** Everything that can be come to, as the way back: from each place to those before it. */
  private explore(start: Place[]): Map<Place, { readonly from: Place; readonly cost: number }[]> {
    const back = new Map<Place, { from: Place; cost: number }[]>();
    const open = [...start];
    const enter = (from: Place, to: Place, cost: number) => {
      const before = back.get(to);
      if (before === undefined) back.set(to, [{ from, cost }]);
      else before.push({ from, cost });
      open.push(to);
    };
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (this.next.has(place)) continue;
      const members = this.members(place);
      this.next.set(place, members);
      for (const member of members) enter(place, member, place === NODE ? 1 : 0);
      const holder = this.terrain.isClusterAdmin(place) ? undefined : this.holderAt(place);
      if (holder === undefined) continue;
      this.edges.set(place, edgesOf(holder, this.terrain));
      for (const { to } of this.edges.get(place)!) enter(place, to, 1);
    }
    return back;
  }

  /** Where one is at once: the groups of a subject, the members of a choice, and the pods of a node. */
  private members(place: Place): Place[] {
    const { terrain } = this;
    if (place === NODE) return [podsOf('')];
    if (place === USERS) return [...terrain.subjects.filter((key) => key.startsWith('user ') && accountOf(key) === undefined).map(subjectPlace), rootBy('manager')];
    if (place === GROUPS) return [...terrain.subjects.filter((key) => key.startsWith('group ')).map(subjectPlace), rootBy('masters')];
    if (place.startsWith('subject ')) return impliedGroups(place.slice('subject '.length)).filter((group) => terrain.isBound(group)).map(subjectPlace);
    const [sort, namespace] = place.split(' ');
    switch (sort) {
      case 'accounts': return namespace === EVERYWHERE ? this.spread(accountsOf, ['kube-system', ...terrain.accountsIn.keys(), ...this.groupSpaces()]) : this.accounts(namespace);
      case 'pods': return namespace === EVERYWHERE ? this.spread(podsOf, terrain.ground.workloads.keys()) : this.named((terrain.ground.workloads.get(namespace) ?? []).map(({ account }) => account));
      case 'tokens': return namespace === EVERYWHERE ? this.spread(tokensOf, terrain.ground.tokenSecrets.keys()) : this.named([...terrain.ground.tokenSecrets.get(namespace)?.values() ?? []]);
      case 'roles': return namespace === EVERYWHERE ? this.spread(rolesOf, terrain.rolesIn.keys()) : (terrain.rolesIn.get(namespace) ?? []).map(({ identity }) => rolePlace(identity, namespace));
      default: return [];
    }
  }

  private spread(of: (namespace: string) => Place, namespaces: Iterable<string>): Place[] {
    return distinct(namespaces).map(of);
  }

  private accounts(namespace: string): Place[] {
    const groups = [`system:serviceaccounts:${namespace}`, 'system:serviceaccounts'].map(groupKey).filter((group) => this.terrain.isBound(group));
    const own = [...this.terrain.accountsIn.get(namespace) ?? [], ...groups].map(subjectPlace);
    return namespace === 'kube-system' ? [...own, rootBy('aggregation')] : own;
  }

  /** Namespaces whose service accounts have something together. */
  private groupSpaces(): string[] {
    return this.terrain.subjects.flatMap((key) => /^group system:serviceaccounts:(.+)$/.exec(key)?.[1] ?? []);
  }

  private named(accounts: (string | undefined)[]): Place[] {
    return distinct(accounts.filter((account): account is string => account !== undefined)).flatMap((account) => {
      const [namespace, name] = account.split('/');
      return this.terrain.accountsNamed(name, namespace).map(subjectPlace);
    });
  }
}

function isChoice(place: Place): boolean {
  return place === USERS || place === GROUPS || /^(accounts|pods|tokens|roles) /.test(place);
}

/** Steps from every place to the nearest goal. */
function distances(goals: Place[], back: Map<Place, { readonly from: Place; readonly cost: number }[]>): Distances {
  const found: Distances = new Map();
  let near = goals;
  for (let distance = 0; near.length > 0; distance++) {
    const far: Place[] = [];
    for (let place = near.pop(); place !== undefined; place = near.pop()) {
      if (found.has(place)) continue;
      found.set(place, distance);
      for (const { from, cost } of back.get(place) ?? []) (cost === 0 ? near : far).push(from);
    }
    near = far;
  }
  return found;
}

/** Whether a place is a goal rather than somebody. */
export function isGoal(place: Place): boolean {
  return isRoot(place) || !/^(subject|role) /.test(place);
}
