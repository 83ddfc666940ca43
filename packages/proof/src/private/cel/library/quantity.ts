import { CelError } from '../cel-error';
import { CelObject } from '../values';
import { Library } from './library';

const NANO = 1_000_000_000n;
const SUFFIXES: { readonly [suffix: string]: [base: bigint, exponent: bigint] } = {
  'n': [10n, -9n],
  'u': [10n, -6n],
  'm': [10n, -3n],
  '': [10n, 0n],
  'k': [10n, 3n],
  'M': [10n, 6n],
  'G': [10n, 9n],
  'T': [10n, 12n],
  'P': [10n, 15n],
  'E': [10n, 18n],
  'Ki': [2n, 10n],
  'Mi': [2n, 20n],
  'Gi': [2n, 30n],
  'Ti': [2n, 40n],
  'Pi': [2n, 50n],
  'Ei': [2n, 60n],
};
const MOST_BINARY = (2n ** 63n - 1n) * NANO;

/** A quantity of a resource, exactly, in billionths: no quantity is finer. */
class Quantity extends CelObject {
  public readonly kind = 'quantity';

  constructor(
    public readonly nano: bigint,

    /** Power of ten by which the API server keeps a small number; absent for what it keeps as a large one, which it never takes for an int. */
    public readonly scale: number | undefined,
  ) {
    super();
  }

  public equals(other: Quantity): boolean {
    return this.nano === other.nano;
  }

  /** The whole number that it is, if the API server sees one. */
  public get whole(): bigint | undefined {
    const value = this.nano / NANO;
    return this.scale !== undefined && this.scale >= 0 && value <= 9223372036854775807n && value >= -9223372036854775808n ? value : undefined;
  }
}

/** Quantities of resources: `quantity('1Gi').isLessThan(quantity('2Gi'))`. */
export function addQuantity(library: Library): void {
  library.function('quantity', 'string', 'quantity', parse)
    .function('isQuantity', 'string', 'bool', (text: string) => {
      try {
        return parse(text) instanceof Quantity;
      } catch {
        return false;
      }
    })
    .function('sign', 'quantity', 'int', ({ nano }: Quantity) => (nano > 0n ? 1n : nano < 0n ? -1n : 0n))
    .method('isGreaterThan', 'quantity, quantity', 'bool', (a: Quantity, b: Quantity) => a.nano > b.nano)
    .method('isLessThan', 'quantity, quantity', 'bool', (a: Quantity, b: Quantity) => a.nano < b.nano)
    .method('compareTo', 'quantity, quantity', 'int', (a: Quantity, b: Quantity) => (a.nano < b.nano ? -1n : a.nano > b.nano ? 1n : 0n))
    .method('asApproximateFloat', 'quantity', 'double', ({ nano }: Quantity) => Number(nano / NANO) + Number(nano % NANO) / 1e9)
    .method('asInteger', 'quantity', 'int', (own: Quantity) => {
      if (own.whole === undefined) throw new CelError('cannot convert value to integer');
      return own.whole;
    })
    .method('isInteger', 'quantity', 'bool', (own: Quantity) => own.whole !== undefined)
    .method('add', 'quantity, quantity', 'quantity', (a: Quantity, b: Quantity) => sum(a, b))
    .method('add', 'quantity, int', 'quantity', (a: Quantity, b: bigint) => sum(a, new Quantity(b * NANO, 0)))
    .method('sub', 'quantity, quantity', 'quantity', (a: Quantity, b: Quantity) => sum(a, new Quantity(-b.nano, b.scale)))
    .method('sub', 'quantity, int', 'quantity', (a: Quantity, b: bigint) => sum(a, new Quantity(-b * NANO, 0)));
}

function sum(a: Quantity, b: Quantity): Quantity {
  if (b.nano === 0n) return a;
  const nano = a.nano + b.nano;
  if (a.scale === undefined || b.scale === undefined) return new Quantity(nano, undefined);
  return new Quantity(nano, a.nano === 0n ? b.scale : Math.min(a.scale, b.scale));
}

/** How the API server keeps a number of so many digits. */
function scaleOf(whole: string, fraction: string, base: bigint, exponent: number): number | undefined {
  const figures = whole.replace(/^0+(?=.)/, '').length;
  if (base === 2n) return fraction === '' && 15 - figures - Math.trunc(exponent * 3 / 10) - 1 >= 0 ? 0 : undefined;
  const scale = exponent - fraction.length;
  return figures + fraction.length <= 18 && scale >= -9 ? scale : undefined;
}

function parse(text: string): Quantity {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/.exec(text);
  if (match === null || text === '') throw new CelError('quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\'');
  const [, sign, whole, fraction = '', suffix = ''] = match;
  const [base, exponent] = SUFFIXES[suffix] ?? [10n, BigInt(suffix.slice(1))];
  if (exponent > 1_000n || exponent < -1_000n) throw new CelError('unable to parse quantity\'s suffix');
  const numerator = BigInt(`0${whole}${fraction}`) * NANO * (exponent > 0n ? base ** exponent : 1n);
  const denominator = 10n ** BigInt(fraction.length) * (exponent < 0n ? base ** -exponent : 1n);
  // what is finer than a billionth is rounded away from zero
  let nano = (numerator + denominator - 1n) / denominator;
  if (base === 2n && nano > MOST_BINARY) nano = MOST_BINARY;
  return new Quantity(sign === '-' ? -nano : nano, scaleOf(whole, fraction, base, Number(exponent)));
}
