import { compareBigInt } from './compare';
import { bitsOf } from './ip-address';

/** A run of addresses of one version, both ends included. */
export interface AddressRange {
  readonly version: number;
  readonly first: bigint;
  readonly last: bigint;
}

/** An aligned block: what a CIDR is without its text. */
export interface AddressBlock {
  readonly version: number;
  readonly first: bigint;
  readonly prefix: number;
}

/** Orders ranges by version, start, then the wider one first. */
export function compareRanges(a: AddressRange, b: AddressRange): number {
  return a.version - b.version || compareBigInt(a.first, b.first) || compareBigInt(b.last, a.last);
}

/** Joins ranges that overlap or touch; sorted, n log n. */
export function mergeRanges(ranges: AddressRange[]): AddressRange[] {
  const merged: AddressRange[] = [];
  for (const range of [...ranges].sort(compareRanges)) {
    const previous = merged[merged.length - 1];
    if (previous !== undefined && previous.version === range.version && range.first <= previous.last + 1n) {
      if (range.last > previous.last) merged[merged.length - 1] = { ...previous, last: range.last };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

/** What is in the first set and not in the second; one sweep over both, n log n. */
export function subtractRanges(from: AddressRange[], removed: AddressRange[]): AddressRange[] {
  const holes = mergeRanges(removed);
  const rest: AddressRange[] = [];
  let next = 0;
  for (const range of mergeRanges(from)) {
    let first = range.first;
    while (next < holes.length && isBefore(holes[next], range.version, first)) next++;
    for (let hole = next; hole < holes.length && holes[hole].version === range.version && holes[hole].first <= range.last; hole++) {
      if (holes[hole].first > first) rest.push({ version: range.version, first, last: holes[hole].first - 1n });
      first = holes[hole].last + 1n;
      next = hole;
    }
    if (first <= range.last) rest.push({ version: range.version, first, last: range.last });
  }
  return rest;
}

function isBefore(hole: AddressRange, version: number, first: bigint): boolean {
  return hole.version < version || (hole.version === version && hole.last < first);
}

/** The fewest aligned blocks that cover exactly a range. */
export function blocksOf(range: AddressRange): AddressBlock[] {
  const bits = bitsOf(range.version);
  const blocks: AddressBlock[] = [];
  let first = range.first;
  while (first <= range.last) {
    const fitting = (range.last - first + 1n).toString(2).length - 1;
    const width = Math.min(alignmentOf(first, bits), fitting);
    blocks.push({ version: range.version, first, prefix: bits - width });
    first += 2n ** BigInt(width);
  }
  return blocks;
}

/** How many zero bits an address ends in. */
function alignmentOf(value: bigint, bits: number): number {
  const digits = value.toString(2);
  return value === 0n ? bits : digits.length - 1 - digits.lastIndexOf('1');
}
