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
  const version = root.addTask('release:version', {
    description: 'Apply the pending changesets',
    env: { CI: 'false' }, // with it projen installs by `npm ci`, which refuses the lockfile that this task renews
  });
  version.exec('changeset version');
  version.spawn(root.defaultTask!); // .projen/deps.json follows the new versions
  // projen installs only when it changed a package.json itself
  version.exec('npm install --package-lock-only --ignore-scripts --no-audit --no-fund');
  root.addTask('release:publish', { description: 'Publish what the registry lacks', exec: 'changeset publish' });
}
