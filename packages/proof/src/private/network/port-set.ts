import { NetworkProtocol } from '@viridial/core';

const PROTOCOLS = [NetworkProtocol.TCP, NetworkProtocol.UDP, NetworkProtocol.SCTP];
const LAST_PORT = 65535;

/** Sorted ports of one protocol as first and last of each stretch: `[80, 80, 8000, 8999]`. */
type Stretches = readonly number[];

/** Ports of each protocol; immutable. */
export class PortSet {
  /** No port. */
  public static readonly NONE = new PortSet([[], [], []]);

  /** Every port of every protocol. */
  public static readonly ALL = new PortSet([[1, LAST_PORT], [1, LAST_PORT], [1, LAST_PORT]]);

  /** The ports of one protocol from first to last. */
  public static of(protocol: NetworkProtocol, first: number = 1, last: number = LAST_PORT): PortSet {
    return new PortSet(PROTOCOLS.map((other) => (other === protocol ? [first, last] : [])));
  }

  private text: string | undefined;

  private constructor(private readonly stretches: readonly Stretches[]) {}

  /** Whether there is no port in it. */
  public get isEmpty(): boolean {
    return this.stretches.every(({ length }) => length === 0);
  }

  /** Whether every port of every protocol is in it. */
  public get isAll(): boolean {
    return this === PortSet.ALL || this.stretches.every((list) => list.length === 2 && list[0] === 1 && list[1] === LAST_PORT);
  }

  /** Equal sets have equal keys. */
  public get key(): string {
    this.text ??= this.stretches.map((list) => list.join('-')).join('|');
    return this.text;
  }

  /** Whether a port is in it. */
  public has(protocol: NetworkProtocol, port: number): boolean {
    const list = this.stretches[PROTOCOLS.indexOf(protocol)];
    for (let index = 0; index < list.length; index += 2) if (port >= list[index] && port <= list[index + 1]) return true;
    return false;
  }

  /** Whether every port of another set is in it. */
  public includes(other: PortSet): boolean {
    return this.isAll || this.intersect(other).key === other.key;
  }

  /** The ports of both sets together. */
  public union(other: PortSet): PortSet {
    if (this === other || other.isEmpty || this.isAll) return this;
    if (this.isEmpty || other.isAll) return other;
    return new PortSet(this.stretches.map((list, index) => unite(list, other.stretches[index])));
  }

  /** The ports that are in both sets. */
  public intersect(other: PortSet): PortSet {
    if (this === other || this.isEmpty || other.isAll) return this;
    if (other.isEmpty || this.isAll) return other;
    return new PortSet(this.stretches.map((list, index) => cut(list, other.stretches[index])));
  }

  /** The ports of this set that are not in the other one. */
  public minus(other: PortSet): PortSet {
    if (other.isEmpty) return this;
    return new PortSet(this.stretches.map((list, index) => cut(list, complement(other.stretches[index]))));
  }

  /** Some port of the set, the lowest of the first protocol that has one. */
  public first(): { readonly protocol: NetworkProtocol; readonly port: number } | undefined {
    const index = this.stretches.findIndex(({ length }) => length > 0);
    return index < 0 ? undefined : { protocol: PROTOCOLS[index], port: this.stretches[index][0] };
  }

  /** The stretches, by protocol and then by port. */
  public ranges(): { readonly protocol: NetworkProtocol; readonly first: number; readonly last: number }[] {
    return this.stretches.flatMap((list, index) => list.flatMap((first, place) => (
      place % 2 === 0 ? [{ protocol: PROTOCOLS[index], first, last: list[place + 1] }] : [])));
  }

  /** `every port`, `TCP 80, 8000-8999; UDP 53`. */
  public toString(): string {
    if (this.isAll) return 'every port';
    if (this.isEmpty) return 'no port';
    return this.stretches.flatMap((list, index) => {
      if (list.length === 0) return [];
      const ranges = list.flatMap((first, place) => (place % 2 === 0 ? [first === list[place + 1] ? `${first}` : `${first}-${list[place + 1]}`] : []));
      return [`${PROTOCOLS[index]} ${ranges.join() === `1-${LAST_PORT}` ? 'every port' : ranges.join(', ')}`];
    }).join('; ');
  }
}

function unite(a: Stretches, b: Stretches): Stretches {
  const pairs: [number, number][] = [];
  for (const list of [a, b]) for (let index = 0; index < list.length; index += 2) pairs.push([list[index], list[index + 1]]);
  pairs.sort((x, y) => x[0] - y[0]);
  const result: number[] = [];
  for (const [first, last] of pairs) {
    if (result.length > 0 && first <= result[result.length - 1] + 1) result[result.length - 1] = Math.max(result[result.length - 1], last);
    else result.push(first, last);
  }
  return result;
}

function complement(list: Stretches): Stretches {
  const result: number[] = [];
  let next = 1;
  for (let index = 0; index < list.length; index += 2) {
    if (list[index] > next) result.push(next, list[index] - 1);
    next = list[index + 1] + 1;
  }
  if (next <= LAST_PORT) result.push(next, LAST_PORT);
  return result;
}

function cut(a: Stretches, b: Stretches): Stretches {
  const result: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const first = Math.max(a[i], b[j]);
    const last = Math.min(a[i + 1], b[j + 1]);
    if (first <= last) result.push(first, last);
    if (a[i + 1] < b[j + 1]) i += 2;
    else j += 2;
  }
  return result;
}
