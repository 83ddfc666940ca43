import { javascript } from 'projen';

/** Folders that the root's one lint run covers. */
export const LINTED = ['packages', 'examples', 'testing', 'benchmarks'];

/** The program by which the tools of the repository are linted. */
export const TOOLS_PROGRAM = 'projenrc/tsconfig.tools.json';

/** What a package may import, and where it may touch the outside world. */
interface Boundary {
  /** Packages of this repository that it may import (the table of docs/architecture.md). */
  readonly imports: string[];
  /** Whether jsii compiles it: then it exports classes, enums and structs only. */
  readonly jsii?: boolean;
  /** Files, below the package, that may load a framework; everything else is a planner. @default - none */
  readonly adapters?: string[];
  /** Files, below the package, that may read or write files. @default - none */
  readonly files?: string[];
}

/** Lowest first: nothing imports upwards, and no target imports a target. */
export const BOUNDARIES: Record<string, Boundary> = {
  'core': { imports: [], jsii: true },
  'security-policy': { imports: ['core'], jsii: true },
  'proof': { imports: ['core'], jsii: true, files: ['src/manifest-files.ts'] },
  'tenancy': { imports: ['core', 'security-policy'], jsii: true, adapters: ['src/tenancy-chart.ts'] },
  'platform-addons': { imports: ['core', 'security-policy', 'tenancy', 'proof'], jsii: true, files: ['src/private/tree-files.ts'] },
  'eks-platform': {
    imports: ['core', 'security-policy', 'tenancy', 'proof', 'platform-addons'],
    adapters: ['src/adapter/**', 'src/index.ts'],
  },
};

const FRAMEWORKS = '^(aws-cdk-lib|@aws-quickstart/|@aws-cdk/|cdk8s|cdk-nag|constructs|@pulumi/)';
const EXPORTS_JSII_DROPS = ['FunctionDeclaration', 'VariableDeclaration', 'TSTypeAliasDeclaration', 'ExportSpecifier'];

const MACHINE = '^(node:)?(child_process|cluster|dgram|dns|fs|http|http2|https|net|os|perf_hooks|process|readline|timers|tls|worker_threads)(/|$)';
const PURE_OF_CRYPTO = ['createHash', 'createHmac', 'timingSafeEqual'];
/** What a planner could reach without an import. */
const IMPURE_GLOBALS = ['crypto', 'fetch', 'globalThis', 'performance', 'process', 'setImmediate', 'setInterval', 'setTimeout', 'WebSocket'];
const IMPURE_SYNTAX = [
  { selector: 'ImportExpression', message: 'import at the top of the file, where the boundaries are checked' },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'same input, same bytes' },
];
const ASYNCHRONOUS = [
  { selector: ':function[async=true]', message: 'planners and renderers are synchronous' },
  { selector: 'NewExpression[callee.name="Promise"]', message: 'planners and renderers are synchronous' },
];

type Pattern = { readonly regex: string; readonly message: string; readonly allowImportNames?: string[] };

function patterns(name: string, boundary: Boundary, adapter: boolean, files: boolean): Pattern[] {
  const allowed = boundary.imports.map((other) => `${other}$`).join('|');
  return [
    { regex: '(^|/)\\.\\./([a-z0-9-]+/)*[a-z0-9-]+/(src|lib|test)(/|$)', message: 'import the package by its name, not by a path' },
    { regex: '^@viridial/[^/]+/(src|lib)(/|$)', message: 'import what the package publishes' },
    {
      regex: allowed ? `^@viridial/(?!${allowed})` : '^@viridial/',
      message: `${name} may import ${boundary.imports.join(', ') || 'no other package'} (docs/architecture.md)`,
    },
    ...(adapter ? [] : [
      { regex: FRAMEWORKS, message: 'a planner loads no framework: move this into an adapter (projenrc/boundaries.ts)' },
      { regex: '(^|/)adapter(/|$)', message: 'a planner does not import an adapter' },
    ]),
    ...(files || adapter ? [] : [
      { regex: MACHINE, message: 'planners and renderers touch no file, network or machine' },
      { regex: '^(node:)?crypto$', allowImportNames: PURE_OF_CRYPTO, message: 'same input, same bytes' },
    ]),
  ];
}

/** A package imports what its own package.json declares; its tests may use the root's tools as well. */
export function allowDeclaredDependencies(eslint: javascript.Eslint, folders: string[]): void {
  for (const folder of folders) {
    eslint.addOverride({
      files: [`${folder}/**/*.ts`],
      rules: {
        'import/no-extraneous-dependencies': ['error', {
          devDependencies: ['**/test/**'], optionalDependencies: false, peerDependencies: true, packageDir: ['.', folder],
        }],
      },
    });
  }
}

