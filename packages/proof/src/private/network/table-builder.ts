import { inBlock } from './address';
import { LabelIndex } from './label-index';
import { Network, WorkloadClass } from './network';
import { Peer, Rule } from './policy';
import { PortSet } from './port-set';
import { portsOf, Side } from './side';
import { compareText } from '../text';

/** Every one of the sources reaches every one of the destinations on these ports. */
export interface TableEntry {
  readonly sources: WorkloadClass[];
  readonly destinations: WorkloadClass[];
  readonly ports: PortSet;
}

/** What a side says about everybody alike, and whom it names beside. */
interface SplitSide {
  /** Rules, or parts of them, whose answer does not depend on the peer's labels or namespace. */
  readonly broad: Rule[];
  readonly broadKey: string;

  /** Classes that some selector of a rule names. */
  readonly named: Set<WorkloadClass>;
}

/** Classes about which the broad rules say the same. */
interface Group {
  readonly side: SplitSide | undefined;
  readonly classes: WorkloadClass[];
}

/**
 * Puts together who reaches whom without asking about every pair.
 *
 * A connection succeeds by a rule about everybody or by a rule that names the peer. The former are the same for many
 * classes, so a few groups are judged against each other; the latter name few, and only those pairs are judged one by one.
 */
export function buildTable(network: Network): TableEntry[] {
  return new TableBuilder(network).build();
}

class TableBuilder {
  private readonly namespaces = new LabelIndex<string>();
  private readonly pods = new Map<string, LabelIndex<WorkloadClass>>();
  private readonly split = new Map<Side, SplitSide>();
  private readonly matched = new Map<string, WorkloadClass[]>();
  private readonly order: Map<WorkloadClass, number>;
  private readonly anyAddresses: boolean;
  private readonly anyNames: boolean;

  constructor(private readonly network: Network) {
    const { classes } = network;
    this.order = new Map(classes.map((own, index) => [own, index]));
    this.anyAddresses = classes.some(({ addresses }) => addresses.length > 0);
    this.anyNames = network.policies.some(({ ingress, egress }) => [...ingress ?? [], ...egress ?? []].some(({ named }) => named.length > 0));
    for (const own of classes) {
      if (!own.selectable) continue;
      if (!this.pods.has(own.namespace)) {
        this.pods.set(own.namespace, new LabelIndex());
        this.namespaces.add(own.namespaceLabels, own.namespace);
      }
      this.pods.get(own.namespace)!.add(own.labels, own);
    }
  }

  public build(): TableEntry[] {
    const sources = this.groups('egress');
    const destinations = this.groups('ingress');
    const broad = new Map<Group, Map<Group, PortSet>>();
    const entries: TableEntry[] = [];
    for (const source of sources) {
      const row = new Map<Group, PortSet>();
      broad.set(source, row);
      for (const destination of destinations) {
        const ports = broadPorts(source, destination);
        row.set(destination, ports);
        if (!ports.isEmpty) entries.push({ sources: source.classes, destinations: destination.classes, ports });
      }
    }
    const groupOfSource = groupByClass(sources);
    const groupOfDestination = groupByClass(destinations);
    const named = this.namedPairs((source, destination) => {
      const ports = this.network.ports(source, destination, 'possible');
      const always = broad.get(groupOfSource.get(source)!)!.get(groupOfDestination.get(destination)!)!;
      return ports.key === always.key ? PortSet.NONE : ports;
    });
    return [...entries, ...named].sort((a, b) => this.compare(a.sources, b.sources)
      || this.compare(a.destinations, b.destinations) || compareText(a.ports.key, b.ports.key));
  }

  /** Classes by what the broad rules of one of their directions say. */
  private groups(direction: 'ingress' | 'egress'): Group[] {
    const groups = new Map<string, { side: SplitSide | undefined; classes: WorkloadClass[] }>();
    for (const own of this.network.classes) {
      const side = this.network.side(own, direction);
      const split = side === undefined ? undefined : this.splitSide(side);
      const addresses = own.addresses.map(({ version, value }) => `${version} ${value}`);
      const key = JSON.stringify([split?.broadKey, own.selectable, addresses, this.anyNames && direction === 'ingress' ? own.namedPorts : []]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { side: split, classes: [own] });
      else group.classes.push(own);
    }
    return [...groups.values()];
  }

  private splitSide(side: Side): SplitSide {
    let split = this.split.get(side);
    if (split === undefined) {
      split = this.splitRules(side);
      this.split.set(side, split);
    }
    return split;
  }

  private splitRules(side: Side): SplitSide {
    const broad: Rule[] = [];
    const named = new Set<WorkloadClass>();
    for (const { policy, rule } of side.rules) {
      if (rule.peers === undefined) {
        broad.push(rule);
        continue;
      }
      const peers = rule.peers.filter((peer) => (peer.block === undefined ? isEveryPod(peer) : this.anyAddresses));
      if (peers.length > 0) broad.push({ ...rule, peers });
      for (const peer of rule.peers) {
        if (peer.block !== undefined || isEveryPod(peer)) continue;
        for (const own of this.match(peer, policy.namespace)) named.add(own);
      }
    }
    return { broad, named, broadKey: broad.map(ruleKey).sort(compareText).join(' ') };
  }

