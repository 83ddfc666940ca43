import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { typescript } from 'projen';

/** A package of the monorepo: published from `packages/`, or private in `examples/`, `testing/` and `benchmarks/`. */
export interface Workspace extends typescript.TypeScriptProject {
  /** Folder relative to the root, such as `packages/core`. */
  readonly workspaceDirectory: string;
  /** Packages of this tree that must be compiled before this one. */
  readonly workspaceRefs: Workspace[];
  /** What to bundle into `lib/vendor`, because a jsii package cannot depend on it. */
  readonly vendored: string[];
  /** Whether jsii compiles it. */
  readonly jsii: boolean;
  /** Root of the sources and patterns of sources beside `src`. */
  readonly translation: { readonly rootDir: string; readonly extraSources: string[] };
  /** Whether it is released. */
  readonly published: boolean;
  /** Whether it has tests, but no sources. */
  readonly testsOnly: boolean;
  /** Further cached scripts: name to wireit configuration. */
  readonly extraScripts: Record<string, WireitScript>;
}

/** The part of wireit's configuration that is used here; see https://github.com/google/wireit#reference. */
export interface WireitScript {
  readonly command?: string;
  readonly dependencies?: string[];
  readonly files?: string[];
  readonly output?: string[];
  readonly clean?: boolean | 'if-file-deleted';
  readonly env?: Record<string, string>;
}

/** The part of package.json that is read back. */
export interface PackageManifest {
  readonly version?: string;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

/** package.json as it is on disk: versions and internal ranges belong to changesets, not to projen. */
export function committedManifest(directory: string): PackageManifest {
  const file = path.join(directory, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PackageManifest) : {};
}
