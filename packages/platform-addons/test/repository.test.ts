import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { InvalidInputError } from '@viridial/core';
import { Repository } from '../src';

const RECORD = 'tree/.viridial-owned.json';
let root: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'viridial-'));
});

afterEach(() => {
  fs.rmSync(root, { recursive: true, force: true });
});

const tree = (files: { [path: string]: string }) => new Repository({ files, folders: ['tree'] });
const put = (file: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
};
const text = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const there = (file: string) => fs.existsSync(path.join(root, file));
const codes = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return InvalidInputError.problemsOf(error).map((problem) => `${problem.code} ${problem.path}`);
  }
  return [];
};

test('every file is written, and the record of what is ours with it', () => {
  tree({ 'tree/a.yaml': 'a\n', 'tree/deep/b.yaml': 'b\n' }).write(root);
  expect(text('tree/a.yaml')).toBe('a\n');
  expect(text('tree/deep/b.yaml')).toBe('b\n');
  expect(JSON.parse(text(RECORD)).files).toEqual(['a.yaml', 'deep/b.yaml']);
});

test('a folder that is not there yet is made', () => {
  tree({ 'tree/a.yaml': 'a\n' }).write(path.join(root, 'new', 'copy'));
  expect(there('new/copy/tree/a.yaml')).toBe(true);
});

test('writing again changes no byte and touches no file', () => {
  const repository = tree({ 'tree/a.yaml': 'a\n' });
  repository.write(root);
  const old = new Date('2001-01-01T00:00:00Z');
  for (const file of ['tree/a.yaml', RECORD]) fs.utimesSync(path.join(root, file), old, old);
  repository.write(root);
  for (const file of ['tree/a.yaml', RECORD]) expect(fs.statSync(path.join(root, file)).mtime).toEqual(old);
});

test('only what is different is written', () => {
  tree({ 'tree/a.yaml': 'a\n', 'tree/b.yaml': 'b\n' }).write(root);
  const old = new Date('2001-01-01T00:00:00Z');
  fs.utimesSync(path.join(root, 'tree/a.yaml'), old, old);
  tree({ 'tree/a.yaml': 'a\n', 'tree/b.yaml': 'changed\n' }).write(root);
  expect(fs.statSync(path.join(root, 'tree/a.yaml')).mtime).toEqual(old);
  expect(text('tree/b.yaml')).toBe('changed\n');
});

test('a file that is no longer wanted goes, with the folder that it leaves empty', () => {
  tree({ 'tree/a.yaml': 'a\n', 'tree/deep/er/b.yaml': 'b\n' }).write(root);
  tree({ 'tree/a.yaml': 'a\n' }).write(root);
  expect(there('tree/deep')).toBe(false);
  expect(JSON.parse(text(RECORD)).files).toEqual(['a.yaml']);
});

test('files that a person added stay, and so does their folder', () => {
  tree({ 'tree/a.yaml': 'a\n', 'tree/deep/b.yaml': 'b\n' }).write(root);
  put('tree/mine.yaml', 'mine\n');
  put('tree/deep/mine.yaml', 'mine\n');
  tree({ 'tree/a.yaml': 'a\n' }).write(root);
  expect([there('tree/mine.yaml'), there('tree/deep/mine.yaml'), there('tree/deep/b.yaml')]).toEqual([true, true, false]);
});

test('a file of ours that a person edited is reported and written anew', () => {
  const repository = tree({ 'tree/a.yaml': 'a\n' });
  repository.write(root);
  put('tree/a.yaml', 'edited\n');
  expect(repository.check(root)).toEqual(['tree/a.yaml']);
  repository.write(root);
  expect(text('tree/a.yaml')).toBe('a\n');
});

test('a file of ours that a person removed is reported and written anew', () => {
  const repository = tree({ 'tree/a.yaml': 'a\n' });
  repository.write(root);
  fs.rmSync(path.join(root, 'tree/a.yaml'));
  expect(repository.check(root)).toEqual(['tree/a.yaml']);
  repository.write(root);
  expect(repository.check(root)).toEqual([]);
});

test('a file that we did not write is refused where one of ours belongs, before anything is written', () => {
  put('tree/b.yaml', 'somebody else\n');
  const repository = tree({ 'tree/a.yaml': 'a\n', 'tree/b.yaml': 'b\n' });
  expect(() => repository.write(root)).toThrow("a file that Viridial did not write is where 'tree/b.yaml' belongs");
  expect([there('tree/a.yaml'), there(RECORD), text('tree/b.yaml')]).toEqual([false, false, 'somebody else\n']);
  expect(repository.check(root)).toEqual([RECORD, 'tree/a.yaml', 'tree/b.yaml'].sort());
});

test('a file that is there already with the very same text is taken over', () => {
  put('tree/a.yaml', 'a\n');
  const repository = tree({ 'tree/a.yaml': 'a\n' });
  repository.write(root);
  expect(repository.check(root)).toEqual([]);
  tree({}).write(root);
  expect(there('tree/a.yaml')).toBe(false);
});

