// The three consumers, and what each must be able to do with the packages.
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StepFailed, type Checks } from './checks.mts';
import { Consumer } from './consumer.mts';
import { run } from './processes.mts';
import type { Registry } from './registry.mts';
import { AWS_CDK_CLI, PEERS } from '../../projenrc/versions.ts';

/** The compilers and the oldest Node.js, each in a folder of its own, because their commands have the same names. */
export interface Tools {
  readonly typescript6: string;
  readonly typescript7: string;
  /** @default - none on this platform */
  readonly lowestNode?: string;
}

/** Where consumers live and what they are tried with. */
export interface StrangersOptions {
  readonly root: string;
  readonly folder: string;
  readonly registry: Registry;
  readonly env: NodeJS.ProcessEnv;
  readonly tools: Tools;
  readonly checks: Checks;
}

/** A consumer, how its program is run, and what must be there afterwards. */
interface Stranger {
  readonly consumer: Consumer;
  readonly command: readonly [string, ...string[]];
  /** Says what the run made; throws when it is not what it must be. */
  readonly judge: (output: string) => string;
}

const lowEnd = (range: string) => range.replace(/@\^/, '@');
const ASSEMBLY = 'cdk.out';
const STACKS = ['production-cluster', 'production-data', 'production-network'];
const NAMESPACES = ['payments-production', 'payments-staging', 'shop-production', 'shop-staging'];

/** One CDK app, one cdk8s app and one script, outside the tree. */
export class Strangers {
  /** The CDK app. */
  readonly app: Consumer;
  /** The plain script. */
  readonly script: Consumer;
  private readonly options: StrangersOptions;
  private readonly all: Stranger[];

  constructor(options: StrangersOptions) {
    this.options = options;
    const { registry } = options;
    this.app = this.consumer('cdk-app', 'eks-program', registry.consumer, ['@viridial/eks-platform'],
      [lowEnd(PEERS.awsCdkLib), lowEnd(PEERS.constructs), AWS_CDK_CLI]);
    const chart = this.consumer('cdk8s-app', 'tenancy-program', registry.consumer, ['@viridial/core', '@viridial/tenancy'], [PEERS.cdk8s, PEERS.constructs]);
    // knows no other registry, so that everything else comes through ours
    this.script = this.consumer('plain-script', 'plain-program', registry.everything, ['@viridial/core', '@viridial/proof', '@viridial/tenancy'], []);
    const cdk = path.join(this.app.folder, 'node_modules/.bin/cdk');
    this.all = [
      {
        consumer: this.app,
        command: [cdk, 'synth', '--app', `node ${this.app.program}`, '--output', ASSEMBLY, '--quiet', '--no-notices'],
        judge: () => stacksOf(path.join(this.app.folder, ASSEMBLY)),
      },
      {
        consumer: chart,
        command: [process.execPath, chart.program],
        judge: () => namespacesOf(globSync('dist/*.yaml', { cwd: chart.folder }).map((file) => chart.read(file)).join('')),
      },
      { consumer: this.script, command: [process.execPath, this.script.program], judge: namespacesOf },
    ];
  }

  /** Installs, type-checks and runs all three with the given versions; what one cannot do keeps no other from trying. */
  async use(title: string, versions: Map<string, string>): Promise<void> {
    for (const stranger of this.all) {
      try {
        await this.useOne(`${title}: ${stranger.consumer.name}`, stranger, versions);
      } catch (error) {
        if (!(error instanceof StepFailed)) throw error;
      }
    }
  }

  private consumer(name: string, program: string, npmrc: string, packages: string[], others: string[]): Consumer {
    const { root, folder, env } = this.options;
    return new Consumer({
      name,
      npmrc,
      env,
      packages,
      others: [...others, '@types/node@^22'],
      folder: path.join(folder, name),
      program: path.join(root, 'testing/consumers/src', `${program}.ts`),
    });
  }

