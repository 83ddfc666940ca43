import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { Repository } from '../src';

const segment = fc.constantFrom('a', 'b', 'c', 'deep', 'x.yaml', 'y.yaml');
/** Paths of files and of folders are told apart by their ending, so that no file is where another tree has a folder. */
const file = fc.tuple(fc.array(fc.constantFrom('a', 'b', 'deep'), { maxLength: 3 }), fc.constantFrom('x.yaml', 'y.yaml', 'z.yaml'))
  .map(([folders, name]) => ['tree', ...folders, name].join('/'));
const tree = fc.dictionary(file, fc.string(), { maxKeys: 8 }).map((files) => new Repository({ files, folders: ['tree'] }));
const strange = fc.uniqueArray(fc.tuple(fc.array(segment, { maxLength: 2 }), fc.constant('mine.txt')).map(([folders, name]) => [
  'tree', ...folders.map((folder) => folder.replace('.yaml', '')), name,
].join('/')), { maxLength: 4 });

function inCopy<T>(work: (root: string) => T): T {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'viridial-'));
  try {
    return work(root);
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
}

/** Text of every file below a folder, by its path. */
function everything(root: string): { [file: string]: string } {
  const names = fs.readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(names.map((entry) => {
    const absolute = path.join(entry.parentPath, entry.name);
    return [path.relative(root, absolute).split(path.sep).join('/'), fs.readFileSync(absolute, 'utf8')];
  }));
}

test('after a write the working copy is the tree, whatever was written before', () => {
  fc.assert(fc.property(tree, tree, (before, after) => inCopy((root) => {
    before.write(root);
    after.write(root);
    expect(everything(root)).toEqual(after.files);
    expect(after.check(root)).toEqual([]);
  })), { numRuns: 60 });
});

test('what people added is there after any writes, byte for byte', () => {
  fc.assert(fc.property(tree, tree, strange, (before, after, mine) => inCopy((root) => {
    before.write(root);
    for (const each of mine) {
      fs.mkdirSync(path.dirname(path.join(root, each)), { recursive: true });
      fs.writeFileSync(path.join(root, each), 'mine');
    }
    after.write(root);
    const found = everything(root);
    for (const each of mine) expect(found[each]).toBe('mine');
    expect(Object.keys(found).sort()).toEqual([...new Set([...Object.keys(after.files), ...mine])].sort());
  })), { numRuns: 60 });
});

test('check names exactly what a write would change', () => {
  fc.assert(fc.property(tree, tree, (before, after) => inCopy((root) => {
    before.write(root);
    const old = everything(root);
    const named = after.check(root);
    expect(everything(root)).toEqual(old);
    after.write(root);
    const now = everything(root);
    const changed = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((each) => old[each] !== now[each]);
    expect(named).toEqual(changed.sort());
  })), { numRuns: 60 });
});

test('the record of a tree does not depend on the order in which its files are given', () => {
  fc.assert(fc.property(fc.dictionary(file, fc.string(), { maxKeys: 8 }), (files) => {
    const reversed = Object.fromEntries(Object.entries(files).reverse());
    expect(Object.entries(new Repository({ files: reversed, folders: ['tree'] }).files)).toEqual(Object.entries(new Repository({ files, folders: ['tree'] }).files));
  }));
});
