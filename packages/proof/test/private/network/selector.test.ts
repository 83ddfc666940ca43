import { Problems } from '@viridial/core';
import fc from 'fast-check';
import { LabelMap, Requirement, Selector } from '../../../src/private/network/selector';
import { Shape } from '../../../src/private/shape';

function read(selector: any): { selector: Selector; problems: string[] } {
  const problems = new Problems();
  const own = Selector.read(Shape.of(selector, 'NetworkPolicy shop/web', problems));
  return { selector: own, problems: problems.errors.map((problem) => problem.toString()) };
}

const VALUES = ['x', 'y'];
const KEYS = ['a', 'b'];
/** Every way to label something with these keys and values. */
const UNIVERSE: LabelMap[] = [undefined, ...VALUES, 'z'].flatMap((a) => [undefined, ...VALUES, 'z'].map((b) => ({
  ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }),
})));

const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record({ key: fc.constantFrom(...KEYS), operator: fc.constantFrom('In' as const, 'NotIn' as const), values: fc.subarray(VALUES, { minLength: 1 }) }),
  fc.record({ key: fc.constantFrom(...KEYS), operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const), values: fc.constant<string[]>([]) }),
);
const expressions = fc.array(requirement, { maxLength: 4 });

describe('matching', () => {
  test.each([
    [{}, {}, true],
    [{}, { app: 'web' }, true],
    [{ matchLabels: { app: 'web' } }, { app: 'web', tier: 'front' }, true],
    [{ matchLabels: { app: 'web' } }, { app: 'api' }, false],
    [{ matchLabels: { app: 'web' } }, {}, false],
    [{ matchLabels: { app: 'web', tier: 'front' } }, { app: 'web' }, false],
    [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'api'] }] }, { app: 'api' }, true],
    [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'api'] }] }, {}, false],
    [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, { app: 'api' }, true],
    [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, { app: 'web' }, false],
    [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, {}, true],
    [{ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, { app: '' }, true],
    [{ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, {}, false],
    [{ matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, {}, true],
    [{ matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, { app: 'web' }, false],
    [{ matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, { app: 'web' }, false],
  ])('%j on %j is %p', (selector, labels, expected) => {
    expect(read(selector).selector.matches(labels as LabelMap)).toBe(expected);
  });

  test('labels that JavaScript objects have by nature do not exist', () => {
    expect(read({ matchExpressions: [{ key: 'constructor', operator: 'Exists' }] }).selector.matches({})).toBe(false);
  });

  test('matchLabels says the same as In with one value', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES)), (labels) => {
      const exact = read({ matchLabels: labels }).selector;
      const listed = read({ matchExpressions: Object.keys(labels).map((key) => ({ key, operator: 'In', values: [labels[key]] })) }).selector;
      expect(listed.key).toBe(exact.key);
      for (const own of UNIVERSE) expect(listed.matches(own)).toBe(exact.matches(own));
    }));
  });

  test('the order of requirements and values does not matter', () => {
    fc.assert(fc.property(expressions, (list) => {
      const turned = [...list].reverse().map((own) => ({ ...own, values: [...own.values].reverse() }));
      expect(read({ matchExpressions: turned }).selector.key).toBe(read({ matchExpressions: list }).selector.key);
    }));
  });

  test('both of two selectors have to hold for their conjunction', () => {
    fc.assert(fc.property(expressions, expressions, (a, b) => {
      const [left, right] = [read({ matchExpressions: a }).selector, read({ matchExpressions: b }).selector];
      for (const own of UNIVERSE) expect(left.and(right).matches(own)).toBe(left.matches(own) && right.matches(own));
    }));
  });
});

describe('samples', () => {
  test('a sample matches, and there is none only when nothing does', () => {
    fc.assert(fc.property(expressions, (list) => {
      const { selector } = read({ matchExpressions: list });
      const sample = selector.sample();
      if (sample === undefined) expect(UNIVERSE.filter((labels) => selector.matches(labels))).toEqual([]);
      else expect(selector.matches(sample)).toBe(true);
    }));
  });

  test('a sample has no label that nobody asks for', () => {
    expect(read({ matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['x'] }, { key: 'b', operator: 'DoesNotExist' }] }).selector.sample()).toEqual({});
    expect(Selector.EVERYTHING.sample()).toEqual({});
  });

  test('a value that is excluded by name is avoided', () => {
    const { selector } = read({ matchExpressions: [{ key: 'a', operator: 'Exists' }, { key: 'a', operator: 'NotIn', values: ['any', 'other'] }] });
    expect(selector.matches(selector.sample()!)).toBe(true);
  });
});

describe('malformed selectors', () => {
  test.each([
    [{ matchExpressions: [{ operator: 'Exists' }] }, 'matchExpressions[0].key: nothing is not the key of a requirement (MalformedObject); allowed: a label key'],
    [{ matchExpressions: [{ key: 'a', operator: 'Equals', values: ['x'] }] },
      'matchExpressions[0].operator: Equals is not the operator of a requirement (MalformedObject); allowed: In, NotIn, Exists, DoesNotExist'],
    [{ matchExpressions: [{ key: 'a', operator: 'In' }] }, 'matchExpressions[0].values: In has 0 values (MalformedObject); allowed: at least one value'],
    [{ matchExpressions: [{ key: 'a', operator: 'Exists', values: ['x'] }] }, 'matchExpressions[0].values: Exists has 1 values (MalformedObject); allowed: no values'],
    [{ matchLabels: { app: true } }, "matchLabels['app']: true is not text (MalformedObject); allowed: text; cure: write it in quotes: 'true'"],
    [{ matchLabels: ['app'] }, 'matchLabels: ["app"] is not a map of texts (MalformedObject); allowed: a map of texts'],
  ])('%j is told', (selector, problem) => {
    expect(read(selector).problems).toEqual([`NetworkPolicy shop/web ${problem}`]);
  });
});

test.each([
  [{}, 'everything'],
  [{ matchLabels: { app: 'web' } }, 'app=web'],
  [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'api'] }, { key: 'old', operator: 'DoesNotExist' }] }, 'app in (api, web), old does not exist'],
  [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }, { key: 'tier', operator: 'Exists' }] }, 'app not in (web), tier exists'],
])('%j reads as %p', (selector, text) => {
  expect(read(selector).selector.toString()).toBe(text);
});
