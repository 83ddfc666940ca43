import { Problems } from '@viridial/core';
import fc from 'fast-check';
import { LabelIndex, SelectorIndex } from '../../../src/private/network/label-index';
import { LabelMap, Selector } from '../../../src/private/network/selector';
import { Shape } from '../../../src/private/shape';

const VALUES = ['x', 'y', 'z'];
const labels = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(...VALUES)) as fc.Arbitrary<LabelMap>;
const requirement = fc.record({
  key: fc.constantFrom('a', 'b', 'c'),
  operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
  values: fc.subarray(VALUES, { minLength: 1 }),
}).map(({ key, operator, values }) => ({ key, operator, values: operator.endsWith('In') ? values : [] }));
const selector = fc.array(requirement, { maxLength: 3 })
  .map((matchExpressions) => Selector.read(Shape.of({ matchExpressions }, 'selector', new Problems())));

test('an index of labels finds what a look at every entry finds', () => {
  fc.assert(fc.property(fc.array(labels, { maxLength: 12 }), selector, (all, own) => {
    const index = new LabelIndex<number>();
    all.forEach((entry, place) => index.add(entry, place));
    expect(index.find(own).sort()).toEqual(all.flatMap((entry, place) => (own.matches(entry) ? [place] : [])));
  }));
});

test('an index of selectors finds what a look at every selector finds', () => {
  fc.assert(fc.property(fc.array(selector, { maxLength: 12 }), labels, (all, own) => {
    const index = new SelectorIndex<number>();
    all.forEach((entry, place) => index.add(entry, place));
    expect([...new Set(index.matching(own))].sort((a, b) => a - b)).toEqual(all.flatMap((entry, place) => (entry.matches(own) ? [place] : [])));
  }));
});

test('an empty index finds nothing', () => {
  expect(new LabelIndex().find(Selector.EVERYTHING)).toEqual([]);
  expect(new SelectorIndex().matching({ app: 'web' })).toEqual([]);
});
