import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

test('every code that the package gives is in the table of errors', () => {
  const folder = join(__dirname, '..', 'src');
  const sources = readdirSync(folder, { recursive: true }).map(String).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  const told = new Set([...readme.slice(readme.indexOf('## Errors'), readme.indexOf('## Limits')).matchAll(/`([A-Z][A-Za-z]+)`/g)].map(([, code]) => code));
  const given = [...sources.matchAll(/code: '([A-Z][A-Za-z]+)'/g)].map(([, code]) => code);
  expect(given.length).toBeGreaterThan(10);
  expect(given.filter((code) => !told.has(code))).toEqual([]);
});