  /** The classes that a peer of a rule selects; equal peers, of which tenants have many, are looked up once. */
  private match(peer: Peer, namespace: string): WorkloadClass[] {
    const key = peer.namespaces === undefined ? `${namespace} ${peer.pods.key}` : `* ${peer.namespaces.key} ${peer.pods.key}`;
    let classes = this.matched.get(key);
    if (classes === undefined) {
      const namespaces = peer.namespaces === undefined ? [namespace] : this.namespaces.find(peer.namespaces);
      classes = namespaces.flatMap((name) => this.pods.get(name)?.find(peer.pods) ?? []);
      this.matched.set(key, classes);
    }
    return classes;
  }

  /** The pairs in which a side names the other one and that get more than the broad rules give them. */
  private namedPairs(judge: (source: WorkloadClass, destination: WorkloadClass) => PortSet): TableEntry[] {
    const rows = new Map<WorkloadClass, Map<string, { ports: PortSet; destinations: WorkloadClass[] }>>();
    const add = (source: WorkloadClass, destination: WorkloadClass) => {
      const ports = judge(source, destination);
      if (ports.isEmpty) return;
      if (!rows.has(source)) rows.set(source, new Map());
      const row = rows.get(source)!;
      if (!row.has(ports.key)) row.set(ports.key, { ports, destinations: [] });
      row.get(ports.key)!.destinations.push(destination);
    };
    for (const source of this.network.classes) for (const destination of this.namedBy(source, 'egress')) add(source, destination);
    for (const destination of this.network.classes) {
      for (const source of this.namedBy(destination, 'ingress')) {
        if (!this.namedBy(source, 'egress').has(destination)) add(source, destination);
      }
    }
    return this.joined(rows);
  }

  private namedBy(own: WorkloadClass, direction: 'ingress' | 'egress'): ReadonlySet<WorkloadClass> {
    const side = this.network.side(own, direction);
    return side === undefined ? NOBODY : this.splitSide(side).named;
  }

  /** Sources that reach the same destinations on the same ports become one entry. */
  private joined(rows: Map<WorkloadClass, Map<string, { ports: PortSet; destinations: WorkloadClass[] }>>): TableEntry[] {
    const entries = new Map<string, { sources: WorkloadClass[]; destinations: WorkloadClass[]; ports: PortSet }>();
    for (const source of this.network.classes) {
      for (const { ports, destinations } of rows.get(source)?.values() ?? []) {
        destinations.sort((a, b) => this.order.get(a)! - this.order.get(b)!);
        const key = `${ports.key} ${destinations.map((destination) => this.order.get(destination)).join()}`;
        const entry = entries.get(key);
        if (entry === undefined) entries.set(key, { sources: [source], destinations, ports });
        else entry.sources.push(source);
      }
    }
    return [...entries.values()];
  }

  private compare(a: WorkloadClass[], b: WorkloadClass[]): number {
    return this.order.get(a[0])! - this.order.get(b[0])! || a.length - b.length;
  }
}

const NOBODY: ReadonlySet<WorkloadClass> = new Set();

/** What the broad rules of both groups let through. */
function broadPorts(source: Group, destination: Group): PortSet {
  const [from] = source.classes;
  const [to] = destination.classes;
  const out = source.side === undefined ? PortSet.ALL : broadSide(source.side, to, to);
  return out.isEmpty ? out : out.intersect(destination.side === undefined ? PortSet.ALL : broadSide(destination.side, from, to));
}

function broadSide({ broad }: SplitSide, peer: WorkloadClass, destination: WorkloadClass): PortSet {
  const means = ({ block }: Peer) => (block === undefined ? peer.selectable : peer.addresses.some((address) => inBlock(address, block)));
  return broad.filter(({ peers }) => peers === undefined || peers.some(means))
    .reduce((set, rule) => set.union(portsOf(rule, destination)), PortSet.NONE);
}

function isEveryPod({ namespaces, pods }: Peer): boolean {
  return namespaces !== undefined && namespaces.matchesEverything && pods.matchesEverything;
}

function groupByClass(groups: Group[]): Map<WorkloadClass, Group> {
  return new Map(groups.flatMap((group) => group.classes.map((own): [WorkloadClass, Group] => [own, group])));
}

/** Equal for rules that say the same about everybody. */
function ruleKey({ ports, named, peers }: Rule): string {
  const range = ({ version, first, last }: { version: number; first: bigint; last: bigint }) => `${version} ${first}-${last}`;
  const sides = peers?.map(({ block }) => (block === undefined ? 'pods' : [block.range, ...block.except].map(range).join(' ')));
  return JSON.stringify([ports.key, named, sides?.sort(compareText)]);
}
