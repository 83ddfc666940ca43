import * as path from 'node:path';
import { removeStages, ROOT, Tarball } from './tarball';

const tarballs = Tarball.all();
afterAll(removeStages);

const WANTED = /^(package\.json|README\.md|CHANGELOG\.md|API\.md|LICENSE|NOTICE|\.jsii(\.tabl\.json)?(\.gz)?|lib\/.+\.(js|d\.ts)|lib\/vendor\/[^/]+\.LICENSE\.txt)$/;
const SOURCE_MAP = /^\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,([A-Za-z0-9+/=]+)$/m;

/** The inline source map of a compiled file. */
function sourceMap(text: string): { readonly sources: string[]; readonly text: string } | undefined {
  const encoded = SOURCE_MAP.exec(text)?.[1];
  if (!encoded) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  return { sources: (JSON.parse(decoded) as { sources: string[] }).sources, text: decoded };
}

test('every published package is packed', () => {
  expect([...tarballs.keys()].sort()).toEqual([
    '@viridial/core', '@viridial/eks-platform', '@viridial/platform-addons', '@viridial/proof', '@viridial/security-policy', '@viridial/tenancy',
  ]);
});

describe.each([...tarballs])('the tarball of %s', (name, tarball) => {
  const { files, manifest } = tarball;
  const scripts = files.filter((file) => file.endsWith('.js') && !file.startsWith('lib/vendor/'));

  test('has its entry point, its types, its licence and its README', () => {
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', manifest.main, manifest.types]));
  });

  test('has nothing that its users have no use for: no source, test, fixture or configuration', () => {
    expect(files.filter((file) => !WANTED.test(file) || /(^|\/)(test|fixtures|node_modules)\//.test(file))).toEqual([]);
  });

  test('has a declaration for every script', () => {
    expect(scripts.map((file) => file.replace(/\.js$/, '.d.ts')).filter((file) => !files.includes(file))).toEqual([]);
  });

  test('carries the licence of everything that is bundled into it', () => {
    const vendored = files.filter((file) => /^lib\/vendor\/.+\.js$/.test(file));
    expect(vendored.filter((file) => !files.includes(file.replace(/\.js$/, '.LICENSE.txt')))).toEqual([]);
    for (const file of vendored) expect(tarball.read(file.replace(/\.js$/, '.LICENSE.txt'))).toMatch(/copyright/i);
  });

  test('is compiled from its own sources only', () => {
    for (const file of scripts) {
      const { sources = [] } = sourceMap(tarball.read(file)) ?? {};
      const foreign = sources.map((source) => path.join(path.dirname(file), source)).filter((source) => !source.startsWith('src/'));
      expect(`${file}: ${foreign.join(', ')}`).toBe(`${file}: `);
    }
  });

  test('says nothing of the machine it was built on', () => {
    const speaks = files.filter((file) => {
      const text = tarball.read(file);
      return text.includes(ROOT) || sourceMap(text)?.text.includes(ROOT);
    });
    expect(speaks).toEqual([]);
  });

  test('is for other languages as well when its jsii assembly is inside, of the same version', () => {
    expect(files.includes('.jsii')).toBe(tarball.jsii);
    if (!tarball.jsii) return;
    expect(JSON.parse(tarball.read('.jsii'))).toMatchObject({ name, version: manifest.version, license: 'Apache-2.0' });
    expect(files).toContain('.jsii.tabl.json'); // its examples, translated
    expect(files).toContain('API.md');
  });

  test('depends on nothing by a path, a link or a tag', () => {
    const ranges = Object.values({ ...manifest.dependencies, ...manifest.peerDependencies });
    expect(ranges.filter((range) => !/^[\^~]?\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))).toEqual([]);
  });
});
