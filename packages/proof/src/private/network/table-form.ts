import { WorkloadClass } from './network';
import { PortSet } from './port-set';
import { compareText, groupBy } from '../text';

/** Every one of the sources reaches every one of the destinations on these ports. */
export interface TableEntry {
  readonly sources: WorkloadClass[];
  readonly destinations: WorkloadClass[];
  readonly ports: PortSet;
}

/** Destinations of one source, with the ports they are reached on. */
export type Row = Map<WorkloadClass, PortSet>;

/** Beyond this many cells, which takes a large cluster that is open, entries stay as they were found. */
const MOST_CELLS = 3_000_000;

/**
 * The same table in the one form that does not depend on how policies were written: every pair in one entry, with all
 * sources that reach the same destinations on the same ports.
 */
export function normalise(entries: TableEntry[], classes: WorkloadClass[]): TableEntry[] {
  const order = new Map(classes.map((own, index) => [own, index]));
  const groups = [...alike(entries).values()];
  const cells = groups.reduce((sum, { own }) => sum + own.reduce((length, { destinations }) => length + destinations.length, 0), 0);
  const joined = cells > MOST_CELLS ? entries : join(groups, order);
  const first = (list: WorkloadClass[]) => order.get(list[0])!;
  return [...joined].sort((a, b) => first(a.sources) - first(b.sources) || a.sources.length - b.sources.length
    || first(a.destinations) - first(b.destinations) || a.destinations.length - b.destinations.length || compareText(a.ports.key, b.ports.key));
}

/** The destinations of entries together. */
export function rowOf(entries: readonly TableEntry[]): Row {
  const row: Row = new Map();
  for (const { destinations, ports } of entries) for (const own of destinations) row.set(own, (row.get(own) ?? PortSet.NONE).union(ports));
  return row;
}

/** The entries of each source. */
export function entriesBySource(entries: readonly TableEntry[]): Map<WorkloadClass, TableEntry[]> {
  const bySource = new Map<WorkloadClass, TableEntry[]>();
  for (const entry of entries) {
    for (const own of entry.sources) {
      const list = bySource.get(own);
      if (list === undefined) bySource.set(own, [entry]);
      else list.push(entry);
    }
  }
  return bySource;
}

/** Sources that are in the same entries, which makes their rows the same. */
function alike(entries: TableEntry[]): Map<string, { readonly sources: WorkloadClass[]; readonly own: TableEntry[] }> {
  const places = new Map(entries.map((entry, index) => [entry, index]));
  const groups = groupBy(entriesBySource(entries), ([, own]) => own.map((entry) => places.get(entry)).join());
  return new Map([...groups].map(([key, same]) => [key, { sources: same.map(([source]) => source), own: same[0][1] }]));
}

function join(groups: { readonly sources: WorkloadClass[]; readonly own: TableEntry[] }[], order: Map<WorkloadClass, number>): TableEntry[] {
  const joined = new Map<string, { sources: WorkloadClass[]; destinations: WorkloadClass[]; ports: PortSet }>();
  const sorted = (list: WorkloadClass[]) => list.sort((a, b) => order.get(a)! - order.get(b)!);
  for (const { sources, own } of groups) {
    const byPorts = groupBy(rowOf(own), ([, ports]) => ports.key);
    for (const [key, cells] of byPorts) {
      const destinations = sorted(cells.map(([destination]) => destination));
      const place = `${key} ${destinations.map((destination) => order.get(destination)).join()}`;
      const entry = joined.get(place);
      if (entry === undefined) joined.set(place, { sources: [...sources], destinations, ports: cells[0][1] });
      else entry.sources.push(...sources);
    }
  }
  for (const { sources } of joined.values()) sorted(sources);
  return [...joined.values()];
}
