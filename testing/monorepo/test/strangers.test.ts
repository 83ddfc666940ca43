import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { evaluate, load, ROOT } from './child-process';

let folder: string;
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'strangers-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = (given: Record<string, string>) => evaluate<Record<string, string>>(
  `${load('strangersEnvironment', 'testing/release/processes.mts')}answer(strangersEnvironment(input.given, input.bin));`,
  { given, bin: path.join(folder, 'bin') },
);

test('a stranger has nothing of this repository, of npm and of a cloud in the environment', () => {
  expect(environment({
    HOME: '/home/somebody',
    PATH: `${ROOT}/node_modules/.bin:/usr/lib/npm/node-gyp-bin:/usr/bin`,
    INIT_CWD: ROOT,
    npm_lifecycle_event: 'test:release',
    npm_config_local_prefix: ROOT,
    npm_package_json: `${ROOT}/package.json`,
    WIREIT_LOGGER: 'quiet',
    AWS_PROFILE: 'production',
    CDK_DEFAULT_ACCOUNT: '123456789012',
    GIT_DIR: `${ROOT}/.git`,
    NODE_OPTIONS: '--require x',
    CI: 'true',
  })).toEqual({ HOME: '/home/somebody', PATH: `${path.join(folder, 'bin')}:/usr/bin` });
});

test('a stranger keeps the registry, the cache and the proxy of the machine, because nothing can be installed without them', () => {
  const kept = { npm_config_registry: 'https://mirror', npm_config_cache: '/cache', HTTPS_PROXY: 'http://proxy', NODE_EXTRA_CA_CERTS: '/ca.pem' };
  expect(environment({ ...kept, PATH: '/usr/bin' })).toMatchObject(kept);
});

test('the Node.js of a stranger is the one that runs the test', () => {
  environment({ PATH: '/usr/bin' });
  const { stdout } = spawnSync(path.join(folder, 'bin/node'), ['--print', 'process.version'], { encoding: 'utf8' });
  expect(stdout.trim()).toBe(process.version);
});

test('a program that runs without a network cannot reach anything, and what it tried is written down', () => {
  const log = path.join(folder, 'connections.log');
  writeFileSync(log, '');
  const program = `
    fetch('https://registry.npmjs.org/').catch((error) => console.log('fetch', error.cause.code));
    require('node:dns').lookup('viridial.com', (error) => console.log('lookup', error.code));
    require('node:net').connect(1, '127.0.0.1').on('error', (error) => console.log('connect', error.code));
  `;
  const { stdout, status } = spawnSync(process.execPath, ['--eval', program], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: `--import ${path.join(ROOT, 'testing/release/no-network.mts')}`, NO_NETWORK_LOG: log },
  });
  expect(status).toBe(0);
  expect(stdout.trim().split('\n').sort()).toEqual(['connect ENETUNREACH', 'fetch ENETUNREACH', 'lookup ENETUNREACH']);
  expect(readFileSync(log, 'utf8').trim().split('\n').sort()).toEqual(['connect 127.0.0.1:1', 'connect registry.npmjs.org:443', 'lookup viridial.com']);
});

test('a check that fails is counted, a step that throws says why and stops what depends on it', () => {
  const { failed, stopped, output } = evaluate<{ failed: string[]; stopped: boolean; output: string[] }>(`
    ${load('Checks, StepFailed', 'testing/release/checks.mts')}
    const output = [];
    const write = process.stdout.write;
    process.stdout.write = (text) => output.push(text);
    const checks = new Checks();
    checks.expect('holds', true);
    checks.expect('does not hold', false, 'because');
    const stopped = await checks.step('breaks', async () => { throw new Error('why'); }).catch((error) => error instanceof StepFailed);
    process.stdout.write = write;
    answer({ failed: checks.failed.map(({ id, detail }) => id + ': ' + detail), stopped, output });
  `);
  expect(failed).toEqual(['does not hold: because', 'breaks: why']);
  expect(stopped).toBe(true);
  expect(output).toEqual(['✓ holds\n', '✗ does not hold: because\n', '✗ breaks: why\n']);
});

test('changesets that wait are found, the page about them is none', () => {
  const pending = evaluate<string[]>(`${load('pendingChangesets', 'testing/release/release-round.mts')}answer(pendingChangesets(input));`, ROOT);
  expect(pending).not.toContain('README.md');
  expect(pending.filter((file) => !existsSync(path.join(ROOT, '.changeset', file)))).toEqual([]);
});
