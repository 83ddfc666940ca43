// Writes API.md for the jsii package in the current folder. jsii-docgen looks for the assemblies of dependencies
// below the package only, and workspaces hoist them to the root, so the closure is linked into one temporary folder.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Documentation, Language } from 'jsii-docgen';

interface Manifest {
  readonly name: string;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

const manifest = (folder: string) => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;

function packageFolder(name: string, from: string): string {
  for (const base of createRequire(path.join(from, 'package.json')).resolve.paths(name) ?? []) {
    if (existsSync(path.join(base, name, 'package.json'))) return path.join(base, name);
  }
  throw new Error(`${name}, which ${from} depends on, is not installed`);
}

function closure(folder: string, found = new Map<string, string>()): Map<string, string> {
  const { name, dependencies, peerDependencies } = manifest(folder);
  if (found.has(name) || !existsSync(path.join(folder, '.jsii'))) return found;
  found.set(name, folder);
  for (const dependency of Object.keys({ ...dependencies, ...peerDependencies })) closure(packageFolder(dependency, folder), found);
  return found;
}

const folder = process.cwd();
const stage = mkdtempSync(path.join(tmpdir(), 'docgen-'));
try {
  for (const [name, source] of closure(folder)) {
    mkdirSync(path.dirname(path.join(stage, name)), { recursive: true });
    symlinkSync(source, path.join(stage, name), 'dir');
  }
  const documentation = await Documentation.forAssembly(manifest(folder).name, stage);
  const markdown = await documentation.toMarkdown({ language: Language.TYPESCRIPT, allSubmodules: true, readme: false });
  writeFileSync(path.join(folder, 'API.md'), markdown.render());
} finally {
  rmSync(stage, { recursive: true, force: true });
}
