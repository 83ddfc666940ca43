import { Labels, NetworkProtocol } from '@viridial/core';
import { dependsOnPosition, means, portsOf, SelectsPods, selectsPod } from './matching';
import { Party } from './party';
import { Direction, Policy, Rule, Tier } from './policy';
import { PortSet } from './port-set';
import { Position } from './position';
import { LabelMap } from './selector';
import { compareText } from '../text';

/** Whether one position that a party may have is enough, or all of them have to fare so. */
export type Certainty = 'possible' | 'certain';

/** A rule with the policy it comes from. */
export interface Opening {
  readonly policy: Policy;
  readonly rule: Rule;
}

/** What one tier says: its rules one after the other, and what becomes of the rest. */
export interface Layer {
  readonly tier: Tier;
  readonly policies: Policy[];
  readonly rules: Opening[];
  readonly otherwise: 'deny' | 'pass';

  /** All its rules allow, so that their order does not matter. */
  readonly plain: boolean;
}

/** What becomes of one connection at one side, and who says so. */
export interface Verdict {
  readonly allowed: boolean;

  /** The rules that decide; none when the connection is left over, and then falls to the default. */
  readonly by: Opening[];

  /** The policies that decide; those of the tier that leaves nothing over when no rule does. */
  readonly policies: Policy[];
}

/** What all policies together say about one direction of the pods that they select. */
export class Side {
  /** The tiers, the first that decides on a connection before the others. */
  public readonly layers: Layer[];

  /** The rules of all tiers. */
  public readonly rules: Opening[];

  private readonly positioned: boolean;

  /**
   * @param policies the policies that select the pods for this direction; at least one
   * @param direction the direction
   * @param concerns whether a rule is about these pods at all
   */
  constructor(public readonly policies: Policy[], direction: Direction, concerns: (rule: Rule) => boolean = () => true) {
    const tiers = new Map<Tier, Policy[]>();
    for (const policy of policies) tiers.set(policy.tier, [...tiers.get(policy.tier) ?? [], policy]);
    this.layers = [...tiers].sort(([a], [b]) => compareOrder(a.order, b.order) || compareText(a.name, b.name))
      .map(([tier, own]) => layerOf(tier, own, direction, concerns));
    this.rules = this.layers.flatMap(({ rules }) => rules);
    this.positioned = this.rules.some(({ rule }) => dependsOnPosition(rule));
  }

  /** Whether the pods only have what rules allow them. */
  public get isolates(): boolean {
    return this.layers.some(({ otherwise, rules }) => otherwise === 'deny' || rules.some(({ rule }) => deniesEveryPod(rule)));
  }

  /**
   * Ports that the rules let through.
   *
   * @param peer the other side of the connection
   * @param destination the side that is talked to, whose port names count
   * @param certainty whether one of the peer's positions is enough
   * @param selects what labels select; the table answers for many peers at once by another one
   */
  public ports(peer: Party, destination: Party, certainty: Certainty, selects: SelectsPods = selectsPod): PortSet {
    const positions = this.positionsOf(peer);
    let ports = this.decide(peer, positions[0], destination, selects);
    for (let index = 1; index < positions.length; index++) {
      const other = this.decide(peer, positions[index], destination, selects);
      ports = certainty === 'possible' ? ports.union(other) : ports.intersect(other);
    }
    return ports;
  }

  /** What becomes of one connection; where the peer's positions differ, at one where it succeeds. */
  public verdict(peer: Party, destination: Party, protocol: NetworkProtocol, port: number): Verdict {
    const verdicts = this.positionsOf(peer).map((position) => this.judge(peer, position, destination, (ports) => ports.has(protocol, port)));
    return verdicts.find(({ allowed }) => allowed) ?? verdicts[0];
  }

  private positionsOf(peer: Party): readonly (Position | undefined)[] {
    return this.positioned && peer.positions.length > 0 ? peer.positions : NOWHERE;
  }

  private decide(peer: Party, position: Position | undefined, destination: Party, selects: SelectsPods): PortSet {
    let allowed = PortSet.NONE;
    let open = PortSet.ALL;
    for (const { rules, otherwise, plain } of this.layers) {
      let passed = PortSet.NONE;
      for (const { rule } of rules) {
        if (open.isEmpty) break;
        if (!means(rule, peer, position, selects)) continue;
        const hit = portsOf(rule, destination).intersect(open);
        if (rule.action === 'allow') allowed = allowed.union(hit);
        else if (rule.action === 'pass') passed = passed.union(hit);
        if (!plain) open = open.minus(hit);
      }
      if (otherwise === 'pass') passed = passed.union(plain ? open.minus(allowed) : open);
      open = passed;
      if (open.isEmpty) break;
    }
    return allowed.union(open);
  }

  private judge(peer: Party, position: Position | undefined, destination: Party, concerned: (ports: PortSet) => boolean): Verdict {
    for (const { rules, otherwise, policies, tier, plain } of this.layers) {
      const met = rules.filter(({ rule }) => means(rule, peer, position, selectsPod) && concerned(portsOf(rule, destination)));
      const [first] = met;
      if (first === undefined) {
        if (otherwise === 'deny') return { allowed: false, by: [], policies };
      } else if (first.rule.action !== 'pass') {
        const by = plain || tier.denyFirst ? met.filter(({ rule }) => rule.action === first.rule.action) : [first];
        return { allowed: first.rule.action === 'allow', by, policies: [...new Set(by.map(({ policy }) => policy))] };
      }
    }
    return { allowed: true, by: [], policies: this.policies };
  }
}

const NOWHERE = [undefined];

function layerOf(tier: Tier, own: Policy[], direction: Direction, concerns: (rule: Rule) => boolean): Layer {
  const policies = [...own].sort((a, b) => compareOrder(a.order, b.order)
    || compareText(nameOf(a), nameOf(b)) || compareText(a.identity, b.identity));
  const listed = policies.flatMap((policy) => (policy[direction] ?? []).filter(concerns).map((rule) => ({ policy, rule })));
  const denies = ({ rule }: Opening) => rule.action === 'deny';
  return {
    tier,
    policies,
    rules: tier.denyFirst ? [...listed.filter(denies), ...listed.filter((opening) => !denies(opening))] : listed,
    otherwise: policies.some(({ isolates }) => isolates[direction]) ? tier.otherwise : 'pass',
    plain: listed.every(({ rule }) => rule.action === 'allow'),
  };
}

/** The name of a policy, by which equal orders are told apart. */
function nameOf({ identity }: Policy): string {
  return identity.slice(Math.max(identity.lastIndexOf('/'), identity.lastIndexOf(' ')) + 1);
}

/** Whether a rule keeps out every pod, whatever its labels. */
function deniesEveryPod({ action, peers, ports }: Rule): boolean {
  return action === 'deny' && ports.isAll && (peers === undefined || peers.some(({ pods, block, entities, strangers }) => (
    block === undefined && entities === undefined && !strangers && pods?.namespaces.matchesEverything && pods.pods.matchesEverything)));
}

function compareOrder(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** Labels of a namespace that the API server sets itself. */
export function namespaceLabels(name: string, labels: LabelMap): LabelMap {
  return { ...labels, [Labels.NAMESPACE_NAME]: name };
}
