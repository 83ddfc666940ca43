import { CelError, noSuchKey, noSuchOverload } from './cel-error';
import { dotted, TYPE_NAMES } from './checker';
import { compileMacro } from './comprehensions';
import { dispatch, Library } from './library/library';
import { Node } from './syntax';
import { equal, mapKey, MapKey, Optional, Uint, Value } from './values';

/** What an evaluation knows. */
export interface Frame {
  /** The value of a variable. */
  readonly lookup: (name: string) => Value;

  /** Values of the variables of macros, by depth. */
  readonly locals: Value[];
}

/** An expression that is ready to run. */
export type Program = (frame: Frame) => Value;

/** What a compiler knows: variables by their whole names, and the depth of those of macros. */
export interface Scope {
  readonly variables: ReadonlySet<string>;

  /** Variables that are objects of which each field is looked up on its own, when it is needed. */
  readonly lazy: ReadonlySet<string>;
  readonly locals: string[];
  readonly library: Library;
}

/** Turns a checked tree into a program. */
export function compile(node: Node, scope: Scope): Program {
  switch (node.op) {
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'name': return compileName(node.name, scope);
    case 'select': case 'optionalSelect': return compileSelect(node, scope);
    case 'has': {
      if (node.of.op === 'name' && scope.lazy.has(node.of.name) && !scope.locals.includes(node.of.name)) {
        const path = `${node.of.name}.${node.field}`;
        return ({ lookup }) => lookup(path) !== undefined; // looks at the value, and fails with it
      }
      const of = compile(node.of, scope);
      return (frame) => {
        const value = of(frame);
        const inner = value instanceof Optional ? value.value : value;
        if (Array.isArray(inner)) position(node.field); // fails as cel-go does
        return inner instanceof Map && inner.has(node.field);
      };
    }
    case 'index': {
      const of = compile(node.of, scope);
      const index = compile(node.index, scope);
      return (frame) => {
        const value = of(frame);
        const at = index(frame);
        if (value instanceof Optional) return value.value === undefined ? value : optionalEntry(value.value, at);
        return entry(value, at);
      };
    }
    case 'optionalIndex': {
      const of = compile(node.of, scope);
      const index = compile(node.index, scope);
      return (frame) => {
        const value = of(frame);
        const at = index(frame);
        if (!(value instanceof Optional)) return optionalEntry(value, at);
        return value.value === undefined ? value : optionalEntry(value.value, at);
      };
    }
    case 'and': return compileLogic(node.left, node.right, false, scope);
    case 'or': return compileLogic(node.left, node.right, true, scope);
    case 'choice': {
      const condition = compile(node.condition, scope);
      const then = compile(node.then, scope);
      const otherwise = compile(node.otherwise, scope);
      return (frame) => (bool(condition(frame)) ? then(frame) : otherwise(frame));
    }
    case 'list': {
      const elements = node.elements.map(({ value, optional }) => ({ value: compile(value, scope), optional }));
      return (frame) => elements.flatMap(({ value, optional }) => {
        const own = value(frame);
        if (!optional) return [own];
        if (!(own instanceof Optional)) throw noSuchOverload();
        return own.value === undefined ? [] : [own.value];
      });
    }
    case 'map': {
      const entries = node.entries.map(({ key, value, optional }) => ({ key: compile(key, scope), value: compile(value, scope), optional }));
      return (frame) => {
        const map = new Map<MapKey, Value>();
        for (const { key, value, optional } of entries) {
          const at = mapKey(key(frame));
          if (at === undefined) throw new CelError('unsupported key type');
          let own: Value | undefined = value(frame);
          if (optional) {
            if (!(own instanceof Optional)) throw noSuchOverload();
            own = own.value;
          }
          if (own === undefined) continue;
          map.set(at, own);
        }
        return map;
      };
    }
    case 'macro': return compileMacro(node, scope, compile);
    default: return compileCall(node, scope);
  }
}

/** A value that has to be true or false. */
export function bool(value: Value): boolean {
  if (typeof value !== 'boolean') throw noSuchOverload();
  return value;
}

function compileName(name: string, scope: Scope): Program {
  const depth = scope.locals.lastIndexOf(name);
  if (depth >= 0) return ({ locals }) => locals[depth];
  if (scope.variables.has(name)) return ({ lookup }) => lookup(name);
  const named = TYPE_NAMES[name];
  return () => named;
}

