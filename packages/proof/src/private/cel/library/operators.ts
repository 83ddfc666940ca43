import { CelError } from '../cel-error';
import { compare, equal, int, mapKey, uint, Uint, Value } from '../values';
import { Library } from './library';

const ORDERED = ['bool', 'string', 'bytes', 'timestamp', 'duration'];
const NUMBERS = ['int', 'uint', 'double'];

/** Operators of the language but those of time. */
export function addOperators(library: Library): void {
  addArithmetic(library);
  library.function('!_', 'bool', 'bool', (a: boolean) => !a)
    .function('==', 'A, A', 'bool', equal)
    .function('!=', 'A, A', 'bool', (a: Value, b: Value) => !equal(a, b))
    .function('in', 'A, list<A>', 'bool', (a: Value, list: Value[]) => list.some((element) => equal(a, element)))
    .function('in', 'A, map<A, B>', 'bool', (a: Value, map: Map<any, Value>) => map.has(mapKey(a)));
  const orders: { readonly [operator: string]: (order: number) => boolean } = {
    '<': (order) => order < 0, '<=': (order) => order <= 0, '>': (order) => order > 0, '>=': (order) => order >= 0,
  };
  for (const [operator, holds] of Object.entries(orders)) {
    const run = (a: Value, b: Value) => {
      const order = compare(a, b);
      if (order === undefined) throw new CelError('NaN values cannot be ordered');
      return holds(order);
    };
    for (const kind of ORDERED) library.function(operator, `${kind}, ${kind}`, 'bool', run);
    for (const left of NUMBERS) for (const right of NUMBERS) library.function(operator, `${left}, ${right}`, 'bool', run);
  }
}

function addArithmetic(library: Library): void {
  library.function('+', 'int, int', 'int', (a: bigint, b: bigint) => int(a + b))
    .function('-', 'int, int', 'int', (a: bigint, b: bigint) => int(a - b))
    .function('*', 'int, int', 'int', (a: bigint, b: bigint) => int(a * b))
    .function('/', 'int, int', 'int', (a: bigint, b: bigint) => int(a / divisor(b, 'division')))
    .function('%', 'int, int', 'int', (a: bigint, b: bigint) => int(a % divisor(b, 'modulus')))
    .function('-_', 'int', 'int', (a: bigint) => int(-a))
    .function('+', 'uint, uint', 'uint', (a: Uint, b: Uint) => uint(a.value + b.value))
    .function('-', 'uint, uint', 'uint', (a: Uint, b: Uint) => uint(a.value - b.value))
    .function('*', 'uint, uint', 'uint', (a: Uint, b: Uint) => uint(a.value * b.value))
    .function('/', 'uint, uint', 'uint', (a: Uint, b: Uint) => uint(a.value / divisor(b.value, 'division')))
    .function('%', 'uint, uint', 'uint', (a: Uint, b: Uint) => uint(a.value % divisor(b.value, 'modulus')))
    .function('+', 'double, double', 'double', (a: number, b: number) => a + b)
    .function('-', 'double, double', 'double', (a: number, b: number) => a - b)
    .function('*', 'double, double', 'double', (a: number, b: number) => a * b)
    .function('/', 'double, double', 'double', (a: number, b: number) => a / b)
    .function('-_', 'double', 'double', (a: number) => -a)
    .function('+', 'string, string', 'string', (a: string, b: string) => a + b)
    .function('+', 'bytes, bytes', 'bytes', (a: Uint8Array, b: Uint8Array) => Uint8Array.from([...a, ...b]))
    .function('+', 'list<A>, list<A>', 'list<A>', (a: Value[], b: Value[]) => [...a, ...b]);
}

function divisor(value: bigint, operation: string): bigint {
  if (value === 0n) throw new CelError(operation === 'division' ? 'division by zero' : 'modulus by zero');
  return value;
}
