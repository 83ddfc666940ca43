import { capitalise, compareText, count, distinct, enumerate, enumerateSome, groupBy, short, show, showLabels } from '../../src/private/text';

test.each([[0, '0 pods'], [1, '1 pod'], [2, '2 pods'], [1234567, '1,234,567 pods']])('%i reads as %p', (number, text) => {
  expect(count(number, 'pod')).toBe(text);
});

test('a plural may be irregular', () => {
  expect(count(2, 'policy', 'policies')).toBe('2 policies');
});

test.each([[[], ''], [['a'], 'a'], [['a', 'b'], 'a and b'], [['a', 'b', 'c'], 'a, b and c']])('%j reads as %p', (items, text) => {
  expect(enumerate(items)).toBe(text);
});

test('a choice has another word', () => {
  expect(enumerate(['a', 'b', 'c'], 'or')).toBe('a, b or c');
});

test('of many items the first few are told', () => {
  expect(enumerateSome(['a', 'b', 'c'], 3)).toBe('a, b and c');
  expect(enumerateSome(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
  expect(enumerateSome(Array.from({ length: 2000 }, () => 'a'), 1)).toBe('a and 1,999 more');
});

test.each([[undefined, 'missing'], [null, 'null'], ['x', '"x"'], [7, '7'], [{ a: [1] }, '{"a":[1]}'], ['x'.repeat(100), `"${'x'.repeat(56)}...`]])('%j is shown as %p', (value, text) => {
  expect(show(value)).toBe(text);
});

test('what JSON cannot write is shown all the same', () => {
  expect(show(Symbol.for('x'))).toBe('Symbol(x)');
});

test('labels are sorted by key', () => {
  expect(showLabels({ b: '2', a: '1' })).toBe('a=1, b=2');
  expect(showLabels({})).toBe('');
});

test('texts are ordered by code unit, the same on every machine', () => {
  expect(['b', 'B', 'a', 'ä', 'a'].sort(compareText)).toEqual(['B', 'a', 'a', 'b', 'ä']);
  expect(distinct(['b', 'a', 'b'])).toEqual(['a', 'b']);
});

test('groups keep the order in which entries came', () => {
  expect([...groupBy(['b1', 'a1', 'b2'], (text) => text[0])]).toEqual([['b', ['b1', 'b2']], ['a', ['a1']]]);
});

test.each([
  ['NetworkPolicy.networking.k8s.io shop/web', 'NetworkPolicy shop/web'],
  ['Pod shop/web.v1', 'Pod shop/web.v1'],
  ['ClusterRole.rbac.authorization.k8s.io system:aggregate-to-edit rules[1]', 'ClusterRole system:aggregate-to-edit rules[1]'],
  ['a pod in shop without labels', 'a pod in shop without labels'],
])('%s is called %s', (identity, name) => {
  expect(short(identity)).toBe(name);
});

test('a sentence begins with a capital letter', () => {
  expect([capitalise('no policy'), capitalise('"x" is'), capitalise('')]).toEqual(['No policy', '"x" is', '']);
});
