import { NetworkProtocol } from '@viridial/core';
import fc from 'fast-check';
import { PortSet } from '../../../src/private/network/port-set';

const { TCP, UDP, SCTP } = NetworkProtocol;
const PROTOCOLS = [TCP, UDP, SCTP];

const range = fc.record({ protocol: fc.constantFrom(...PROTOCOLS), first: fc.integer({ min: 1, max: 30 }), length: fc.integer({ min: 0, max: 8 }) });
const ranges = fc.array(range, { maxLength: 6 });
const build = (list: { protocol: NetworkProtocol; first: number; length: number }[]) => list
  .reduce((set, { protocol, first, length }) => set.union(PortSet.of(protocol, first, first + length)), PortSet.NONE);
const members = (set: PortSet) => PROTOCOLS.flatMap((protocol) => Array.from({ length: 40 }, (_, index) => index + 1)
  .filter((port) => set.has(protocol, port)).map((port) => `${protocol} ${port}`));

describe('algebra', () => {
  test('a union has the ports of both', () => {
    fc.assert(fc.property(ranges, ranges, (a, b) => {
      expect(members(build(a).union(build(b)))).toEqual(members(build([...a, ...b])));
      expect(new Set(members(build(a).union(build(b))))).toEqual(new Set([...members(build(a)), ...members(build(b))]));
    }));
  });

  test('an intersection has the common ports', () => {
    fc.assert(fc.property(ranges, ranges, (a, b) => {
      const other = new Set(members(build(b)));
      expect(members(build(a).intersect(build(b)))).toEqual(members(build(a)).filter((member) => other.has(member)));
    }));
  });

  test('a difference has what the other lacks', () => {
    fc.assert(fc.property(ranges, ranges, (a, b) => {
      const other = new Set(members(build(b)));
      expect(members(build(a).minus(build(b)))).toEqual(members(build(a)).filter((member) => !other.has(member)));
    }));
  });

  test('one set includes another when nothing is left of the difference', () => {
    fc.assert(fc.property(ranges, ranges, (a, b) => build(a).includes(build(b)) === build(b).minus(build(a)).isEmpty));
  });

  test('equal sets have equal keys, however they were put together', () => {
    fc.assert(fc.property(ranges, (a) => {
      expect(build([...a].reverse()).key).toBe(build(a).key);
      expect(build([...a, ...a]).key).toBe(build(a).key);
    }));
  });

  test('ranges tell the whole set', () => {
    fc.assert(fc.property(ranges, (a) => {
      expect(build(build(a).ranges().map(({ protocol, first, last }) => ({ protocol, first, length: last - first }))).key).toBe(build(a).key);
    }));
  });
});

describe('borders', () => {
  test('every port is from 1 to 65535, of each protocol', () => {
    for (const protocol of PROTOCOLS) for (const port of [1, 443, 65535]) expect(PortSet.ALL.has(protocol, port)).toBe(true);
    expect(PortSet.ALL.has(TCP, 0)).toBe(false);
    expect(PortSet.ALL.has(TCP, 65536)).toBe(false);
  });

  test('putting all pieces together gives every port', () => {
    const pieces = PROTOCOLS.reduce((set, protocol) => set.union(PortSet.of(protocol, 1, 79)).union(PortSet.of(protocol, 80, 80)).union(PortSet.of(protocol, 81)), PortSet.NONE);
    expect(pieces.isAll).toBe(true);
    expect(pieces.key).toBe(PortSet.ALL.key);
  });

  test('nothing is left of everything', () => {
    expect(PortSet.ALL.minus(PortSet.ALL).isEmpty).toBe(true);
    expect(PortSet.NONE.first()).toBeUndefined();
  });

  test('the first port is the lowest of the first protocol', () => {
    expect(PortSet.of(UDP, 53, 53).union(PortSet.of(SCTP)).first()).toEqual({ protocol: UDP, port: 53 });
  });
});

test.each([
  [PortSet.ALL, 'every port'],
  [PortSet.NONE, 'no port'],
  [PortSet.of(TCP), 'TCP every port'],
  [PortSet.of(UDP, 53, 53).union(PortSet.of(TCP, 8000, 8999)).union(PortSet.of(TCP, 80, 80)), 'TCP 80, 8000-8999; UDP 53'],
])('as text', (set, text) => {
  expect(set.toString()).toBe(text);
});
