import * as path from 'node:path';
import { javascript } from 'projen';
import { WireitScript, Workspace } from './workspace';

const JSII = 'jsii --silence-warnings=reserved-word --silence-warnings=metadata/missing-dev-dependency';

/** Writes wireit's configuration of a project and a script of the same name for each of its entries. */
export function addCachedScripts(project: javascript.NodeProject, scripts: Record<string, WireitScript>): void {
  project.package.addField('wireit', scripts);
  for (const name of Object.keys(scripts)) project.package.setScript(name, 'wireit');
}

/** Private packages are only translated: the root's one type-check reads the framework's declarations once for all of them. */
function compiler(workspace: Workspace): string {
  if (workspace.jsii) return JSII;
  if (workspace.published) return 'tsc --build';
  const { rootDir, extraSources } = workspace.translation;
  const sources = ['src/**/*.ts', ...extraSources].map((pattern) => `"${pattern}"`).join(' ');
  return `esbuild ${sources} --outdir=lib --outbase=${rootDir} --format=cjs --platform=node --target=node22 --sourcemap=inline --log-level=warning`;
}

/** The cached steps of one package: compile, document, test, pack. */
export function workspaceScripts(workspace: Workspace, root: string): Record<string, WireitScript> {
  const up = path.relative(workspace.outdir, root);
  const tool = (name: string) => `${up}/projenrc/tools/${name}`;
  const compiled = workspace.workspaceRefs.map((ref) => `${path.relative(workspace.outdir, ref.outdir)}:compile`);
  const vendors = workspace.vendored.length > 0;
  const scripts: Record<string, WireitScript> = {
    compile: {
      command: [
        compiler(workspace),
        ...(vendors ? ['cp -R src/vendor lib/'] : []),
        ...(workspace.published ? [`node ${tool('lazy-exports.mts')}`] : []),
      ].join(' && '),
      dependencies: [...compiled, ...(vendors ? ['vendor'] : [])],
      files: ['src/**/*.ts', '!src/vendor/**', 'package.json', 'tsconfig.json', 'README.md', ...(workspace.tsconfig?.include ?? []), ...(workspace.published ? [tool('lazy-exports.mts')] : [])],
      output: workspace.jsii ? ['lib/**', '.jsii', 'tsconfig.tsbuildinfo'] : ['lib/**'],
      clean: workspace.jsii ? true : 'if-file-deleted',
    },
  };
  if (workspace.testsOnly) scripts.compile = { dependencies: compiled };
  if (vendors) {
    scripts.vendor = {
      command: `node ${tool('vendor.mts')} ${workspace.vendored.join(' ')}`,
      files: [tool('vendor.mts'), 'package.json', `${up}/package-lock.json`],
      output: ['src/vendor/**'],
    };
  }
  if (workspace.jsii) {
    scripts.docgen = { command: `node ${tool('docgen.mts')}`, dependencies: ['compile'], files: [tool('docgen.mts')], output: ['API.md'], clean: false };
    scripts.rosetta = {
      command: 'jsii-rosetta extract --compile --strict --fail',
      dependencies: ['compile'],
      files: ['rosetta/**', 'README.md'],
      output: ['.jsii.tabl.json'],
    };
    scripts.package = {
      command: 'jsii-pacmak --code-only --no-npmignore -t js -t python -t go -t java --outdir dist',
      dependencies: ['docgen', 'rosetta'],
      files: ['.npmignore', 'CHANGELOG.md', 'LICENSE'],
      output: ['dist/**'],
    };
    workspace.gitignore.exclude('.jsii.tabl.json');
  } else if (workspace.published) {
    scripts.package = {
      command: `node ${tool('pack.mts')}`,
      dependencies: ['compile'],
      files: [tool('pack.mts'), '.npmignore', 'CHANGELOG.md', 'LICENSE', 'README.md'],
      output: ['dist/**'],
    };
  }
  if (workspace.jest) {
    scripts.test = {
      command: 'mkdir -p .jest && jest --ci --silent --json --outputFile=.jest/results.json',
      dependencies: ['compile', ...(workspace.extraScripts.test?.dependencies ?? [])],
      files: ['src/**/*.ts', '!src/vendor/**', 'test/**', 'jest.config.json', tool('jest-transform.cjs'), tool('fast-check.cjs'), ...(workspace.extraScripts.test?.files ?? [])],
      output: ['.jest/**'],
    };
  }
  for (const [name, script] of Object.entries(workspace.extraScripts)) if (name !== 'test') scripts[name] = script;
  return { ...scripts, build: { dependencies: Object.keys(scripts) } };
}