function compileSelect(node: Extract<Node, { op: 'select' | 'optionalSelect' | 'has' }>, scope: Scope): Program {
  const { field } = node;
  const path = node.op === 'select' ? dotted(node) : undefined;
  if (path !== undefined && !scope.locals.includes(path.split('.')[0])) {
    const lazy = node.of.op === 'name' && scope.lazy.has(node.of.name);
    if (lazy || scope.variables.has(path)) return ({ lookup }) => lookup(path);
    if (Object.hasOwn(TYPE_NAMES, path)) return () => TYPE_NAMES[path];
  }
  const of = compile(node.of, scope);
  const optional = node.op === 'optionalSelect';
  return (frame) => {
    const value = of(frame);
    if (value instanceof Optional) return value.value === undefined ? value : optionalEntry(value.value, field);
    if (optional) return optionalEntry(value, field);
    if (Array.isArray(value)) position(field); // fails as cel-go does
    const found = value instanceof Map ? value.get(field) : undefined;
    if (found === undefined) throw noSuchKey(field);
    return found;
  };
}

/** One side decides alone when it can, even when the other one fails. */
function compileLogic(leftNode: Node, rightNode: Node, decides: boolean, scope: Scope): Program {
  const left = compile(leftNode, scope);
  const right = compile(rightNode, scope);
  return (frame) => {
    let failure: unknown;
    try {
      if (bool(left(frame)) === decides) return decides;
    } catch (error) {
      failure = error;
    }
    if (failure === undefined) return bool(right(frame));
    try {
      if (right(frame) === decides) return decides;
    } catch { // the first failure is told
    }
    throw failure;
  };
}

function compileCall(node: Extract<Node, { op: 'call' }>, scope: Scope): Program {
  const { library } = scope;
  const path = node.receiver === undefined ? undefined : dotted(node.receiver);
  const qualified = path === undefined ? undefined : `${path}.${node.name}`;
  const free = node.receiver === undefined || (qualified !== undefined && library.has(qualified));
  const name = free ? qualified ?? node.name : `.${node.name}`;
  const programs = [...(free ? [] : [node.receiver!]), ...node.args].map((arg) => compile(arg, scope));
  if (name === '==' || name === '!=') {
    const [left, right] = programs;
    return name === '==' ? (frame) => equal(left(frame), right(frame)) : (frame) => !equal(left(frame), right(frame));
  }
  if ((name === '.or' || name === '.orValue') && programs.length === 2) return compileFallback(programs[0], programs[1], name === '.or');
  const overloads = library.find(name, programs.length);
  return (frame) => dispatch(overloads, programs.map((program) => program(frame)));
}

/** What stands in for an absent value is only looked at when it is absent; what is no optional value is taken as it is. */
function compileFallback(own: Program, other: Program, whole: boolean): Program {
  return (frame) => {
    const value = own(frame);
    if (!(value instanceof Optional)) return value;
    if (value.value === undefined) return other(frame);
    return whole ? value : value.value;
  };
}

/** An element of a list or an entry of a map. */
export function entry(of: Value, at: Value): Value {
  if (Array.isArray(of)) {
    const index = position(at);
    if (index < 0n || index >= BigInt(of.length)) throw new CelError(`index out of bounds: ${index}`);
    return of[Number(index)];
  }
  const key = mapKey(at);
  const found = key === undefined || !(of instanceof Map) ? undefined : of.get(key);
  if (found === undefined) throw noSuchKey(show(at));
  return found;
}

function optionalEntry(of: Value, at: Value): Value {
  let found: Value | undefined;
  if (Array.isArray(of)) found = of[Number(position(at))];
  else if (of instanceof Map) found = of.get(mapKey(at) ?? '');
  return found === undefined ? Optional.NONE : new Optional(found);
}

function position(at: Value): bigint {
  if (typeof at === 'bigint') return at;
  if (at instanceof Uint) return at.value;
  if (typeof at === 'number' && Number.isInteger(at)) return BigInt(at);
  throw new CelError(typeof at === 'string' ? 'unsupported index type \'string\' in list' : 'unsupported index type in list');
}

function show(at: Value): string {
  return at instanceof Uint ? String(at.value) : String(at);
}
