import { Monorepo } from './monorepo';

/** Makes every package of the tree mean its sources. */
export const SOURCES_PROGRAM = 'testing/demo/tsconfig.sources.json';

/** The tasks a person types; CONTRIBUTING.md has the table. */
export function addTasks(root: Monorepo): void {
  for (const name of ['watch', 'eject', 'build']) root.tasks.removeTask(name);
  const node = 'node projenrc/tools/check-node.mjs';
  // tools read projenrc/versions.ts, which tsx reads as CommonJS: Node.js says that it had to look twice
  const tool = 'node --disable-warning=MODULE_TYPELESS_PACKAGE_JSON';
  const task = (name: string, description: string, ...commands: string[]) => {
    const added = root.addTask(name, { description, receiveArgs: true });
    commands.forEach((command, i) => added.exec(command, { receiveArgs: i === commands.length - 1 }));
  };
  task('build', 'Synthesize, compile, lint, document, test and package everything', node, `${tool} projenrc/tools/build.mts`);
  // from the sources: who has just cloned waits for no compiler, which is the build's business
  task('demo', 'Plan, render, prove and synthesize all examples into dist/demo', node, 'npm run --silent vendor', `tsx --tsconfig ${SOURCES_PROGRAM} testing/demo/src/main.ts`);
  task('lint', 'Lint everything and mend what can be mended', node,
    'ESLINT_USE_FLAT_CONFIG=false eslint --ext .ts,.mts --fix packages examples testing benchmarks projenrc .projenrc.ts');
  task('test:release', 'Publish to a registry on loopback and use the packages from outside', node, `${tool} testing/release/release.mts`);
  task('test:cluster', 'Put generated questions to a real API server and to the evaluators, which must agree', node, 'npm run --silent compile:all',
    `${tool} testing/cluster/cluster.mts`);
  task('test:mutation', 'Weaken rendered platforms in every way there is, which the proof must find', node, 'npm run --silent compile:all',
    `${tool} testing/mutation/mutation.mts`);
  task('benchmark', 'Print ratios measured in one run', node, 'npm run --silent compile:all', `${tool} benchmarks/run.mts`);
}
