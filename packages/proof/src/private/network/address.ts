import { Cidr, IpVersion, Problems } from '@viridial/core';

/** One IPv4 or IPv6 address as a number. */
export interface Address {
  readonly version: IpVersion;
  readonly value: bigint;
}

/** Addresses from the first to the last, both included. */
export interface AddressRange {
  readonly version: IpVersion;
  readonly first: bigint;
  readonly last: bigint;
}

/** The addresses of an `ipBlock`: those of the CIDR without the exceptions. */
export interface AddressBlock {
  readonly range: AddressRange;
  readonly except: AddressRange[];
}

/** The range of a CIDR that core has read. */
export function rangeOf(cidr: Cidr): AddressRange {
  const bits = cidr.version === IpVersion.IPV4 ? 32 : 128;
  const first = valueOf(cidr.address, cidr.version);
  return { version: cidr.version, first, last: first + 2n ** BigInt(bits - cidr.prefix) - 1n };
}

/** Reads one address; nothing when a problem was added. */
export function collectAddress(problems: Problems, path: string, text: string): AddressRange | undefined {
  const cidr = Cidr.collect(problems, path, `${text}/${text.includes(':') ? 128 : 32}`);
  return cidr === undefined ? undefined : rangeOf(cidr);
}

/** Whether an address lies in a range. */
export function inRange({ version, value }: Address, range: AddressRange): boolean {
  return version === range.version && value >= range.first && value <= range.last;
}

/** Whether an address lies in a block and in none of its exceptions. */
export function inBlock(address: Address, block: AddressBlock): boolean {
  return inRange(address, block.range) && !block.except.some((range) => inRange(address, range));
}

/** `10.0.0.1`; IPv6 without zero compression, which no reader of a witness needs. */
export function showAddress({ version, value }: Address): string {
  if (version === IpVersion.IPV4) return digits(value, 256n, 4).join('.');
  return digits(value, 65536n, 8).map((group) => group.toString(16)).join(':');
}

/** The digits of a number to a base, the highest first. */
function digits(value: bigint, base: bigint, length: number): bigint[] {
  return Array.from({ length }, (_, index) => (value / base ** BigInt(length - 1 - index)) % base);
}

/** The value of an address in canonical text. */
function valueOf(text: string, version: IpVersion): bigint {
  if (version === IpVersion.IPV4) return text.split('.').reduce((value, part) => value * 256n + BigInt(part), 0n);
  const [head, tail] = text.split('::');
  const groups = (side: string | undefined) => (side ? side.split(':') : []);
  const zeros = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array.from({ length: zeros }, () => '0'), ...groups(tail)];
  return all.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n);
}

/**
 * Where the answer of a set of blocks can change.
 *
 * Between two neighbouring boundaries all addresses fare alike, so one of them speaks for all: a range of any size is
 * judged exactly by a few addresses.
 */
export class AddressBoundaries {
  private readonly boundaries: { [version: number]: bigint[] };

  constructor(blocks: AddressBlock[]) {
    const ranges = blocks.flatMap(({ range, except }) => [range, ...except]);
    const of = (version: IpVersion) => {
      const edges = ranges.filter((range) => range.version === version).flatMap(({ first, last }) => [first, last + 1n]);
      return [...new Set(edges)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    };
    this.boundaries = { [IpVersion.IPV4]: of(IpVersion.IPV4), [IpVersion.IPV6]: of(IpVersion.IPV6) };
  }

  /** One address of the range for each stretch of it on which every block answers the same. */
  public representatives({ version, first, last }: AddressRange): Address[] {
    const boundaries = this.boundaries[version];
    const addresses = [first];
    for (let index = after(boundaries, first); index < boundaries.length && boundaries[index] <= last; index++) addresses.push(boundaries[index]);
    return addresses.map((value) => ({ version, value }));
  }

  /** The address that speaks for all that fare like this one. */
  public canonical({ version, value }: Address): Address {
    const boundaries = this.boundaries[version];
    const index = after(boundaries, value);
    return { version, value: index === 0 ? 0n : boundaries[index - 1] };
  }
}

/** Index of the first boundary behind a value. */
function after(boundaries: bigint[], value: bigint): number {
  let low = 0;
  let high = boundaries.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (boundaries[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