/** Turns the package table and the purity rules into lint: boundaries hold by check, not by goodwill. */
export function addBoundaries(eslint: javascript.Eslint): void {
  eslint.allowDevDeps('**/test/**');
  eslint.allowDevDeps('projenrc/**');
  eslint.allowDevDeps('benchmarks/**');
  eslint.addRules({ 'max-lines': ['error', { max: 500 }], 'no-bitwise': ['off'] });
  // relative imports of tools name their extension, because Node runs them as they are
  eslint.addOverride({
    files: ['**/*.mts', 'benchmarks/**/*.ts'],
    rules: { 'import/no-unresolved': ['off'], 'import/no-extraneous-dependencies': ['off'], 'no-console': ['off'] },
  });
  // rules on promises need types, and most of the time of a lint: they run where something is asynchronous, which is in the
  // tools, by a program that reads no framework. Elsewhere nothing is, or a test that jest awaits
  eslint.addOverride({
    files: [...LINTED.map((folder) => `${folder}/**/*.ts`), 'projenrc/**/*.ts', '.projenrc.ts'],
    rules: { '@typescript-eslint/no-floating-promises': ['off'], '@typescript-eslint/return-await': ['off'] },
    parserOptions: { projectService: false },
  } as javascript.EslintOverride);
  eslint.addOverride({
    files: ['**/*.mts'],
    parserOptions: { projectService: false, project: [`./${TOOLS_PROGRAM}`] },
  } as javascript.EslintOverride);
  // the sources of published packages leave this to their compiler
  eslint.addOverride({
    files: [...[...LINTED.filter((folder) => folder !== 'packages'), 'projenrc'].map((folder) => `${folder}/**/*.{ts,mts}`), 'packages/*/test/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-vars': ['error', { args: 'after-used', argsIgnorePattern: '^_', ignoreRestSiblings: true }] },
  });
  // a row of a table of cases is read best on one line
  eslint.addOverride({
    files: ['**/test/**/*.ts'],
    rules: { '@stylistic/max-len': ['error', { code: 200, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreComments: true, ignoreRegExpLiterals: true }] },
  });
  // it is part of every example, each of which has a package.json
  eslint.addOverride({ files: ['examples/*.ts'], rules: { 'import/no-extraneous-dependencies': ['off'] } });
  for (const [name, boundary] of Object.entries(BOUNDARIES)) {
    const below = (glob: string) => `packages/${name}/${glob}`;
    const restrict = (globs: string[], adapter: boolean, files: boolean) => eslint.addOverride({
      files: globs.map(below),
      rules: {
        'no-restricted-imports': ['error', { patterns: patterns(name, boundary, adapter, files) }],
        'no-restricted-globals': files || adapter ? ['off'] : ['error', ...IMPURE_GLOBALS.map((global) => ({ name: global, message: 'same input, same bytes' }))],
        'no-restricted-syntax': ['error', ...IMPURE_SYNTAX, ...ASYNCHRONOUS],
      },
    });
    restrict(['src/**/*.ts'], false, false);
    if (boundary.files) restrict(boundary.files, false, true);
    if (boundary.adapters) restrict(boundary.adapters, true, true);
    eslint.addOverride({
      files: [below('src/**/*.ts')],
      rules: {
        'no-restricted-properties': ['error',
          { object: 'Math', property: 'random', message: 'same input, same bytes' },
          { object: 'Date', property: 'now', message: 'same input, same bytes' },
          { object: 'process', property: 'env', message: 'a library reads no environment variable' }],
      },
    });
    if (!boundary.jsii) continue;
    eslint.addOverride({ files: [below('test/**/*.ts')], rules: { 'no-restricted-syntax': ['error', ...ASYNCHRONOUS] } });
    eslint.addOverride({ files: [below('src/**/*.ts')], rules: { 'no-restricted-syntax': ['error', ...IMPURE_SYNTAX, ...ASYNCHRONOUS] } });
    eslint.addOverride({
      files: [below('src/**/*.ts')],
      excludedFiles: [below('src/private/**'), below('src/vendor/**')],
      rules: {
        'no-restricted-syntax': ['error',
          ...EXPORTS_JSII_DROPS.map((kind) => ({
            selector: `ExportNamedDeclaration[source=null] > ${kind}`,
            message: 'jsii drops exported functions, constants and type aliases silently: export a class, enum or struct',
          })),
          { selector: 'ExportDefaultDeclaration', message: 'jsii has no default exports' },
          ...IMPURE_SYNTAX,
          ...ASYNCHRONOUS],
      },
    });
  }
}
