import { NetworkProtocol } from '@viridial/core';
import fc from 'fast-check';
import { PortSet } from '../../../src/private/network/port-set';
import { normalise, TableEntry } from '../../../src/private/network/table-form';
import { pod } from '../../fixtures/cluster';
import { networkOf } from '../../fixtures/read';

const { classes } = networkOf(['a', 'b', 'c', 'd'].map((own) => pod(`${own}/p`)));
const some = fc.subarray(classes, { minLength: 1 });
const ports = fc.constantFrom(PortSet.ALL, PortSet.of(NetworkProtocol.TCP, 80, 80), PortSet.of(NetworkProtocol.TCP, 80, 90), PortSet.of(NetworkProtocol.UDP));
const entries: fc.Arbitrary<TableEntry[]> = fc.array(fc.record({ sources: some, destinations: some, ports }), { maxLength: 6 });

const shown = (list: TableEntry[]) => list.map(({ sources, destinations, ports: own }) => [sources.map(({ name }) => name), destinations.map(({ name }) => name), own.toString()]);
const cells = (list: TableEntry[]) => list.flatMap(({ sources, destinations, ports: own }) => sources.flatMap((source) => destinations.map((destination) => ({ pair: `${source.name} ${destination.name}`, own }))));

test('says the same, with every pair in one entry', () => {
  fc.assert(fc.property(entries, (list) => {
    const form = normalise(list, classes);
    const pairs = cells(form).map(({ pair }) => pair);
    expect(new Set(pairs).size).toBe(pairs.length);
    const expected = new Map<string, PortSet>();
    for (const { pair, own } of cells(list)) expected.set(pair, (expected.get(pair) ?? PortSet.NONE).union(own));
    expect(new Map(cells(form).map(({ pair, own }) => [pair, own.key]))).toEqual(new Map([...expected].map(([pair, own]) => [pair, own.key])));
  }));
});

test('is one for all ways to say the same', () => {
  fc.assert(fc.property(entries, (list) => {
    const form = normalise(list, classes);
    const apart = list.flatMap(({ sources, destinations, ports: own }) => sources.flatMap((source) => destinations.map((destination) => (
      { sources: [source], destinations: [destination], ports: own }))));
    expect(shown(normalise(apart.reverse(), classes))).toEqual(shown(form));
    expect(shown(normalise([...list, ...list], classes))).toEqual(shown(form));
  }));
});
