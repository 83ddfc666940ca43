import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import { load, loadAll, YAML11_SCHEMA } from 'js-yaml';
import { parse, parseAllDocuments } from 'yaml';
import { CanonicalYaml, InvalidInputError } from '../src';

const write = (value: any) => CanonicalYaml.stringify(value);

/** Every reader that must see the same value. */
const READERS: [string, (text: string) => unknown][] = [
  ['yaml, YAML 1.2', (text) => parse(text)],
  ['yaml, YAML 1.1', (text) => parse(text, { version: '1.1' })],
  ['js-yaml, core schema', (text) => load(text)],
  ['js-yaml, YAML 1.1', (text) => load(text, { schema: YAML11_SCHEMA })],
];

function expectRoundTrip(value: unknown) {
  const text = write(value);
  for (const [reader, read] of READERS) expect({ reader, text, value: read(text) }).toEqual({ reader, text, value });
}

function faultsOf(value: any): string[] {
  try {
    write(value);
  } catch (error) {
    return InvalidInputError.problemsOf(error).map(({ path, code }) => `${path} ${code}`);
  }
  return [];
}

/** Text that some reader takes for something else, or that a careless writer breaks. */
const TREACHEROUS = [
  '', ' ', '  ', '\n', '\n\n', '\t', '~', '=', '<<', '-', '--', '---', '...', '?', ':', '#', '|', '>', '!', '&', '*', '%', '@', '`', '"', "'", ',', '[', ']', '{', '}',
  'y', 'Y', 'n', 'N', 'yes', 'Yes', 'YES', 'no', 'No', 'on', 'ON', 'off', 'Off', 'true', 'True', 'TRUE', 'false', 'null', 'Null', 'NULL',
  '0', '1', '-1', '+1', '017', '0o17', '0x1F', '0b11', '1_000', '1.30', '1.', '.5', '-.5', '1e3', '1E3', '1.5e+3', '12e03', 'e1', 'E-12', '685_230.15',
  '.inf', '-.INF', '+.inf', '.nan', '.NaN', '12:30', '12:30:45', '190:20:30.15', '2026-11-21', '2026-11-21T10:00:00Z', '2001-12-14 21:59:43.10 -5', '2001-1-1',
  '- a', '-a: b', '--a: b', '? a', 'a: b', 'a:', ':a', 'a #b', '#a', 'a ', ' a', '!a', '&a', '*a', '|a', '>a', '@a', '`a', '%a', '{a', '[a', '"a"', "'a'", 'a\tb', '--- a', '-- a',
  'a\\nb', 'a\nb', 'a\nb\n', 'a\n\nb\n\n', '\na', '\n\n  a', ' a\nb', '  a\n b', '\ta\nb', 'a\n\tb', 'a\n ', 'a\n  \n', 'a \nb ', 'a\n---\nb', '---\na', 'a\n...\nb', '# a\nb', '- a\n- b\n', 'a: b\nc: d\n',
  'a\r\nb', 'a\rb', 'a\u0085b\n', 'a\u2028b\nc', '\ufeffa\nb', 'a\u0000b', 'a\u001bb\nc', '\u007f', '\u009f\n', 'ä', '日本\n語\n', '😀', '😀\n😀', '\u00a0', 'a\n\u00a0', '\ufffe', '\uffff\n.',
  `${'word '.repeat(60)}end`, `${'word '.repeat(60)}\nend\n`, 'x'.repeat(5000),
];

/** Text that stays readable. */
const PLAIN = [
  'viridial', 'apps/v1', 'kubernetes.io/metadata.name', 'nginx:1.25', 'https://kubernetes.io/docs', '10.0.0.0/16', '500m', '16Gi', '--leader-elect=true', '-v', '/var/log', 'a b c',
  'system:authenticated', '30s', '1h30m', 'RollingUpdate', 'host=$(HOST)', 'user@example.com', 'a,b', 'v1.35', '_x', 'CPU at 80% (all nodes)', 'yesterday', 'Nora', 'once', 'e1x',
];

