import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { DemoReport } from '../src/report';
import { runTargets } from '../src/run-targets';
import { summaryTable } from '../src/summary-table';
import { Target } from '../src/target';

let directory: string;
beforeEach(() => { directory = mkdtempSync(path.join(tmpdir(), 'demo-')); });
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const good: Target = {
  name: 'good',
  run: (folder, progress) => {
    progress('plan');
    folder.text('summary.md', '# good');
    folder.manifests([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } }]);
    return { checks: [{ id: 'proof', ok: true, detail: 'nothing found' }], warnings: [], objects: folder.objectCount, placeholders: [] };
  },
};
const throwing: Target = { name: 'throwing', run: () => { throw new Error('no such zone'); } };
const unchecked: Target = { name: 'unchecked', run: () => ({ checks: [], warnings: [], objects: 0, placeholders: [] }) };

const onDisk = () => JSON.parse(readFileSync(path.join(directory, 'report.json'), 'utf8')) as DemoReport;

test('a good target is reported as good, with its files and its objects', () => {
  const report = runTargets([good], directory, () => {});
  expect(report.ok).toBe(true);
  expect(report.targets.good).toMatchObject({ ok: true, objects: 1 });
  expect(onDisk()).toEqual(report);
  expect(readFileSync(path.join(directory, 'good/manifests/a.yaml'), 'utf8')).toContain('kind: Namespace');
});

test('a target that throws fails the demo, keeps its message, and does not stop the others', () => {
  const report = runTargets([throwing, good], directory, () => {});
  expect(report.ok).toBe(false);
  expect(report.targets.throwing!.checks).toEqual([{ id: 'run', ok: false, detail: 'no such zone' }]);
  expect(report.targets.good!.ok).toBe(true);
});

test('a target that was not judged is not good, and neither is a demo without targets', () => {
  expect(runTargets([unchecked], directory, () => {}).ok).toBe(false);
  expect(runTargets([], directory, () => {}).ok).toBe(false);
});

test('placeholders are told for each target and for all of them, with the file where they stand', () => {
  const filled: Target = { name: 'filled', run: () => ({ checks: [], warnings: [], objects: 0, placeholders: [{ file: 'manifests/a.yaml', value: 'fs-0', standsFor: 'a file system' }] }) };
  const report = runTargets([good, filled], directory, () => {});
  expect(report.targets.filled!.placeholders).toHaveLength(1);
  expect(report.placeholders).toEqual([{ file: 'filled/manifests/a.yaml', value: 'fs-0', standsFor: 'a file system' }]);
});

test('what an earlier run left in a target folder is gone', () => {
  mkdirSync(path.join(directory, 'good'), { recursive: true });
  writeFileSync(path.join(directory, 'good', 'old.yaml'), 'x');
  runTargets([good], directory, () => {});
  expect(existsSync(path.join(directory, 'good', 'old.yaml'))).toBe(false);
});

test('progress names the target and the table has a row for each', () => {
  const lines: string[] = [];
  const report = runTargets([good, throwing], directory, (line) => lines.push(line));
  expect(lines.some((line) => line.includes('good: plan'))).toBe(true);
  const table = summaryTable(report).split('\n');
  expect(table).toHaveLength(4);
  expect(table[2]).toMatch(/^good +ok +1\/1 +1 +0/);
  expect(table[3]).toMatch(/^throwing +FAILED +0\/1/);
});
