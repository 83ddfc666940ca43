import { CelError } from '../cel-error';
import { CelObject, int } from '../values';
import { Library } from './library';

/** A semantic version. */
class Semver extends CelObject {
  public readonly kind = 'semver';

  constructor(
    public readonly numbers: bigint[],
    public readonly before: string[],
  ) {
    super();
  }

  public equals(other: Semver): boolean {
    return order(this, other) === 0n;
  }
}

/** Semantic versions. */
export function addSemver(library: Library): void {
  library.function('semver', 'string', 'semver', (text: string) => read(text, false))
    .function('semver', 'string, bool', 'semver', read)
    .function('isSemver', 'string', 'bool', (text: string) => parse(text) !== undefined)
    .function('isSemver', 'string, bool', 'bool', (text: string, normalize: boolean) => parse(normalize ? normalized(text) : text) !== undefined)
    .method('major', 'semver', 'int', ({ numbers }: Semver) => int(numbers[0]))
    .method('minor', 'semver', 'int', ({ numbers }: Semver) => int(numbers[1]))
    .method('patch', 'semver', 'int', ({ numbers }: Semver) => int(numbers[2]))
    .method('compareTo', 'semver, semver', 'int', order)
    .method('isLessThan', 'semver, semver', 'bool', (a: Semver, b: Semver) => order(a, b) < 0n)
    .method('isGreaterThan', 'semver, semver', 'bool', (a: Semver, b: Semver) => order(a, b) > 0n);
}

function read(text: string, normalize: boolean): Semver {
  const version = parse(normalize ? normalized(text) : text);
  if (version === undefined) throw new CelError(text === '' ? 'Version string empty' : `${JSON.stringify(text)} is not a semantic version`);
  return version;
}

function parse(text: string): Semver | undefined {
  const number = '(0|[1-9][0-9]*)';
  const match = new RegExp(`^${number}\\.${number}\\.${number}(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?$`).exec(text);
  if (match === null) return undefined;
  const numbers = match.slice(1, 4).map(BigInt);
  const before = match[4]?.split('.') ?? [];
  const wrong = before.some((part) => part === '' || /^0[0-9]+$/.test(part)) || (match[5]?.split('.') ?? []).includes('') || numbers.some((own) => own >= 2n ** 64n);
  return wrong ? undefined : new Semver(numbers, before);
}

/** `v1.02` is 1.2.0. */
function normalized(text: string): string {
  const parts = text.replace(/^v/, '').split('.');
  const three = parts.length > 3 ? [...parts.slice(0, 2), parts.slice(2).join('.')] : parts;
  const trimmed = three.map((part) => (part.length > 1 ? part.replace(/^0+/, '').replace(/^(?![0-9])/, '0') : part));
  if (trimmed.length >= 3) return trimmed.join('.');
  if (/[+-]/.test(trimmed.at(-1)!)) return '';
  return [...trimmed, '0', '0'].slice(0, 3).join('.');
}

function order(a: Semver, b: Semver): bigint {
  for (let index = 0; index < 3; index++) if (a.numbers[index] !== b.numbers[index]) return a.numbers[index] < b.numbers[index] ? -1n : 1n;
  if (a.before.length === 0 || b.before.length === 0) return BigInt(Math.sign(b.before.length - a.before.length));
  for (let index = 0; index < Math.min(a.before.length, b.before.length); index++) {
    const sign = orderParts(a.before[index], b.before[index]);
    if (sign !== 0) return BigInt(sign);
  }
  return BigInt(Math.sign(a.before.length - b.before.length));
}

function orderParts(a: string, b: string): number {
  const [left, right] = [a, b].map((part) => (/^[0-9]+$/.test(part) ? BigInt(part) : part));
  if (typeof left !== typeof right) return typeof left === 'bigint' ? -1 : 1;
  return left < right ? -1 : left > right ? 1 : 0;
}
