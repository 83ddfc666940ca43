// Type-checks the TypeScript examples of the README in the current folder against the built package, as
// jsii-rosetta does for jsii packages. A block that starts with `// continued` is appended to the one before it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

// outside the package, which may be packed at the same time, and below the node_modules that it resolves from
const stage = path.resolve(import.meta.dirname, '../../node_modules/.cache/readme', path.basename(process.cwd()));
const blocks: string[] = [];
for (const [, text] of readFileSync('README.md', 'utf8').matchAll(/^```(?:ts|typescript)\n([\s\S]*?)^```/gm)) {
  if (text!.startsWith('// continued') && blocks.length) blocks.push(`${blocks.pop()!}\n${text!}`);
  else blocks.push(text!);
}
if (!blocks.length) throw new Error('the README has no TypeScript example');
rmSync(stage, { recursive: true, force: true });
mkdirSync(stage, { recursive: true });
try {
  blocks.forEach((text, i) => writeFileSync(path.join(stage, `example-${i + 1}.ts`), `${text}\nexport {};\n`));
  writeFileSync(path.join(stage, 'tsconfig.json'), JSON.stringify({
    compilerOptions: { target: 'es2022', module: 'node16', strict: true, noEmit: true, skipLibCheck: true, types: ['node'] },
    include: ['*.ts'],
  }));
  execFileSync('tsc', ['-p', stage], { stdio: 'inherit' });
} finally {
  rmSync(stage, { recursive: true, force: true });
}
