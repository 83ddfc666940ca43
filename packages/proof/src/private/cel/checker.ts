import { CelError } from './cel-error';
import { CLAUSES, parseFormat, wrongValue } from './library/format-text';
import { dispatch, Library } from './library/library';
import { compileRegex } from './library/re2';
import { Node } from './syntax';
import { assign, Bindings, DYN, filled, isDyn, join, OPEN, same, showType, Type, type } from './types';
import { kindOf, TypeValue, Value } from './values';

/** What an expression may name: variables, and the fields of the types that have declared ones. */
export interface Declarations {
  /** Types of variables; a name may contain dots. */
  readonly variables: Map<string, Type>;

  /** Fields of objects, by the name of their type. */
  readonly fields: Map<string, Map<string, Type>>;
  readonly library: Library;
}

const BOOL = type('bool');
const INT = type('int');

/** Types that may be named like a variable. */
export const TYPE_NAMES: { readonly [name: string]: TypeValue } = Object.fromEntries([
  'bool', 'int', 'uint', 'double', 'string', 'bytes', 'list', 'map', 'null_type', 'type', 'optional_type',
  'google.protobuf.Timestamp', 'google.protobuf.Duration', 'net.IP', 'net.CIDR',
].map((name) => [name, new TypeValue(name)]));

/** `a.b.c` of a chain of fields that begins with a name. */
export function dotted(node: Node): string | undefined {
  if (node.op === 'name') return node.name;
  if (node.op !== 'select') return undefined;
  const of = dotted(node.of);
  return of === undefined ? undefined : `${of}.${node.field}`;
}

/**
 * Finds names, functions and combinations of types that the API server refuses when it takes an expression,
 * and tells the type of what the expression yields. What a manifest holds could be anything.
 */
export class Checker {
  /** How many calls of `format` are around; lists may mix types there. */
  private formats = 0;

  constructor(private readonly declarations: Declarations) {}

  /**
   * The type of what an expression yields.
   *
   * @param node the expression
   * @param scope types of the variables of macros around it
   * @throws CelError when no object could ever make it work
   */
  public check(node: Node, scope: { readonly [name: string]: Type } = {}): Type {
    switch (node.op) {
      case 'literal': return literalType(node.value);
      case 'name': return this.name(node.name, scope);
      case 'select': case 'optionalSelect': case 'has': return this.select(node, scope);
      case 'index': case 'optionalIndex': return this.index(node, scope);
      case 'and': case 'or':
        this.expect(BOOL, node.left, scope, node.op === 'and' ? '_&&_' : '_||_');
        this.expect(BOOL, node.right, scope, node.op === 'and' ? '_&&_' : '_||_');
        return BOOL;
      case 'choice': {
        this.expect(BOOL, node.condition, scope, '_?_:_');
        const then = this.check(node.then, scope);
        const otherwise = this.check(node.otherwise, scope);
        return join(then, otherwise) ?? fail(`found no matching overload for '_?_:_' applied to '(bool, ${showType(then)}, ${showType(otherwise)})'`);
      }
      case 'list': return { name: 'list', args: [this.elements(node.elements, scope)] };
      case 'map': return {
        name: 'map',
        args: [
          this.elements(node.entries.map(({ key }) => ({ value: key, optional: false })), scope),
          this.elements(node.entries, scope),
        ],
      };
      case 'macro': return this.macro(node, scope);
      default: return this.call(node, scope);
    }
  }

  private name(name: string, scope: { readonly [name: string]: Type }): Type {
    if (Object.hasOwn(scope, name)) return scope[name];
    return this.declarations.variables.get(name)
      ?? (Object.hasOwn(TYPE_NAMES, name) ? type('type') : fail(`undeclared reference to '${name}' (in container '')`));
  }

