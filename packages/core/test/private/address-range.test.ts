import { BlockList } from 'node:net';
import fc from 'fast-check';
import { Cidr } from '../../src';
import { AddressRange, blocksOf, compareRanges, mergeRanges, subtractRanges } from '../../src/private/address-range';

const range = (first: number, last: number, version = 4): AddressRange => ({ version, first: BigInt(first), last: BigInt(last) });
const anyRange = fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 12 }), fc.constantFrom(4, 6))
  .map(([first, length, version]) => range(first, first + length, version));
const addresses = (ranges: AddressRange[]) => {
  const found = new Set<string>();
  for (const { version, first, last } of ranges) for (let at = first; at <= last; at++) found.add(`${version} ${at}`);
  return found;
};

test('ranges that overlap or touch become one', () => {
  expect(mergeRanges([range(5, 9), range(0, 4), range(8, 12), range(14, 15)])).toEqual([range(0, 12), range(14, 15)]);
});

test('a range inside another one disappears', () => {
  expect(mergeRanges([range(0, 20), range(3, 4), range(5, 6)])).toEqual([range(0, 20)]);
});

test('ranges of the two versions never touch', () => {
  expect(mergeRanges([range(0, 4, 6), range(5, 9, 4)])).toEqual([range(5, 9, 4), range(0, 4, 6)]);
});

test('one hole can cut several ranges and several holes one range', () => {
  expect(subtractRanges([range(0, 4), range(6, 10)], [range(3, 7)])).toEqual([range(0, 2), range(8, 10)]);
  expect(subtractRanges([range(0, 10)], [range(0, 1), range(4, 5), range(10, 20)])).toEqual([range(2, 3), range(6, 9)]);
});

test('a hole of the other version cuts nothing', () => {
  expect(subtractRanges([range(0, 10)], [range(0, 10, 6)])).toEqual([range(0, 10)]);
  expect(subtractRanges([range(0, 10, 6)], [range(0, 10)])).toEqual([range(0, 10, 6)]);
});

test('merging and subtracting are those of sets of addresses', () => {
  const list = fc.array(anyRange, { maxLength: 8 });
  fc.assert(fc.property(list, list, (kept, removed) => {
    const merged = mergeRanges(kept);
    expect(addresses(merged)).toEqual(addresses(kept));
    expect(merged.every((one, index) => index === 0 || compareRanges(merged[index - 1], one) < 0)).toBe(true);
    const gone = addresses(removed);
    expect(addresses(subtractRanges(kept, removed))).toEqual(new Set([...addresses(kept)].filter((address) => !gone.has(address))));
  }));
});

test('a range is covered exactly, in order, by aligned blocks', () => {
  fc.assert(fc.property(fc.nat({ max: 2000 }), fc.nat({ max: 2000 }), (first, length) => {
    let next = BigInt(first);
    for (const block of blocksOf(range(first, first + length))) {
      const size = 2n ** BigInt(32 - block.prefix);
      expect(block.first).toBe(next);
      expect(block.first % size).toBe(0n);
      next += size;
    }
    expect(next).toBe(BigInt(first + length + 1));
  }));
});

test('a whole version is one block, and all but its first address takes one block a bit', () => {
  expect(blocksOf({ version: 6, first: 0n, last: 2n ** 128n - 1n })).toEqual([{ version: 6, first: 0n, prefix: 0 }]);
  expect(blocksOf({ version: 6, first: 1n, last: 2n ** 128n - 1n })).toHaveLength(128);
  expect(blocksOf({ version: 4, first: 1n, last: 2n ** 32n - 2n })).toHaveLength(62);
});

test("Node's own block list agrees about which address lies in which block", () => {
  const block = fc.tuple(fc.nat({ max: 255 }), fc.nat({ max: 255 }), fc.integer({ min: 8, max: 32 }))
    .map(([third, fourth, prefix]) => Cidr.parse(`10.0.${third}.${fourth}/${prefix}`, { allowHostBits: true }));
  const host = fc.tuple(fc.nat({ max: 255 }), fc.nat({ max: 255 })).map(([third, fourth]) => `10.0.${third}.${fourth}`);
  const some = fc.array(block, { minLength: 1, maxLength: 6 });
  fc.assert(fc.property(some, fc.array(block, { maxLength: 3 }), fc.array(host, { minLength: 5 }), (kept, removed, hosts) => {
    const listOf = (cidrs: Cidr[]) => {
      const list = new BlockList();
      for (const cidr of cidrs) list.addSubnet(cidr.address, cidr.prefix);
      return list;
    };
    const [inside, outside, rest, summary] = [kept, removed, Cidr.difference(kept, removed), Cidr.summarise(kept)].map(listOf);
    for (const one of hosts) {
      expect(kept.some((cidr) => cidr.containsAddress(one))).toBe(inside.check(one));
      expect(summary.check(one)).toBe(inside.check(one));
      expect(rest.check(one)).toBe(inside.check(one) && !outside.check(one));
    }
  }));
});
