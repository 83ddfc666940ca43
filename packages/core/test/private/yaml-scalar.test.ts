import fc from 'fast-check';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { parse } from 'yaml';
import { isLiteral, isPlain, isWritable, literal, quote, writeNumber } from '../../src/private/yaml-scalar';

const literalOf = (text: string) => {
  const parts: string[] = [];
  literal(parts, text, '\n  ');
  return parts.join('');
};

describe('plain text', () => {
  test.each(['a', '/a', '_a', 'a-b', 'a:b', 'a b', 'a - b', '-a', '--a', '-a=b', '1k', '1.35-eks', '10.0.0.0/8', '5m', 'nope', 'yes-man', 'e1x', 'ex', 'E'])('%s', (text) => {
    expect(isPlain(text)).toBe(true);
  });

  test.each([
    '', ' a', 'a ', 'a  #b', 'a: b', 'a:', ':a', '-', '--', '-1', '-.5', '- a', '-_a', '-/a', '--1', '---', '---a', '.a', '+a', '~', '=', '<<', '@a', '?a',
    'yes', 'NO', 'Null', 'y', '1', '1.5', '1e3', '0x1f', '0o7', '1_0', '12:30', '1d', '2026-11-21', '2026-11-21T10:00:00Z', 'e1', 'E+5', 'a\nb', 'a\tb', 'ä', 'a"b', "a'b", 'a\\b', 'a#b', 'a|b',
    '[a', 'a]', '{a', 'a}', 'a*b', 'a&b', 'a!b', '`a', 'a`', 'a?b',
  ])('not %j', (text) => {
    expect(isPlain(text)).toBe(false);
  });

  test('is text to every reader, alone and as a key', () => {
    const near = fc.string({ unit: fc.constantFrom(...'aeEfgnoxyYNTZ01289_/.-+:=~ ,<%()@$;'), minLength: 1, maxLength: 9 });
    fc.assert(fc.property(near, (text) => {
      fc.pre(isPlain(text));
      for (const document of [text, `- ${text}`, `${text}: 1`]) {
        const expected = document === text ? text : document.startsWith('- ') ? [text] : { [text]: 1 };
        expect(parse(document)).toEqual(expected);
        expect(parse(document, { version: '1.1' })).toEqual(expected);
        expect(load(document)).toEqual(expected);
        expect(load(document, { schema: YAML11_SCHEMA })).toEqual(expected);
      }
    }), { numRuns: 500 });
  });
});

describe('quoted text', () => {
  test('is that of JSON, with the characters escaped that end a line in YAML 1.1 or are invisible', () => {
    expect(quote('a"b\\c\n\t')).toBe('"a\\"b\\\\c\\n\\t"');
    expect(quote('\u0085\u2028\u2029\ufeff\u007f\u009f\ufffe\uffff')).toBe('"\\u0085\\u2028\\u2029\\ufeff\\u007f\\u009f\\ufffe\\uffff"');
    expect(quote('ä日😀')).toBe('"ä日😀"');
  });

  test('is one line of printable characters whatever is in it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      fc.pre(isWritable(text));
      // eslint-disable-next-line no-control-regex
      expect(quote(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/);
      expect(JSON.parse(quote(text))).toBe(text);
    }));
  });

  test('half a character cannot be written', () => {
    expect([isWritable('\ud83d'), isWritable('\ude00\ud83d'), isWritable('a\udfff'), isWritable('😀'), isWritable('')]).toEqual([false, false, false, true, true]);
  });
});

describe('block literals', () => {
  test.each(['a\nb', 'a\n', ' a\n', '\na', 'a\n\n\n', 'a \nb', 'a\tb\n', 'ä\n', '😀\n', '#!/bin/sh\nset -e\n'])('%j is one', (text) => {
    expect(isLiteral(text)).toBe(true);
  });

  test.each(['a', '', '\n', '\n\n', ' \n', 'a\n ', 'a\n\t\n', 'a ', 'a\r\n', 'a\u0000\n', 'a\u0085b\n', 'a\u2028\n', '\ufeffa\n', 'a\n\u00a0'])('%j is none', (text) => {
    expect(isLiteral(text)).toBe(false);
  });

  test.each([
    ['a\nb', '|-\n  a\n  b'],
    ['a\n', '|\n  a'],
    ['a\n\n', '|+\n  a\n'],
    ['a\n\n\n', '|+\n  a\n\n'],
    ['a\n\nb\n', '|\n  a\n\n  b'],
    [' a\nb', '|2-\n   a\n  b'],
    ['\n\ta\n', '|2\n\n  \ta'],
  ])('%j is written as %j', (text, written) => {
    expect(literalOf(text)).toBe(written);
  });

  test('are read back by every reader, between other entries and at the end', () => {
    const lines = fc.array(fc.string({ unit: fc.constantFrom(...' \t#-:ab|>"\'é') }), { maxLength: 5 }).map((list) => list.join('\n'));
    fc.assert(fc.property(lines, fc.nat({ max: 3 }), (body, ends) => {
      const text = body + '\n'.repeat(ends);
      fc.pre(isLiteral(text));
      for (const read of [parse, load]) {
        expect(read(`a: ${literalOf(text)}\nb: 1\n`)).toEqual({ a: text, b: 1 });
        expect(read(`b: 1\na: ${literalOf(text)}\n`)).toEqual({ a: text, b: 1 });
      }
    }), { numRuns: 500 });
  });
});

test.each([
  [0, '0'], [-0, '0'], [1, '1'], [-1.5, '-1.5'], [1e20, '100000000000000000000'], [1e21, '1.0e+21'], [1.25e-9, '1.25e-9'], [5e-324, '5.0e-324'], [2 ** 53, '9007199254740992'],
])('the number %p is written as %s', (value, text) => {
  expect(writeNumber(value)).toBe(text);
});
