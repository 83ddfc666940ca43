import { selectsPod } from './matching';
import { Network, WorkloadClass } from './network';
import { Party } from './party';
import { PeerCensus } from './peer-census';
import { Direction, Peer, PodSelection, Rule } from './policy';
import { PortSet } from './port-set';
import { positionKey } from './position';
import { Side } from './side';
import { normalise, TableEntry } from './table-form';
import { compareText } from '../text';

/** Classes of which one direction fares alike with every class that neither side names. */
interface Group {
  readonly side: Side | undefined;
  readonly classes: WorkloadClass[];
}

/** Destinations of each source, with the ports they are reached on. */
type Rows = Map<WorkloadClass, Map<WorkloadClass, PortSet>>;

/** Destinations of each source that have less than their groups. */
type Missing = Map<WorkloadClass, Set<WorkloadClass>>;

/** The group of each class. */
type GroupOf = Map<WorkloadClass, Group>;

/**
 * Puts together who reaches whom without asking about every pair.
 *
 * What a side says about most classes is the same for many classes, so a few groups are judged against each other; the
 * classes that a side singles out are few, and only those pairs are judged one by one.
 */
export function buildTable(network: Network): TableEntry[] {
  return new TableBuilder(network).build();
}

class TableBuilder {
  private readonly order: Map<WorkloadClass, number>;
  private readonly census: PeerCensus;
  private readonly signatures: Map<WorkloadClass, string>;
  private readonly broadKeys = new Map<Side, string>();
  private readonly named = new Map<Side, ReadonlySet<WorkloadClass>>();
  private readonly anyNames: boolean;

  constructor(private readonly network: Network) {
    const { classes } = network;
    this.order = new Map(classes.map((own, index) => [own, index]));
    const sides = new Set(classes.flatMap((own) => [network.side(own, 'ingress') ?? [], network.side(own, 'egress') ?? []].flat()));
    this.census = new PeerCensus(network, sides);
    this.signatures = this.census.signatures();
    this.anyNames = [...sides].some(({ rules }) => rules.some(({ rule }) => rule.named.length > 0 || rule.notNamed !== undefined));
  }

  public build(): TableEntry[] {
    const sources = this.groups('egress');
    const destinations = this.groups('ingress');
    const rowOf = (source: Group) => new Map(destinations.map((destination) => [destination, this.broadPorts(source, destination)]));
    const broad = new Map(sources.map((source) => [source, rowOf(source)]));
    const { more, less } = this.singledOut(groupByClass(sources), groupByClass(destinations), broad);
    const entries = sources.flatMap((source) => destinations.flatMap((destination) => {
      const ports = broad.get(source)!.get(destination)!;
      return ports.isEmpty ? [] : this.without(source, destination, ports, less.get(source)?.get(destination));
    }));
    const singled = [...more].flatMap(([source, row]) => [...row].map(([destination, ports]) => (
      { sources: [source], destinations: [destination], ports })));
    return normalise([...entries, ...singled], this.network.classes);
  }

  /** Classes by what one of their directions says about everybody whom it does not single out. */
  private groups(direction: Direction): Group[] {
    const groups = new Map<string, { side: Side | undefined; classes: WorkloadClass[] }>();
    for (const own of this.network.classes) {
      const side = this.network.side(own, direction);
      const key = JSON.stringify([
        side === undefined ? '' : this.broadKey(side), own.selectable, own.positions.map(positionKey), this.signatures.get(own),
        this.anyNames && direction === 'ingress' ? own.namedPorts : [],
      ]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { side, classes: [own] });
      else group.classes.push(own);
    }
    return [...groups.values()];
  }

  /** Equal for sides that say the same about everybody whom they do not single out. */
  private broadKey(side: Side): string {
    let key = this.broadKeys.get(side);
    if (key === undefined) {
      key = JSON.stringify(side.layers.map(({ tier, rules, otherwise, plain }) => {
        const kept = rules.flatMap(({ rule }) => this.broadRule(rule));
        return [tier.order, otherwise, plain || tier.denyFirst ? kept.sort(compareText) : kept];
      }));
      this.broadKeys.set(side, key);
    }
    return key;
  }

  private broadRule({ action, ports, named, notNamed, peers }: Rule): string[] {
    const kept = peers?.flatMap((peer) => this.broadPeer(peer)).sort(compareText);
    return kept?.length === 0 ? [] : [JSON.stringify([action, ports.key, named, notNamed, kept])];
  }

