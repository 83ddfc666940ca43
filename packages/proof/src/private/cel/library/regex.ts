import { CelError } from '../cel-error';
import { Library } from './library';
import { compileRegex } from './re2';

/** Regular expressions. */
export function addRegex(library: Library): void {
  const matches = (text: string, pattern: string) => regex(pattern).test(text);
  library.function('matches', 'string, string', 'bool', matches)
    .method('matches', 'string, string', 'bool', matches)
    .method('find', 'string, string', 'string', (text: string, pattern: string) => regex(pattern).exec(text)?.[0] ?? '')
    .method('findAll', 'string, string', 'list<string>', (text: string, pattern: string) => findAll(text, pattern, -1n))
    .method('findAll', 'string, string, int', 'list<string>', findAll);
}

function findAll(text: string, pattern: string, count: bigint): string[] {
  const found: string[] = [];
  let end = -1;
  for (const match of text.matchAll(new RegExp(regex(pattern), 'gu'))) {
    // an empty match right behind another one does not count
    if (match[0] === '' && match.index === end) continue;
    end = match.index + match[0].length;
    found.push(match[0]);
  }
  return count < 0n ? found : found.slice(0, Number(count));
}

const KNOWN = new Map<string, RegExp>();
const MOST_KNOWN = 1_000;

function regex(pattern: string): RegExp {
  let known = KNOWN.get(pattern);
  if (known === undefined) {
    try {
      known = compileRegex(pattern);
    } catch (error) {
      throw error instanceof CelError ? error : new CelError(`error parsing regexp: ${(error as Error).message}`);
    }
    if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
    KNOWN.set(pattern, known);
  }
  return known;
}
