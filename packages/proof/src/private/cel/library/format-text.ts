import { CelError } from '../cel-error';
import { kindOf, TypeValue, Uint, Value } from '../values';
import { TYPE_OF } from './conversions';
import { goNumber, goQuote } from './go-text';

const DIGITS = 6;

/** A part of a format: text, or the place of a value. */
export interface Part {
  readonly text: string;

  /** `s`, `d`, …; absent where there is only text. */
  readonly clause?: string;
  readonly digits?: number;
}

/** Takes a format apart. */
export function parseFormat(format: string): Part[] {
  const parts: Part[] = [];
  for (const [text, digits, clause] of format.matchAll(/%%|%(?:\.([0-9]*))?([^]?)|[^%]+/g)) {
    if (text === '%%') parts.push({ text: '%' });
    else if (!text.startsWith('%')) parts.push({ text });
    else if (clause === '') throw new CelError('unexpected end of string');
    else if (!'sdfebxXo'.includes(clause)) throw new CelError(`could not parse formatting clause: unrecognized formatting clause "${clause}"`);
    else parts.push({ text, clause, digits: digits ? Number(digits) : DIGITS });
  }
  return parts;
}

/** Types that a clause takes, and how messages of the API server call them. */
export const CLAUSES: { readonly [clause: string]: [kinds: string[], words: string] } = {
  s: [['list', 'map', 'int', 'uint', 'double', 'bool', 'string', 'timestamp', 'bytes', 'duration', 'type', 'null_type'],
    'string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps'],
  d: [['int', 'uint'], 'decimal clause can only be used on integers'],
  f: [['double', 'string'], 'fixed-point clause can only be used on doubles'],
  e: [['double', 'string'], 'scientific clause can only be used on doubles'],
  b: [['int', 'uint', 'bool'], 'only integers and bools can be formatted as binary'],
  x: [['int', 'uint', 'string', 'bytes'], 'only integers, byte buffers, and strings can be formatted as hex'],
  X: [['int', 'uint', 'string', 'bytes'], 'only integers, byte buffers, and strings can be formatted as hex'],
  o: [['int', 'uint'], 'octal clause can only be used on integers'],
};

/** What is told of a value that a clause does not take. */
export function wrongValue(clause: string, kind: string): CelError {
  return new CelError(`error during formatting: ${CLAUSES[clause][1]}, was given ${TYPE_OF[kind] ?? kind}`);
}

/** A text with the values in the places that `%s` and its like keep for them. */
export function formatText(format: string, values: Value[]): string {
  let used = 0;
  return parseFormat(format).map(({ text, clause, digits }) => {
    if (clause === undefined) return text;
    if (used >= values.length) throw new CelError(`index ${used} out of range`);
    return formatValue(clause, values[used++], digits!);
  }).join('');
}

function formatValue(clause: string, value: Value, digits: number): string {
  if (!CLAUSES[clause][0].includes(kindOf(value))) throw wrongValue(clause, kindOf(value));
  switch (clause) {
    case 's': return plain(value);
    case 'f': return fixed(double(clause, value), digits);
    case 'e': return scientific(double(clause, value), digits);
    case 'x': return hexadecimal(value);
    case 'X': return hexadecimal(value).toUpperCase();
    case 'b': return typeof value === 'boolean' ? String(Number(value)) : whole(value).toString(2);
    default: return whole(value).toString(clause === 'o' ? 8 : 10);
  }
}

function whole(value: Value): bigint {
  return value instanceof Uint ? value.value : value as bigint;
}

function double(clause: string, value: Value): number {
  if (typeof value === 'number') return value;
  const named: { readonly [text: string]: number | undefined } = { NaN, Infinity, '-Infinity': -Infinity };
  const special = typeof value === 'string' ? named[value] : undefined;
  if (special === undefined) throw wrongValue(clause, kindOf(value));
  return special;
}

/** English groups thousands. */
function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
  const [integer, fraction] = rounded(value, digits).split('.');
  return integer.replace(/\B(?=(?:\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
}

/** A half is rounded to the even neighbour. */
function rounded(value: number, digits: number): string {
  if (digits > 60 || Math.abs(value) >= 1e21) return value.toFixed(Math.min(digits, 100));
  const exact = value.toFixed(100);
  const kept = exact.slice(0, exact.length - 100 + digits).replace(/\.$/, '');
  const tie = /^50*$/.test(exact.slice(exact.length - 100 + digits)) && /[02468]$/.test(kept);
  return tie ? kept : value.toFixed(digits);
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The API server takes the digits for a width. */
function scientific(value: number, width: number): string {
  if (!Number.isFinite(value)) return fixed(value, DIGITS);
  const [mantissa, exponent] = value.toExponential(DIGITS).split('e');
  const power = exponent.replace(/^[+-]/, '').padStart(2, '0').replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
  return `${mantissa}×10${exponent.startsWith('-') ? '⁻' : ''}${power}`.padStart(width);
}

function hexadecimal(value: Value): string {
  if (typeof value === 'string') return Buffer.from(value).toString('hex');
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : whole(value).toString(16);
}

/** A value as `%s` writes it. */
function plain(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return goNumber(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (value instanceof Uint) return String(value.value);
  if (value instanceof TypeValue) return value.name;
  if (Array.isArray(value)) return `[${value.map(nested).join(', ')}]`;
  if (value instanceof Map) {
    const pairs = [...value].map(([key, own]) => [typeof key === 'string' ? goQuote(key) : String(key), nested(own)]);
    return `{${pairs.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map(([key, own]) => `${key}:${own}`).join(', ')}}`;
  }
  if (typeof value === 'object' && value.kind !== 'timestamp' && value.kind !== 'duration') throw wrongValue('s', kindOf(value));
  return String(value);
}

/** A value inside a list or map, as an expression would have it. */
function nested(value: Value): string {
  if (typeof value === 'string') return goQuote(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value.toFixed(DIGITS) : `"${goNumber(value)}"`;
  if (value instanceof Uint8Array) return `b${goQuote(Buffer.from(value).toString())}`;
  if (value !== null && typeof value === 'object' && 'kind' in value && (value.kind === 'timestamp' || value.kind === 'duration')) return `${value.kind}(${goQuote(plain(value))})`;
  return plain(value);
}
