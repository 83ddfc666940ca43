import { Problems } from '@viridial/core';

/** Name of the record of ownership in every folder of a tree. */
export const RECORD = '.viridial-owned.json';

const COMMENT = 'Written by Viridial: the files below are made from a program and written anew by it. Every other file is left alone.';
const SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9._@+-]+$/;

/** Whether a path stays below where it starts and means the same on every machine. */
export function isInnerPath(path: unknown): path is string {
  return typeof path === 'string' && path.split('/').every((segment) => SEGMENT.test(segment));
}

/** The record of one folder: its files by their path in it. */
export function record(paths: string[]): string {
  return `${JSON.stringify({ comment: COMMENT, files: [...paths].sort() }, undefined, 2)}\n`;
}

/** Checks the paths of a tree and adds the records of ownership. */
export function normalizedTree(files: { [path: string]: string }, folders: string[]): { files: { [path: string]: string }; folders: string[] } {
  const problems = new Problems();
  const byFolder = new Map<string, string[]>([...new Set(folders)].sort().map((folder) => [folder, []]));
  for (const path of [...Object.keys(files), ...byFolder.keys()].filter((each) => !isInnerPath(each))) {
    problems.error({
      code: 'PathOutsideRepository', path: `files['${path}']`, message: `'${path}' is not a path inside the repository`, value: path, allowed: 'names joined by slashes, without .. and drive letters',
    });
  }
  for (const folder of byFolder.keys()) {
    const outer = enclosingFolder(folder, byFolder);
    if (outer !== undefined) {
      problems.error({
        code: 'NestedFolders', path: 'folders', message: `folder '${folder}' lies in folder '${outer}'`, value: folder, allowed: 'folders side by side', cure: 'keep the outer one only',
      });
    }
  }
  for (const path of Object.keys(files)) {
    const folder = enclosingFolder(path, byFolder);
    if (folder === undefined) {
      problems.error({
        code: 'PathOutsideFolders', path: `files['${path}']`, message: `'${path}' lies in no folder of the tree`, value: path, allowed: [...byFolder.keys()].join(', '),
      });
      continue;
    }
    byFolder.get(folder)!.push(path.slice(folder.length + 1));
  }
  problems.throwIfErrors('tree of the repository');
  const all = { ...files };
  for (const [folder, paths] of byFolder) all[`${folder}/${RECORD}`] = record(paths);
  return {
    files: Object.fromEntries(Object.keys(all).sort().map((path) => [path, all[path]])),
    folders: [...byFolder.keys()],
  };
}

/** Longest prefix of a path that is a folder of the tree. */
function enclosingFolder(path: string, folders: ReadonlyMap<string, unknown>): string | undefined {
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    if (folders.has(path.slice(0, slash))) return path.slice(0, slash);
  }
  return undefined;
}
