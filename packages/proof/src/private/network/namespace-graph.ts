import { Labels } from '@viridial/core';
import { LabelIndex } from './label-index';
import { LocalPolicy, Network } from './network';
import { Direction, Peer, Rule, rulesOf } from './policy';
import { Selector } from './selector';
import { Layer, Side } from './side';
import { distinct } from '../text';

/** Namespaces that pods of a namespace could be connected with; `all` when that cannot be told from the rules. */
type Neighbours = 'all' | ReadonlySet<string>;

/**
 * Which namespaces could have connections at all, by a look at the rules that errs on the side of `yes`.
 *
 * It spares statements about `every other namespace` the pairs that no rule connects, which are nearly all of them.
 */
export class NamespaceGraph {
  /** The namespaces of the manifests, those that policies call by their name, and `default`, which every cluster has; sorted. */
  public readonly namespaces: string[];

  private readonly index = new LabelIndex<string>();
  private readonly known = new Map<string, Neighbours>();
  private readonly inverses = new Map<Direction, { readonly named: Map<string, string[]>; readonly open: string[] }>();

  constructor(private readonly network: Network) {
    const called = network.policies.flatMap(rulesOf).flatMap(({ peers }) => peers ?? []).flatMap(({ pods }) => pods?.namespaces.requirements ?? [])
      .flatMap(({ key, operator, values }) => (key === Labels.NAMESPACE_NAME && operator === 'In' ? values : []));
    this.namespaces = distinct([...network.namespaces, ...called, 'default']);
    for (const namespace of this.namespaces) this.index.add(network.labelsOf(namespace), namespace);
  }

  /** The namespaces whose pods the pods of a namespace could talk to. */
  public destinationsOf(namespace: string): string[] {
    return this.list(namespace, 'egress');
  }

  /** The namespaces whose pods could talk to the pods of a namespace. */
  public sourcesOf(namespace: string): string[] {
    return this.list(namespace, 'ingress');
  }

  private list(namespace: string, direction: Direction): string[] {
    const back: Direction = direction === 'egress' ? 'ingress' : 'egress';
    const own = this.neighbours(namespace, direction);
    if (own !== 'all') return [...own].filter((other) => has(this.neighbours(other, back), namespace)).sort();
    const { named, open } = this.inverse(back);
    return [...new Set([...open, ...named.get(namespace) ?? []])].sort();
  }

  /** The namespaces that name each namespace, and those that name all. */
  private inverse(direction: Direction): { readonly named: Map<string, string[]>; readonly open: string[] } {
    const known = this.inverses.get(direction);
    if (known !== undefined) return known;
    const named = new Map<string, string[]>();
    const open: string[] = [];
    for (const namespace of this.namespaces) {
      const neighbours = this.neighbours(namespace, direction);
      if (neighbours === 'all') {
        open.push(namespace);
        continue;
      }
      for (const other of neighbours) {
        if (!named.has(other)) named.set(other, []);
        named.get(other)!.push(namespace);
      }
    }
    const inverse = { named, open };
    this.inverses.set(direction, inverse);
    return inverse;
  }

  private neighbours(namespace: string, direction: Direction): Neighbours {
    const key = `${direction} ${namespace}`;
    let neighbours = this.known.get(key);
    if (neighbours === undefined) {
      neighbours = this.find(this.network.policiesIn(namespace).filter(({ policy }) => policy[direction] !== undefined), direction, namespace);
      this.known.set(key, neighbours);
    }
    return neighbours;
  }

  /** Goes through the tiers with the namespaces that nothing is decided about; where a rule only might decide, it is taken not to keep anybody out. */
  private find(local: LocalPolicy[], direction: Direction, namespace: string): Neighbours {
    if (local.length === 0) return 'all';
    const sure = new Set(local.filter(({ pods }) => pods.some(({ matchesEverything }) => matchesEverything)).map(({ policy }) => policy));
    let open: Neighbours = 'all';
    let allowed: Neighbours = NONE;
    for (const layer of new Side(local.map(({ policy }) => policy), direction).layers) {
      let passed: Neighbours = NONE;
      for (const { policy, rule } of layer.rules) {
        const named = this.named(rule, namespace);
        if (rule.action === 'deny') {
          if (sure.has(policy)) open = this.without(open, rule);
        } else if (rule.action === 'pass') {
          passed = unite(passed, cut(open, named));
        } else {
          allowed = unite(allowed, cut(open, named));
        }
      }
      open = closes(layer, direction, sure) ? passed : unite(passed, open);
    }
    return unite(allowed, open);
  }

  /** The namespaces of which a rule may mean a pod. */
  private named({ peers }: Rule, namespace: string): Neighbours {
    if (peers === undefined) return 'all';
    return peers.map((peer) => this.namespacesOf(peer, namespace)).reduce(unite, NONE);
  }

  private namespacesOf({ pods, strangers, block, entities }: Peer, namespace: string): Neighbours {
    if (strangers) return NONE;
    if (pods !== undefined) return pods.namespaces.matchesEverything ? 'all' : new Set(this.index.find(pods.namespaces));
    const positions = this.network.probe(namespace, {}).positions;
    const meets = positions.some((own) => (block === undefined || own.address !== undefined)
      && (entities === undefined || entities.some((entity) => own.entities.includes(entity))));
    return meets ? 'all' : NONE;
  }

  /** What a rule that denies leaves of namespaces, as far as it is sure to keep out every pod of them. */
  private without(open: Neighbours, { peers, ports, own }: Rule): Neighbours {
    if (!ports.isAll || own !== undefined) return open;
    if (peers === undefined) return NONE;
    return peers.reduce((left: Neighbours, { pods, strangers, block, entities }) => {
      if (pods === undefined || !pods.pods.matchesEverything || strangers || block !== undefined || entities !== undefined) return left;
      const others = this.complementOf(pods.namespaces);
      return others === undefined ? left : cut(left, others);
    }, open);
  }

  private complementOf(namespaces: Selector): Neighbours | undefined {
    if (namespaces.matchesEverything) return NONE;
    if (namespaces.requirements.some(({ operator }) => operator === 'In')) return undefined;
    return new Set(namespaces.opposites().flatMap((opposite) => this.index.find(opposite)));
  }
}

const NONE: ReadonlySet<string> = new Set();

/** Whether a tier is sure to leave nothing over for the next one. */
function closes({ otherwise, policies, tier }: Layer, direction: Direction, sure: ReadonlySet<unknown>): boolean {
  return otherwise === 'deny' && tier.otherwise === 'deny' && policies.some((policy) => policy.isolates[direction] && sure.has(policy));
}

function unite(a: Neighbours, b: Neighbours): Neighbours {
  if (a === 'all' || b === 'all') return 'all';
  return a.size === 0 ? b : b.size === 0 ? a : new Set([...a, ...b]);
}

function cut(a: Neighbours, b: Neighbours): Neighbours {
  if (a === 'all') return b;
  return b === 'all' ? a : new Set([...a].filter((namespace) => b.has(namespace)));
}

function has(neighbours: Neighbours, namespace: string): boolean {
  return neighbours === 'all' || neighbours.has(namespace);
}
