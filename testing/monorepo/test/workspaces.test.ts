import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { ROOT } from './child-process';

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly license: string;
  readonly engines: { readonly node: string };
  readonly workspaces: string[];
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly bundledDependencies?: unknown;
  readonly bundleDependencies?: unknown;
}

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const json = <T>(file: string) => JSON.parse(read(file)) as T;
const root = json<Manifest>('package.json');
const lockfile = json<{ packages: Record<string, { resolved?: string; link?: boolean; version?: string }> }>('package-lock.json');
const manifests = new Map(root.workspaces.map((folder) => [folder, json<Manifest>(`${folder}/package.json`)]));
const published = [...manifests].filter(([, manifest]) => !manifest.private).map(([folder]) => folder);

test('every folder with a package.json under packages, examples and testing is a workspace', () => {
  const folders = ['packages', 'examples', 'testing'].flatMap((parent) => readdirSync(path.join(ROOT, parent)).map((name) => `${parent}/${name}`))
    .filter((folder) => existsSync(path.join(ROOT, folder, 'package.json')));
  expect([...root.workspaces].sort()).toEqual(folders.sort());
});

test('what is under packages is published, everything else is private', () => {
  expect(published).toEqual(root.workspaces.filter((folder) => folder.startsWith('packages/')));
});

test.each(root.workspaces)('%s has its entry and its link in the lockfile, with the dependencies it declares', (folder) => {
  const manifest = manifests.get(folder)!;
  expect(lockfile.packages[`node_modules/${manifest.name}`]).toMatchObject({ resolved: folder, link: true });
  const { dependencies, peerDependencies } = manifest;
  expect(lockfile.packages[folder]).toMatchObject({ ...(dependencies && { dependencies }), ...(peerDependencies && { peerDependencies }) });
});

test('the lockfile names no registry, so that it is the same on every machine and works with any mirror', () => {
  const addressed = Object.entries(lockfile.packages).filter(([, { link, resolved }]) => !link && resolved !== undefined);
  expect(addressed.map(([place]) => place)).toEqual([]);
});

test.each(published)('%s tells users its licence, its Node.js and what was tried for real', (folder) => {
  const manifest = manifests.get(folder)!;
  expect(manifest.license).toBe('Apache-2.0');
  expect(manifest.engines.node).toBe('>= 22.12.0');
  expect(existsSync(path.join(ROOT, folder, 'LICENSE'))).toBe(true);
  expect(read(`${folder}/README.md`)).toMatch(/^## Tried for real\n(?:(?!^## )[^])*?^\|/m); // a table before the next section
});

test.each(published)('the README of %s begins with a working example', (folder) => {
  const [, before] = /^([^]*?)^```ts\n/m.exec(read(`${folder}/README.md`)) ?? [];
  expect(before?.match(/^#.*/gm) ?? []).toHaveLength(1); // its title, and no other heading before the example
});

test.each(root.workspaces)('%s bundles no dependency: npm loses them when it packs a workspace', (folder) => {
  expect(manifests.get(folder)).not.toHaveProperty('bundledDependencies');
  expect(manifests.get(folder)).not.toHaveProperty('bundleDependencies');
});

test('the command of .ci/run is the one the README tells people to type', () => {
  const commands = read('.ci/run').split('\n').filter((line) => line.trim() && !line.startsWith('#'));
  expect(commands).toHaveLength(1);
  const typed = [...read('README.md').matchAll(/^```sh\n([^]*?)^```/gm)].flatMap(([, block]) => block!.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim());
  expect(typed.filter((line) => line.includes('npx projen build'))).toEqual(commands);
});

test('the first program of the README is the one that consumers of a release run', () => {
  const program = read('testing/consumers/src/eks-program.ts').replace(/^\/\*\*[^]*?\*\/\n/, '').replace(/^\/\/.*\n/, '');
  expect(read('README.md')).toContain(`\`\`\`ts\n${program}\`\`\``);
});

test('changesets name packages that exist and are published', () => {
  const names = published.map((folder) => manifests.get(folder)!.name);
  const files = readdirSync(path.join(ROOT, '.changeset')).filter((file) => file.endsWith('.md') && file !== 'README.md');
  for (const file of files) {
    const [, head, text] = /^---\n([^]*?)\n---\n([^]*)$/.exec(read(`.changeset/${file}`)) ?? [];
    const released = [...(head ?? '').matchAll(/^['"]?(@[^'":]+)['"]?: (?:major|minor|patch)$/gm)].map(([, name]) => name!);
    expect(released).toHaveLength(head?.split('\n').length ?? 0);
    expect(released.filter((name) => !names.includes(name))).toEqual([]);
    expect(text?.trim()).toBeTruthy();
  }
});
