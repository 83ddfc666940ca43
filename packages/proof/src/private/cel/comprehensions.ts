import { CelError, noSuchOverload } from './cel-error';
import { bool, type Frame, type Program, type Scope } from './evaluator';
import { Node } from './syntax';
import { compare, kindOf, MapKey, mapKey, Optional, Value } from './values';

type Macro = Extract<Node, { op: 'macro' }>;

/** What a macro does with its elements; `bind` gives the variables their values. */
type Run = (range: [Value, Value][], bind: (frame: Frame, first: Value, second: Value) => Frame, frame: Frame) => Value;

/**
 * Turns a macro over a list or map into a program.
 *
 * @param node the macro
 * @param scope what is known around it
 * @param compile how its expressions are compiled
 */
export function compileMacro(node: Macro, scope: Scope, compile: (node: Node, scope: Scope) => Program): Program {
  const { macro, names } = node;
  const over = compile(node.over, scope);
  const inner = { ...scope, locals: [...scope.locals, ...names] };
  const bodies = node.bodies.map((body) => compile(body, inner));
  const depth = scope.locals.length;
  const bind = (frame: Frame, first: Value, second: Value): Frame => {
    frame.locals[depth] = first;
    if (names.length === 2) frame.locals[depth + 1] = second;
    return frame;
  };
  if (macro === 'optMap' || macro === 'optFlatMap') {
    return (frame) => {
      const optional = over(frame);
      if (!(optional instanceof Optional)) throw noSuchOverload();
      if (optional.value === undefined) return optional;
      const value = bodies[0](bind(frame, optional.value, null));
      if (macro === 'optMap') return new Optional(value);
      if (!(value instanceof Optional)) throw noSuchOverload();
      return value;
    };
  }
  const run = runner(macro, bodies);
  const pairs = names.length === 2;
  return (frame) => run(rangeOf(over(frame), pairs), bind, frame);
}

const GO_TYPES: { readonly [kind: string]: string | undefined } = {
  null_type: 'Null', bool: 'Bool', int: 'Int', uint: 'Uint', double: 'Double', string: 'String', bytes: 'Bytes', timestamp: 'Timestamp', duration: 'Duration',
};

/** The values of the variables of a macro, one after the other. */
function rangeOf(value: Value, pairs: boolean): [Value, Value][] {
  if (Array.isArray(value)) return value.map((element, index) => (pairs ? [BigInt(index), element] : [element, null]));
  if (value instanceof Map) return [...value];
  throw new CelError(`got 'types.${GO_TYPES[kindOf(value)] ?? kindOf(value)}', expected iterable type`);
}

function runner(macro: string, bodies: Program[]): Run {
  const [first, second] = bodies;
  const chosen: Run = (range, bind, frame) => range.flatMap(([a, b]) => {
    bind(frame, a, b);
    if (second === undefined) return [first(frame)];
    return bool(first(frame)) ? [second(frame)] : [];
  });
  switch (macro) {
    case 'all': return quantifier(first, false);
    case 'exists': return quantifier(first, true);
    case 'exists_one': return (range, bind, frame) => range.filter(([a, b]) => bool(first(bind(frame, a, b)))).length === 1;
    case 'filter': return (range, bind, frame) => range.filter(([a, b]) => bool(first(bind(frame, a, b)))).map(([element]) => element);
    case 'map': case 'transformList': return chosen;
    case 'sortBy': return (range, bind, frame) => {
      const keyed = range.map(([element]) => ({ element, key: first(bind(frame, element, null)) }));
      return keyed.sort((a, b) => compare(a.key, b.key) ?? 0).map(({ element }) => element);
    };
    case 'transformMap': return (range, bind, frame) => {
      const result = new Map<MapKey, Value>();
      for (const [a, b] of range) {
        bind(frame, a, b);
        if (second === undefined || bool(first(frame))) result.set(mapKey(a)!, (second ?? first)(frame));
      }
      return result;
    };
    default: return (range, bind, frame) => {
      const result = new Map<MapKey, Value>();
      for (const [a, b] of range) {
        bind(frame, a, b);
        if (second !== undefined && !bool(first(frame))) continue;
        const entries = (second ?? first)(frame);
        if (!(entries instanceof Map)) throw noSuchOverload();
        for (const [key, value] of entries) {
          if (result.has(key)) throw new CelError(`insert failed: key ${String(key)} already exists`);
          result.set(key, value);
        }
      }
      return result;
    };
  }
}

/** One element that decides is enough, even when others fail. */
function quantifier(test: Program, decides: boolean): Run {
  return (range, bind, frame) => {
    let failure: unknown;
    for (const [a, b] of range) {
      try {
        if (bool(test(bind(frame, a, b))) === decides) return decides;
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
    return !decides;
  };
}
