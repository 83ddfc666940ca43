import { CelError, noSuchOverload } from './cel-error';

/** Anything an expression can yield; a number is a double, a bigint an int. */
export type Value = null | boolean | bigint | number | string | Uint8Array | Value[] | CelMap | CelObject;

/** Keys of maps; whole numbers of the same value are the same key, whatever their types. */
export type MapKey = string | bigint | boolean | number;

/** A map of CEL. */
export type CelMap = Map<MapKey, Value>;

/** A value that JavaScript has no type for. */
export abstract class CelObject {
  /** Name of its type, as signatures write it. */
  public abstract readonly kind: string;

  /** Whether another value of the same kind is equal. */
  public abstract equals(other: any): boolean;
}

/** An unsigned integer. */
export class Uint extends CelObject {
  public readonly kind = 'uint';

  constructor(public readonly value: bigint) {
    super();
  }

  public equals(other: Uint): boolean {
    return this.value === other.value;
  }
}

/** A type as a value: `type(1) == int`. */
export class TypeValue extends CelObject {
  public readonly kind = 'type';

  constructor(public readonly name: string) {
    super();
  }

  public equals(other: TypeValue): boolean {
    return this.name === other.name;
  }
}

/** A value that may be absent. */
export class Optional extends CelObject {
  public static readonly NONE = new Optional(undefined);

  public readonly kind = 'optional';

  constructor(public readonly value: Value | undefined) {
    super();
  }

  public equals(other: Optional): boolean {
    if (this.value === undefined || other.value === undefined) return this.value === other.value;
    return equal(this.value, other.value);
  }
}

/** The name of a value's type, as signatures write it. */
export function kindOf(value: Value): string {
  switch (typeof value) {
    case 'string': return 'string';
    case 'bigint': return 'int';
    case 'number': return 'double';
    case 'boolean': return 'bool';
    default:
      if (value === null) return 'null_type';
      if (Array.isArray(value)) return 'list';
      if (value instanceof Map) return 'map';
      return value instanceof Uint8Array ? 'bytes' : value.kind;
  }
}

/** A value of a decoded JSON or YAML document. Whole numbers are ints, as in the API server. */
export function fromJson(json: any): Value {
  switch (typeof json) {
    case 'string': case 'boolean': case 'bigint': return json;
    case 'number': return Number.isInteger(json) && Math.abs(json) < 2 ** 63 ? BigInt(json) : json;
    case 'object': {
      if (json === null) return null;
      if (Array.isArray(json)) return json.map(fromJson);
      // YAML reads a time without quotes as a date; the API server sees its text
      if (json instanceof Date) return json.toISOString().replace('.000Z', 'Z');
      const map: CelMap = new Map();
      for (const key of Object.keys(json)) if (json[key] !== undefined) map.set(key, fromJson(json[key]));
      return map;
    }
    default: return null;
  }
}

/** Whether two values are equal; values of different types are not, except numbers. */
export function equal(a: Value, b: Value): boolean {
  if (a === b) return true;
  const kind = kindOf(a);
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0;
  if (kind !== kindOf(b)) return false;
  if (Array.isArray(a)) {
    const other = b as Value[];
    return a.length === other.length && a.every((element, index) => equal(element, other[index]));
  }
  if (a instanceof Map) {
    const other = b as CelMap;
    return a.size === other.size && [...a].every(([key, value]) => other.has(key) && equal(value, other.get(key)!));
  }
  if (a instanceof Uint8Array) return a.length === (b as Uint8Array).length && a.every((byte, index) => byte === (b as Uint8Array)[index]);
  return a instanceof CelObject && a.equals(b);
}

/** A value that can be ordered among its own kind. */
export interface Ordered {
  /** Negative, zero or positive. */
  compareTo(other: any): number;
}

/** Negative, zero or positive; undefined when one of them is not a number. An error for kinds without an order. */
export function compare(a: Value, b: Value): number | undefined {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  if (kindOf(a) !== kindOf(b)) throw noSuchOverload();
  if (typeof a === 'string') return compareCodePoints(a, b as string);
  if (typeof a === 'boolean') return Number(a) - Number(b);
  if (a instanceof Uint8Array) return compareBytes(a, b as Uint8Array);
  if (a instanceof CelObject && (a.kind === 'timestamp' || a.kind === 'duration')) return (a as unknown as Ordered).compareTo(b);
  throw noSuchOverload();
}

/** The key by which a map finds a value, or nothing for what can be no key. */
export function mapKey(value: Value): MapKey | undefined {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value;
  if (value instanceof Uint) return value.value;
  if (typeof value !== 'number') return undefined;
  return Number.isInteger(value) ? BigInt(value) : value;
}

/** Whether a value is a number. */
export function isNumber(value: Value): value is bigint | number | Uint {
  return typeof value === 'bigint' || typeof value === 'number' || value instanceof Uint;
}

/** The code points of a text, by which CEL counts. */
export function codePoints(text: string): string[] {
  return [...text];
}

/** An int within its bounds. */
export function int(value: bigint): bigint {
  if (value > 9223372036854775807n || value < -9223372036854775808n) throw new CelError('integer overflow');
  return value;
}

/** A uint within its bounds. */
export function uint(value: bigint): Uint {
  if (value > 18446744073709551615n || value < 0n) throw new CelError('unsigned integer overflow');
  return new Uint(value);
}

function compareNumbers(a: bigint | number | Uint, b: bigint | number | Uint): number | undefined {
  const left = a instanceof Uint ? a.value : a;
  const right = b instanceof Uint ? b.value : b;
  if (left < right) return -1;
  if (left > right) return 1;
  // eslint-disable-next-line eqeqeq -- a bigint and a number are compared by their values
  return left == right ? 0 : undefined;
}

function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const left = codePoints(a);
  const right = codePoints(b);
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    if (left[index] !== right[index]) return left[index].codePointAt(0)! - right[index].codePointAt(0)!;
  }
  return left.length - right.length;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) if (a[index] !== b[index]) return a[index] - b[index];
  return a.length - b.length;
}
