import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { DemoReport, demoReport, TargetReport, targetReport } from './report';
import { Target } from './target';
import { TargetFolder } from './target-folder';

/** Runs targets one after another and writes `report.json`; one that throws is reported and does not stop the others. */
export function runTargets(targets: readonly Target[], directory: string, print: (line: string) => void): DemoReport {
  const reports: Record<string, TargetReport> = {};
  for (const target of targets) {
    const started = performance.now();
    const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`.padStart(7);
    const progress = (step: string) => print(`${seconds()}  ${target.name}: ${step}`);
    try {
      const folder = new TargetFolder(path.join(directory, target.name));
      reports[target.name] = targetReport(target.run(folder, progress), performance.now() - started);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      reports[target.name] = targetReport(
        { checks: [{ id: 'run', ok: false, detail }], warnings: [], objects: 0, placeholders: [] }, performance.now() - started);
    }
    for (const check of reports[target.name]!.checks) progress(`${check.ok ? '✓' : '✗'} ${check.id}: ${check.detail}`);
  }
  const report = demoReport(reports);
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, 'report.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  return report;
}
