import { Cidr, FlowStatement, NetworkParty, NetworkProtocol } from '@viridial/core';
import { finding, Found } from './found';
import { RULES } from './rules';
import { SubjectMatter } from './subject-matter';
import { Finding } from '../../finding';
import { AddressRange, rangeOf } from '../network/address';
import { NamespaceGraph } from '../network/namespace-graph';
import { Network } from '../network/network';
import { Party } from '../network/party';
import { PortSet } from '../network/port-set';
import { probesFor } from '../network/probes';
import { Selector } from '../network/selector';
import { Verdict } from '../network/side';
import { describeOpenings, describeVerdict } from '../network/words';
import { count, enumerateSome, short, showLabels } from '../text';

/** One side of a statement: the pods of one namespace, or addresses. */
type Place = { readonly namespace: string } | { readonly range: AddressRange };

/** One connection that is not as the statement says, with what to change. */
interface Breach extends Found {
  readonly source: Party;
  readonly destination: Party;
}

/**
 * Judges statements about connections.
 *
 * `Unreachable` is about every pod that a namespace could have, so that a namespace is judged before anybody deploys
 * into it: the workloads of the manifests and pods made up from the selectors of the policies. Every namespace but some
 * are those of the manifests, those that policies call by their name, and `default`, which every cluster has. `Reachable` is about the
 * workloads of the manifests or, in a namespace without any, about a pod with the labels that the statement names.
 * Pods on the host network are their node, and no pods of a namespace.
 */
export class FlowJudge {
  private readonly network: Network;
  private readonly graph: NamespaceGraph;
  private readonly known: Set<string>;
  private readonly own: Set<string>;

  constructor({ network, inventory }: SubjectMatter) {
    this.network = network;
    this.graph = new NamespaceGraph(network);
    this.own = new Set(network.namespaces);
    this.known = new Set(inventory.ofKind('Namespace').map(({ name }) => name));
  }

  /** Connections that succeed although they should not. */
  public unreachable(flow: FlowStatement): Finding[] {
    const asked = askedPorts(flow);
    const breaches: Breach[] = [];
    for (const [from, to] of this.connectable(flow)) {
      for (const source of this.possible(from, flow.source, 'egress', to)) {
        for (const destination of this.possible(to, flow.destination, 'ingress', from)) {
          const open = this.network.ports(source, destination, 'possible').intersect(asked);
          if (!open.isEmpty) breaches.push(this.opened(flow, source, destination, open));
        }
      }
    }
    return gather(breaches, RULES.flowOpen);
  }

  /** Connections that fail although they should not. */
  public reachable(flow: FlowStatement): Finding[] {
    const asked = askedPorts(flow);
    const breaches: Breach[] = [];
    for (const from of this.places(flow.source, this.network.namespaces)) {
      for (const to of this.places(flow.destination, this.network.namespaces)) {
        for (const source of this.expected(from, flow.source, to)) {
          for (const destination of this.expected(to, flow.destination, from)) {
            const open = this.network.ports(source, destination, 'certain');
            if (!open.includes(asked)) breaches.push(this.blocked(flow, source, destination, asked.minus(open)));
          }
        }
      }
    }
    return gather(breaches, RULES.flowBlocked);
  }

  private places({ namespace, exceptNamespaces, cidr }: NetworkParty, namespaces: string[]): Place[] {
    if (cidr !== undefined) return [{ range: rangeOf(Cidr.parse(cidr)) }];
    if (namespace !== undefined) return [{ namespace }];
    const except = new Set(exceptNamespaces);
    return namespaces.filter((other) => !except.has(other)).map((other) => ({ namespace: other }));
  }

  /** The pairs of places between which some rule could let something through. */
  private connectable({ source, destination }: FlowStatement): [Place, Place][] {
    const listed = (namespaces: string[], { exceptNamespaces }: NetworkParty) => namespaces
      .filter((namespace) => !exceptNamespaces!.includes(namespace)).map((namespace) => ({ namespace }));
    const places = (party: NetworkParty) => this.places(party, this.graph.namespaces);
    const pairs = (): [Place, Place][] => {
      if (destination.exceptNamespaces !== undefined && source.cidr === undefined) {
        return places(source).flatMap((from): [Place, Place][] => 'namespace' in from
          ? listed(this.graph.destinationsOf(from.namespace), destination).map((to) => [from, to]) : []);
      }
      if (source.exceptNamespaces !== undefined && destination.namespace !== undefined) {
        return listed(this.graph.sourcesOf(destination.namespace), source).map((from) => [from, { namespace: destination.namespace! }]);
      }
      return places(source).flatMap((from) => places(destination).map((to): [Place, Place] => [from, to]));
    };
    return pairs().filter(([from, to]) => (!this.isGuest(from, source) || this.isOwn(to)) && (!this.isGuest(to, destination) || this.isOwn(from)));
  }

