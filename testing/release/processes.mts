// Commands as a stranger's shell would run them: nothing of this repository on the PATH or in the environment.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';

/** How a command ended. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Where and with what a command runs. */
export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** @default 600 */
  readonly seconds?: number;
}

const running = new Set<ChildProcess>();

/** Ends every command that still runs. */
export function endRunning(): void {
  for (const child of running) child.kill();
}

// what npm, projen, wireit, git, CDK and Verdaccio leave in or read from the environment, and cloud credentials
const OURS = /^(npm_(?!config_(registry|cache|userconfig|globalconfig|noproxy|proxy|https_proxy|cafile)$)|INIT_CWD$|WIREIT|PROJEN|GIT_|AWS_|CDK_|JSII_|VERDACCIO|NODE_OPTIONS$|NODE_PATH$|FORCE_COLOR$|CI$)/i;

/** The environment of a stranger: the user's own, without this repository, and with this Node.js first on the PATH. */
export function strangersEnvironment(environment: NodeJS.ProcessEnv, bin: string): NodeJS.ProcessEnv {
  mkdirSync(bin, { recursive: true });
  symlinkSync(process.execPath, path.join(bin, 'node'));
  const kept = Object.entries(environment).filter(([name]) => !OURS.test(name) && name.toUpperCase() !== 'PATH');
  const folders = (environment.PATH ?? '').split(path.delimiter).filter((folder) => folder && !/node_modules|node-gyp-bin/.test(folder));
  return { ...Object.fromEntries(kept), PATH: [bin, ...folders].join(path.delimiter) };
}

/** Runs a command to its end, however it ends; a command that takes too long is killed. */
export async function outcomeOf(command: string, args: string[], { cwd, env, seconds = 600 }: RunOptions): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    const timer = setTimeout(() => {
      output += `\nkilled after ${seconds} s`;
      child.kill('SIGKILL');
    }, seconds * 1000);
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { output += text; });
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      clearTimeout(timer);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Runs a command that must succeed and returns what it wrote. */
export async function run(command: string, args: string[], options: RunOptions): Promise<string> {
  const { code, output } = await outcomeOf(command, args, options);
  if (code !== 0) {
    const tail = output.trimEnd().split('\n').slice(-40).map((line) => `    ${line}`).join('\n');
    throw new Error(`\`${[command, ...args].join(' ')}\` in ${options.cwd} ended with ${code}\n${tail}`);
  }
  return output;
}
