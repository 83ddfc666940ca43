import { Labels, NetworkProtocol } from '@viridial/core';
import { inBlock } from './address';
import { Party } from './party';
import { Direction, Policy, Rule } from './policy';
import { PortSet } from './port-set';
import { LabelMap } from './selector';

/** Whether one address that a party may have is enough, or all of them have to fare so. */
export type Certainty = 'possible' | 'certain';

/** A rule that lets a connection through. */
export interface Opening {
  readonly policy: Policy;
  readonly rule: Rule;
}

/** What all policies together say about one direction of the pods that they select. */
export class Side {
  /** The rules with the policies they come from, in the order of policies. */
  public readonly rules: Opening[];

  constructor(
    /** The policies that select the pods for this direction; at least one. */
    public readonly policies: Policy[],
    direction: Direction,
  ) {
    this.rules = policies.flatMap((policy) => (policy[direction] ?? []).map((rule) => ({ policy, rule })));
  }

  /**
   * Ports that the rules open.
   *
   * @param peer the other side of the connection
   * @param destination the side that is talked to, whose port names count
   * @param certainty whether one of the peer's addresses is enough
   */
  public ports(peer: Party, destination: Party, certainty: Certainty): PortSet {
    let selected = PortSet.NONE;
    const byBlock: Opening[] = [];
    for (const opening of this.rules) {
      if (selects(opening, peer)) selected = selected.union(portsOf(opening.rule, destination));
      else if (peer.addresses.length > 0 && opening.rule.peers?.some(({ block }) => block !== undefined)) byBlock.push(opening);
    }
    if (byBlock.length === 0) return selected;
    return peer.addresses
      .map((address) => byBlock.filter(({ rule }) => rule.peers!.some(({ block }) => block !== undefined && inBlock(address, block)))
        .reduce((set, { rule }) => set.union(portsOf(rule, destination)), selected))
      .reduce((a, b) => (certainty === 'possible' ? a.union(b) : a.intersect(b)));
  }

  /** The rules that open one port to a peer, at some address that it may have. */
  public openings(peer: Party, destination: Party, protocol: NetworkProtocol, port: number): Opening[] {
    const inside = ({ rule }: Opening) => rule.peers!.some(({ block }) => block !== undefined
      && peer.addresses.some((address) => inBlock(address, block)));
    return this.rules.filter((opening) => portsOf(opening.rule, destination).has(protocol, port) && (selects(opening, peer) || inside(opening)));
  }
}

/** The ports of a rule on the pod that is talked to; a name that the pod does not have opens nothing. */
export function portsOf({ ports, named }: Rule, destination: Party): PortSet {
  return named.reduce((set, { name, protocol }) => {
    if (destination.namesAnything) return set.union(PortSet.of(protocol));
    return destination.namedPorts.filter((port) => port.name === name && port.protocol === protocol)
      .reduce((all, { port }) => all.union(PortSet.of(protocol, port, port)), set);
  }, ports);
}

/** Whether a rule means a party by being open to everybody, or by its selectors. */
function selects({ policy, rule }: Opening, party: Party): boolean {
  if (rule.peers === undefined) return true;
  if (!party.selectable) return false;
  return rule.peers.some(({ namespaces, pods, block }) => block === undefined
    && selectsNamespace(namespaces?.matches(party.namespaceLabels), policy.namespace, party)
    && pods.matches(party.labels));
}

function selectsNamespace(matched: boolean | undefined, own: string, party: Party): boolean {
  return matched ?? own === party.namespace;
}

/** Labels of a namespace that the API server sets itself. */
export function namespaceLabels(name: string, labels: LabelMap): LabelMap {
  return { ...labels, [Labels.NAMESPACE_NAME]: name };
}
