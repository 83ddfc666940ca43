// What projen generates, and whether it is as committed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Digest of every file that projen owns, by path; a missing file has an empty digest. */
export function generatedDigests(root: string): Map<string, string> {
  const manifests = globSync('{.,packages/*,examples/*,testing/*}/.projen/files.json', { cwd: root });
  const owned = manifests.flatMap((manifest) => {
    const { files } = JSON.parse(readFileSync(path.join(root, manifest), 'utf8')) as { files: string[] };
    return files.map((file) => path.join(path.dirname(path.dirname(manifest)), file));
  });
  const unmarked = ['package-lock.json', ...globSync('{packages,examples,testing}/*/{package.json,tsconfig.json,test/tsconfig.json}', { cwd: root, exclude: (f) => f.includes('node_modules') })];
  return new Map([...new Set([...owned, ...unmarked])].sort().map((file) => {
    const full = path.join(root, file);
    return [file, existsSync(full) ? createHash('sha256').update(readFileSync(full)).digest('hex') : ''];
  }));
}

/** The files whose content differs. */
export function changedFiles(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((file) => (before.get(file) ?? '') !== (after.get(file) ?? '')).sort();
}

/** Files matching the patterns that differ from the last commit; undefined outside a Git checkout. */
export function uncommitted(root: string, patterns: string[]): string[] | undefined {
  try {
    const out = execFileSync('git', ['status', '--porcelain', '--untracked-files=all', '--', ...patterns], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return out.split('\n').filter(Boolean).map((line) => line.slice(3));
  } catch {
    return undefined;
  }
}
