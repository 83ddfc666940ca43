import { CelError } from '../cel-error';
import { codePoints, int, kindOf, TypeValue, uint, Uint, Value } from '../values';
import { goNumber } from './go-text';
import { Library } from './library';

/** Conversions between simple types, sizes, and types as values. */
export function addConversions(library: Library): void {
  const own = (value: Value) => value;
  for (const kind of ['bool', 'bytes', 'double', 'int', 'string', 'uint']) library.function(kind, kind, kind, own);
  library.function('dyn', 'A', 'dyn', own)
    .function('type', 'A', 'type', (value: Value) => new TypeValue(TYPE_OF[kindOf(value)] ?? kindOf(value)))
    .function('bool', 'string', 'bool', parseBool)
    .function('bytes', 'string', 'bytes', (text: string) => Uint8Array.from(Buffer.from(text)))
    .function('double', 'int', 'double', (value: bigint) => Number(value))
    .function('double', 'uint', 'double', ({ value }: Uint) => Number(value))
    .function('double', 'string', 'double', parseDouble)
    .function('int', 'double', 'int', (value: number) => doubleToInt(value))
    .function('int', 'uint', 'int', ({ value }: Uint) => int(value))
    .function('int', 'string', 'int', (text: string) => parseWhole(text, /^[+-]?[0-9]+$/, 'int'))
    .function('uint', 'double', 'uint', (value: number) => {
      if (!Number.isFinite(value) || value < 0 || value >= 2 ** 64) throw new CelError('unsigned integer overflow');
      return uint(BigInt(Math.trunc(value)));
    })
    .function('uint', 'int', 'uint', (value: bigint) => uint(value))
    .function('uint', 'string', 'uint', (text: string) => new Uint(parseWhole(text, /^[0-9]+$/, 'uint')))
    .function('string', 'bool', 'string', String)
    .function('string', 'int', 'string', String)
    .function('string', 'uint', 'string', ({ value }: Uint) => String(value))
    .function('string', 'double', 'string', goNumber)
    .function('string', 'bytes', 'string', bytesToString);
  const sizes: { readonly [declared: string]: (value: any) => bigint } = {
    'string': (text: string) => BigInt(codePoints(text).length),
    'bytes': (bytes: Uint8Array) => BigInt(bytes.length),
    'list<A>': (list: Value[]) => BigInt(list.length),
    'map<A, B>': (map: Map<any, Value>) => BigInt(map.size),
  };
  for (const [declared, size] of Object.entries(sizes)) library.function('size', declared, 'int', size).method('size', declared, 'int', size);
}

/** Names of types as `type()` tells them, where kinds have shorter ones. */
export const TYPE_OF: { readonly [kind: string]: string | undefined } = {
  timestamp: 'google.protobuf.Timestamp',
  duration: 'google.protobuf.Duration',
  optional: 'optional_type',
  ip: 'net.IP',
  cidr: 'net.CIDR',
  url: 'kubernetes.URL',
  quantity: 'kubernetes.Quantity',
  semver: 'kubernetes.Semver',
  format: 'kubernetes.NamedFormat',
};

function failed(from: string, to: string): CelError {
  return new CelError(`type conversion error from '${from}' to '${to}'`);
}

function parseBool(text: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false;
  throw failed('string', 'bool');
}

function parseDouble(text: string): number {
  if (/^[+-]?(?:[0-9](?:_?[0-9])*\.?(?:[0-9](?:_?[0-9])*)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9]+)?$/.test(text)) {
    const value = Number(text.replace(/_/g, ''));
    if (Number.isFinite(value)) return value;
  }
  const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(text);
  if (special === null) throw failed('string', 'double');
  if (special[2].toLowerCase() === 'nan') {
    if (special[1] !== '') throw failed('string', 'double');
    return NaN;
  }
  return special[1] === '-' ? -Infinity : Infinity;
}

function parseWhole(text: string, pattern: RegExp, kind: string): bigint {
  const least = kind === 'int' ? -9223372036854775808n : 0n;
  const most = kind === 'int' ? 9223372036854775807n : 18446744073709551615n;
  const value = pattern.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined;
  if (value === undefined || value < least || value > most) throw failed('string', kind);
  return value;
}

function doubleToInt(value: number): bigint {
  if (!Number.isFinite(value) || value <= -(2 ** 63) || value >= 2 ** 63) throw new CelError('integer overflow');
  return BigInt(Math.trunc(value));
}

function bytesToString(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString();
  if (!Buffer.from(text).equals(bytes)) throw new CelError('invalid UTF-8 in bytes, cannot convert to string');
  return text;
}
