import { show } from './compare';

/** How a quantity is written: `1Gi`, `1G` or `1e9`. */
export type SuffixFamily = 'binary' | 'decimal' | 'exponent';

/** A number as Kubernetes keeps it: whole billionths, exact. */
export interface QuantityAmount {
  readonly nano: bigint;
  readonly family: SuffixFamily;
}

/** Why a text is no quantity. */
export interface QuantityFault {
  readonly code: string;
  readonly message: string;
  readonly cure?: string;
}

const NANO_DIGITS = 9;
const ONE = 10n ** BigInt(NANO_DIGITS);
const DECIMAL_SUFFIXES = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const MOST_BINARY = (2n ** 63n - 1n) * ONE;
const FORM = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(.*)$/s;
const EXPONENT = /^[eE]([+-]?[0-9]{1,2})$/;

/**
 * Reads a quantity by the grammar of k8s.io/apimachinery `resource.Quantity`. What is finer than a
 * billionth is rounded away from zero, as upstream does: who asks for a little gets a little. Upstream
 * silently caps binary quantities at 2^63-1; here that is an error.
 */
export function parseQuantity(text: unknown): QuantityAmount | QuantityFault {
  if (typeof text !== 'string') return { code: 'InvalidQuantity', message: `${show(text)} is not a quantity`, cure: "write it as text: '500m'" };
  const [, sign, whole, fraction = '', suffix] = FORM.exec(text)!;
  const scale = scaleOf(suffix);
  if ((whole === '' && fraction === '') || scale === undefined) {
    return { code: 'InvalidQuantity', message: `'${text}' is not a quantity`, cure: cureOf(text, whole + fraction, suffix) };
  }
  const digits = BigInt(whole + fraction);
  const shift = NANO_DIGITS + scale.ten - fraction.length;
  const unsigned = digits * 2n ** BigInt(scale.two);
  const magnitude = shift >= 0 ? unsigned * 10n ** BigInt(shift) : divideUp(unsigned, 10n ** BigInt(-shift));
  if (scale.family === 'binary' && magnitude > MOST_BINARY) {
    return { code: 'QuantityOutOfRange', message: `'${text}' is larger than Kubernetes can hold`, cure: 'write at most 2^63-1 bytes, just under 8Ei' };
  }
  // below one unit a binary suffix cannot write the number again, so upstream drops the family
  const family = scale.family === 'binary' && magnitude < ONE && magnitude > 0n ? 'decimal' : scale.family;
  return { nano: sign === '-' ? -magnitude : magnitude, family };
}

function scaleOf(suffix: string): { family: SuffixFamily; ten: number; two: number } | undefined {
  const exponent = EXPONENT.exec(suffix);
  if (exponent) return { family: 'exponent', ten: Number(exponent[1]), two: 0 };
  const decimal = DECIMAL_SUFFIXES.indexOf(suffix);
  if (decimal >= 0) return { family: 'decimal', ten: decimal * 3 - NANO_DIGITS, two: 0 };
  const binary = BINARY_SUFFIXES.indexOf(suffix);
  return binary > 0 ? { family: 'binary', ten: 0, two: binary * 10 } : undefined;
}

/** The quantity that was probably meant: without spaces and bytes, and with Kubernetes' capitals. */
function cureOf(text: string, digits: string, suffix: string): string | undefined {
  if (digits === '') return undefined;
  const number = text.slice(0, text.length - suffix.length).trim();
  const bare = suffix.trim().replace(/b(ytes?)?$/i, '');
  const inBytes = bare !== suffix.trim();
  const known = [...DECIMAL_SUFFIXES, ...BINARY_SUFFIXES];
  const alike = known.filter((candidate) => candidate.toLowerCase() === bare.toLowerCase());
  // a thousandth of a byte is never meant
  const meant = inBytes ? alike.find((candidate) => candidate !== 'm') : alike.find((candidate) => candidate === bare) ?? alike[0];
  return meant === undefined ? undefined : `write '${number}${meant}'`;
}

/** Canonical form by upstream's rules: no precision lost, no fraction, the largest suffix of the family that fits. */
export function formatQuantity(amount: QuantityAmount): string {
  const { nano, family } = amount;
  if (nano === 0n) return '0';
  const whole = nano % ONE === 0n;
  const magnitude = nano < 0n ? -nano : nano;
  if (family === 'binary' && whole && magnitude >= 1024n * ONE) {
    let mantissa = nano / ONE;
    let step = 0;
    while (step < BINARY_SUFFIXES.length - 1 && mantissa % 1024n === 0n) {
      mantissa /= 1024n;
      step++;
    }
    return `${mantissa}${BINARY_SUFFIXES[step]}`;
  }
  return formatDecimal(nano, family === 'exponent');
}

function formatDecimal(nano: bigint, asExponent: boolean): string {
  let mantissa = nano;
  let exponent = -NANO_DIGITS;
  while (mantissa % 1000n === 0n) {
    mantissa /= 1000n;
    exponent += 3;
  }
  const suffix = DECIMAL_SUFFIXES[(exponent + NANO_DIGITS) / 3];
  // there is no suffix above E; upstream falls back to an exponent there
  if (asExponent || suffix === undefined) return exponent === 0 ? `${mantissa}` : `${mantissa}e${exponent}`;
  return `${mantissa}${suffix}`;
}

/** Integer division, away from zero. The divisor is positive. */
export function divideUp(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  if (quotient * divisor === dividend) return quotient;
  return dividend < 0n ? quotient - 1n : quotient + 1n;
}

/** A finite double as the exact fraction that its shortest decimal text names: 0.1 is one tenth. */
export function fractionOf(value: number): { numerator: bigint; denominator: bigint } {
  const [mantissa, exponentText = '0'] = String(value).split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  const exponent = Number(exponentText) - fraction.length;
  const digits = BigInt(whole + fraction);
  return exponent >= 0
    ? { numerator: digits * 10n ** BigInt(exponent), denominator: 1n }
    : { numerator: digits, denominator: 10n ** BigInt(-exponent) };
}
