import fc from 'fast-check';
import { InvalidInputError, Problems, Quantity } from '../src';

const q = (text: string) => Quantity.parse(text);
const canonical = (text: string) => q(text).toString();

function faultOf(text: any) {
  const problems = new Problems();
  expect(Quantity.collect(problems, 'budget.cpu', text)).toBeUndefined();
  expect(problems.all).toHaveLength(1);
  return problems.all[0];
}

describe('the canonical text', () => {
  test.each([
    ['0', '0'], ['0Gi', '0'], ['-0', '0'], ['0.0m', '0'], ['00', '0'],
    ['1', '1'], ['007', '7'], ['+5', '5'], ['-5', '-5'], ['1.', '1'], ['.5', '500m'], ['1.5', '1500m'],
    ['1000m', '1'], ['100m', '100m'], ['1500m', '1500m'], ['0.1m', '100u'], ['250u', '250u'], ['7n', '7n'],
    ['1000', '1k'], ['1500', '1500'], ['100000', '100k'], ['1000k', '1M'], ['2500M', '2500M'], ['1E', '1E'], ['0.5P', '500T'],
    ['1Ki', '1Ki'], ['1024Ki', '1Mi'], ['2000Ki', '2000Ki'], ['1.5Gi', '1536Mi'], ['0.5Mi', '512Ki'], ['-1.5Gi', '-1536Mi'], ['1024Gi', '1Ti'], ['7Ei', '7Ei'],
    ['1e3', '1e3'], ['1E3', '1e3'], ['12e6', '12e6'], ['1e2', '100'], ['1.5e3', '1500'], ['1e-3', '1e-3'], ['25e+6', '25e6'], ['1e21', '1e21'],
  ])('of %s is %s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  test('a binary amount below 1024 bytes is written without suffix, as Kubernetes does', () => {
    expect(canonical('0.5Ki')).toBe('512');
    expect(canonical('0.25Ki')).toBe('256');
  });

  test('a binary amount with a part of a byte keeps its precision in thousandths', () => {
    expect(canonical('1.0001Ki')).toBe('1024102400u');
    expect(canonical('0.0001Ki')).toBe('102400u');
  });

  test('above the largest decimal suffix there is only the exponent', () => {
    expect(canonical('1000E')).toBe('1e21');
  });

  test('what is finer than a billionth is rounded away from zero', () => {
    expect(canonical('0.1n')).toBe('1n');
    expect(canonical('-0.1n')).toBe('-1n');
    expect(canonical('1.0000000001')).toBe('1000000001n');
    expect(canonical('0.000000000001Ki')).toBe('2n');
  });

  test('is the same when read again', () => {
    const number = fc.tuple(fc.constantFrom('', '-', '+'), fc.nat(), fc.option(fc.nat(), { nil: undefined }))
      .map(([sign, whole, fraction]) => `${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}`);
    const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'e3', 'E-3', 'e+6');
    fc.assert(fc.property(number, suffix, (digits, unit) => {
      const once = q(`${digits}${unit}`);
      expect(canonical(once.toString())).toBe(once.toString());
      expect(q(once.toString()).compareTo(once)).toBe(0);
    }));
  });
});

