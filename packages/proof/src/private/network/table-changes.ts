import { PortSet } from './port-set';
import { entriesBySource, rowOf, TableEntry } from './table-form';
import { ReachabilityChange } from '../../reachability-change';
import { compareText, groupBy } from '../text';

/** Where a workload stands in a table: the entries of which it is a source. */
interface Place {
  readonly key: string;
  readonly entries: TableEntry[];
}

const NOWHERE: Place = { key: '', entries: [] };

/** What has changed from one table to another one; workloads with the same entries in both are compared once. */
export function changesBetween(before: TableEntry[], after: TableEntry[]): ReachabilityChange[] {
  const [earlier, later] = [placesOf(before), placesOf(after)];
  const workloads = [...new Set([...earlier.keys(), ...later.keys()])];
  const groups = groupBy(workloads, (workload) => `${(earlier.get(workload) ?? NOWHERE).key} | ${(later.get(workload) ?? NOWHERE).key}`);
  const changes = [...groups.values()].flatMap((sources) => {
    const [first] = sources;
    const changed = compare(byWorkload(earlier.get(first) ?? NOWHERE), byWorkload(later.get(first) ?? NOWHERE));
    return sources.flatMap((source) => changed.filter(({ destination }) => destination !== source).map((change) => ({ source, ...change })));
  });
  return changes.sort((a, b) => compareText(a.source, b.source) || compareText(a.destination, b.destination));
}

function compare(before: Map<string, PortSet>, after: Map<string, PortSet>): Omit<ReachabilityChange, 'source'>[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((destination) => {
    const [old, now] = [before.get(destination) ?? PortSet.NONE, after.get(destination) ?? PortSet.NONE];
    if (old.key === now.key) return [];
    const [opened, closed] = [now.minus(old), old.minus(now)];
    return [{ destination, opened: opened.ranges(), openedText: opened.toString(), closed: closed.ranges(), closedText: closed.toString() }];
  });
}

function placesOf(entries: TableEntry[]): Map<string, Place> {
  const numbers = new Map(entries.map((entry, index) => [entry, index]));
  const places = new Map<string, Place>();
  for (const [source, own] of entriesBySource(entries)) {
    const place = { key: own.map((entry) => numbers.get(entry)).join(), entries: own };
    for (const workload of source.members) places.set(workload, place);
  }
  return places;
}

function byWorkload({ entries }: Place): Map<string, PortSet> {
  return new Map([...rowOf(entries)].flatMap(([{ members }, ports]) => members.map((member): [string, PortSet] => [member, ports])));
}