  private select(node: Extract<Node, { of: Node; field: string }>, scope: { readonly [name: string]: Type }): Type {
    const path = node.op === 'select' ? dotted(node) : undefined;
    if (path !== undefined && !Object.hasOwn(scope, path.split('.')[0])) {
      const declared = this.declarations.variables.get(path);
      if (declared !== undefined) return declared;
      if (Object.hasOwn(TYPE_NAMES, path)) return type('type');
    }
    const of = this.check(node.of, scope);
    const optional = of.name === 'optional';
    const field = this.field(optional ? of.args[0] : of, node.field);
    if (node.op === 'has') return BOOL;
    return optional || node.op === 'optionalSelect' ? { name: 'optional', args: [field] } : field;
  }

  private field(of: Type, field: string): Type {
    if (isDyn(of)) return DYN;
    if (of.name === 'map') return of.args[1];
    const fields = this.declarations.fields.get(of.name);
    if (fields === undefined) return fail(`type '${showType(of)}' does not support field selection`);
    return fields.get(field) ?? fail(`undefined field '${field}'`);
  }

  private index(node: Extract<Node, { index: Node }>, scope: { readonly [name: string]: Type }): Type {
    const of = this.check(node.of, scope);
    const index = this.check(node.index, scope);
    const optional = of.name === 'optional';
    const inner = optional ? of.args[0] : of;
    const refused = () => fail(`found no matching overload for '_[_]' applied to '(${showType(of)}, ${showType(index)})'`);
    if (isDyn(inner)) return DYN; // an optional value or not
    let element = DYN;
    if (inner.name === 'list') element = assign(INT, index, new Map()) ? inner.args[0] : refused();
    else if (inner.name === 'map') element = assign(inner.args[0], index, new Map()) ? inner.args[1] : refused();
    else refused();
    return optional || node.op === 'optionalIndex' ? { name: 'optional', args: [element] } : element;
  }

  private elements(elements: { readonly value: Node; readonly optional: boolean }[], scope: { readonly [name: string]: Type }): Type {
    let joined: Type | undefined;
    for (const { value, optional } of elements) {
      let own = this.check(value, scope);
      if (optional) own = own.name === 'optional' ? own.args[0] : isDyn(own) ? DYN : fail(`expected type 'optional_type(_)' but found '${showType(own)}'`);
      if (joined !== undefined && this.formats === 0 && !same(joined, own)) fail(`expected type '${showType(joined)}' but found '${showType(own)}'`);
      joined = joined === undefined ? own : join(joined, own) ?? DYN;
    }
    return joined ?? OPEN;
  }

  private macro(node: Extract<Node, { op: 'macro' }>, scope: { readonly [name: string]: Type }): Type {
    const over = this.check(node.over, scope);
    const { macro, names, bodies } = node;
    const inner = this.ranged(over, macro, names.length).map((own, index) => [names[index], own]);
    const own = { ...scope, ...Object.fromEntries(inner) as { [name: string]: Type } };
    const bodyTypes = bodies.map((body) => this.check(body, own));
    const last = bodyTypes[bodyTypes.length - 1];
    const tests = macro === 'all' || macro === 'exists' || macro === 'exists_one' || macro === 'filter' ? bodyTypes : bodyTypes.slice(0, -1);
    for (const test of tests) if (!assign(BOOL, test, new Map())) fail(`expected type 'bool' but found '${showType(test)}'`);
    switch (macro) {
      case 'map': case 'transformList': return { name: 'list', args: [last] };
      case 'filter': return { name: 'list', args: [own[names[0]]] };
      case 'sortBy': return over;
      case 'transformMap': return { name: 'map', args: [over.name === 'map' ? over.args[0] : over.name === 'list' ? INT : DYN, last] };
      case 'transformMapEntry': return last.name === 'map' ? last : isDyn(last) ? type('map<dyn, dyn>') : fail(`expected a map literal but found '${showType(last)}'`);
      case 'optMap': return { name: 'optional', args: [last] };
      case 'optFlatMap': return last.name === 'optional' ? last : isDyn(last) ? type('optional<dyn>') : fail(`expected type 'optional_type' but found '${showType(last)}'`);
      default: return BOOL;
    }
  }

