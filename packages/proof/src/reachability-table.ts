import { PortRange } from './port-range';
import { WorkloadClass } from './private/network/network';
import { PortSet } from './private/network/port-set';
import { changesBetween } from './private/network/table-changes';
import { entriesBySource, rowOf, TableEntry } from './private/network/table-form';
import { ReachabilityChange } from './reachability-change';
import { ReachabilityCursor } from './reachability-cursor';
import { ReachabilityPair } from './reachability-pair';

/** Workloads that no policy can tell apart: same namespace, labels, port names and place in the network. */
export interface ReachabilityClass {
  /** What entries call the class: its first workload. */
  readonly id: string;

  /** The namespace of the workloads. */
  readonly namespace: string;

  /** Labels of their pods. */
  readonly labels: { [key: string]: string };

  /** The workloads, as `Deployment.apps shop/web`, sorted. */
  readonly workloads: string[];

  /** Whether the pods are on the network of their node. */
  readonly hostNetwork: boolean;
}

/** Every source class reaches every destination class on these ports. In very large open clusters a pair may be in several entries, whose ports add up. */
export interface ReachabilityEntry {
  /** Ids of the classes that open connections. */
  readonly sources: string[];

  /** Ids of the classes that are talked to. */
  readonly destinations: string[];

  /** The open ports, sorted by protocol and port. */
  readonly ports: PortRange[];

  /** The open ports as text: `every port`, `TCP 80, 8000-8999; UDP 53`. */
  readonly portsText: string;
}

/**
 * Who reaches whom on which ports.
 *
 * Sparse: what cannot reach each other is not in it, and large open groups are one entry. It does not depend on how policies
 * say what they say: two clusters in which the same is open have the same table. Ask for pairs of one workload, or
 * walk through all of them with a cursor; the list of all pairs grows with the square of the workloads that are open.
 * Addresses outside are not in it; ask `Reachability.allows` about them.
 */
export class ReachabilityTable {
  /**
   * @internal
   */
  public static _of(classes: WorkloadClass[], entries: TableEntry[]): ReachabilityTable {
    return new ReachabilityTable(classes, entries);
  }

  private bySource: Map<WorkloadClass, TableEntry[]> | undefined;
  private byDestination: Map<WorkloadClass, TableEntry[]> | undefined;

  private constructor(private readonly ownClasses: WorkloadClass[], private readonly ownEntries: TableEntry[]) {}

  /** The classes, sorted by their first workload. */
  public get classes(): ReachabilityClass[] {
    return this.ownClasses.map((own) => ({
      id: own.name,
      namespace: own.namespace,
      labels: { ...own.labels },
      workloads: [...own.members],
      hostNetwork: own.hostNetwork,
    }));
  }

  /** What is open between classes, sorted by source, destination and ports. */
  public get entries(): ReachabilityEntry[] {
    return this.ownEntries.map(({ sources, destinations, ports }) => ({
      sources: sources.map(({ name }) => name),
      destinations: destinations.map(({ name }) => name),
      ...show(ports),
    }));
  }

  /** Every ordered pair of different workloads of which the first reaches the second, sorted. */
  public pairs(): ReachabilityPair[] {
    const pairs: ReachabilityPair[] = [];
    const cursor = this.cursor();
    for (let pair = cursor.next(); pair !== undefined; pair = cursor.next()) pairs.push(pair);
    return pairs;
  }

  /**
   * The workloads that one workload reaches, sorted.
   *
   * @param workload the workload: `Deployment.apps shop/web`
   */
  public pairsFrom(workload: string): ReachabilityPair[] {
    const own = this.ownClasses.find(({ members }) => members.includes(workload));
    return own === undefined ? [] : this.pairsOf(own, workload);
  }

  /**
   * The workloads that reach one workload, sorted.
   *
   * @param workload the workload: `Deployment.apps shop/web`
   */
  public pairsTo(workload: string): ReachabilityPair[] {
    const own = this.ownClasses.find(({ members }) => members.includes(workload));
    if (own === undefined) return [];
    this.byDestination ??= entriesBySource(this.ownEntries.map((entry) => ({ ...entry, sources: entry.destinations, destinations: entry.sources })));
    const ports = rowOf(this.byDestination.get(own) ?? []);
    return workloadsOf(ports, workload).map(({ other, open }) => ({ source: other, destination: workload, ...show(open) }));
  }

  /** Walks through the pairs in the order of `pairs` without putting them all in memory. */
  public cursor(): ReachabilityCursor {
    const workloads = this.ownClasses.flatMap((own) => own.members.map((workload) => ({ own, workload })))
      .sort((a, b) => (a.workload < b.workload ? -1 : 1));
    return ReachabilityCursor._over(workloads.length, (index) => this.pairsOf(workloads[index].own, workloads[index].workload));
  }

  /**
   * What has changed since an earlier table, of the same cluster or of another one, sorted by source and destination. A
   * workload that is in one of the tables only has all its connections opened or closed.
   *
   * @param earlier the table that it is compared with
   */
  public diff(earlier: ReachabilityTable): ReachabilityChange[] {
    return changesBetween(earlier.ownEntries, this.ownEntries);
  }

  /** The table as a plain object. */
  public toJson(): any {
    return { classes: this.classes, entries: this.entries };
  }

  private pairsOf(own: WorkloadClass, workload: string): ReachabilityPair[] {
    this.bySource ??= entriesBySource(this.ownEntries);
    const ports = rowOf(this.bySource.get(own) ?? []);
    return workloadsOf(ports, workload).map(({ other, open }) => ({ source: workload, destination: other, ...show(open) }));
  }
}

function show(ports: PortSet): { ports: PortRange[]; portsText: string } {
  return { ports: ports.ranges(), portsText: ports.toString() };
}

function workloadsOf(ports: Map<WorkloadClass, PortSet>, workload: string): { other: string; open: PortSet }[] {
  return [...ports].flatMap(([own, open]) => own.members.filter((other) => other !== workload).map((other) => ({ other, open })))
    .sort((a, b) => (a.other < b.other ? -1 : 1));
}
