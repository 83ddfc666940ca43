// A copy of the working tree to release from, so that the real tree, its history and its lockfile stay as they are.
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from './moves.mts';
import { outcomeOf, run } from './processes.mts';
import type { Registry } from './registry.mts';

// commits and tags need a name; the user's own name, signature and hooks have no business here
const NOBODY = {
  'user.name': 'release test',
  'user.email': 'release-test@localhost',
  'commit.gpgsign': 'false',
  'tag.gpgsign': 'false',
  'core.hooksPath': '/dev/null',
};

/** A throw-away Git repository with everything a commit of the working tree would hold, and what is installed in it. */
export class RepositoryCopy {
  /** Copies the files that Git tracks or would track, and the installed dependencies; nothing that was built. */
  static async of(root: string, folder: string, env: NodeJS.ProcessEnv): Promise<RepositoryCopy> {
    const listed = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, env });
    for (const file of listed.split('\0').filter((name) => name && existsSync(path.join(root, name)))) {
      cpSync(path.join(root, file), path.join(folder, file), { verbatimSymlinks: true });
    }
    // by `cp`, which shares the blocks where the file system can; links among our packages stay relative and so stay inside
    for (const installed of ['node_modules', ...globSync('{packages,examples,testing}/*/node_modules', { cwd: root })]) {
      mkdirSync(path.dirname(path.join(folder, installed)), { recursive: true });
      await run('cp', ['-RPp', path.join(root, installed), path.join(folder, installed)], { cwd: root, env });
    }
    const copy = new RepositoryCopy(folder, env);
    await copy.git('init', '--quiet', '--initial-branch=main');
    for (const [key, value] of Object.entries(NOBODY)) await copy.git('config', key, value);
    await copy.commit('the working tree');
    return copy;
  }

  /** What the copy was made of, in words. */
  static async origin(root: string, env: NodeJS.ProcessEnv): Promise<string> {
    const commit = (await run('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, env })).trim();
    const changed = (await run('git', ['status', '--porcelain', '--untracked-files=all'], { cwd: root, env })).split('\n').filter(Boolean).length;
    return changed ? `the working tree: commit ${commit} and ${changed} uncommitted files` : `commit ${commit}`;
  }

  readonly folder: string;
  private readonly env: NodeJS.ProcessEnv;

  private constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.env = { ...env, CI: 'true' }; // as the release workflow runs it
  }

  /** package.json of every published package. */
  get manifests(): Manifest[] {
    return globSync('packages/*/package.json', { cwd: this.folder }).sort()
      .map((file) => JSON.parse(this.read(file)) as Manifest).filter((manifest) => !manifest.private);
  }

  /** The folder of a published package, relative to the copy. */
  directory(name: string): string {
    return globSync('packages/*/package.json', { cwd: this.folder }).map((file) => path.dirname(file))
      .find((directory) => (JSON.parse(this.read(`${directory}/package.json`)) as Manifest).name === name)!;
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  async npx(...args: string[]): Promise<string> {
    return run('npx', args, { cwd: this.folder, env: this.env });
  }

  /** Publishes what the registry lacks, after a look that nothing can reach another registry. */
  async publish(registry: Registry): Promise<void> {
    const file = path.join(this.folder, '.npmrc');
    const text = existsSync(file) ? this.read('.npmrc') : '';
    rmSync(file, { force: true }); // projen's is read-only, and every synthesis writes it anew
    writeFileSync(file, `${text}\n${registry.publisher}`);
    const env = { ...this.env, npm_config_registry: registry.url };
    for (const key of [`${registry.scope}:registry`, 'registry']) {
      const value = (await run('npm', ['config', 'get', key], { cwd: this.folder, env })).trim().split('\n').at(-1);
      if (value !== registry.url) throw new Error(`npm would publish to ${key} ${value}, not to ${registry.url}`);
    }
    await run('npx', ['projen', 'release:publish'], { cwd: this.folder, env });
  }

  async npm(...args: string[]): Promise<string> {
    return run('npm', args, { cwd: this.folder, env: this.env });
  }

  /** Commits everything. */
  async commit(message: string): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--allow-empty', '-m', message);
  }

  /** Tags that publishing made. */
  async tags(): Promise<string[]> {
    return (await this.git('tag', '--list')).split('\n').filter(Boolean);
  }

  /** What the lockfile still has from before the packages were versioned, and what `npm ci` says to it. */
  async lockfileProblems(): Promise<string[]> {
    const { packages } = JSON.parse(this.read('package-lock.json')) as { packages: Record<string, Partial<Manifest> & { resolved?: string }> };
    const addressed = Object.entries(packages).filter(([, { resolved }]) => /^\w+:/.test(resolved ?? '')).map(([place]) => `${place} has the address of a registry`);
    const behind = this.manifests.flatMap(({ name, version, peerDependencies, dependencies }) => {
      const entry = packages[this.directory(name)];
      return isDeepStrictEqual([entry?.version, entry?.dependencies, entry?.peerDependencies], [version, dependencies, peerDependencies])
        ? [] : [`its entry of ${name} is not that of ${version}`];
    });
    const { code, output } = await outcomeOf('npm', ['ci', '--dry-run', '--ignore-scripts'], { cwd: this.folder, env: this.env });
    return [...behind, ...addressed.slice(0, 3), ...(code === 0 ? [] : [output.trim().split('\n').slice(0, 5).join(' ')])];
  }

  private async git(...args: string[]): Promise<string> {
    return run('git', args, { cwd: this.folder, env: this.env });
  }
}
