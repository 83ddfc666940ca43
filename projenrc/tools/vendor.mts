// vendor.mts NAME...: bundles small dependencies of the package in the current folder into src/vendor, with their
// types and licences. jsii packages may have no plain dependency, and bundled ones are lost when npm packs a
// workspace (docs/decisions/005-vendoring.md).
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

const require = createRequire(path.join(process.cwd(), 'package.json'));
const out = path.join(process.cwd(), 'src', 'vendor');
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

/** Folder of an installed package; its exports may hide its package.json. */
function folderOf(name: string): string {
  const found = require.resolve.paths(name)!.map((modules) => path.join(modules, name)).find((folder) => existsSync(path.join(folder, 'package.json')));
  if (!found) throw new Error(`${name} is not installed`);
  return found;
}

for (const name of process.argv.slice(2)) {
  const file = name.replace(/\.js$/, '').replace(/^@/, '').replace(/\//g, '-');
  const folder = folderOf(name);
  const { license, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { license: string; version: string };
  await build({
    entryPoints: [require.resolve(name)],
    outfile: path.join(out, `${file}.js`),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'inline',
    banner: { js: `/* ${name} ${version}, licence ${license}: see ${file}.LICENSE.txt */` },
    logLevel: 'warning',
  });
  writeFileSync(path.join(out, `${file}.d.ts`), `export * from '${name}';\n`);
  const licence = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!licence) throw new Error(`${name} has no licence file: it cannot be vendored`);
  writeFileSync(path.join(out, `${file}.LICENSE.txt`), readFileSync(path.join(folder, licence)));
}
