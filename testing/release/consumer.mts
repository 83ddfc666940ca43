// A folder outside the tree, with the packages from the registry and a program of its own, as a stranger has it.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { outcomeOf, run, type Outcome } from './processes.mts';
import { repeatedCopies, type Lockfile } from '../../projenrc/tools/single-copies.mts';
import { SINGLE_COPIES } from '../../projenrc/versions.ts';

/** What a consumer is. */
export interface ConsumerOptions {
  readonly name: string;
  readonly folder: string;
  /** The program, a file of testing/consumers/src. */
  readonly program: string;
  /** The packages of ours that it asks npm for. */
  readonly packages: string[];
  /** What else it asks npm for. */
  readonly others: string[];
  readonly npmrc: string;
  readonly env: NodeJS.ProcessEnv;
}

/** One stranger. */
export class Consumer {
  readonly name: string;
  readonly folder: string;
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
  private readonly packages: string[];
  private readonly others: string[];

  constructor({ name, folder, program, packages, others, npmrc, env }: ConsumerOptions) {
    this.name = name;
    this.folder = folder;
    this.program = `lib/${path.basename(program, '.ts')}.js`;
    this.env = env;
    this.packages = packages;
    this.others = others;
    mkdirSync(path.join(folder, 'src'), { recursive: true });
    copyFileSync(program, path.join(folder, 'src', path.basename(program)));
    this.write('.npmrc', npmrc);
    this.write('package.json', JSON.stringify({ name, version: '1.0.0', private: true }));
    this.write('tsconfig.json', JSON.stringify({
      compilerOptions: { target: 'es2022', module: 'nodenext', strict: true, outDir: 'lib', rootDir: 'src', types: ['node'] },
      include: ['src'],
    }));
  }

  /** Installs our packages at their released versions, with everything else the consumer needs. */
  async install(versions: Map<string, string>): Promise<string> {
    const packages = this.packages.map((name) => `${name}@${versions.get(name)}`);
    await run('npm', ['install', '--no-fund', '--no-audit', ...packages, ...this.others], { cwd: this.folder, env: this.env });
    return [...this.ours].map(([name, version]) => `${name}@${version}`).join(', ');
  }

  /** What npm would say to a combination of versions, without installing it. */
  async wouldInstall(...packages: string[]): Promise<Outcome> {
    return outcomeOf('npm', ['install', '--dry-run', '--ignore-scripts', '--no-audit', ...packages, ...this.others], { cwd: this.folder, env: this.env });
  }

  /** Packages of ours that are installed, by name. */
  get ours(): Map<string, string> {
    return new Map(Object.entries(this.lockfile.packages).filter(([place]) => place.startsWith('node_modules/@viridial/'))
      .map(([place, { version }]) => [place.replace('node_modules/', ''), version!]));
  }

  /** Frameworks that are there more than once, and packages of ours that came from elsewhere than `registry`. */
  strays(registry: string): string[] {
    const { packages } = this.lockfile;
    const copies = Object.entries(repeatedCopies({ packages }, [...SINGLE_COPIES, ...this.ours.keys()])).map(([name, places]) => `${name} at ${places.join(' and ')}`);
    const foreign = Object.entries(packages).filter(([place, { resolved }]) => place.includes('node_modules/@viridial/') && !resolved?.startsWith(registry));
    return [...copies, ...foreign.map(([place, { resolved }]) => `${place} from ${resolved ?? 'nowhere'}`)];
  }

  /** What npm finds wrong with the installed tree. */
  async treeProblems(): Promise<Outcome> {
    return outcomeOf('npm', ['ls', '--all', '--parseable'], { cwd: this.folder, env: this.env });
  }

  /** Type-checks the program with the compiler in a folder, and writes JavaScript when asked to. */
  async compile(compiler: string, emit: boolean): Promise<string> {
    const tsc = path.join(compiler, 'node_modules/typescript/bin/tsc');
    return run(process.execPath, [tsc, '-p', '.', ...(emit ? [] : ['--noEmit'])], { cwd: this.folder, env: this.env });
  }

  /** Removes what compilers and programs of an earlier round wrote. */
  clean(...outputs: string[]): void {
    for (const output of outputs) rmSync(path.join(this.folder, output), { recursive: true, force: true });
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  private write(file: string, text: string): void {
    writeFileSync(path.join(this.folder, file), text);
  }

  private get lockfile(): { readonly packages: Record<string, Lockfile['packages'][string] & { readonly resolved?: string }> } {
    return JSON.parse(this.read('package-lock.json')) as never;
  }
}