  /** Types of the variables of a macro over values of a type. */
  private ranged(over: Type, macro: string, count: number): Type[] {
    if (isDyn(over)) return [DYN, DYN].slice(0, count);
    if (macro === 'optMap' || macro === 'optFlatMap') return over.name === 'optional' ? over.args : fail(`${macro} is for optional values, not '${showType(over)}'`);
    if (over.name === 'list') return count === 1 ? over.args : [INT, over.args[0]];
    if (over.name === 'map' && macro !== 'sortBy') return over.args.slice(0, count);
    return fail(`expression of type '${showType(over)}' cannot be range of a comprehension (must be list, map, or dynamic)`);
  }

  private call(node: Extract<Node, { op: 'call' }>, scope: { readonly [name: string]: Type }): Type {
    const { library } = this.declarations;
    const path = node.receiver === undefined ? undefined : dotted(node.receiver);
    const qualified = path === undefined ? undefined : `${path}.${node.name}`;
    const free = node.receiver === undefined || (qualified !== undefined && library.has(qualified));
    const name = free ? qualified ?? node.name : `.${node.name}`;
    if (!library.has(name)) return fail(`undeclared reference to '${node.name}' (in container '')`);
    const nodes = [...(free ? [] : [node.receiver!]), ...node.args];
    if (name === '.format') this.formats++;
    const args = nodes.map((arg) => this.check(arg, scope));
    let result: Type | undefined;
    for (const overload of library.find(name, args.length)) {
      const bindings: Bindings = new Map();
      if (!overload.args.every((declared, index) => assign(declared, args[index], bindings))) continue;
      const own = filled(overload.result, bindings);
      result = result === undefined || same(result, own) ? own : DYN;
    }
    const shown = free ? `(${args.map(showType).join(', ')})` : `${showType(args[0])}.(${args.slice(1).map(showType).join(', ')})`;
    if (result === undefined) fail(`found no matching overload for '${name.replace(/^\./, '')}' applied to '${shown}'`);
    checkConstants(name, nodes, library, (of) => this.check(of, scope));
    if (name === '.format') this.formats--;
    return result;
  }

  private expect(declared: Type, node: Node, scope: { readonly [name: string]: Type }, operator: string): void {
    const actual = this.check(node, scope);
    if (!assign(declared, actual, new Map())) fail(`found no matching overload for '${operator}' applied to '${showType(actual)}'`);
  }
}

const CONVERSIONS = new Set(['bool', 'bytes', 'double', 'duration', 'int', 'string', 'timestamp', 'uint']);

/** What fails with the very constants of an expression is refused with it. */
function checkConstants(name: string, nodes: Node[], library: Library, typeOf: (node: Node) => Type): void {
  const constants = nodes.map((node) => (node.op === 'literal' ? node.value : undefined));
  if (name === 'duration' && constants[0] !== undefined && typeof constants[0] !== 'string') fail('invalid duration argument');
  if (CONVERSIONS.has(name) && nodes.length === 1 && constants[0] !== undefined) dispatch(library.find(name, 1), [constants[0]]);
  const pattern = /^(?:\.find|\.findAll|\.?matches)$/.test(name) ? constants[1] : undefined;
  if (typeof pattern === 'string') compileRegex(pattern);
  if (name === '.format' && typeof constants[0] === 'string' && nodes[1].op === 'list') checkFormat(constants[0], nodes[1].elements.map(({ value }) => value), typeOf);
}

function checkFormat(format: string, values: Node[], typeOf: (node: Node) => Type): void {
  const clauses = parseFormat(format).flatMap(({ clause }) => clause ?? []);
  if (clauses.length > values.length) fail(`index ${values.length} out of range`);
  clauses.forEach((clause, index) => {
    const { name } = typeOf(values[index]);
    if (!isDyn(typeOf(values[index])) && !CLAUSES[clause][0].includes(name)) throw wrongValue(clause, name);
  });
  if (values.length > clauses.length) fail(`too many arguments supplied to string.format (expected ${clauses.length}, got ${values.length})`);
}

function literalType(value: Value): Type {
  return type(kindOf(value));
}

function fail(message: string): never {
  throw new CelError(message);
}
