import * as fc from 'fast-check';
import { deepMerge } from '../../src/private/deep-merge';

const maps = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.dictionary(fc.string(), fc.integer()), fc.array(fc.integer())));

test('maps are merged key by key', () => {
  expect(deepMerge({ a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } })).toEqual({ a: { b: 1, c: 3, d: 4 } });
});

test('lists and scalars are replaced as a whole', () => {
  expect(deepMerge({ a: [1, 2], b: 1 }, { a: [3], b: { c: 1 } })).toEqual({ a: [3], b: { c: 1 } });
});

test('null is kept, because it makes Helm drop the default of a chart', () => {
  expect(deepMerge({ a: { b: 1 } }, { a: null })).toEqual({ a: null });
});

test('undefined says nothing', () => {
  expect(deepMerge({ a: 1 }, { a: undefined })).toEqual({ a: 1 });
});

test('a key named __proto__ stays a key and reaches no prototype', () => {
  const merged = deepMerge({}, JSON.parse('{"__proto__": {"polluted": true}}'));
  expect(Object.keys(merged)).toEqual(['__proto__']);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('what is merged last wins, and neither side changes', () => {
  fc.assert(fc.property(maps, maps, (base, over) => {
    const before = JSON.stringify([base, over]);
    const merged = deepMerge(base, over);
    for (const [key, value] of Object.entries(over)) {
      if (typeof value !== 'object' || Array.isArray(value)) expect(merged[key]).toEqual(value);
    }
    for (const key of Object.keys(base)) expect(Object.hasOwn(merged, key)).toBe(true);
    expect(JSON.stringify([base, over])).toBe(before);
  }));
});

test('merging something into itself changes nothing', () => {
  fc.assert(fc.property(maps, (map) => expect(deepMerge(map, map)).toEqual(map)));
});