describe('the form of a manifest', () => {
  test('keys keep their order, lists are indented, empty collections are inline', () => {
    expect(write({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'default-deny', labels: {} },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [], egress: [{ ports: [{ protocol: 'UDP', port: 53 }, { port: 80 }], to: [{}] }] },
    })).toBe([
      'apiVersion: networking.k8s.io/v1',
      'kind: NetworkPolicy',
      'metadata:',
      '  name: default-deny',
      '  labels: {}',
      'spec:',
      '  podSelector: {}',
      '  policyTypes:',
      '    - Ingress',
      '    - Egress',
      '  ingress: []',
      '  egress:',
      '    - ports:',
      '        - protocol: UDP',
      '          port: 53',
      '        - port: 80',
      '      to:',
      '        - {}',
      '',
    ].join('\n'));
  });

  test('apiVersion, kind, metadata and spec come first in a document, and nowhere else', () => {
    expect(write({ data: { kind: 'inner', apiVersion: 'inner' }, spec: 1, kind: 'K', metadata: { name: 'web' }, apiVersion: 'v1' }))
      .toBe('apiVersion: v1\nkind: K\nmetadata:\n  name: web\nspec: 1\ndata:\n  kind: inner\n  apiVersion: inner\n');
  });

  test('an entry that is undefined is left out, and a map of nothing else is empty', () => {
    expect(write({ a: undefined, b: { c: undefined }, d: 1 })).toBe('b: {}\nd: 1\n');
    expect(write({ a: undefined })).toBe('{}\n');
    expect(write([{ a: undefined, b: 1 }])).toBe('- b: 1\n');
  });

  test('lists of lists nest behind their hyphens', () => {
    expect(write([[1, [2, []]], [], [{ a: [3] }]])).toBe('- - 1\n  - - 2\n    - []\n- []\n- - a:\n      - 3\n');
  });

  test('several lines are a block literal with the chomping that keeps their end', () => {
    expect(write({ a: 'x\ny', b: 'x\ny\n', c: 'x\ny\n\n', d: ['x\n'] })).toBe('a: |-\n  x\n  y\nb: |\n  x\n  y\nc: |+\n  x\n  y\n\nd:\n  - |\n    x\n');
  });

  test('a literal that starts with white space says how deep it stands', () => {
    expect(write({ a: '  x\ny\n' })).toBe('a: |2\n    x\n  y\n');
    expect(write({ a: '\n x\n' })).toBe('a: |2\n\n   x\n');
  });

  test('long lines are never folded', () => {
    const line = 'word '.repeat(200);
    expect(write({ a: `${line}end` }).split('\n')).toHaveLength(2);
    expect(write({ a: `${line}\nend\n` }).split('\n')).toHaveLength(4);
  });

  test.each([
    [null, 'null'], [true, 'true'], [false, 'false'], [0, '0'], [-0, '0'], [-7, '-7'], [1.5, '1.5'], [1e21, '1.0e+21'], [1.5e300, '1.5e+300'], [1e-7, '1.0e-7'],
    ['a', 'a'], ['a\nb', '"a\\nb"'], ['', '""'], [[], '[]'], [{}, '{}'],
  ])('%j alone is a document', (value, text) => {
    expect(write(value)).toBe(`${text}\n`);
    for (const [, read] of READERS) expect(read(write(value))).toEqual(value === 0 ? 0 : value);
  });

  test('documents are separated and read one by one', () => {
    const documents = [{ kind: 'A', a: 'x\n\n' }, { kind: 'B' }, ['c'], 'd', null];
    const text = CanonicalYaml.stringifyAll(documents);
    expect(text).toBe('kind: A\na: |+\n  x\n\n---\nkind: B\n---\n- c\n---\nd\n---\nnull\n');
    expect((parseAllDocuments(text) as { toJS(): unknown }[]).map((document) => document.toJS())).toEqual(documents);
    expect(loadAll(text)).toEqual(documents);
    expect(CanonicalYaml.stringifyAll([])).toBe('');
  });

  test.each(PLAIN)('%s needs no quotes, as a value or as a key', (text) => {
    expect(write({ [text]: text })).toBe(`${text}: ${text}\n`);
    expectRoundTrip({ [text]: [text] });
  });
});