test('a working copy that was cut short while it was written can be written again', () => {
  tree({ 'tree/a.yaml': 'a\n' }).write(root);
  put(RECORD, JSON.stringify({ files: ['a.yaml', 'b.yaml'] }));
  put('tree/b.yaml', 'half of it');
  tree({ 'tree/a.yaml': 'a\n', 'tree/b.yaml': 'b\n' }).write(root);
  expect(text('tree/b.yaml')).toBe('b\n');
});

test('nothing is written through a symbolic link, neither a folder nor a file', () => {
  const outside = path.join(root, 'outside');
  fs.mkdirSync(outside);
  fs.mkdirSync(path.join(root, 'copy', 'tree'), { recursive: true });
  fs.symlinkSync(outside, path.join(root, 'copy', 'tree', 'deep'));
  fs.symlinkSync(path.join(outside, 'target'), path.join(root, 'copy', 'tree', 'a.yaml'));
  const repository = tree({ 'tree/a.yaml': 'a\n', 'tree/deep/b.yaml': 'b\n' });
  expect(codes(() => repository.write(path.join(root, 'copy')))).toEqual(['SymbolicLink tree/a.yaml', 'SymbolicLink tree/deep/b.yaml']);
  expect(fs.readdirSync(outside)).toEqual([]);
});

test('nothing is removed through a symbolic link', () => {
  tree({ 'tree/deep/b.yaml': 'b\n' }).write(root);
  fs.renameSync(path.join(root, 'tree/deep'), path.join(root, 'precious'));
  fs.symlinkSync(path.join(root, 'precious'), path.join(root, 'tree/deep'));
  expect(codes(() => tree({}).write(root))).toEqual(['SymbolicLink tree/deep/b.yaml']);
  expect(there('precious/b.yaml')).toBe(true);
});

test('a record that names files outside its folder is refused, and those files stay', () => {
  put('precious', 'precious\n');
  put(RECORD, JSON.stringify({ files: ['../precious'] }));
  const repository = tree({ 'tree/a.yaml': 'a\n' });
  expect(() => repository.write(root)).toThrow("the record of ownership names '../precious', which is not a path inside its folder");
  expect(() => repository.check(root)).toThrow('InvalidRecord');
  expect(there('precious')).toBe(true);
});

test.each([['not JSON', '{'], ['no list', '{"files": {}}'], ['nothing', 'null'], ['a number for a path', '{"files": [1]}']])('a record with %s in it is refused', (_, record) => {
  put(RECORD, record);
  expect(codes(() => tree({}).write(root))).toEqual([`InvalidRecord ${RECORD}`]);
});

test('a folder where a file belongs, and a file where a folder belongs, are refused', () => {
  put('tree/a.yaml/x', 'x');
  put('tree/deep', 'a file');
  expect(codes(() => tree({ 'tree/a.yaml': 'a\n', 'tree/deep/b.yaml': 'b\n' }).write(root))).toEqual(['NotAFile tree/a.yaml', 'NotAFile tree/deep/b.yaml']);
});

test('two trees share a repository and leave each other alone', () => {
  const staging = new Repository({ files: { 'argocd/base/p.yaml': 'p\n', 'argocd/overlays/staging/a.yaml': 'a\n' }, folders: ['argocd/base', 'argocd/overlays/staging'] });
  const production = new Repository({ files: { 'argocd/base/p.yaml': 'p\n', 'argocd/overlays/production/a.yaml': 'a\n' }, folders: ['argocd/base', 'argocd/overlays/production'] });
  staging.write(root);
  production.write(root);
  expect([staging.check(root), production.check(root)]).toEqual([[], []]);
});

test('check of a working copy that is not there lists everything', () => {
  expect(tree({ 'tree/a.yaml': 'a\n' }).check(path.join(root, 'nowhere'))).toEqual([RECORD, 'tree/a.yaml']);
});

test('check names what would be removed and changes nothing', () => {
  tree({ 'tree/a.yaml': 'a\n', 'tree/b.yaml': 'b\n' }).write(root);
  expect(tree({ 'tree/a.yaml': 'a\n' }).check(root)).toEqual([RECORD, 'tree/b.yaml']);
  expect(there('tree/b.yaml')).toBe(true);
});

test.each(['../a', '/a', 'tree/../../a', 'tree//a', 'tree/./a', 'C:\\a', 'tree/a\nb'])('path %j is refused', (file) => {
  expect(codes(() => tree({ [file]: 'a' }))).toContain(`PathOutsideRepository files['${file}']`);
});

test('a file in no folder of the tree is refused, because nobody would own it', () => {
  expect(codes(() => tree({ 'elsewhere/a': 'a' }))).toEqual(["PathOutsideFolders files['elsewhere/a']"]);
});

test('a folder in a folder is refused, because a file in it would have two owners', () => {
  expect(codes(() => new Repository({ files: {}, folders: ['a', 'a/b'] }))).toEqual(['NestedFolders folders']);
});

test('the files of a repository are a copy, sorted by path', () => {
  const repository = tree({ 'tree/b': 'b', 'tree/a': 'a' });
  expect(Object.keys(repository.files)).toEqual([RECORD, 'tree/a', 'tree/b']);
  repository.files['tree/c'] = 'c';
  expect(Object.keys(repository.files)).toHaveLength(3);
  expect(repository.folders).toEqual(['tree']);
});
