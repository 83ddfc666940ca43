import { CelError } from '../cel-error';
import { codePoints, Value } from '../values';
import { formatText } from './format-text';
import { Library } from './library';

/** Texts: those of the language and of its extension in the version that Kubernetes has. */
export function addStrings(library: Library): void {
  const ascii = (text: string, letters: RegExp, change: (letter: string) => string) => text.replace(letters, change);
  library.method('contains', 'string, string', 'bool', (text: string, part: string) => text.includes(part))
    .method('startsWith', 'string, string', 'bool', (text: string, part: string) => text.startsWith(part))
    .method('endsWith', 'string, string', 'bool', (text: string, part: string) => text.endsWith(part))
    .method('charAt', 'string, int', 'string', (text: string, index: bigint) => {
      const points = codePoints(text);
      return points[within(index, points.length)] ?? '';
    })
    .method('indexOf', 'string, string', 'int', (text: string, part: string) => indexOf(text, part, 0n))
    .method('indexOf', 'string, string, int', 'int', indexOf)
    .method('lastIndexOf', 'string, string', 'int', (text: string, part: string) => lastIndexOf(text, part, BigInt(codePoints(text).length - 1)))
    .method('lastIndexOf', 'string, string, int', 'int', (text: string, part: string, from: bigint) => (part === '' ? from : lastIndexOf(text, part, from)))
    .method('lowerAscii', 'string', 'string', (text: string) => ascii(text, /[A-Z]/g, (letter) => letter.toLowerCase()))
    .method('upperAscii', 'string', 'string', (text: string) => ascii(text, /[a-z]/g, (letter) => letter.toUpperCase()))
    .method('replace', 'string, string, string', 'string', (text: string, old: string, by: string) => replace(text, old, by, -1n))
    .method('replace', 'string, string, string, int', 'string', replace)
    .method('split', 'string, string', 'list<string>', (text: string, by: string) => split(text, by, -1n))
    .method('split', 'string, string, int', 'list<string>', split)
    .method('substring', 'string, int', 'string', (text: string, start: bigint) => {
      const points = codePoints(text);
      return points.slice(within(start, points.length)).join('');
    })
    .method('substring', 'string, int, int', 'string', (text: string, start: bigint, end: bigint) => {
      if (start > end) throw new CelError(`invalid substring range. start: ${start}, end: ${end}`);
      const points = codePoints(text);
      return points.slice(within(start, points.length), within(end, points.length)).join('');
    })
    .method('trim', 'string', 'string', (text: string) => text.replace(/^[\p{White_Space}]+|[\p{White_Space}]+$/gu, ''))
    .method('join', 'list<string>', 'string', (list: Value[]) => join(list, ''))
    .method('join', 'list<string>, string', 'string', join)
    .method('format', 'string, list<dyn>', 'string', formatText)
    .function('strings.quote', 'string', 'string', (text: string) => `"${text.replace(/[\x07\b\f\n\r\t\v\\"]/g, (character) => QUOTED[character])}"`);
}

const QUOTED: { readonly [character: string]: string } = {
  '\x07': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v', '\\': '\\\\', '"': '\\"',
};

function within(index: bigint, length: number): number {
  if (index < 0n || index > BigInt(length)) throw new CelError(`index out of range: ${index}`);
  return Number(index);
}

function indexOf(text: string, part: string, from: bigint): bigint {
  if (part === '') return from;
  if (from < 0n) throw new CelError(`index out of range: ${from}`);
  const points = codePoints(text);
  if (from >= BigInt(points.length)) return -1n;
  const start = points.slice(0, Number(from)).join('').length;
  const found = text.indexOf(part, start);
  return found < 0 ? -1n : from + BigInt(codePoints(text.slice(start, found)).length);
}

function lastIndexOf(text: string, part: string, from: bigint): bigint {
  const points = codePoints(text);
  if (part === '') return BigInt(points.length);
  if (text.length < part.length) return -1n;
  if (from < 0n) throw new CelError(`index out of range: ${from}`);
  if (from >= BigInt(points.length)) return -1n;
  const found = text.lastIndexOf(part, points.slice(0, Number(from)).join('').length);
  return found < 0 ? -1n : BigInt(codePoints(text.slice(0, found)).length);
}

function replace(text: string, old: string, by: string, count: bigint): string {
  const parts = old === '' ? ['', ...codePoints(text), ''] : text.split(old);
  const most = count < 0n ? parts.length - 1 : Math.min(Number(count), parts.length - 1);
  return parts.reduce((result, part, index) => result + (index <= most ? by : old) + part);
}

function split(text: string, by: string, count: bigint): string[] {
  if (count === 0n) return [];
  const parts = by === '' ? codePoints(text) : text.split(by);
  if (count < 0n || BigInt(parts.length) <= count) return parts;
  const first = Number(count) - 1;
  return [...parts.slice(0, first), parts.slice(first).join(by)];
}

function join(list: Value[], by: string): string {
  const other = list.find((element) => typeof element !== 'string');
  if (other !== undefined) throw new CelError(`join: invalid input: ${String(other)}`);
  return list.join(by);
}
