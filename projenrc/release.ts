import { JsonFile } from 'projen';
import { Monorepo } from './monorepo';

/** Independent versions by changesets (docs/decisions/006-releases.md). */
export function addRelease(root: Monorepo): void {
  new JsonFile(root, '.changeset/config.json', {
    marker: false,
    obj: {
      changelog: '@changesets/cli/changelog',
      commit: false,
      access: 'public',
      baseBranch: 'main',
      updateInternalDependencies: 'patch',
      ignore: [],
      privatePackages: { version: false, tag: false },
    },
  });
  const version = root.addTask('release:version', { description: 'Apply the pending changesets' });
  version.exec('changeset version');
  version.spawn(root.defaultTask!); // package-lock.json and .projen/deps.json follow the new versions
  root.addTask('release:publish', { description: 'Publish what the registry lacks', exec: 'changeset publish' });
}
