import * as path from 'node:path';
import { parseArguments } from './arguments';
import { EksTarget } from './eks/eks-target';
import { runTargets } from './run-targets';
import { summaryTable } from './summary-table';
import { Target } from './target';

const TARGETS: readonly Target[] = [new EksTarget()];
const print = (line: string) => process.stdout.write(`${line}\n`);

try {
  const { targets, help } = parseArguments(process.argv.slice(2), TARGETS.map((target) => target.name));
  if (help) {
    print(`npx projen demo [${TARGETS.map((target) => target.name).join('|')}]…\n\nwrites dist/demo/<target>/ and dist/demo/report.json; exit code 1 when anything is wrong`);
  } else {
    const directory = path.resolve('dist/demo');
    const report = runTargets(TARGETS.filter((target) => targets.includes(target.name)), directory, print);
    const warnings = Object.entries(report.targets).flatMap(([name, target]) => target.warnings.map((warning) => `  ${name}: ${warning}`));
    if (warnings.length) print(`\nwarnings:\n${warnings.join('\n')}`);
    print(`\n${summaryTable(report)}\n\nlook at dist/demo/<target>/, for machines dist/demo/report.json`);
    process.exitCode = report.ok ? 0 : 1;
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
