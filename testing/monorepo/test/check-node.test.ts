import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ROOT } from './child-process';

let folder: string;
beforeAll(() => { folder = mkdtempSync(path.join(tmpdir(), 'check-node-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the check under a Node.js that says it is another version. */
function check(version: string): { readonly status: number | null; readonly stderr: string } {
  const preload = path.join(folder, `${version}.cjs`);
  writeFileSync(preload, `Object.defineProperty(process.versions, 'node', { value: '${version}' });\n`);
  return spawnSync(process.execPath, ['--require', preload, 'projenrc/tools/check-node.mjs'], { cwd: ROOT, encoding: 'utf8' });
}

test.each(['18.20.8', '20.20.2', '21.7.3', '22.12.0', '22.17.1'])('Node.js %s is refused, and the message names it and the cure', (version) => {
  const { status, stderr } = check(version);
  expect(status).toBe(1);
  expect(stderr).toContain(`this is ${version}`);
  expect(stderr).toMatch(/cure: run `npm ci` without `--omit=optional`/);
  expect(stderr).toContain('npx projen');
});

test.each(['22.18.0', '23.11.0', '24.21.0', '26.0.0'])('Node.js %s is taken without a word', (version) => {
  expect(check(version)).toMatchObject({ status: 0, stderr: '' });
});
