import fc from 'fast-check';
import { Alternatives, negate, readExpression } from '../../../../src/private/network/dialects/calico-expression';
import { Selector } from '../../../../src/private/network/selector';

type Labels = { [key: string]: string };

const matches = (alternatives: Alternatives, labels: Labels) => alternatives.some((own) => Selector.ofRequirements([...own]).matches(labels));
const read = (text: string) => {
  const expression = readExpression(text);
  if ('fault' in expression) throw new Error(expression.fault);
  return expression;
};
const matched = (text: string, ...labels: Labels[]) => labels.map((own) => matches(read(text), own));

test.each([
  ['', [true, true, true]],
  ['all()', [true, true, true]],
  ['all( )', [true, true, true]],
  ['global()', [false, false, false]],
  ['!global()', [true, true, true]],
  ['role == \'db\'', [false, true, false]],
  ['role=="db"', [false, true, false]],
  ['role != \'db\'', [true, false, true]],
  ['has(role)', [false, true, true]],
  ['!has(role)', [true, false, false]],
  ['role in { \'db\', "web-1" }', [false, true, true]],
  ['role in {}', [false, false, false]],
  ['role not in {\'db\'}', [true, false, true]],
  ['role contains \'b-\'', [false, false, true]],
  ['role starts with \'we\'', [false, false, true]],
  ['role ends with "b"', [false, true, false]],
  ['!(role ends with "b")', [true, false, true]],
  ['!role contains "-"', [true, true, false]],
  ['has(role) && role != \'db\' || !has(role)', [true, false, true]],
  ['has(role) && (role != \'db\' || all())', [false, true, true]],
  ['!(has(role) && !(role == \'db\'))', [true, true, false]],
])('%s', (text, expected) => {
  expect(matched(text, {}, { role: 'db' }, { role: 'web-1' })).toEqual(expected);
});

test.each([
  ['role = \'db\'', 'nothing is known to begin with'],
  ['role == db', '\'db\' where a text in quotes belongs'],
  ['role', 'nothing where a label or a comparison belongs'],
  ['role is \'db\'', 'a label or a comparison belongs'],
  ['role like it', 'is not a comparison'],
  ['(has(a)', 'nothing where \')\' belongs'],
  ['has(a) has(b)', 'is one too many'],
  ['a in {\'b\' \'c\'}', '\'c\' where \'}\' belongs'],
  ['&& a == \'b\'', 'where a label or a comparison belongs'],
])('%s is no selector', (text, fault) => {
  expect(readExpression(text)).toEqual({ fault: expect.stringContaining(fault) });
});

test('what comes to very many alternatives is refused', () => {
  const pairs = Array.from({ length: 12 }, (_, index) => `(a${index} == 'x' || b${index} == 'x')`);
  expect(readExpression(pairs.join(' && '))).toEqual({ fault: expect.stringContaining('more than 256') });
  expect(read(pairs.join(' || '))).toHaveLength(24);
});

describe('properties', () => {
  type Tree = { text: string; holds: (labels: Labels) => boolean };
  const key = fc.constantFrom('a', 'b');
  const value = fc.constantFrom('x', 'xy', 'y');
  const leaf: fc.Arbitrary<Tree> = fc.oneof(
    fc.tuple(key, value).map(([k, v]) => ({ text: `${k} == '${v}'`, holds: (own: Labels) => own[k] === v })),
    fc.tuple(key, value).map(([k, v]) => ({ text: `${k} != "${v}"`, holds: (own: Labels) => own[k] !== v })),
    key.map((k) => ({ text: `has(${k})`, holds: (own: Labels) => own[k] !== undefined })),
    fc.tuple(key, value).map(([k, v]) => ({ text: `${k} starts with '${v}'`, holds: (own: Labels) => own[k]?.startsWith(v) ?? false })),
    fc.tuple(key, value).map(([k, v]) => ({ text: `${k} not in {'${v}'}`, holds: (own: Labels) => own[k] !== v })),
  );
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof({ maxDepth: 3 }, leaf,
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => ({ text: `(${a.text} && ${b.text})`, holds: (own: Labels) => a.holds(own) && b.holds(own) })),
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => ({ text: `(${a.text} || ${b.text})`, holds: (own: Labels) => a.holds(own) || b.holds(own) })),
      tie('tree').map((a) => ({ text: `!${a.text}`, holds: (own: Labels) => !a.holds(own) }))),
  }));
  const universe = [undefined, 'x', 'xy', 'y', 'z'].flatMap((a) => [undefined, 'x', 'y'].map((b) => ({ ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }) })));

  test('alternatives hold exactly when the expression does, and their opposite when it does not', () => {
    fc.assert(fc.property(tree, ({ text, holds }) => {
      const alternatives = read(text);
      for (const labels of universe) {
        expect([text, labels, matches(alternatives, labels)]).toEqual([text, labels, holds(labels)]);
        if (alternatives.length < 5) expect(matches(negate(alternatives), labels)).toBe(!holds(labels));
      }
    }), { numRuns: 100 });
  });
});