  private async useOne(id: string, stranger: Stranger, versions: Map<string, string>): Promise<void> {
    const { checks, registry, tools } = this.options;
    const { consumer } = stranger;
    consumer.clean('lib', 'dist', ASSEMBLY);
    await checks.step(`${id}: npm install`, async () => consumer.install(versions));
    const old = [...consumer.ours].filter(([name, version]) => versions.get(name) !== version);
    checks.expect(`${id}: has the released versions`, old.length === 0, old.map((entry) => entry.join('@')).join(', '));
    const strays = consumer.strays(registry.url);
    checks.expect(`${id}: one copy of each framework and of our packages, ours from the registry`, strays.length === 0, strays.join('; '));
    const tree = await consumer.treeProblems();
    checks.expect(`${id}: npm finds the tree sound`, tree.code === 0, tree.code ? tree.output.slice(-500) : '');
    await checks.step(`${id}: type-check with TypeScript 6`, async () => { await consumer.compile(tools.typescript6, true); });
    await checks.step(`${id}: type-check with TypeScript 7`, async () => { await consumer.compile(tools.typescript7, false); });
    await checks.step(`${id}: run`, async () => this.run(stranger));
    if (tools.lowestNode) await checks.step(`${id}: run on the lowest Node.js`, async () => this.runOnLowestNode(stranger, tools.lowestNode!));
  }

  /** Runs the program as its user would, without credentials, and with every connection refused and written down. */
  private async run({ consumer, command: [command, ...rest], judge }: Stranger): Promise<string> {
    const connections = path.join(consumer.folder, 'connections.log');
    writeFileSync(connections, '');
    const output = await run(command, rest, {
      cwd: consumer.folder,
      env: {
        ...consumer.env,
        NODE_OPTIONS: `--import ${path.join(import.meta.dirname, 'no-network.mts')}`,
        NO_NETWORK_LOG: connections,
        HOME: consumer.folder, // no credentials are there, and CDK's cache does not go to the user's
        CDK_DISABLE_CLI_TELEMETRY: 'true',
      },
    });
    const tried = readFileSync(connections, 'utf8').trim();
    if (tried) throw new Error(`it tried to connect:\n${tried}`);
    return `${judge(output)}; no account, no connection tried`;
  }

  private async runOnLowestNode({ consumer, judge }: Stranger, node: string): Promise<string> {
    consumer.clean('dist', ASSEMBLY);
    return judge(await run(node, [consumer.program], {
      cwd: consumer.folder,
      env: { ...consumer.env, HOME: consumer.folder, CDK_OUTDIR: path.join(consumer.folder, ASSEMBLY) },
    }));
  }
}

/** Counts the objects of manifests; throws when a namespace of the tenants is missing. */
function namespacesOf(yaml: string): string {
  const lacking = NAMESPACES.filter((name) => !new RegExp(`^kind: Namespace$[^]*?^  name: ${name}$`, 'm').test(yaml));
  if (lacking.length) throw new Error(`no namespace ${lacking.join(', ')} in what it wrote`);
  return `${yaml.match(/^kind: /gm)!.length} objects, among them the ${NAMESPACES.length} namespaces`;
}

interface Artifact {
  readonly type: string;
  readonly properties: { readonly stackName: string; readonly templateFile: string };
}

/** The stacks of a cloud assembly and a digest of their templates; throws when they are not the platform's three. */
function stacksOf(assembly: string): string {
  const { artifacts } = JSON.parse(readFileSync(path.join(assembly, 'manifest.json'), 'utf8')) as { artifacts: Record<string, Artifact> };
  const stacks = Object.values(artifacts).filter(({ type }) => type === 'aws:cloudformation:stack').map(({ properties }) => properties)
    .sort((a, b) => a.stackName.localeCompare(b.stackName, 'en'));
  const names = stacks.map(({ stackName }) => stackName).join(', ');
  if (names !== STACKS.join(', ')) throw new Error(`stacks ${names || 'none'}; expected ${STACKS.join(', ')}`);
  const templates = stacks.map(({ templateFile }) => readFileSync(path.join(assembly, templateFile), 'utf8'));
  const resources = templates.reduce((sum, text) => sum + Object.keys((JSON.parse(text) as { Resources: object }).Resources).length, 0);
  return `${names} with ${resources} resources (${createHash('sha256').update(templates.join('')).digest('hex').slice(0, 12)})`;
}
