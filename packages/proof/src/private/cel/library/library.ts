import { noSuchOverload } from '../cel-error';
import { Type, type, types } from '../types';
import { kindOf, Value } from '../values';

/** One way to call a function. */
export interface Overload {
  readonly args: Type[];
  readonly result: Type;
  readonly run: (...args: any[]) => Value;

  /** Whether it looks at the elements of lists itself. */
  readonly unguarded: boolean;
}

/** The functions that expressions may call. */
export class Library {
  private readonly overloads = new Map<string, Overload[]>();

  /**
   * Adds a function that is called by its name, or an operator.
   *
   * @param name its name, with its namespace
   * @param args types of its arguments
   * @param result type of what it yields
   * @param run what it does
   */
  public function(name: string, args: string, result: string, run: (...args: any[]) => Value): this {
    return this.add(name, args, result, run);
  }

  /** Adds a function that is called on a value, which is its first argument. */
  public method(name: string, args: string, result: string, run: (...args: any[]) => Value, unguarded: boolean = false): this {
    return this.add(`.${name}`, args, result, run, unguarded);
  }

  /** Whether a function of this name exists at all. */
  public has(name: string): boolean {
    return [...this.overloads.keys()].some((key) => key.startsWith(`${name}/`));
  }

  /** The ways to call a function; a method has a dot in front of its name, and its receiver counts as an argument. */
  public find(name: string, count: number): Overload[] {
    return this.overloads.get(`${name}/${count}`) ?? [];
  }

  private add(name: string, args: string, result: string, run: (...args: any[]) => Value, unguarded: boolean = false): this {
    const declared = types(args);
    const key = `${name}/${declared.length}`;
    if (!this.overloads.has(key)) this.overloads.set(key, []);
    this.overloads.get(key)!.push({ args: declared, result: type(result), run, unguarded });
    return this;
  }
}

/** Calls whichever way takes the arguments. */
export function dispatch(overloads: Overload[], args: Value[]): Value {
  for (const overload of overloads) {
    const declared = overload.unguarded ? overload.args.map(({ name }) => type(name)) : overload.args;
    if (declared.every((own, index) => takes(own, args[index]))) return overload.run(...args);
  }
  throw noSuchOverload();
}

/** Whether a value may be an argument; of a list or map the first element speaks for all, as in cel-go. */
function takes({ name, args }: Type, value: Value): boolean {
  if (name === 'dyn' || name.length === 1) return true;
  if (name !== kindOf(value)) return false;
  if (Array.isArray(value)) return value.length === 0 || args.length === 0 || takes(args[0], value[0]);
  if (!(value instanceof Map)) return true;
  for (const [key, entry] of value) return takes(args[0], key) && takes(args[1], entry);
  return true;
}
