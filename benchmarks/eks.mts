// The compiled example against the same stacks written directly on EKS Blueprints: whole processes, in one run.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { bestOfProcesses, print, rows } from './measure.mts';

const ROUNDS = 7;

export function run(): void {
  const root = path.resolve(import.meta.dirname, '..');
  const example = path.join(root, 'examples/eks/lib/eks/src/main.js');
  const build = path.join(import.meta.dirname, '.build');
  const outputs = mkdtempSync(path.join(tmpdir(), 'viridial-benchmark-'));
  mkdirSync(build, { recursive: true });
  try {
    // the example is compiled JavaScript, so that this is too
    const direct = path.join(build, 'eks-direct.cjs');
    writeFileSync(direct, transformSync(readFileSync(path.join(import.meta.dirname, 'eks-direct.ts'), 'utf8'), { loader: 'ts', format: 'cjs' }).code);
    const env = (name: string) => ({ CDK_OUTDIR: path.join(outputs, name), CDK_VALIDATION: 'false' });
    print(`synthesizing one EKS platform, best of ${ROUNDS} processes`, rows(bestOfProcesses(ROUNDS, {
      'directly on EKS Blueprints': { args: [direct], env: env('direct') },
      '@viridial/eks-platform': { args: [example], env: env('viridial') },
    })));
  } finally {
    rmSync(outputs, { recursive: true, force: true });
    rmSync(build, { recursive: true, force: true });
  }
}
