import { Problems } from '@viridial/core';
import { isInnerPath, record, RECORD } from './tree-paths';

type Tree = { readonly [path: string]: string };

/** What stands between a working copy and a tree. */
interface Difference {
  /** Paths to write, sorted, records of ownership not among them. */
  readonly write: string[];
  /** Paths to remove, sorted. */
  readonly remove: string[];
  /** Records of ownership to write, sorted. */
  readonly records: string[];
  /** Files of ours that are there, by the folder that owns them. */
  readonly owned: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The file system and the paths of Node, loaded only when a working copy is touched. */
function node(): { fs: typeof import('node:fs'); path: typeof import('node:path') } {
  return { fs: process.getBuiltinModule('node:fs'), path: process.getBuiltinModule('node:path') };
}

/** Collects a problem when a part of the path below the root is a symbolic link, or a file where a folder is needed. */
function isReachable(root: string, file: string, problems: Problems): boolean {
  const { fs, path } = node();
  const segments = file.split('/');
  let current = root;
  for (const [index, segment] of segments.entries()) {
    current = path.join(current, segment);
    const found = fs.lstatSync(current, { throwIfNoEntry: false });
    if (!found) return true;
    const last = index === segments.length - 1;
    const where = segments.slice(0, index + 1).join('/');
    if (found.isSymbolicLink()) {
      problems.error({
        code: 'SymbolicLink',
        path: file,
        message: `'${where}' is a symbolic link, behind which nothing is written`,
        value: where,
        cure: 'replace the link by what it points at, or move it away',
      });
      return false;
    }
    if (last ? !found.isFile() : !found.isDirectory()) {
      problems.error({ code: 'NotAFile', path: file, message: `'${where}' is not a ${last ? 'file' : 'folder'}`, value: where, cure: 'move it away' });
      return false;
    }
  }
  return true;
}

function read(root: string, file: string): string | undefined {
  const { fs, path } = node();
  const absolute = path.join(root, file);
  return fs.existsSync(absolute) ? fs.readFileSync(absolute, 'utf8') : undefined;
}

/** Paths, from the root, that the record of a folder names. The record is a file like any other: what it says is not trusted. */
function readRecord(root: string, folder: string, problems: Problems): Set<string> {
  const file = `${folder}/${RECORD}`;
  if (!isReachable(root, file, problems)) return new Set();
  const text = read(root, file);
  if (text === undefined) return new Set();
  const fault = (message: string): Set<string> => {
    problems.error({
      code: 'InvalidRecord', path: file, message, cure: 'restore it from Git, or remove it together with the files that were written beside it',
    });
    return new Set();
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return fault('the record of ownership is not JSON');
  }
  const files: unknown = (parsed as { files?: unknown } | null)?.files;
  if (!Array.isArray(files)) return fault('the record of ownership has no list of files');
  const strange = files.find((path) => !isInnerPath(path));
  if (strange !== undefined) return fault(`the record of ownership names '${strange}', which is not a path inside its folder`);
  return new Set(files.map((path) => `${folder}/${path}`));
}

function difference(root: string, tree: Tree, folders: string[], problems: Problems): Difference {
  const owned = new Map(folders.map((folder) => [folder, readRecord(root, folder, problems)]));
  const ours = new Set([...owned.values()].flatMap((files) => [...files]));
  const records = new Set(folders.map((folder) => `${folder}/${RECORD}`));
  const write: string[] = [];
  const changedRecords: string[] = [];
  for (const file of Object.keys(tree)) {
    if (!isReachable(root, file, problems)) continue;
    const found = read(root, file);
    if (found === tree[file]) continue;
    if (records.has(file)) {
      changedRecords.push(file);
      continue;
    }
    if (found !== undefined && !ours.has(file)) {
      problems.error({
        code: 'NotOurs',
        path: file,
        message: `a file that Viridial did not write is where '${file}' belongs`,
        value: file,
        cure: 'move it away, or give the tree another path',
      });
      continue;
    }
    write.push(file);
  }
  const unwanted = [...ours].filter((file) => !Object.hasOwn(tree, file) && !records.has(file));
  const remove = unwanted.filter((file) => isReachable(root, file, problems) && read(root, file) !== undefined);
  return { write: write.sort(), remove: remove.sort(), records: changedRecords.sort(), owned };
}

/** Removes a file and every folder above it that is empty then. */
function removeFile(root: string, file: string): void {
  const { fs, path } = node();
  fs.rmSync(path.join(root, file));
  for (let folder = path.dirname(file); folder !== '.'; folder = path.dirname(folder)) {
    if (fs.readdirSync(path.join(root, folder)).length > 0) return;
    fs.rmdirSync(path.join(root, folder));
  }
}

function writeFile(root: string, file: string, text: string): void {
  const { fs, path } = node();
  const absolute = path.join(root, file);
  fs.mkdirSync(path.dirname(absolute), { recursive: true });
  fs.writeFileSync(absolute, text);
}

/** Brings a working copy to a tree. Everything is checked before anything is written. */
export function writeTree(directory: string, tree: Tree, folders: string[]): void {
  const { fs, path } = node();
  const problems = new Problems();
  const root = path.resolve(directory);
  const { write, remove, records, owned } = difference(root, tree, folders, problems);
  problems.throwIfErrors(`working copy '${directory}'`);
  if (write.length + remove.length + records.length === 0) return;
  fs.mkdirSync(root, { recursive: true });
  // what is about to appear is recorded first, so that a call that was cut short can be repeated
  for (const [folder, before] of owned) {
    const after = Object.keys(tree).filter((file) => file.startsWith(`${folder}/`) && !file.endsWith(`/${RECORD}`));
    const both = record([...new Set([...before, ...after])].map((file) => file.slice(folder.length + 1)));
    if (read(root, `${folder}/${RECORD}`) !== both) writeFile(root, `${folder}/${RECORD}`, both);
  }
  for (const file of write) writeFile(root, file, tree[file]);
  for (const file of remove) removeFile(root, file);
  for (const folder of folders) {
    const file = `${folder}/${RECORD}`;
    if (read(root, file) !== tree[file]) writeFile(root, file, tree[file]);
  }
}

/** Paths of a working copy that `writeTree` would change, or could not. */
export function checkTree(directory: string, tree: Tree, folders: string[]): string[] {
  const { path } = node();
  const problems = new Problems();
  const { write, remove, records } = difference(path.resolve(directory), tree, folders, problems);
  const unreadable = new Problems();
  unreadable.addAll(problems.errors.filter((problem) => problem.code === 'InvalidRecord'));
  unreadable.throwIfErrors(`working copy '${directory}'`);
  return [...new Set([...write, ...remove, ...records, ...problems.errors.map((problem) => problem.path)])].sort();
}