  private broadPeer({ pods, strangers, block, entities }: Peer): string[] {
    const sort = pods === undefined ? undefined : this.census.of(pods).sort;
    if (sort === 'few') return [];
    const range = ({ version, first, last }: { version: number; first: bigint; last: bigint }) => `${version} ${first}-${last}`;
    const blocks = block === undefined ? undefined : [block.range, ...block.except].map(range);
    return [JSON.stringify([sort === 'common' ? this.census.keyOf(pods!) : sort, strangers, blocks, entities])];
  }

  /** Whether a selection selects the classes for which a party stands, none of which is singled out. */
  private readonly selectsBroadly = (selection: PodSelection, party: Party): boolean => {
    const { sort } = this.census.of(selection);
    return sort === 'common' ? selectsPod(selection, party) : sort === 'most' && party.selectable;
  };

  private broadPorts(source: Group, destination: Group): PortSet {
    const [from] = source.classes;
    const [to] = destination.classes;
    const out = source.side?.ports(to, to, 'possible', this.selectsBroadly) ?? PortSet.ALL;
    return out.isEmpty ? out : out.intersect(destination.side?.ports(from, to, 'possible', this.selectsBroadly) ?? PortSet.ALL);
  }

  /** The classes that a direction of a class singles out. */
  private namedBy(own: WorkloadClass, direction: Direction): ReadonlySet<WorkloadClass> {
    const side = this.network.side(own, direction);
    if (side === undefined) return NOBODY;
    let named = this.named.get(side);
    if (named === undefined) {
      const selections = side.rules.flatMap(({ rule }) => rule.peers ?? []).flatMap(({ pods }) => pods ?? []);
      named = new Set(selections.map((selection) => this.census.of(selection)).flatMap(({ sort, classes }) => (sort === 'common' ? [] : classes)));
      this.named.set(side, named);
    }
    return named;
  }

  /** The pairs of which a side singles out the other one: those with more ports than their groups, and those with less. */
  private singledOut(groupOfSource: GroupOf, groupOfDestination: GroupOf, broad: Map<Group, Map<Group, PortSet>>) {
    const more: Rows = new Map();
    const less = new Map<Group, Map<Group, Missing>>();
    const judge = (source: WorkloadClass, destination: WorkloadClass) => {
      const ports = this.network.ports(source, destination, 'possible');
      const from = groupOfSource.get(source)!;
      const to = groupOfDestination.get(destination)!;
      const always = broad.get(from)!.get(to)!;
      if (ports.key === always.key) return;
      if (!ports.isEmpty) place(more, source, () => new Map<WorkloadClass, PortSet>()).set(destination, ports);
      if (ports.includes(always)) return;
      const missing: Missing = place(place(less, from, () => new Map<Group, Missing>()), to, () => new Map());
      place(missing, source, () => new Set()).add(destination);
    };
    const { classes } = this.network;
    for (const source of classes) for (const destination of this.namedBy(source, 'egress')) judge(source, destination);
    for (const destination of classes) {
      for (const source of this.namedBy(destination, 'ingress')) if (!this.namedBy(source, 'egress').has(destination)) judge(source, destination);
    }
    return { more, less };
  }

  /** What two groups have with each other, without the pairs that have less. */
  private without(source: Group, destination: Group, ports: PortSet, less: Missing | undefined): TableEntry[] {
    if (less === undefined) return [{ sources: source.classes, destinations: destination.classes, ports }];
    const alike = new Map<string, { sources: WorkloadClass[]; missing: ReadonlySet<WorkloadClass> }>();
    for (const own of source.classes) {
      const missing = less.get(own) ?? NOBODY;
      const key = [...missing].map((other) => this.order.get(other)!).sort((a, b) => a - b).join();
      const same = alike.get(key);
      if (same === undefined) alike.set(key, { sources: [own], missing });
      else same.sources.push(own);
    }
    return [...alike.values()]
      .map(({ sources, missing }) => ({ sources, destinations: destination.classes.filter((own) => !missing.has(own)), ports }))
      .filter(({ destinations }) => destinations.length > 0);
  }
}

const NOBODY: ReadonlySet<WorkloadClass> = new Set();

function groupByClass(groups: Group[]): Map<WorkloadClass, Group> {
  return new Map(groups.flatMap((group) => group.classes.map((own): [WorkloadClass, Group] => [own, group])));
}

/** The entry of a map, put there when it is missing. */
function place<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
