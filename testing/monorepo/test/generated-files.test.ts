import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { evaluate, load } from './child-process';

const TOOL = 'projenrc/tools/generated-files.mts';
let root: string;

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

const git = (...args: string[]) => execFileSync('git', [
  '-c', 'user.name=test', '-c', 'user.email=test@localhost', '-c', 'core.hooksPath=/dev/null', '-c', 'commit.gpgsign=false', ...args,
], { cwd: root });

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'generated-files-'));
  write('.projen/files.json', JSON.stringify({ files: ['.eslintrc.json', 'LICENSE'] }));
  write('packages/core/.projen/files.json', JSON.stringify({ files: ['jest.config.json'] }));
  write('.eslintrc.json', '{}');
  write('package-lock.json', '{}');
  write('packages/core/package.json', '{}');
  write('packages/core/jest.config.json', '{}');
  write('packages/core/src/index.ts', '');
  write('packages/core/node_modules/x/package.json', '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const digests = () => evaluate<Array<[string, string]>>(`${load('generatedDigests', TOOL)}answer([...generatedDigests(input)]);`, root);
const changed = (before: Array<[string, string]>, after: Array<[string, string]>) => evaluate<string[]>(
  `${load('changedFiles', TOOL)}answer(changedFiles(new Map(input.before), new Map(input.after)));`, { before, after },
);

test('files of the root and of packages that projen owns have a digest, a missing one an empty one, sources none', () => {
  const files = new Map(digests());
  expect([...files.keys()]).toEqual(['.eslintrc.json', 'LICENSE', 'package-lock.json', 'packages/core/jest.config.json', 'packages/core/package.json']);
  expect(files.get('LICENSE')).toBe('');
  expect(files.get('.eslintrc.json')).toMatch(/^[0-9a-f]{64}$/);
});

test('a file that was edited, one that was missing and one that went away are stale, the others are not', () => {
  const before = digests();
  write('packages/core/jest.config.json', '{ "edited": true }');
  write('LICENSE', 'Apache-2.0');
  rmSync(path.join(root, 'packages/core/package.json'));
  expect(changed(before, digests())).toEqual(['LICENSE', 'packages/core/jest.config.json', 'packages/core/package.json']);
});

test('a file rewritten with the same content is not stale', () => {
  const before = digests();
  write('.eslintrc.json', '{}');
  expect(changed(before, digests())).toEqual([]);
});

test('an interface that changed without being committed is named, a new one too; outside Git nothing is said', () => {
  const uncommitted = () => evaluate<string[] | null>(`${load('uncommitted', TOOL)}answer(uncommitted(input, ['packages/*/API.md']) ?? null);`, root);
  expect(uncommitted()).toBeNull();
  git('init', '--quiet');
  write('packages/core/API.md', '# API');
  git('add', '--all');
  git('commit', '--quiet', '-m', 'first');
  expect(uncommitted()).toEqual([]);
  write('packages/core/API.md', '# API, changed');
  write('packages/proof/API.md', '# API');
  write('packages/core/src/index.ts', 'not an interface');
  expect(uncommitted()).toEqual(['packages/core/API.md', 'packages/proof/API.md']);
});