describe('what is refused', () => {
  test.each([
    ['8gi', "write '8Gi'"], ['8GiB', "write '8Gi'"], ['8GB', "write '8G'"], ['8MB', "write '8M'"], ['8mb', "write '8M'"], ['8 Gi', "write '8Gi'"], ['5K', "write '5k'"],
    ['500 m', "write '500m'"], ['100bytes', "write '100'"],
    ['2cpu', undefined], ['1ki2', undefined], ['', undefined], ['.', undefined], ['Gi', undefined], ['e3', undefined], ['--1', undefined], ['1.2.3', undefined], ['1e', "write '1E'"],
    ['1e3.5', undefined], ['1e999', undefined], ['1,5', undefined], ['½', undefined], ['0x10', undefined], ['Infinity', undefined],
  ])('%p is no quantity', (text, cure) => {
    const fault = faultOf(text);
    expect(fault.code).toBe('InvalidQuantity');
    expect(fault.message).toBe(`'${text}' is not a quantity`);
    expect(fault.path).toBe('budget.cpu');
    expect(fault.cure).toBe(cure);
    expect(fault.allowed).toMatch(/500m.*16Gi/);
  });

  test.each([[2], [undefined], [null], [{}]])('%p is not text', (value) => {
    const fault = faultOf(value);
    expect(fault.code).toBe('InvalidQuantity');
    expect(fault.cure).toBe("write it as text: '500m'");
  });

  test('bytes beyond 2^63-1 are refused where Kubernetes would silently cap them', () => {
    const fault = faultOf('8Ei');
    expect(fault.code).toBe('QuantityOutOfRange');
    expect(fault.cure).toContain('8Ei');
    expect(canonical('9007199254740991Ki')).toBe('9007199254740991Ki');
  });

  test('parse throws what collect collects', () => {
    expect(() => q('8GB')).toThrow(InvalidInputError);
    expect(() => q('8GB')).toThrow("write '8G'");
  });
});

describe('arithmetic', () => {
  test('is exact where doubles are not', () => {
    expect(q('0.1').plus(q('0.2')).toString()).toBe('300m');
    expect(q('9007199254740993').minus(q('1')).toString()).toBe('9007199254740992');
  });

  test('the suffix family of the operands is kept, and zero has none', () => {
    expect(q('1Gi').plus(q('512Mi')).toString()).toBe('1536Mi');
    expect(Quantity.zero().plus(q('1Gi')).toString()).toBe('1Gi');
    expect(q('1Gi').minus(q('1Gi')).plus(q('1M')).toString()).toBe('1M');
    expect(q('0').minus(q('1Gi')).toString()).toBe('-1Gi');
    expect(q('1e3').plus(q('1k')).toString()).toBe('2k');
    expect(q('1G').plus(q('24Ki')).toString()).toBe(q('24Ki').plus(q('1G')).toString());
  });

  test('a sum does not depend on the order of its list', () => {
    const list = ['1Gi', '500M', '1e3', '0', '250m'].map(q);
    expect(Quantity.sum(list).toString()).toBe(Quantity.sum([...list].reverse()).toString());
    expect(Quantity.sum([]).isZero).toBe(true);
    expect(Quantity.sum([q('1500m'), q('500m')]).toString()).toBe('2');
  });

  test('signs and zero are told', () => {
    expect([q('-1m').isNegative, q('0').isNegative, q('1n').isNegative]).toEqual([true, false, false]);
    expect([q('0Gi').isZero, q('1n').isZero]).toEqual([true, false]);
  });

  test('amounts compare however they are written', () => {
    expect(q('1024Mi').compareTo(q('1Gi'))).toBe(0);
    expect(q('1G').compareTo(q('1Gi'))).toBeLessThan(0);
    expect(q('2').compareTo(q('1999m'))).toBeGreaterThan(0);
  });

  test('as a number it is in units', () => {
    expect([q('1500m'), q('2Gi'), q('-250u'), q('0')].map((quantity) => quantity.toNumber())).toEqual([1.5, 2147483648, -0.00025, 0]);
  });

  test('a factor is taken as the decimal number it prints as', () => {
    expect(q('1').times(0.1).toString()).toBe('100m');
    expect(q('10').times(1e-7).toString()).toBe('1m');
    expect(q('2').times(1e21).toString()).toBe('2e21');
    expect(q('3').times(-2).toString()).toBe('-6');
    expect(q('3').times(0).toString()).toBe('0');
  });

  test('a multiple is rounded away from zero: whole bytes, and thousandths of everything else', () => {
    expect(q('1Ki').times(0.3).toString()).toBe('308');
    expect(q('1').times(1 / 3).toString()).toBe('334m');
    expect(q('100u').times(0.5).toString()).toBe('50u');
    expect(q('-1').times(1 / 3).toString()).toBe('-334m');
  });

  test.each([NaN, Infinity, -Infinity])('%p is no factor', (factor) => {
    expect(() => q('1').times(factor)).toThrow(/InvalidFactor/);
  });

  test('addition has the laws of addition', () => {
    const amount = fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.constantFrom('m', '', 'k', 'Ki', 'Mi', 'e3')).map(([n, suffix]) => q(`${n}${suffix}`));
    fc.assert(fc.property(amount, amount, amount, (a, b, c) => {
      expect(a.plus(b).toString()).toBe(b.plus(a).toString());
      expect(a.plus(b).plus(c).compareTo(a.plus(b.plus(c)))).toBe(0);
      expect(a.plus(b).minus(b).compareTo(a)).toBe(0);
      expect(a.minus(a).isZero).toBe(true);
      expect(a.times(3).compareTo(a.plus(a).plus(a))).toBe(0);
    }));
  });
});

