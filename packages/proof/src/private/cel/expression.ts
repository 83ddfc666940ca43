import { CelError } from './cel-error';
import { Checker, Declarations } from './checker';
import { compile, Program } from './evaluator';
import { addAuthorizer } from './library/authorizer';
import { addConversions } from './library/conversions';
import { addFormats } from './library/formats';
import { Library } from './library/library';
import { addLists } from './library/lists';
import { addNetwork } from './library/network';
import { addOperators } from './library/operators';
import { addQuantity } from './library/quantity';
import { addRegex } from './library/regex';
import { addSemver } from './library/semver';
import { addStrings } from './library/strings';
import { addTime } from './library/time';
import { addUrl } from './library/url';
import { parse } from './syntax';
import { showType, Type } from './types';
import { Value } from './values';

let library: Library | undefined;

/** The functions of CEL and of Kubernetes, made once. */
export function celLibrary(): Library {
  if (library === undefined) {
    library = new Library();
    const parts = [
      addOperators, addConversions, addStrings, addLists, addTime, addRegex, addQuantity, addNetwork, addUrl, addSemver, addFormats, addAuthorizer,
    ];
    for (const add of parts) add(library);
  }
  return library;
}

/** An expression, read once and run often. */
export class Expression {
  /**
   * Reads and checks an expression.
   *
   * @param source its text
   * @param declarations what it may name
   * @param lazy variables whose fields are looked up one by one
   * @throws CelError when the API server would refuse it
   */
  public static read(source: string, declarations: Declarations, lazy: ReadonlySet<string> = new Set()): Expression {
    const tree = parse(source);
    const type = new Checker(declarations).check(tree);
    const scope = { variables: new Set(declarations.variables.keys()), lazy, locals: [], library: declarations.library };
    return new Expression(type, compile(tree, scope));
  }

  private constructor(
    /** The type of what it yields. */
    public readonly type: Type,
    private readonly program: Program,
  ) {}

  /** What the API server says about an expression that yields something else than one of these types. */
  public unexpected(names: string[]): string | undefined {
    if (names.includes(this.type.name)) return undefined;
    return `must evaluate to ${names.length === 1 ? names[0] : `one of [${names.join(' ')}]`} but got ${showType(this.type)}`;
  }

  /**
   * Evaluates the expression.
   *
   * @param lookup values of variables by their whole names
   * @throws CelError when the API server would report an error
   */
  public evaluate(lookup: (name: string) => Value): Value {
    try {
      return this.program({ lookup, locals: [] });
    } catch (error) {
      if (error instanceof RangeError) throw new CelError('the expression nests too deeply');
      throw error;
    }
  }
}
