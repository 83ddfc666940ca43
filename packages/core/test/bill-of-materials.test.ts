import fc from 'fast-check';
import { BillOfMaterials } from '../src';

const line = (id: string, quantity = 1) => ({ id, provider: 'aws', kind: 'server', sku: 'c5.large', region: 'eu-west-1', quantity, unit: 'hour' });

test('lines come out sorted by id, whatever the order they were given in', () => {
  const lines = ['nat.a', 'nodes.app', 'nodes.system', 'volumes'].map((id) => line(id));
  fc.assert(fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
    expect(new BillOfMaterials(shuffled).lines).toEqual(lines);
  }));
});

test('changing what was given or returned does not change the bill', () => {
  const given = [line('a')];
  const bill = new BillOfMaterials(given);
  given.push(line('b'));
  bill.lines.pop();
  expect(bill.toJson()).toEqual({ lines: [line('a')] });
});

test('an assumption is kept', () => {
  const assumed = { ...line('a'), assumption: 'runs day and night' };
  expect(new BillOfMaterials([assumed]).toJson().lines[0]).toEqual(assumed);
});

test('two lines of one id would be counted twice and are refused', () => {
  expect(() => new BillOfMaterials([line('a'), line('a', 2)])).toThrow(/a: line 'a' is there twice \(DuplicateLine\)/);
});

test.each([-1, NaN, Infinity])('%p is nothing to pay for', (quantity) => {
  expect(() => new BillOfMaterials([line('a', quantity)])).toThrow(/a\.quantity: .*InvalidLineQuantity/);
});

test('what is free of quantity costs nothing and is allowed', () => {
  expect(new BillOfMaterials([line('a', 0)]).lines).toHaveLength(1);
  expect(new BillOfMaterials([]).lines).toEqual([]);
});
