import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

/** The root of the repository. */
export const ROOT = path.resolve(__dirname, '../../..');

/**
 * Runs an ES module in a Node.js of its own, because jest cannot load the tools, which Node.js runs as they are.
 * The module finds `input` in a variable of that name and answers by `answer(value)`.
 */
export function evaluate<T>(code: string, input: unknown = null): T {
  const module = [
    "import { readFileSync as readInput } from 'node:fs';",
    "const input = JSON.parse(readInput(0, 'utf8'));",
    'const answer = (value) => process.stdout.write(JSON.stringify(value));',
    code,
  ].join('\n');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', module], {
    cwd: ROOT,
    input: JSON.stringify(input),
    encoding: 'utf8',
    env: { ...process.env, ESLINT_USE_FLAT_CONFIG: 'false' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`the child process ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as T;
}

/** What a module under `projenrc/tools` or beside it exports, as an import statement for {@link evaluate}. */
export function load(names: string, file: string): string {
  return `import { ${names} } from '${path.join(ROOT, file)}';\n`;
}
