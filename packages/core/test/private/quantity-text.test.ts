import fc from 'fast-check';
import { divideUp, formatQuantity, fractionOf, parseQuantity, QuantityAmount } from '../../src/private/quantity-text';

const amount = (text: string) => parseQuantity(text) as QuantityAmount;

test.each([
  ['1', 10n ** 9n, 'decimal'], ['1n', 1n, 'decimal'], ['1u', 10n ** 3n, 'decimal'], ['1m', 10n ** 6n, 'decimal'], ['1k', 10n ** 12n, 'decimal'], ['1E', 10n ** 27n, 'decimal'],
  ['1Ki', 1024n * 10n ** 9n, 'binary'], ['1Ei', 1024n ** 6n * 10n ** 9n, 'binary'], ['0.5Ki', 512n * 10n ** 9n, 'binary'],
  ['1e3', 10n ** 12n, 'exponent'], ['1E-3', 10n ** 6n, 'exponent'], ['1e+0', 10n ** 9n, 'exponent'], ['-2', -2n * 10n ** 9n, 'decimal'], ['+.5', 5n * 10n ** 8n, 'decimal'],
])('%s is %s billionths, written %s', (text, nano, family) => {
  expect(parseQuantity(text)).toEqual({ nano, family });
});

test('less than one byte has no binary suffix any more', () => {
  expect(amount('0.0009Ki').family).toBe('decimal');
  expect(amount('0.001Ki').family).toBe('binary');
  expect(formatQuantity(amount('0.0009Ki'))).toBe('921600u');
});

test('every suffix is written where it fits exactly', () => {
  for (const suffix of ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'e3', 'e-6', 'e12']) {
    expect(formatQuantity(amount(`7${suffix}`))).toBe(`7${suffix}`);
    expect(formatQuantity(amount(`-7${suffix}`))).toBe(`-7${suffix}`);
  }
});

test('the written form loses nothing, has no point, and cannot be shortened by a larger suffix', () => {
  const family = fc.constantFrom('binary' as const, 'decimal' as const, 'exponent' as const);
  fc.assert(fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), family, (nano, kind) => {
    const text = formatQuantity({ nano, family: kind });
    expect(text).toMatch(/^(0|-?[1-9][0-9]*([numkMGTPE]|[KMGTPE]i|e-?[0-9]+)?)$/);
    expect(amount(text).nano).toBe(nano);
    const mantissa = BigInt(/^-?[0-9]+/.exec(text)![0]);
    const larger = text.endsWith('i') ? 1024n : 1000n;
    if (nano !== 0n && !text.endsWith('Ei') && kind !== 'binary') expect(mantissa % larger).not.toBe(0n);
  }));
});

test('division rounds away from zero', () => {
  expect([divideUp(7n, 2n), divideUp(-7n, 2n), divideUp(1n, 1000n)]).toEqual([4n, -4n, 1n]);
  expect([divideUp(8n, 2n), divideUp(-8n, 2n), divideUp(0n, 5n)]).toEqual([4n, -4n, 0n]);
});

test.each([
  [0, 0n, 1n], [1, 1n, 1n], [0.1, 1n, 10n], [2.5, 25n, 10n], [-0.25, -25n, 100n],
  [1e21, 10n ** 21n, 1n], [1.5e-7, 15n, 10n ** 8n], [1.5e300, 15n * 10n ** 299n, 1n],
])('%p is the fraction it prints as', (value, numerator, denominator) => {
  expect(fractionOf(value)).toEqual({ numerator, denominator });
});

test('a fraction is the number it came from', () => {
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), (value) => {
    const { numerator, denominator } = fractionOf(value);
    expect(Number(`${numerator}e-${String(denominator).length - 1}`)).toBe(value === 0 ? Number(`${numerator}e0`) : value);
  }));
});
