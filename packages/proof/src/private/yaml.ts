import * as vendored from '../vendor/yaml';

/** Where something stands in a text. */
interface Position {
  readonly line: number;
  readonly col: number;
}

/** A document as the parser has it. */
interface ParsedDocument {
  readonly errors: { readonly message: string; readonly linePos?: Position[] }[];
  toJS(options: { maxAliasCount: number }): unknown;
}

interface Tag {
  readonly tag: string;
  readonly format?: string;
}

/** The part of yaml that is used here. Its own types name the package, which consumers do not have. */
interface YamlModule {
  readonly visit: {
    (document: ParsedDocument, visitor: { Pair(key: unknown, pair: { readonly key: unknown }): symbol | undefined }): void;
    readonly BREAK: symbol;
  };
  parseAllDocuments(text: string, options: object): ParsedDocument[];
  isCollection(node: unknown): boolean;
}

const { parseAllDocuments, visit, isCollection } = vendored as unknown as YamlModule;

/** More references than this to one anchor are an attack and no manifest. */
const MOST_ALIASES = 100;

/** Why a document cannot be used. */
export interface YamlFault {
  readonly line: number | undefined;
  readonly message: string;

  /** It is not YAML yet, but a template of it. */
  readonly template: boolean;
}

/** A document: its value, or why there is none. */
export interface YamlDocument {
  readonly value: unknown;
  readonly fault: YamlFault | undefined;
}

/**
 * The documents of a text as kubectl reads them: YAML 1.1, in which `on` and `yes` are true and `0644` is octal, but without
 * its dates and sexagesimal numbers; a key must not be there twice.
 *
 * @see https://github.com/kubernetes-sigs/yaml
 */
export function readYaml(text: string): YamlDocument[] {
  const options = {
    version: '1.1',
    merge: true,
    uniqueKeys: true,
    prettyErrors: true,
    customTags: (tags: (Tag | string)[]) => tags.filter((tag) => typeof tag === 'string' || (!tag.tag.endsWith(':timestamp') && tag.format !== 'TIME')),
  };
  return parseAllDocuments(text, options).map((document): YamlDocument => {
    const [error] = document.errors;
    if (error !== undefined) {
      const message = error.message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, '');
      return { value: undefined, fault: { line: error.linePos?.[0].line, message: message.charAt(0).toLowerCase() + message.slice(1), template: text.includes('{{') } };
    }
    if (isTemplate(document)) return { value: undefined, fault: { line: undefined, message: 'a template stands where a value is expected', template: true } };
    try {
      return { value: document.toJS({ maxAliasCount: MOST_ALIASES }), fault: undefined };
    } catch (thrown) {
      return { value: undefined, fault: { line: undefined, message: (thrown as Error).message.split('\n')[0].toLowerCase(), template: false } };
    }
  });
}

/** `name: {{ .Values.name }}` is YAML: a map whose key is a map, which no manifest has. */
function isTemplate(document: ParsedDocument): boolean {
  let found = false;
  visit(document, {
    Pair: (_, { key }) => {
      if (!isCollection(key)) return undefined;
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}
