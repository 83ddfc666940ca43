// Which packages a release moves, and by how much: judged from the manifests alone, not from what changesets did.
import semver from 'semver';

/** The part of package.json that decides. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

const ranges = (manifest: Manifest) => Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies });

/**
 * Versions after a release of `changed` alone: it takes the wanted step, and whoever's range would no longer take it,
 * directly or through another that moves, is released again as a patch. All others stay.
 */
export function expectedVersions(manifests: readonly Manifest[], changed: string, step: 'minor' | 'patch'): Map<string, string> {
  const versions = new Map(manifests.map(({ name, version }) => [name, version]));
  const moved = new Set([changed]);
  const queue = [changed];
  versions.set(changed, semver.inc(versions.get(changed)!, step)!);
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    for (const manifest of manifests) {
      const range = ranges(manifest).find(([other]) => other === name)?.[1];
      if (moved.has(manifest.name) || range === undefined || semver.satisfies(versions.get(name)!, range)) continue;
      moved.add(manifest.name);
      versions.set(manifest.name, semver.inc(manifest.version, 'patch')!);
      queue.push(manifest.name);
    }
  }
  return versions;
}

/** Ranges among our own packages that the version of the same release does not satisfy. */
export function brokenRanges(manifests: readonly Manifest[]): string[] {
  const versions = new Map(manifests.map(({ name, version }) => [name, version]));
  return manifests.flatMap((manifest) => ranges(manifest)
    .filter(([name, range]) => versions.has(name) && !semver.satisfies(versions.get(name)!, range))
    .map(([name, range]) => `${manifest.name}@${manifest.version} wants ${name} ${range}, which is ${versions.get(name)}`));
}