describe('dealing out', () => {
  const texts = (parts: Quantity[]) => parts.map((part) => part.toString());

  test('parts are whole units and the rest goes to the first', () => {
    expect(texts(q('10').split([1, 1, 1]))).toEqual(['4', '3', '3']);
    expect(texts(q('16Gi').split([3, 1]))).toEqual(['12Gi', '4Gi']);
    expect(texts(q('100').split([0.7, 0.3]))).toEqual(['70', '30']);
  });

  test('an amount with thousandths is dealt out in thousandths, a finer one as fine as it is', () => {
    expect(texts(q('2500m').split([1, 1, 1]))).toEqual(['834m', '833m', '833m']);
    expect(texts(q('10u').split([1, 3]))).toEqual(['3u', '7u']);
  });

  test('a step makes whole CPU divisible', () => {
    expect(texts(q('8').splitInSteps([1, 1, 1], q('1m')))).toEqual(['2668m', '2666m', '2666m']);
    expect(texts(q('1Gi').splitInSteps([1, 2], q('1Mi')))).toEqual(['342Mi', '682Mi']);
  });

  test('a weight of zero gets nothing, and the first gets the rest even then', () => {
    expect(texts(q('10').split([0, 1]))).toEqual(['0', '10']);
    expect(texts(q('10').split([0, 1, 2]))).toEqual(['1', '3', '6']);
  });

  test.each([
    [[], /NoWeight/], [[0, 0], /NoWeight/], [[-1, 2], /weights\[0\]: -1 is not a weight/], [[NaN, 1], /InvalidWeight/], [[Infinity], /InvalidWeight/],
  ])('weights %p are refused', (weights, message) => {
    expect(() => q('10').split(weights)).toThrow(message);
  });

  test('what is negative is not dealt out, and a step must get somewhere', () => {
    expect(() => q('-1').split([1])).toThrow(/NegativeQuantity/);
    expect(() => q('1').splitInSteps([1], q('0'))).toThrow(/InvalidStep/);
    expect(() => q('1').splitInSteps([1], q('-1m'))).toThrow(/a step of -1m gets nowhere/);
  });

  test('the parts add up to exactly the whole and none is less than its share cut to the step', () => {
    const whole = fc.tuple(fc.nat(), fc.constantFrom('m', '', 'Mi', 'k')).map(([n, suffix]) => q(`${n}${suffix}`));
    const weights = fc.array(fc.oneof(fc.nat({ max: 1000 }), fc.double({ min: 0, max: 10, noNaN: true })), { minLength: 1, maxLength: 9 });
    fc.assert(fc.property(whole, weights, (total, list) => {
      fc.pre(list.some((weight) => weight > 0));
      const parts = total.split(list);
      expect(parts).toHaveLength(list.length);
      expect(Quantity.sum(parts).compareTo(total)).toBe(0);
      expect(parts.some((part) => part.isNegative)).toBe(false);
      const steps = total.splitInSteps(list, q('7m'));
      expect(Quantity.sum(steps).compareTo(total)).toBe(0);
      const sevens = steps.slice(1).map((part) => part.times(1000).toNumber() / 7);
      expect(sevens.every((count) => Math.abs(count - Math.round(count)) <= count * 1e-12)).toBe(true);
    }));
  });
});
