// The build: everything is checked even when something failed, so that one run tells all; its last line is the
// count of the test runner's own results.
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SINGLE_COPIES } from '../versions.ts';
import { changedFiles, generatedDigests, uncommitted } from './generated-files.mts';
import { repeatedCopies, type Lockfile } from './single-copies.mts';

const root = path.resolve(import.meta.dirname, '../..');
const failures: string[] = [];
const started = performance.now();

const step = (name: string) => process.stdout.write(`› ${name}\n`);
const env = { ...process.env, WIREIT_FAILURES: 'continue' };
const run = (command: string, args: string[]) => spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;

step('synthesize');
const before = generatedDigests(root);
if (!run('tsx', ['--tsconfig', 'projenrc/tsconfig.json', '.projenrc.ts'])) failures.push('synthesis failed');
const stale = changedFiles(before, generatedDigests(root));
if (stale.length) {
  failures.push(`generated files were stale and have been written anew: ${stale.join(', ')}; cure: commit them and build again`);
}

step('check that frameworks are installed once');
const lockfile = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as Lockfile;
for (const [name, places] of Object.entries(repeatedCopies(lockfile, SINGLE_COPIES))) {
  failures.push(`${name} would be installed more than once: ${places.join(', ')}; cure: give all packages the same range in projenrc/versions.ts`);
}

step('compile, lint, document, test and package');
if (!run('npm', ['run', '--silent', 'build:all'])) failures.push('a step of the build failed (above)');

const interfaces = uncommitted(root, ['packages/*/API.md']);
if (interfaces === undefined) step('not a Git checkout: whether API.md is committed is not checked');
else if (interfaces.length) failures.push(`the public interface changed without being committed: ${interfaces.join(', ')}; cure: review and commit`);

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly numRuntimeErrorTestSuites: number;
}
let passed = 0;
let failed = 0;
for (const file of globSync('{packages,examples,testing}/*/.jest/results.json', { cwd: root }).sort()) {
  const results = JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Results;
  passed += results.numPassedTests;
  failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
}
if (passed === 0) failures.push('no test ran');

process.stdout.write(`${failures.map((failure) => `✗ ${failure}\n`).join('')}${failures.length ? '' : '✓ '}build ${failures.length ? 'failed' : 'passed'} in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failures.length || failed ? 1 : 0;