  /** A namespace of an `every but` that is not in the manifests: it bears witness against those that are, and nothing can be put right in it. */
  private isGuest(place: Place, { exceptNamespaces }: NetworkParty): boolean {
    return exceptNamespaces !== undefined && 'namespace' in place && !this.isOwn(place);
  }

  private isOwn(place: Place): boolean {
    return 'namespace' in place && this.own.has(place.namespace);
  }

  /** Everything that could stand at a place. */
  private possible(place: Place, { podLabels = {} }: NetworkParty, direction: 'ingress' | 'egress', other: Place): Party[] {
    const across = 'namespace' in other ? other.namespace : undefined;
    if (!('namespace' in place)) return this.network.outside(place.range, across);
    const { namespace } = place;
    const probes = probesFor(this.network, { namespace, direction, other: across, podLabels });
    return [...this.workloads(namespace, podLabels), ...probes];
  }

  /** Everything that does stand at a place, or would. */
  private expected(place: Place, { podLabels = {} }: NetworkParty, other: Place): Party[] {
    if (!('namespace' in place)) return this.network.outside(place.range, 'namespace' in other ? other.namespace : undefined);
    const workloads = this.workloads(place.namespace, podLabels);
    return workloads.length > 0 ? workloads : [this.network.probe(place.namespace, podLabels)];
  }

  private workloads(namespace: string, podLabels: { [key: string]: string }): Party[] {
    const selector = Selector.ofLabels(podLabels);
    return this.network.classesIn(namespace).filter(({ selectable, labels }) => selectable && selector.matches(labels));
  }

  private opened(flow: FlowStatement, source: Party, destination: Party, open: PortSet): Breach {
    const { protocol, port } = open.first()!;
    const explanation = this.network.explain(source, destination, protocol, port);
    const egress = this.describe(source, flow.source, explanation.egress, 'egress');
    const ingress = this.describe(destination, flow.destination, explanation.ingress, 'ingress');
    const first = ingress.weight >= egress.weight ? ingress : egress;
    return {
      source,
      destination,
      object: first.object,
      path: first.path,
      why: `the policy says that ${describeFlow(flow, false)} (${flow.reason}), but ${egress.sentence}, and ${ingress.sentence}`,
      cure: first.cure,
      witness: `${short(source.name)} reaches ${short(destination.name)} on ${open.isAll ? 'every port' : showPort(protocol, port)}`,
      related: [...egress.related, ...ingress.related],
    };
  }

  /**
   * Why a side lets a connection through, and what to do about it. The weightier side is the one to mend: the namespace
   * that the statement names rather than one of many others, and a missing policy rather than one that is too wide.
   */
  private describe(party: Party, { namespace }: NetworkParty, verdict: Verdict | undefined, direction: 'ingress' | 'egress') {
    const named = namespace === undefined ? 0 : 10;
    if (!party.isolatable) {
      return { weight: -1, object: party.name, path: '', sentence: `no policy applies to ${short(party.name)}`, cure: '', related: [] };
    }
    if (verdict === undefined || verdict.by.length === 0) {
      return {
        // a namespace that is not in the manifests, like kube-system, is somebody else's to isolate
        weight: this.known.has(party.namespace) ? named + 2 : 0,
        object: `Namespace ${party.namespace}`,
        path: '',
        sentence: describeVerdict(party, direction === 'ingress' ? 'receives' : 'sends', verdict),
        cure: `add a NetworkPolicy to ${party.namespace} with an empty podSelector and policyTypes [${direction === 'ingress' ? 'Ingress' : 'Egress'}]`,
        related: [`Namespace ${party.namespace}`, ...this.network.policiesIn(party.namespace).map(({ policy }) => policy.identity)],
      };
    }
    const { by } = verdict;
    const [{ policy, rule }] = by;
    return {
      weight: named + 1,
      object: policy.identity,
      path: rule.path,
      sentence: `${describeOpenings(by)} ${by.length === 1 ? 'allows' : 'allow'} it`,
      cure: `narrow ${rule.path} of ${short(policy.identity)}, or remove it`,
      related: by.map((opening) => opening.policy.identity),
    };
  }

