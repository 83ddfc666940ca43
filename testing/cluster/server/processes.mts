// Programs that run as long as the test does, and are ended with it, however it ends.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Programs that were started. */
export class Processes {
  private readonly running: { readonly name: string; readonly child: ChildProcess; readonly log: string }[] = [];
  private readonly folder: string;

  /** @param folder where logs go */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** Starts a program that writes to a log of its own. */
  start(name: string, file: string, args: string[]): void {
    const log = path.join(this.folder, `${name}.log`);
    const output = openSync(log, 'a');
    const child = spawn(file, args, { cwd: this.folder, stdio: ['ignore', output, output] });
    child.on('error', () => {}); // exitCode stays null and signalCode too: `check` sees that it has no pid
    closeSync(output);
    this.running.push({ name, child, log });
  }

  /** @throws when a program has ended, with the end of its log */
  check(): void {
    for (const { name, child, log } of this.running) {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) continue;
      const tail = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).map((line) => `    ${line}`).join('\n');
      throw new Error(`${name} ended by itself\n${tail}`);
    }
  }

  /** Ends everything, last started first, and waits for it. */
  async stop(): Promise<void> {
    for (const { child } of [...this.running].reverse()) await ended(child, 3000);
  }

  /** Ends everything at once, for a process that is about to end itself. */
  kill(): void {
    for (const { child } of this.running) child.kill('SIGKILL');
  }
}

async function ended(child: ChildProcess, patience: number): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    child.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
