// Times are the best of several runs in one process tree on one machine; only their ratios mean anything elsewhere.
import { spawnSync } from 'node:child_process';

/** One line of a benchmark's table. */
export interface Row {
  readonly what: string;
  readonly milliseconds: number;
  /** Times what the first row takes. */
  readonly ratio: number;
}

/** Milliseconds of the fastest of `runs` calls. */
export function best(runs: number, work: () => unknown): number {
  let fastest = Infinity;
  for (let i = 0; i < runs; i++) {
    const started = performance.now();
    work();
    fastest = Math.min(fastest, performance.now() - started);
  }
  return fastest;
}

/** One way to start a process. */
export interface Variant {
  readonly args: string[];
  readonly env?: Record<string, string>;
}

/** Milliseconds of whole processes, each variant once a round, so that a disturbance hits all alike. */
export function bestOfProcesses(rounds: number, variants: Record<string, Variant>): Record<string, number> {
  const fastest: Record<string, number> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, { args, env }] of Object.entries(variants)) {
      const started = performance.now();
      const { status, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, ...env }, encoding: 'utf8' });
      const elapsed = performance.now() - started;
      if (status !== 0) throw new Error(`${name} failed with exit code ${status}:\n${stderr}`);
      fastest[name] = Math.min(fastest[name] ?? Infinity, elapsed);
    }
  }
  return fastest;
}

/** Rows against the first one. */
export function rows(times: Record<string, number>): Row[] {
  const floor = Object.values(times)[0]!;
  return Object.entries(times).map(([what, milliseconds]) => ({ what, milliseconds, ratio: milliseconds / floor }));
}

/** Prints a titled table. */
export function print(title: string, table: readonly Row[]): void {
  const width = Math.max(...table.map((row) => row.what.length));
  process.stdout.write(`\n${title}\n`);
  for (const { what, milliseconds, ratio } of table) {
    process.stdout.write(`  ${what.padEnd(width)}  ${milliseconds.toFixed(milliseconds < 10 ? 2 : 0).padStart(8)} ms  ${ratio.toFixed(2).padStart(7)} ×\n`);
  }
}
