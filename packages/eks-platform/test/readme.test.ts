import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { MANAGED_ADD_ONS } from '../src/planner/version';

const root = path.join(__dirname, '..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

function sources(directory: string): string {
  return readdirSync(directory, { withFileTypes: true })
    .map((entry) => path.join(directory, entry.name))
    .map((file) => file.endsWith('.ts') ? readFileSync(file, 'utf8') : sources(file))
    .join('\n');
}

/** Codes between back ticks in the part of the README below a heading. */
function documented(heading: string): string[] {
  const [, section] = readme.split(`## ${heading}\n`);
  return [...section.split('\n## ')[0].matchAll(/`([A-Z][A-Za-z]+)`/g)].map(([, code]) => code).filter((code) => !['InvalidInputError', 'Cidr'].includes(code));
}

test('the table of errors names every code that the source has, and no other', () => {
  const text = sources(path.join(root, 'src'));
  const inSource = new Set([...text.matchAll(/code: '(\w+)'/g)].map(([, code]) => code));
  // thrown by CDK at synthesis, where there is nothing to collect
  expect(text).toContain('(StackTooLarge)');
  expect(new Set(documented('Errors'))).toEqual(new Set([...inSource, 'StackTooLarge']));
});

test('the table of options names every property', () => {
  const text = readFileSync(path.join(root, 'src/eks-platform-props.ts'), 'utf8');
  const properties = [...text.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name]) => name);
  const [, section] = readme.split('## Options\n');
  for (const name of properties) expect(section.split('\n## ')[0]).toContain(`\`${name}\``);
});

test('the table of owners names every managed add-on', () => {
  for (const name of MANAGED_ADD_ONS) expect(readme).toContain(name);
});
