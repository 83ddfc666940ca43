// What the task is told on its command line.
import { BARS } from './report.mts';

/** A run. */
export interface Arguments {
  readonly seed: number;
  /** Cases of each kind. */
  readonly cases: number;
}

/** `--seed N --cases N`; without a seed the run makes one and prints it. */
export function readArguments(args: readonly string[], freshSeed: () => number): Arguments {
  const numbers = new Map<string, number>();
  for (let place = 0; place < args.length; place += 2) {
    const [name, value] = [args[place]!, Number(args[place + 1])];
    if (!['--seed', '--cases'].includes(name)) throw new Error(`unknown argument ${name}; known are --seed N and --cases N`);
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} needs a whole number, not ${args[place + 1] ?? 'nothing'}`);
    numbers.set(name, value);
  }
  return { seed: numbers.get('--seed') ?? freshSeed(), cases: numbers.get('--cases') ?? BARS.cases + 200 };
}
