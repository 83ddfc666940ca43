import { CelError, noSuchOverload } from '../cel-error';
import { compare, equal, int, Optional, uint, Uint, Value } from '../values';
import { Library } from './library';
import { Duration, Timestamp, YEAR_ONE } from './time';

const ORDERED = ['int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'string', 'bytes'];
const MOST = 1_000_000n;

/** Lists of Kubernetes and of the extensions of CEL, sets, and optional values. */
export function addLists(library: Library): void {
  for (const kind of ORDERED) {
    library.method('isSorted', `list<${kind}>`, 'bool', (list: Value[]) => list.every((element, index) => index === 0 || order(list[index - 1], element) <= 0))
      .method('min', `list<${kind}>`, kind, (list: Value[]) => extreme(list, 'min', (sign) => sign > 0))
      .method('max', `list<${kind}>`, kind, (list: Value[]) => extreme(list, 'max', (sign) => sign < 0))
      .method('sort', `list<${kind}>`, `list<${kind}>`, (list: Value[]) => [...list].sort(order));
  }
  for (const [kind, zero] of [['int', 0n], ['uint', new Uint(0n)], ['double', 0], ['duration', new Duration(0n)]] as const) {
    library.method('sum', `list<${kind}>`, kind, (list: Value[]) => (list.length === 0 ? zero : list.reduce(add)));
  }
  library.method('indexOf', 'list<A>, A', 'int', (list: Value[], item: Value) => BigInt(list.findIndex((element) => equal(element, item))))
    .method('lastIndexOf', 'list<A>, A', 'int', (list: Value[], item: Value) => BigInt(list.map((element) => equal(element, item)).lastIndexOf(true)))
    .method('slice', 'list<A>, int, int', 'list<A>', slice)
    .method('flatten', 'list<list<A>>', 'list<A>', (list: Value[]) => flatten(list, 1), true)
    .method('flatten', 'list<dyn>, int', 'list<dyn>', (list: Value[], depth: bigint) => {
      if (depth < 0n) throw new CelError('level must be non-negative');
      return flatten(list, Number(depth));
    })
    .method('reverse', 'list<A>', 'list<A>', (list: Value[]) => [...list].reverse())
    .method('distinct', 'list<A>', 'list<A>', (list: Value[]) => list.filter((element, index) => list.findIndex((other) => equal(other, element)) === index))
    .method('first', 'list<A>', 'optional<A>', (list: Value[]) => optional(list[0]))
    .method('last', 'list<A>', 'optional<A>', (list: Value[]) => optional(list.at(-1)))
    .function('lists.range', 'int', 'list<int>', (count: bigint) => {
      if (count > MOST) throw new CelError(`size is too large: ${count}`);
      return Array.from({ length: Math.max(0, Number(count)) }, (_, index) => BigInt(index));
    })
    .function('sets.contains', 'list<T>, list<T>', 'bool', contains)
    .function('sets.equivalent', 'list<T>, list<T>', 'bool', (a: Value[], b: Value[]) => contains(a, b) && contains(b, a))
    .function('sets.intersects', 'list<T>, list<T>', 'bool', (a: Value[], b: Value[]) => a.some((element) => b.some((other) => equal(element, other))));
  addOptionals(library);
}

function addOptionals(library: Library): void {
  const unwrap = (list: Value[]) => list.flatMap((element) => {
    if (!(element instanceof Optional)) throw noSuchOverload();
    return element.value === undefined ? [] : [element.value];
  });
  library.function('optional.of', 'V', 'optional<V>', (value: Value) => new Optional(value))
    .function('optional.ofNonZeroValue', 'V', 'optional<V>', (value: Value) => (isZero(value) ? Optional.NONE : new Optional(value)))
    .function('optional.none', '', 'optional<V>', () => Optional.NONE)
    .method('hasValue', 'optional<V>', 'bool', ({ value }: Optional) => value !== undefined)
    .method('value', 'optional<V>', 'V', ({ value }: Optional) => {
      if (value === undefined) throw new CelError('optional.none() dereference');
      return value;
    })
    .method('or', 'optional<V>, optional<V>', 'optional<V>', (own: Optional, other: Optional) => (own.value === undefined ? other : own))
    .method('orValue', 'optional<V>, V', 'V', (own: Optional, other: Value) => own.value ?? (own.value === undefined ? other : null))
    .function('optional.unwrap', 'list<optional<V>>', 'list<V>', unwrap)
    .method('unwrapOpt', 'list<optional<V>>', 'list<V>', unwrap);
}

function optional(value: Value | undefined): Optional {
  return value === undefined ? Optional.NONE : new Optional(value);
}

function isZero(value: Value): boolean {
  if (value === null || value === false || value === '' || value === 0n || value === 0) return true;
  if (value instanceof Uint) return value.value === 0n;
  if (value instanceof Map) return value.size === 0;
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length === 0;
  if (value instanceof Duration) return value.nanoseconds === 0n;
  if (value instanceof Timestamp) return value.seconds === YEAR_ONE;
  return value instanceof Optional && value.value === undefined;
}

/** Elements that cannot be compared count as equal, as in the API server. */
function order(a: Value, b: Value): number {
  try {
    return compare(a, b) ?? 0;
  } catch {
    return 0;
  }
}

function extreme(list: Value[], name: string, replaces: (sign: number) => boolean): Value {
  if (list.length === 0) throw new CelError(`${name} called on empty list`);
  return list.reduce((best, element) => (replaces(order(best, element)) ? element : best));
}

function flatten(list: Value[], depth: number): Value[] {
  return list.flatMap((element) => (Array.isArray(element) && depth > 0 ? flatten(element, depth - 1) : [element]));
}

function add(a: Value, b: Value): Value {
  if (typeof a === 'bigint' && typeof b === 'bigint') return int(a + b);
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (a instanceof Uint && b instanceof Uint) return uint(a.value + b.value);
  if (a instanceof Duration && b instanceof Duration) return a.plus(b);
  throw noSuchOverload();
}

function slice(list: Value[], start: bigint, end: bigint): Value[] {
  if (start < 0n || end < 0n) throw new CelError(`cannot slice(${start}, ${end}), negative indexes not supported`);
  if (start > end) throw new CelError(`cannot slice(${start}, ${end}), start index must be less than or equal to end index`);
  if (BigInt(list.length) < end) throw new CelError(`cannot slice(${start}, ${end}), list is length ${list.length}`);
  return list.slice(Number(start), Number(end));
}

function contains(list: Value[], all: Value[]): boolean {
  return all.every((element) => list.some((other) => equal(other, element)));
}
