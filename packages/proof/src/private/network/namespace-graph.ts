import { Labels } from '@viridial/core';
import { LabelIndex } from './label-index';
import { Network } from './network';
import { Direction, Peer, Policy } from './policy';
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
    const rules = network.policies.flatMap(({ ingress, egress }) => [...ingress ?? [], ...egress ?? []]);
    const called = rules.flatMap(({ peers }) => peers ?? []).flatMap(({ namespaces }) => namespaces?.requirements ?? [])
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
      neighbours = this.find(this.network.policiesIn(namespace).filter((policy) => policy[direction] !== undefined), direction);
      this.known.set(key, neighbours);
    }
    return neighbours;
  }

  private find(policies: Policy[], direction: Direction): Neighbours {
    // a pod that no selector is sure to catch may be open
    if (!policies.some(({ pods }) => pods.matchesEverything)) return 'all';
    const found = new Set<string>();
    for (const policy of policies) {
      for (const { peers } of policy[direction]!) {
        if (peers === undefined || peers.some((peer) => this.meansAll(peer, policy.namespace))) return 'all';
        for (const peer of peers) for (const namespace of this.named(peer, policy.namespace)) found.add(namespace);
      }
    }
    return found;
  }

  private meansAll({ block, namespaces }: Peer, namespace: string): boolean {
    if (block !== undefined) return this.network.probe(namespace, {}).addresses.length > 0;
    return namespaces?.matchesEverything ?? false;
  }

  private named({ block, namespaces }: Peer, namespace: string): string[] {
    if (block !== undefined) return [];
    return namespaces === undefined ? [namespace] : this.index.find(namespaces);
  }
}

function has(neighbours: Neighbours, namespace: string): boolean {
  return neighbours === 'all' || neighbours.has(namespace);
}