describe('every reader sees what was written', () => {
  test.each(TREACHEROUS)('%j as value, item and key', (text) => {
    expectRoundTrip({ a: text, b: [text, text, { c: text }, [text]], [text]: text, z: { [text]: { [text]: [text] } }, end: 1 });
  });

  test('keys longer than a simple key may be', () => {
    const key = 'k'.repeat(2000);
    expectRoundTrip({ [key]: { [`${key} `]: [1], b: { [`${key}: x`]: 'y\nz\n' } }, list: [{ [key]: 1, a: 2 }, { [key]: [] }] });
  });

  test('numbers of any size', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => expectRoundTrip({ a: value === 0 ? 0 : value })));
  });

  test('anything that JSON can hold', () => {
    const text = fc.oneof(
      fc.constantFrom(...TREACHEROUS, ...PLAIN),
      fc.string({ unit: fc.constantFrom(...' \t\n:#-?.,[]{}"\'|>&*!%@`~=<abyYnN01eE_xo+/\\') }),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, text, text, fc.integer(), fc.boolean(), fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(text.filter((key) => key !== '__proto__'), tie('value'), { maxKeys: 4, noNullPrototype: true })),
    }));
    fc.assert(fc.property(value, expectRoundTrip), { numRuns: 500 });
  });

  test('the same object gives the same bytes each time, also after many other keys', () => {
    const value = { kind: 'A', data: { 'b c': 1, 'd': ['no'] } };
    const before = write(value);
    write(Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`tenant-${index}`, { name: index }])));
    expect(write(value)).toBe(before);
  });
});

describe('what has no YAML form is refused with its path', () => {
  class Token {}
  const circle: any = { spec: { items: [1] } };
  circle.spec.items.push({ back: circle.spec });

  test.each([
    ['NaN', { spec: { replicas: NaN } }, ['spec.replicas NotFiniteNumber']],
    ['infinities', [Infinity, { a: -Infinity }], ['[0] NotFiniteNumber', '[1].a NotFiniteNumber']],
    ['functions', { a: () => 1 }, ['a NotYaml']],
    ['symbols and big integers', { a: Symbol('x'), b: 1n }, ['a NotYaml', 'b NotYaml']],
    ['undefined in a list', { a: [1, undefined] }, ['a[1] UndefinedInList']],
    ['holes in a list', { a: [1, , 2] }, ['a[1] UndefinedInList']], // eslint-disable-line no-sparse-arrays
    ['undefined alone', undefined, [' NotYaml']],
    ['objects of a class', { a: new Token(), b: new Date(0), c: new Map() }, ['a NotPlainObject', 'b NotPlainObject', 'c NotPlainObject']],
    ['what holds itself', circle, ['spec.items[1].back CircularValue']],
    ['half a character', { 'a': '\ud800', '\udc00': 1 }, [' NotUnicodeText', 'a NotUnicodeText']],
    ['keys that are no words', { 'a b': { 'c.d': NaN } }, ["['a b']['c.d'] NotFiniteNumber"]],
  ])('%s', (_, value, faults) => {
    expect(faultsOf(value)).toEqual(faults);
  });

  test('all faults are told at once, with a message for each', () => {
    expect(() => write({ a: NaN, b: { c: () => 1 }, d: new Token() })).toThrow(
      /3 problems in YAML document:\n.*a: NaN is not a number.*\n.*b\.c: a value of type function has no YAML form.*\n.*d: an object of class Token has no YAML form/);
  });

  test('the same part in two places is no circle', () => {
    const labels = { app: 'web' };
    expect(write({ a: labels, b: [labels, labels] })).toBe('a:\n  app: web\nb:\n  - app: web\n  - app: web\n');
  });

  test('what is deeper than any manifest is refused', () => {
    let deep: any = 1;
    for (let level = 0; level < 300; level++) deep = { a: deep };
    expect(faultsOf(deep)).toEqual([`${'a.'.repeat(90)}a TooDeep`]);
    let allowed: any = 1;
    for (let level = 0; level < 91; level++) allowed = level % 2 ? { a: allowed } : [allowed];
    expectRoundTrip(allowed);
  });

  test('a fault in one of several documents names the document', () => {
    expect(() => CanonicalYaml.stringifyAll([{ a: 1 }, { a: NaN }, [NaN], NaN])).toThrow(/3 problems.*\n.*\[1\]\.a: NaN.*\n.*\[2\]\[0\]: NaN.*\n.*\[3\]: NaN/);
  });

  test('an error of a getter is passed on as it is', () => {
    const failing = { get a(): never { throw new TypeError('no'); } };
    expect(() => write(failing)).toThrow(TypeError);
  });

  test('maps of another realm and maps without a prototype are plain', () => {
    const foreign = runInContext('({ a: [1, { b: "no" }] })', createContext({}));
    expect(write(foreign)).toBe('a:\n  - 1\n  - b: "no"\n');
    expect(write(Object.assign(Object.create(null), { a: 1 }))).toBe('a: 1\n');
  });
});
