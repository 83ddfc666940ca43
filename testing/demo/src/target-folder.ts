import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { CanonicalYaml, Manifests } from '@viridial/core';

/** `dist/demo/<target>/`: the same layout for every target, so that people and tools find things. */
export class TargetFolder {
  private objects = 0;

  /** Empties the folder, so that nothing of an earlier run is taken for this one's. */
  constructor(public readonly directory: string) {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
  }

  /** Kubernetes objects and cloud resources counted so far. */
  public get objectCount(): number {
    return this.objects;
  }

  /** Adds to the count of objects. */
  public count(objects: number): void {
    this.objects += objects;
  }

  /** Absolute path of a file of this folder. */
  public path(...segments: string[]): string {
    return path.join(this.directory, ...segments);
  }

  /** Writes a text file, making its folders. */
  public text(file: string, content: string): void {
    const full = this.path(file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, content.endsWith('\n') ? content : `${content}\n`);
  }

  /** Writes a JSON file with two spaces. */
  public json(file: string, value: unknown): void {
    this.text(file, JSON.stringify(value, undefined, 2));
  }

  /** Writes the plain objects that are applied at bootstrap, one file a namespace, in an order that can be applied. */
  public manifests(manifests: { [key: string]: any }[]): void {
    const byNamespace = new Map<string, { [key: string]: any }[]>();
    for (const manifest of Manifests.order(manifests)) {
      const key: string = manifest.metadata.namespace ?? (manifest.kind === 'Namespace' ? manifest.metadata.name : 'cluster');
      byNamespace.set(key, [...(byNamespace.get(key) ?? []), manifest]);
    }
    for (const [name, objects] of byNamespace) this.text(`manifests/${name}.yaml`, CanonicalYaml.stringifyAll(objects));
    this.count(manifests.length);
  }
}
