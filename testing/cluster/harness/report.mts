// The table at the end, and whether the run means what it should.
import type { Results } from './experiment.mts';

/** What a run has to reach. */
export interface Bars {
  readonly cases: number;
  /** Cases each way for every decider. */
  readonly each: number;
  /** Least and most share of allowed cases over all. */
  readonly allowed: readonly [number, number];
}

/** What the issue of this test asks for. */
export const BARS: Bars = { cases: 2000, each: 20, allowed: [0.3, 0.7] };

/** The bars of a shorter run, for somebody who looks for one thing. */
export function barsFor(cases: number): Bars {
  return cases >= BARS.cases ? BARS : { cases: 0, each: 0, allowed: [0, 1] };
}

/** Everything because of which a run fails, one sentence each. */
export function shortcomings(results: readonly Results[], bars: Bars): string[] {
  const cases = results.reduce((sum, result) => sum + result.cases, 0);
  const share = results.reduce((sum, result) => sum + result.allowed, 0) / Math.max(cases, 1);
  return [
    ...results.flatMap(({ name, cases: own, disagreeing, decisions }) => [
      ...(disagreeing > 0 ? [`${name}: evaluator and server disagree on ${disagreeing} of ${own} cases`] : []),
      ...(own < bars.cases ? [`${name}: ${own} cases, not ${bars.cases}`] : []),
      ...[...decisions].filter(([, { allowed, refused }]) => allowed < bars.each || refused < bars.each)
        .map(([decider, { allowed, refused }]) => `${name}: ${decider} decided ${allowed} cases that were allowed and ${refused} that were refused, not ${bars.each} each`),
    ]),
    ...(share < bars.allowed[0] || share > bars.allowed[1] ? [`${percent(share)} of all cases are allowed, not ${percent(bars.allowed[0])} to ${percent(bars.allowed[1])}`] : []),
  ];
}

/** One row an experiment. */
export function table(results: readonly Results[]): string {
  const rows = results.map(({ name, cases, allowed, discarded, decisions, disagreeing, seconds }) => {
    const least = Math.min(...[...decisions.values()].map((decision) => Math.min(decision.allowed, decision.refused)));
    return [name, String(cases), percent(allowed / Math.max(cases, 1)), String(discarded), `${decisions.size}, ${Number.isFinite(least) ? least : 0} each way`, String(disagreeing), seconds.toFixed(1)];
  });
  const heads = ['kind', 'cases', 'allowed', 'no object', 'deciders, at least', 'disagreements', 'seconds'];
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: string[]) => cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ');
  return [line(heads), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/** The disagreements of an experiment, each to be tried by hand. */
export function disagreementText({ name, disagreements }: Results, seed: number): string {
  return disagreements.map(({ object, evaluator, server }) => [
    `✗ ${name}, seed ${seed}`,
    `  evaluator: ${evaluator.allowed ? 'allowed' : `refused (${evaluator.because.join(', ')})`}: ${evaluator.text}`,
    `  server:    ${server.allowed ? 'allowed' : `refused (${server.because.join(', ')})`}: ${server.text}`,
    `  ${JSON.stringify(object)}`,
  ].join('\n')).join('\n');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
