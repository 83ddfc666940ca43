/** What was asked for on the command line. */
export interface DemoArguments {
  /** Names of the targets to run, all when none was named. */
  readonly targets: string[];
  readonly help: boolean;
}

/**
 * Reads the command line: names of targets, or `--help`.
 * @throws Error that names every unknown word and what is allowed
 */
export function parseArguments(words: readonly string[], known: readonly string[]): DemoArguments {
  const help = words.includes('--help') || words.includes('-h');
  const names = words.filter((word) => word !== '--help' && word !== '-h');
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length) throw new Error(`unknown target ${unknown.map((name) => `'${name}'`).join(', ')}; known are ${known.join(', ')}`);
  return { help, targets: names.length ? known.filter((name) => names.includes(name)) : [...known] };
}
