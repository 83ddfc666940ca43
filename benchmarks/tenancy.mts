// Tenants rendered, checked and written as a file each, against what somebody would do instead with finished objects.
import { spawnSync } from 'node:child_process';

const SMALL = 1000;
const LARGE = 5000;

/** What somebody would do, and how often it is measured. */
interface Contender {
  readonly what: string;
  readonly variant: string;
  readonly sizes: number[];
  readonly rounds: number;
}

interface Measured {
  readonly milliseconds: number;
  readonly megabytes: number;
}

const CONTENDERS: Contender[] = [
  { what: 'JSON.stringify of finished objects, one file (floor)', variant: 'json', sizes: [SMALL, LARGE], rounds: 3 },
  { what: '@viridial/tenancy: checked, rendered, a file each', variant: 'viridial', sizes: [SMALL, LARGE], rounds: 3 },
  { what: 'yaml of finished objects, a file each', variant: 'yaml', sizes: [SMALL, LARGE], rounds: 1 },
  { what: 'cdk8s, finished objects in one chart', variant: 'cdk8s-one-chart', sizes: [SMALL, LARGE], rounds: 1 },
  { what: 'cdk8s, a chart for each tenant (quadratic: not at 5,000)', variant: 'cdk8s-chart-per-tenant', sizes: [200, SMALL], rounds: 1 },
  { what: 'kubectl kustomize, an overlay for each tenant (quadratic: not at 1,000)', variant: 'kustomize', sizes: [50, 200], rounds: 1 },
];

function measure(variant: string, tenants: number, rounds: number): Measured {
  let best = { milliseconds: Infinity, megabytes: 0 };
  for (let round = 0; round < rounds; round++) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [`${import.meta.dirname}/tenancy-variants.mts`, variant, `${tenants}`], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${variant} failed:\n${stderr}`);
    const { milliseconds, megabytes } = JSON.parse(stdout) as Measured;
    best = { milliseconds: Math.min(best.milliseconds, milliseconds), megabytes: Math.max(best.megabytes, megabytes) };
  }
  return best;
}

function present(program: string): boolean {
  return spawnSync(program, ['version', '--client'], { stdio: 'ignore' }).status === 0;
}

function line(cells: string[]): void {
  const [what, ...numbers] = cells;
  process.stdout.write(`  ${what!.padEnd(72)}${numbers.map((cell) => cell.padStart(10)).join('')}\n`);
}

const count = (value: number): string => value.toLocaleString('en-GB');

export function run(): void {
  process.stdout.write('\nwriting tenants of ten objects each; time without starting the process and loading modules, peak memory with them\n');
  line(['', 'tenants', 'ms', 'tenants', 'ms', '× floor', 'growth', 'peak MB']);
  let floor: Measured | undefined;
  for (const { what, variant, sizes: [few, many], rounds } of CONTENDERS) {
    if (variant === 'kustomize' && !present('kubectl')) {
      process.stdout.write('  kubectl is not on the PATH, so kustomize is not measured\n');
      continue;
    }
    const small = measure(variant, few!, rounds);
    const large = measure(variant, many!, rounds);
    floor ??= large;
    const growth = Math.log(large.milliseconds / small.milliseconds) / Math.log(many! / few!);
    line([
      what, count(few!), small.milliseconds.toFixed(0), count(many!), large.milliseconds.toFixed(0),
      many === LARGE ? (large.milliseconds / floor.milliseconds).toFixed(1) : '–', `n^${growth.toFixed(2)}`, large.megabytes.toFixed(0),
    ]);
  }
  const again = measure('prove-one-again', SMALL, 3);
  process.stdout.write(`  one of ${count(SMALL)} tenants changed: checked, compared, rendered and proved again in ${again.milliseconds.toFixed(0)} ms\n`);
}
