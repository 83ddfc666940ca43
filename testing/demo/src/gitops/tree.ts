import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';

/** One object of the tree and the file it stands in. */
export interface TreeObject {
  readonly file: string;
  readonly object: { [key: string]: any };
}

/** The YAML documents of a GitOps tree as they lie on disk, read by a parser that knows nothing of the writer. */
export class Tree {
  /** Reads every YAML file below the folder. */
  public static read(directory: string): Tree {
    const objects: TreeObject[] = [];
    const problems: string[] = [];
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name));
    for (const entry of entries) {
      const full = path.join(entry.parentPath, entry.name);
      const file = path.relative(directory, full);
      for (const document of parseAllDocuments(readFileSync(full, 'utf8'))) {
        for (const error of document.errors) problems.push(`${file}: ${error.message.split('\n')[0]}`);
        const object: unknown = document.toJS();
        if (object && typeof object === 'object') objects.push({ file, object });
        else if (object !== null) problems.push(`${file}: a document is not an object`);
      }
    }
    return new Tree(directory, objects.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)), problems);
  }

  private constructor(public readonly directory: string, public readonly objects: TreeObject[], public readonly problems: string[]) {}

  /** Objects of a kind. */
  public ofKind(kind: string): TreeObject[] {
    return this.objects.filter(({ object }) => object.kind === kind);
  }

  /** Objects in files below a folder of the tree. */
  public below(folder: string): TreeObject[] {
    const prefix = path.normalize(folder).replace(/\/$/, '');
    return this.objects.filter(({ file }) => prefix === '.' || file.startsWith(`${prefix}/`));
  }
}
