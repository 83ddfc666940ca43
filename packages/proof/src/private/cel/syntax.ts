import { CelError } from './cel-error';
import { OPTIONAL_MARK, rewriteSource } from './source';
import { Uint, Value } from './values';

/** One part of an expression. */
export type Node =
  | { readonly op: 'literal'; readonly value: Value }
  | { readonly op: 'name'; readonly name: string }
  | { readonly op: 'select' | 'optionalSelect' | 'has'; readonly of: Node; readonly field: string }
  | { readonly op: 'index' | 'optionalIndex'; readonly of: Node; readonly index: Node }
  | { readonly op: 'call'; readonly name: string; readonly receiver: Node | undefined; readonly args: Node[] }
  | { readonly op: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly op: 'choice'; readonly condition: Node; readonly then: Node; readonly otherwise: Node }
  | { readonly op: 'list'; readonly elements: { readonly value: Node; readonly optional: boolean }[] }
  | { readonly op: 'map'; readonly entries: { readonly key: Node; readonly value: Node; readonly optional: boolean }[] }
  | { readonly op: 'macro'; readonly macro: string; readonly over: Node; readonly names: string[]; readonly bodies: Node[] };

/** Macros over lists and maps: how many variables and how many expressions they take. */
const MACROS: { readonly [call: string]: [variables: number, bodies: number] } = {
  'all/2': [1, 1],
  'exists/2': [1, 1],
  'exists_one/2': [1, 1],
  'map/2': [1, 1],
  'map/3': [1, 2],
  'filter/2': [1, 1],
  'all/3': [2, 1],
  'exists/3': [2, 1],
  'exists_one/3': [2, 1],
  'existsOne/3': [2, 1],
  'transformList/3': [2, 1],
  'transformList/4': [2, 2],
  'transformMap/3': [2, 1],
  'transformMap/4': [2, 2],
  'transformMapEntry/3': [2, 1],
  'transformMapEntry/4': [2, 2],
  'optMap/2': [1, 1],
  'optFlatMap/2': [1, 1],
  'sortBy/2': [1, 1],
};

let parser: ((source: string) => any) | undefined;

/**
 * Reads an expression into a tree.
 *
 * @throws CelError when it is not CEL
 */
export function parse(source: string): Node {
  const rewritten = rewriteSource(source);
  let tree: any;
  try {
    tree = loadParser()(rewritten);
  } catch (error) {
    throw error instanceof CelError ? error : new CelError(`syntax error: ${(error as { summary?: string }).summary ?? (error as Error).message}`);
  }
  return translate(tree);
}

/** The parser is loaded when the first expression is read: most programs never read one. */
function loadParser() {
  if (parser === undefined) {
    const limits = { maxAstNodes: 100_000, maxDepth: 250, maxListElements: 100_000, maxMapEntries: 100_000, maxCallArguments: 100 };
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { Environment } = require('../../vendor/marcbachmann-cel-js') as typeof import('../../vendor/marcbachmann-cel-js');
    const environment = new Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true, limits });
    parser = (source) => environment.parse(source).ast;
  }
  return parser;
}

function translate(node: any): Node {
  const { op, args } = node as { op: string; args: any };
  switch (op) {
    case 'value': return { op: 'literal', value: literal(args) };
    case 'id': return { op: 'name', name: args };
    case '.': return { op: 'select', of: translate(args[0]), field: args[1] };
    case '.?': return { op: 'optionalSelect', of: translate(args[0]), field: args[1] };
    case '[]': return { op: 'index', of: translate(args[0]), index: translate(args[1]) };
    case '[?]': return { op: 'optionalIndex', of: translate(args[0]), index: translate(args[1]) };
    case '&&': return { op: 'and', left: translate(args[0]), right: translate(args[1]) };
    case '||': return { op: 'or', left: translate(args[0]), right: translate(args[1]) };
    case '?:': return choice(args);
    case '-_': return negate(args);
    case '!_': return { op: 'call', name: op, receiver: undefined, args: [translate(args)] };
    case 'list': return { op: 'list', elements: marked(args as any[], isMark).map(([value, optional]) => ({ value: translate(value), optional })) };
    case 'map': return {
      op: 'map',
      entries: marked(args as any[], ([key]: any[]) => isMark(key))
        .map(([[key, value], optional]) => ({ key: translate(key), value: translate(value), optional })),
    };
    case 'call': return call(args[0], undefined, args[1]);
    case 'rcall': return call(args[0], args[1], args[2]);
    default: return { op: 'call', name: op, receiver: undefined, args: [translate(args[0]), translate(args[1])] };
  }
}

/** Between `?` and `:` cel-go takes another choice in parentheses only. */
function choice([condition, then, otherwise]: any[]): Node {
  if (then.op === '?:' && !/\(\s*$/.test((then.input as string).slice(0, then.start))) throw new CelError("syntax error: mismatched input '?' expecting ':'");
  return { op: 'choice', condition: translate(condition), then: translate(then), otherwise: translate(otherwise) };
}

function call(name: string, receiver: any, args: any[]): Node {
  if (receiver === undefined) {
    if (name !== 'has') return { op: 'call', name, receiver, args: args.map(translate) };
    const [field] = args.map(translate);
    if (args.length !== 1 || field.op !== 'select') throw new CelError('syntax error: invalid argument to has() macro');
    return { op: 'has', of: field.of, field: field.field };
  }
  const macro = MACROS[`${name}/${args.length}`];
  if (macro === undefined || !Object.hasOwn(MACROS, `${name}/${args.length}`)) return { op: 'call', name, receiver: translate(receiver), args: args.map(translate) };
  const names = args.slice(0, macro[0]).map((variable: any) => {
    if (variable.op !== 'id') throw new CelError('syntax error: argument must be a simple name');
    return variable.args;
  });
  if (new Set(names).size < names.length) throw new CelError(`syntax error: duplicate variable name: ${names[0]}`);
  return { op: 'macro', macro: name === 'existsOne' ? 'exists_one' : name, over: translate(receiver), names, bodies: args.slice(macro[0]).map(translate) };
}

function literal(value: any): Value {
  if (typeof value === 'bigint') {
    if (value > 9223372036854775807n) throw new CelError('syntax error: invalid int literal');
    return value;
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const unsigned = BigInt(value.valueOf());
  if (unsigned > 18446744073709551615n) throw new CelError('syntax error: invalid uint literal');
  return new Uint(unsigned);
}

/** The least int has no positive counterpart, so its sign belongs to the number. */
function negate(operand: any): Node {
  if (operand.op === 'value' && operand.args === 9223372036854775808n) return { op: 'literal', value: -operand.args };
  const of = translate(operand);
  if (of.op === 'literal' && (typeof of.value === 'bigint' || typeof of.value === 'number') && of.value > 0) return { op: 'literal', value: -of.value };
  return { op: 'call', name: '-_', receiver: undefined, args: [of] };
}

function isMark(node: any): boolean {
  return node.op === 'id' && node.args === OPTIONAL_MARK;
}

/** Elements with whether a mark stands before them. */
function marked<T>(elements: T[], mark: (element: T) => boolean): [T, boolean][] {
  return elements.flatMap((element, index): [T, boolean][] => (mark(element) ? [] : [[element, index > 0 && mark(elements[index - 1])]]));
}
