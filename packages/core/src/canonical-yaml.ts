import { yamlFaults } from './private/yaml-faults';
import { Unwritable, writeDocument } from './private/yaml-writer';
import { Problems } from './problems';

/**
 * Writes plain objects as YAML: the same bytes for the same object, on every machine.
 *
 * Text that some reader of YAML 1.1 or 1.2 takes for anything else (`no`, `1.30`, `12:30`, `2026-11-21`, `<<`, `=`)
 * stands in double quotes; text of several lines is a block literal; lines are never folded. In the outermost map
 * apiVersion, kind, metadata and spec come first, all other keys keep their order. Entries that are undefined are
 * left out. Comments, anchors and tags are never written.
 */
export class CanonicalYaml {
  /**
   * One document, ended by a line feed.
   *
   * @param value a map, list, text, finite number, boolean or null
   * @throws InvalidInputError with the path of every part that has no YAML form: NaN, functions, objects of a class,
   * undefined in a list, what holds itself
   */
  public static stringify(value: any): string {
    try {
      return writeDocument(value);
    } catch (error) {
      if (!(error instanceof Unwritable)) throw error;
      const problems = new Problems();
      for (const fault of yamlFaults(value)) problems.error(fault);
      problems.throwIfErrors('YAML document');
      throw error;
    }
  }

  /**
   * Several documents, with `---` between them; empty for none.
   *
   * @param documents the documents in order
   * @throws InvalidInputError as `stringify`, for all documents together
   */
  public static stringifyAll(documents: any[]): string {
    const problems = new Problems();
    const texts: string[] = [];
    documents.forEach((document, index) => {
      try {
        texts.push(writeDocument(document));
      } catch (error) {
        if (!(error instanceof Unwritable)) throw error;
        for (const fault of yamlFaults(document)) problems.error({ ...fault, path: `[${index}]${fault.path === '' || fault.path.startsWith('[') ? '' : '.'}${fault.path}` });
      }
    });
    problems.throwIfErrors('YAML documents');
    return texts.join('---\n');
  }

  private constructor() {}
}
