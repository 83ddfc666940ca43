// Writes the TypeScript examples of the READMEs of published packages that jsii-rosetta does not check (those that jsii
// does not compile) to dist/examples/<package>/, where the root's one type-check reads them against the built packages.
// A block that starts with `// continued` is appended to the one before it.
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const stage = path.resolve('dist/examples');
rmSync(stage, { recursive: true, force: true });
for (const directory of globSync('packages/*')) {
  const manifest = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as { jsii?: object };
  if (manifest.jsii) continue;
  const blocks: string[] = [];
  for (const [, text] of readFileSync(path.join(directory, 'README.md'), 'utf8').matchAll(/^```(?:ts|typescript)\n([\s\S]*?)^```/gm)) {
    if (text!.startsWith('// continued') && blocks.length) blocks.push(`${blocks.pop()!}\n${text!}`);
    else blocks.push(text!);
  }
  if (!blocks.length) throw new Error(`${directory}/README.md has no TypeScript example`);
  const folder = path.join(stage, path.basename(directory));
  mkdirSync(folder, { recursive: true });
  blocks.forEach((text, i) => writeFileSync(path.join(folder, `example-${i + 1}.ts`), `${text}\nexport {};\n`));
}
