/** A type that is known before anything is evaluated. One capital letter is a type that a call fills in. */
export interface Type {
  readonly name: string;
  readonly args: Type[];
}

/** Types that a call has filled in so far. */
export type Bindings = Map<string, Type>;

const READ = new Map<string, Type>();

/** Reads `list<string>`. */
export function type(text: string): Type {
  let known = READ.get(text);
  if (known === undefined) {
    const open = text.indexOf('<');
    known = open < 0 ? { name: text, args: [] } : { name: text.slice(0, open), args: types(text.slice(open + 1, -1)) };
    READ.set(text, known);
  }
  return known;
}

/** Reads `string, list<string>`; nothing is no types. */
export function types(text: string): Type[] {
  const parts: string[] = [];
  let depth = 0;
  for (const part of text.split(',')) {
    if (depth > 0) parts[parts.length - 1] += `,${part}`;
    else if (part.trim() !== '') parts.push(part);
    depth += part.split('<').length - part.split('>').length;
  }
  return parts.map((part) => type(part.trim()));
}

/** The type whose values could be of any type. */
export const DYN = type('dyn');

/** The type of elements of a list that has none: whatever is needed. */
export const OPEN = type('_');

/** Whether nothing is known about values of a type. */
export function isDyn({ name }: Type): boolean {
  return name === 'dyn' || name === OPEN.name;
}

/** `list(string)`, as messages of the API server write it. */
export function showType({ name, args }: Type): string {
  if (isDyn({ name, args })) return 'dyn';
  return args.length === 0 ? NAMES[name] ?? name : `${NAMES[name] ?? name}(${args.map(showType).join(', ')})`;
}

const NAMES: { readonly [name: string]: string | undefined } = {
  timestamp: 'google.protobuf.Timestamp',
  duration: 'google.protobuf.Duration',
  optional: 'optional_type',
  quantity: 'kubernetes.Quantity',
  url: 'kubernetes.URL',
  ip: 'net.IP',
  cidr: 'net.CIDR',
  semver: 'kubernetes.Semver',
};

/** Simple values, which are never null. */
const PRIMITIVE = new Set(['bool', 'int', 'uint', 'double', 'string', 'bytes', 'type', 'list', 'map']);

/** Whether a value of one type may stand where the other is declared; fills in what the declaration leaves open. */
export function assign(declared: Type, actual: Type, bindings: Bindings): boolean {
  if (isParameter(declared)) {
    const bound = bindings.get(declared.name);
    if (bound !== undefined && !assign(bound, actual, bindings) && !assign(actual, bound, bindings)) return false;
    bindings.set(declared.name, bound === undefined ? actual : moreGeneral(bound, actual));
    return true;
  }
  if (isDyn(declared) || isDyn(actual)) return true;
  if (actual.name === 'null_type') return !PRIMITIVE.has(declared.name);
  if (declared.name === 'null_type') return !PRIMITIVE.has(actual.name);
  return declared.name === actual.name && declared.args.every((arg, index) => assign(arg, actual.args[index], bindings));
}

/** The type of values that are of either type; nothing when no type is. */
export function join(a: Type, b: Type): Type | undefined {
  return assign(a, b, new Map()) || assign(b, a, new Map()) ? moreGeneral(a, b) : undefined;
}

/** A declared type with what a call filled in; what is still open stays open. */
export function filled(declared: Type, bindings: Bindings): Type {
  if (isParameter(declared)) return bindings.get(declared.name) ?? OPEN;
  return declared.args.length === 0 ? declared : { name: declared.name, args: declared.args.map((arg) => filled(arg, bindings)) };
}

/** Whether two types are the same. */
export function same(a: Type, b: Type): boolean {
  if (a.name === OPEN.name || b.name === OPEN.name) return true;
  return a.name === b.name && a.args.every((arg, index) => same(arg, b.args[index]));
}

function isParameter({ name }: Type): boolean {
  return /^[A-Z]$/.test(name);
}

function moreGeneral(a: Type, b: Type): Type {
  if (a.name === 'dyn' || b.name === OPEN.name) return a;
  if (b.name === 'dyn' || a.name === OPEN.name) return b;
  if (a.name !== b.name) return a.name === 'null_type' ? b : a;
  return a.args.length === 0 ? a : { name: a.name, args: a.args.map((arg, index) => moreGeneral(arg, b.args[index])) };
}
