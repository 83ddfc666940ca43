import { readdirSync, readFileSync, statSync } from 'fs';
import { extname, join } from 'path';
import { Problem, Problems } from '@viridial/core';
import { IManifestSource } from './manifest-source';
import { isObject } from './private/shape';
import { compareText, show } from './private/text';
import { readYaml } from './private/yaml';

/** How files are read. */
export interface ManifestFilesOptions {
  /**
   * Whether files and documents that cannot be read as manifests are left out instead of being errors. What is left out is
   * not judged: look at `skipped`.
   *
   * @default false
   */
  readonly skipUnreadable?: boolean;
}

/**
 * Manifests out of YAML or JSON: a directory, a file, a text. The only part of the library that touches a file.
 *
 * Documents are read as kubectl reads them (YAML 1.1 without dates), empty ones are skipped. What is no YAML, still a template
 * of Helm, or no Kubernetes object is an error that names file, document and line; all errors are told together.
 */
export class ManifestFiles implements IManifestSource {
  /**
   * Reads a file, or every `.yaml`, `.yml` and `.json` file of a directory and those below it, in order of their names.
   * Hidden directories and `node_modules` are left out.
   *
   * @param path the file or directory
   * @param options how files are read
   * @throws InvalidInputError when there is no such file, no manifest in it, or with everything that is no manifest
   */
  public static read(path: string, options: ManifestFilesOptions = {}): ManifestFiles {
    const files = new ManifestFiles(options);
    const found = filesOf(path);
    if (found === undefined) {
      files.problems.error({ code: 'NoSuchFile', path, message: `there is no file or directory ${show(path)}`, value: path, cure: 'check the path; it is relative to the working directory' });
    } else if (found.length === 0) {
      files.problems.error({ code: 'NoManifests', path, message: 'the directory has no manifests', allowed: 'files that end in .yaml, .yml or .json' });
    }
    for (const file of found ?? []) files.add(readFileSync(file, 'utf8'), file);
    return files.checked(path);
  }

  /**
   * Reads a text of YAML or JSON with one document or several.
   *
   * @param text the text
   * @param name what the text is called in errors
   * @param options how it is read
   * @throws InvalidInputError with everything that is no manifest
   */
  public static parse(text: string, name: string = 'manifests', options: ManifestFilesOptions = {}): ManifestFiles {
    const files = new ManifestFiles(options);
    files.add(text, name);
    return files.checked(name);
  }

  private readonly byFile = new Map<string, any[]>();
  private readonly left: Problem[] = [];
  private readonly problems = new Problems();

  private constructor(private readonly options: ManifestFilesOptions) {}

  /** The manifests of all files. */
  public manifests(): any[] {
    return [...this.byFile.values()].flat();
  }

  /** The files that manifests were read from, in order. */
  public get files(): string[] {
    return [...this.byFile.keys()];
  }

  /** What was left out, because `skipUnreadable` says so, with the reasons. */
  public get skipped(): string[] {
    return this.left.map((problem) => problem.toString());
  }

  /**
   * The manifests of one file.
   *
   * @param file its path, as in `files`
   */
  public manifestsOf(file: string): any[] {
    return [...this.byFile.get(file) ?? []];
  }

  private add(text: string, file: string): void {
    const found: Problems = new Problems();
    const manifests = readYaml(text).flatMap(({ value, fault }, index): any[] => {
      const path = `${file} document ${index + 1}`;
      if (fault?.template) {
        found.error({
          code: 'TemplateNotRendered',
          path: file,
          message: `the file is a template, not a manifest${fault.line === undefined ? '' : ` (line ${fault.line})`}`,
          cure: 'render the chart with helm template, and judge what comes out',
        });
      } else if (fault !== undefined) {
        found.error({ code: 'InvalidYaml', path: `${file}${fault.line === undefined ? '' : ` line ${fault.line}`}`, message: fault.message, cure: 'correct the YAML' });
      } else if (value !== null && value !== undefined) {
        if (isObject(value) && typeof value.kind === 'string' && typeof value.apiVersion === 'string') return [value];
        found.error({
          code: 'NotAManifest', path, message: `${show(value)} is no Kubernetes object`, allowed: 'an object with apiVersion and kind', cure: 'leave out files that hold values or settings',
        });
      }
      return [];
    });
    if (this.options.skipUnreadable) this.left.push(...found.all);
    else this.problems.addAll(found.all);
    if (manifests.length > 0) this.byFile.set(file, manifests);
  }

  private checked(subject: string): this {
    this.problems.throwIfErrors(subject);
    return this;
  }
}

function filesOf(path: string): string[] | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  return found.isDirectory() ? below(path) : [path];
}

function below(directory: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name));
  return entries.flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('.') || entry.name === 'node_modules' ? [] : below(path);
    return ['.yaml', '.yml', '.json'].includes(extname(entry.name)) ? [path] : [];
  });
}
