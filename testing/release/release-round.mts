// One release, by the commands of the release workflow: version, build, publish.
import { globSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Checks } from './checks.mts';
import { brokenRanges } from './moves.mts';
import type { Registry } from './registry.mts';
import type { RepositoryCopy } from './repository-copy.mts';

/** What a release needs. */
export interface ReleaseOptions {
  readonly title: string;
  readonly copy: RepositoryCopy;
  readonly registry: Registry;
  readonly checks: Checks;
}

/** Changesets that wait for a release. */
export function pendingChangesets(folder: string): string[] {
  return globSync('.changeset/*.md', { cwd: folder }).map((file) => path.basename(file)).filter((file) => file !== 'README.md').sort();
}

/** Adds a changeset. */
export function addChangeset(folder: string, name: string, steps: Record<string, 'minor' | 'patch'>, text: string): void {
  const lines = Object.entries(steps).map(([pack, step]) => `'${pack}': ${step}`);
  writeFileSync(path.join(folder, '.changeset', `${name}.md`), `---\n${lines.join('\n')}\n---\n\n${text}\n`);
}

/** Versions, builds and publishes, and returns the version of every published package. */
export async function release({ title, copy, registry, checks }: ReleaseOptions): Promise<Map<string, string>> {
  await checks.step(`${title}: npx projen release:version`, async () => {
    await copy.npx('projen', 'release:version');
    await copy.commit(title);
  });
  const { manifests } = copy;
  const left = pendingChangesets(copy.folder);
  checks.expect(`${title}: no changeset is left`, left.length === 0, left.join(', '));
  const broken = brokenRanges(manifests);
  checks.expect(`${title}: each range accepts the version released with it`, broken.length === 0, broken.join('; '));
  const lockfile = await copy.lockfileProblems();
  checks.expect(`${title}: the lockfile is renewed and npm ci takes it`, lockfile.length === 0, lockfile.join('; '));

  await checks.step(`${title}: compile the published packages`, async () => {
    await copy.npm('run', '--silent', 'compile', ...manifests.flatMap(({ name }) => ['--workspace', name]));
  });
  await checks.step(`${title}: npx projen release:publish`, async () => {
    await copy.publish(registry);
  });
  const tags = await copy.tags();
  for (const { name, version } of manifests) {
    const { versions, latest } = await registry.published(name);
    checks.expect(`${title}: ${name}@${version} is on the registry, is its latest, and is tagged`,
      versions.includes(version) && latest === version && tags.includes(`${name}@${version}`),
      `the registry has ${versions.join(', ') || 'nothing'}`);
  }
  return new Map(manifests.map(({ name, version }) => [name, version]));
}