  private blocked(flow: FlowStatement, source: Party, destination: Party, missing: PortSet): Breach {
    const { protocol, port } = missing.first()!;
    const { egress, ingress } = this.network.explain(source, destination, protocol, port);
    const leaves = egress === undefined || egress.allowed;
    const [party, verdict, direction] = leaves && ingress !== undefined ? [destination, ingress, 'ingress'] as const : [source, egress!, 'egress'] as const;
    const does = direction === 'ingress' ? 'receives' : 'sends';
    const said = `the policy says that ${describeFlow(flow, true)} (${flow.reason})`;
    const common = { source, destination, witness: `${short(source.name)} does not reach ${short(destination.name)} on ${showPort(protocol, port)}`, related: verdict.policies.map(({ identity }) => identity) };
    if (!verdict.allowed && verdict.by.length > 0) {
      const [{ policy, rule }] = verdict.by;
      return {
        ...common,
        object: policy.identity,
        path: rule.path,
        why: `${said}, but ${describeOpenings(verdict.by)} ${verdict.by.length === 1 ? 'denies' : 'deny'} it`,
        cure: `narrow ${rule.path} of ${short(policy.identity)}, or put a rule that allows it before`,
      };
    }
    const names = enumerateSome(verdict.policies.map(({ identity }) => short(identity)), 3);
    return {
      ...common,
      object: verdict.policies.length === 1 ? verdict.policies[0].identity : `Namespace ${party.namespace}`,
      why: `${said}, but ${names} restrict${verdict.policies.length === 1 ? 's' : ''} what ${short(party.name)} `
        + `${does}, and no rule allows ${missing.toString()} ${direction === 'ingress' ? `from ${short(source.name)}` : `to ${short(destination.name)}`}`,
      cure: `add a rule for ${missing.toString()} to a policy of ${party.namespace} that selects ${short(party.name)} for ${direction}`,
    };
  }
}

/** One finding for each object to change: the first connection is its witness, the others are counted. */
function gather(breaches: Breach[], rule: typeof RULES.flowOpen): Finding[] {
  const byObject = new Map<string, Breach[]>();
  for (const breach of breaches) {
    const key = `${breach.object} ${breach.path}`;
    if (!byObject.has(key)) byObject.set(key, []);
    byObject.get(key)!.push(breach);
  }
  return [...byObject.values()].map((same) => {
    const pairs = new Set(same.map(({ source, destination }) => `${source.namespace || source.name} ${destination.namespace || destination.name}`)).size;
    const others = pairs === 1 ? '' : `; ${count(pairs - 1, 'more pair')} of namespaces or addresses fare${pairs === 2 ? 's' : ''} the same`;
    return finding(rule, { ...same[0], witness: same[0].witness + others, related: same.slice(0, 20).flatMap(({ related }) => related ?? []) });
  });
}

function askedPorts({ ports }: FlowStatement): PortSet {
  if (ports === undefined || ports.length === 0) return PortSet.ALL;
  return ports.reduce((set, { port, protocol = NetworkProtocol.TCP }) => set.union(PortSet.of(protocol, port, port)), PortSet.NONE);
}

/** The statement in words: `nobody outside shop reaches shop on TCP 443`. */
function describeFlow({ source, destination, ports }: FlowStatement, reaches: boolean): string {
  const on = ports === undefined || ports.length === 0 ? '' : ` on ${askedPorts({ source, destination, ports, reason: '' }).toString()}`;
  const anybody = reaches ? 'everybody' : 'nobody';
  const from = describeParty(source, anybody);
  const to = describeParty(destination, reaches || source.exceptNamespaces === undefined ? anybody : 'anybody');
  const verb = reaches || source.exceptNamespaces !== undefined || destination.exceptNamespaces !== undefined ? 'reaches' : 'does not reach';
  return `${from} ${verb} ${to}${on}`;
}

function describeParty({ namespace, exceptNamespaces, podLabels = {}, cidr }: NetworkParty, anybody: string): string {
  if (cidr !== undefined) return cidr;
  const labels = showLabels(podLabels);
  if (namespace !== undefined) return labels === '' ? namespace : `${labels} in ${namespace}`;
  const outside = exceptNamespaces!.length === 0 ? '' : ` outside ${enumerateSome([...exceptNamespaces!].sort(), 4)}`;
  return `${anybody}${labels === '' ? '' : ` labelled ${labels}`}${outside}`;
}

function showPort(protocol: NetworkProtocol, port: number): string {
  return `${protocol} ${port}`;
}
