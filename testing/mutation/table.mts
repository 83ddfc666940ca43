/** What came of one way to weaken an object. */
export interface Row {
  readonly operator: string;
  mutants: number;
  found: number;
  equivalent: number;
  /** Equivalent mutants by the reason. */
  readonly reasons: Map<string, string[]>;
}

/** One row an operator. */
export function table(rows: readonly Row[]): string {
  const heads = ['operator', 'mutants', 'found', 'equivalent', 'missed'];
  const cells = rows.map(({ operator, mutants, found, equivalent }) => (
    [operator, mutants, found, equivalent, mutants - found - equivalent].map(String)));
  const widths = heads.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column]!.length)));
  const line = (row: string[]) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ');
  return [line(heads), widths.map((width) => '─'.repeat(width)).join('  '), ...cells.map(line)].join('\n');
}
