// Tenants checked, rendered and written as a file each, against what somebody would do instead with finished objects.
import { spawnSync } from 'node:child_process';

const SMALL = 1000;
const LARGE = 5000;

/** What the package is held to at the large size. */
const BARS = { timesFloor: 13, megabytes: 300, growth: 1.1 };

/** What somebody would do, at two sizes, and how often it is measured. */
interface Contender {
  readonly what: string;
  readonly variant: string;
  readonly sizes: readonly [number, number];
  readonly rounds: number;
}

interface Measured {
  readonly milliseconds: number;
  readonly megabytes: number;
}

const FLOOR: Contender = { what: 'JSON.stringify of finished objects, one file (floor)', variant: 'json', sizes: [SMALL, LARGE], rounds: 3 };
const OURS: Contender = { what: '@viridial/tenancy: checked, rendered, a file each', variant: 'viridial', sizes: [SMALL, LARGE], rounds: 3 };
const OTHERS: Contender[] = [
  { what: 'yaml of finished objects, a file each', variant: 'yaml', sizes: [SMALL, LARGE], rounds: 1 },
  { what: 'cdk8s, finished objects in one chart', variant: 'cdk8s-one-chart', sizes: [SMALL, LARGE], rounds: 1 },
  { what: 'cdk8s, a chart for each tenant (quadratic: not at 5,000)', variant: 'cdk8s-chart-per-tenant', sizes: [200, SMALL], rounds: 1 },
  { what: 'kubectl kustomize, an overlay for each tenant (quadratic: not at 1,000)', variant: 'kustomize', sizes: [50, 200], rounds: 1 },
];

function measureOnce(variant: string, tenants: number): Measured {
  const args = [`${import.meta.dirname}/tenancy-variants.mts`, variant, `${tenants}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${variant} failed:\n${stderr}`);
  return JSON.parse(stdout) as Measured;
}

/** The least time and the highest peak, every contender once a round, so that a disturbance hits all alike. */
function measure(contenders: readonly Contender[]): Measured[][] {
  const found = contenders.map(({ sizes }) => sizes.map(() => ({ milliseconds: Infinity, megabytes: 0 })));
  for (let round = 0; round < Math.max(...contenders.map(({ rounds }) => rounds)); round++) {
    contenders.forEach(({ variant, sizes, rounds }, i) => sizes.forEach((tenants, j) => {
      if (round >= rounds) return;
      const { milliseconds, megabytes } = measureOnce(variant, tenants);
      const best = found[i]![j]!;
      found[i]![j] = { milliseconds: Math.min(best.milliseconds, milliseconds), megabytes: Math.max(best.megabytes, megabytes) };
    }));
  }
  return found;
}

function present(program: string): boolean {
  return spawnSync(program, ['version', '--client'], { stdio: 'ignore' }).status === 0;
}

function line([what, ...numbers]: string[]): void {
  process.stdout.write(`  ${what!.padEnd(72)}${numbers.map((cell) => cell.padStart(10)).join('')}\n`);
}

const count = (value: number): string => value.toLocaleString('en-GB');

function growthOf([few, many]: readonly [number, number], [small, large]: Measured[]): number {
  return Math.log(large!.milliseconds / small!.milliseconds) / Math.log(many / few);
}

function printRow({ what, sizes }: Contender, measured: Measured[], floor: Measured): void {
  const [few, many] = sizes;
  const [small, large] = measured;
  line([
    what, count(few), small!.milliseconds.toFixed(0), count(many), large!.milliseconds.toFixed(0),
    many === LARGE ? (large!.milliseconds / floor.milliseconds).toFixed(1) : '–', `n^${growthOf(sizes, measured).toFixed(2)}`, large!.megabytes.toFixed(0),
  ]);
}

export function run(): void {
  process.stdout.write('\nwriting tenants of ten objects each; time without starting the process and loading modules, peak memory with them\n');
  line(['', 'tenants', 'ms', 'tenants', 'ms', '× floor', 'growth', 'peak MB']);
  const [json, ours] = measure([FLOOR, OURS]);
  const floor = json![1]!;
  printRow(FLOOR, json!, floor);
  printRow(OURS, ours!, floor);
  for (const other of OTHERS) {
    if (other.variant === 'kustomize' && !present('kubectl')) process.stdout.write('  kubectl is not on the PATH, so kustomize is not measured\n');
    else printRow(other, measure([other])[0]!, floor);
  }
  const [again] = measure([{ what: '', variant: 'prove-one-again', sizes: [SMALL, SMALL], rounds: 2 }])[0]!;
  process.stdout.write(`  one of ${count(SMALL)} tenants changed: checked, compared, rendered and proved again in ${again!.milliseconds.toFixed(0)} ms\n`);
  const { milliseconds, megabytes } = ours![1]!;
  const growth = growthOf(OURS.sizes, ours!);
  const held = milliseconds <= BARS.timesFloor * floor.milliseconds && megabytes <= BARS.megabytes && growth <= BARS.growth;
  const bars = `at most ${BARS.timesFloor} × the floor, ${BARS.megabytes} MB and n^${BARS.growth}`;
  process.stdout.write(`  ${held ? 'held' : 'NOT held'}: ${bars}\n`);
}
