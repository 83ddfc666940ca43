import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = join(__dirname, '..', 'src');
const README = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');

/** Codes of problems and of refusals, as the sources write them. */
function codes(): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const text = files.map((path) => readFileSync(join(SOURCES, path), 'utf8')).join('\n');
  return [...new Set([...text.matchAll(/\bcode: (?:[\w.() ]+ \? )?'([A-Z]\w+)'(?: : '([A-Z]\w+)')?/g)].flatMap(([, one, other]) => (other ? [one, other] : [one])))].sort();
}

test('every code that the package makes is explained in its README', () => {
  expect(codes().length).toBeGreaterThan(50);
  expect(codes().filter((code) => !README.includes(`\`${code}\``))).toEqual([]);
});
