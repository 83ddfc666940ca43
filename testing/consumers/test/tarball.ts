import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

/** The root of the repository. */
export const ROOT = path.resolve(__dirname, '../../..');

/** The part of package.json that a consumer's npm acts on. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly main: string;
  readonly types: string;
  readonly jsii?: object;
  readonly private?: boolean;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

/** What the tests made on disk; {@link removeStages} takes it away. */
const made: string[] = [];

function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'viridial-tarball-')));
  made.push(folder);
  return folder;
}

/** Removes every folder that was made. */
export function removeStages(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A packed package, extracted as npm would. */
export class Tarball {
  /** The tarballs of all published packages, by package name; a missing one is an error. */
  public static all(): Map<string, Tarball> {
    const names = readdirSync(path.join(ROOT, 'packages')).filter((name) => existsSync(path.join(ROOT, 'packages', name, 'package.json')));
    const tarballs = names.map((name) => {
      const files = globSync(`packages/${name}/dist/js/*.tgz`, { cwd: ROOT });
      if (files.length !== 1) throw new Error(`${files.length} tarballs in packages/${name}/dist/js; cure: npm run package in that folder`);
      return new Tarball(name, path.join(ROOT, files[0]!));
    });
    return new Map(tarballs.map((tarball) => [tarball.manifest.name, tarball]));
  }

  /** Where it is extracted. */
  public readonly folder: string;
  /** Its package.json. */
  public readonly manifest: Manifest;

  private constructor(name: string, file: string) {
    this.folder = path.join(temporaryFolder(), name);
    mkdirSync(this.folder);
    execFileSync('tar', ['-xzf', file, '-C', this.folder, '--strip-components=1']);
    this.manifest = JSON.parse(this.read('package.json')) as Manifest;
  }

  /** Whether other languages can use it. */
  public get jsii(): boolean {
    return this.manifest.jsii !== undefined;
  }

  /** Paths of all its files. */
  public get files(): string[] {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      .map((entry) => path.relative(this.folder, path.join(entry.parentPath, entry.name))).sort();
  }

  /** Text of one of its files. */
  public read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }
}

/**
 * An empty folder outside the tree with packages in `node_modules`, beside them only what they declare: our own
 * packages from their tarballs with what those declare, everything else linked from the root's installation.
 */
export function stage(tarballs: Map<string, Tarball>, ...names: string[]): string {
  const folder = temporaryFolder();
  const queue = [...names];
  const placed = new Set<string>();
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (placed.has(next)) continue;
    placed.add(next);
    const place = path.join(folder, 'node_modules', next);
    mkdirSync(path.dirname(place), { recursive: true });
    const ours = tarballs.get(next);
    if (ours) {
      cpSync(ours.folder, place, { recursive: true });
      queue.push(...Object.keys({ ...ours.manifest.dependencies, ...ours.manifest.peerDependencies }));
    } else {
      symlinkSync(path.join(ROOT, 'node_modules', next), place, 'dir');
    }
  }
  return folder;
}

/** Runs a Node.js program in a folder, which is its home too, because CDK keeps a cache there; what it printed is the result. */
export function node(folder: string, args: string[], env: NodeJS.ProcessEnv = {}): string {
  const { NODE_PATH, NODE_OPTIONS, ...rest } = process.env; // both could lead back into the tree
  return execFileSync(process.execPath, args, { cwd: folder, env: { ...rest, HOME: folder, ...env }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
