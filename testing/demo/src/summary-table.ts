import { DemoReport } from './report';

const HEADINGS = ['target', 'result', 'checks', 'objects', 'warnings', 'time'];

/** The table at the end of the demo: one row a target. */
export function summaryTable(report: DemoReport): string {
  const rows = Object.entries(report.targets).map(([name, target]) => [
    name,
    target.ok ? 'ok' : 'FAILED',
    `${target.checks.filter((check) => check.ok).length}/${target.checks.length}`,
    String(target.objects),
    String(target.warnings.length),
    `${(target.durationMs / 1000).toFixed(1)} s`,
  ]);
  const widths = HEADINGS.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: string[]) => cells.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd();
  return [line(HEADINGS), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
