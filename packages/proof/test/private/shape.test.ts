import { Problems } from '@viridial/core';
import { isObject, Shape } from '../../src/private/shape';

function shape(value: any): { own: Shape; problems: () => string[] } {
  const problems = new Problems();
  return { own: Shape.of(value, 'Pod shop/web', problems), problems: () => problems.errors.map((problem) => problem.toString()) };
}

describe('fields of the right type', () => {
  const { own, problems } = shape({
    name: 'web', on: true, off: false, count: 0, labels: { app: 'web' }, list: [{ name: 'a' }, { name: 'b' }], texts: ['x', 'y'], nothing: null, empty: '',
  });

  test('are read as they are', () => {
    expect([own.text('name'), own.text('empty'), own.flag('on'), own.flag('off'), own.whole('count')]).toEqual(['web', '', true, false, 0]);
    expect(own.child('labels')!.value).toEqual({ app: 'web' });
    expect(own.children('list').map((entry) => entry.text('name'))).toEqual(['a', 'b']);
    expect(own.texts('texts')).toEqual(['x', 'y']);
    expect(own.labels('labels')).toEqual({ app: 'web' });
    expect(problems()).toEqual([]);
  });

  test('absent and null are nothing', () => {
    for (const field of ['nothing', 'missing']) {
      expect([own.text(field), own.flag(field), own.whole(field), own.child(field)]).toEqual([undefined, undefined, undefined, undefined]);
      expect([own.children(field), own.texts(field), own.labels(field)]).toEqual([[], [], {}]);
      expect(own.has(field)).toBe(false);
    }
    expect([own.has('empty'), own.has('off'), own.has('count')]).toEqual([true, true, true]);
    expect(problems()).toEqual([]);
  });
});

describe('paths', () => {
  test('lead from the object to the field', () => {
    const { own } = shape({ spec: { containers: [{}, { ports: [{}] }] } });
    const port = own.child('spec')!.children('containers')[1].children('ports')[0];
    expect(own.path()).toBe('');
    expect(own.path('spec')).toBe('spec');
    expect(port.path()).toBe('spec.containers[1].ports[0]');
    expect(port.path('hostPort')).toBe('spec.containers[1].ports[0].hostPort');
    expect(port.path('[0]')).toBe('spec.containers[1].ports[0][0]');
  });
});

describe('fields of the wrong type', () => {
  test.each([
    ['text', (own: Shape) => own.text('a'), 7, "7 is not text (MalformedObject); allowed: text; cure: write it in quotes: '7'"],
    ['text', (own: Shape) => own.text('a'), true, "true is not text (MalformedObject); allowed: text; cure: write it in quotes: 'true'"],
    ['text', (own: Shape) => own.text('a'), {}, '{} is not text (MalformedObject); allowed: text'],
    ['flag', (own: Shape) => own.flag('a'), 'true', '"true" is not true or false (MalformedObject); allowed: true or false'],
    ['flag', (own: Shape) => own.flag('a'), 1, '1 is not true or false (MalformedObject); allowed: true or false'],
    ['whole', (own: Shape) => own.whole('a'), 1.5, '1.5 is not a whole number (MalformedObject); allowed: a whole number'],
    ['whole', (own: Shape) => own.whole('a'), '80', '"80" is not a whole number (MalformedObject); allowed: a whole number'],
    ['child', (own: Shape) => own.child('a'), [], '[] is not an object (MalformedObject); allowed: an object'],
    ['children', (own: Shape) => own.children('a'), {}, '{} is not a list (MalformedObject); allowed: a list'],
    ['labels', (own: Shape) => own.labels('a'), 'x', '"x" is not a map of texts (MalformedObject); allowed: a map of texts'],
  ])('%s tells the value and what is right', (_, read, value, problem) => {
    const { own, problems } = shape({ a: value });
    read(own);
    expect(problems()).toEqual([`Pod shop/web a: ${problem}`]);
  });

  test('entries of the wrong type are left out and told', () => {
    const { own, problems } = shape({ a: ['x', 1, null], b: [{}, 'x'], c: { x: 1, y: 'z' } });
    expect(own.texts('a')).toEqual(['x']);
    expect(own.children('b')).toHaveLength(1);
    expect(own.labels('c')).toEqual({ y: 'z' });
    expect(problems().map((problem) => problem.split(' (')[0])).toEqual([
      'Pod shop/web a[1]: 1 is not text', 'Pod shop/web a[2]: null is not text', 'Pod shop/web b[1]: "x" is not an object', "Pod shop/web c['x']: 1 is not text",
    ]);
  });

  test('a long value is cut off', () => {
    const { own, problems } = shape({ a: { b: 'x'.repeat(200) } });
    own.text('a');
    expect(problems()[0]).toHaveLength('Pod shop/web a: '.length + 60 + ' is not text (MalformedObject); allowed: text'.length);
  });

  test('the same problem met twice is told once', () => {
    const { own, problems } = shape({ a: 7 });
    own.text('a');
    own.text('a');
    expect(problems()).toHaveLength(1);
  });
});

test('maps are objects, lists and nothing are not', () => {
  expect([{}, { a: 1 }, [], null, undefined, 'x', 7].map(isObject)).toEqual([true, true, false, false, false, false, false]);
});
