import { Problem } from './problem';

/** Known to every copy of this package in the process, so that two copies recognise each other's errors. */
const MARK = Symbol.for('viridial.com/core.InvalidInputError');

/**
 * The input has problems; all of them are told at once, and nothing has been made.
 *
 * jsii forbids a public class to extend `Error` (JSII3004), therefore the class is tied to `Error` at
 * run time: what `new` returns is a genuine error object, with a stack, and `instanceof Error` holds.
 * Recognise it with `InvalidInputError.isInvalidInputError(error)`, which works across copies of this
 * package where `instanceof InvalidInputError` does not.
 */
export class InvalidInputError {
  /**
   * Whether a caught value is an `InvalidInputError`, of this copy of the package or of another one.
   *
   * @param value what was caught
   */
  public static isInvalidInputError(value: any): boolean {
    return typeof value === 'object' && value !== null && value[MARK] === true;
  }

  /**
   * The problems of a caught value; empty when it is not an `InvalidInputError`.
   *
   * @param value what was caught
   */
  public static problemsOf(value: any): Problem[] {
    return InvalidInputError.isInvalidInputError(value) ? [...value.problems] : [];
  }

  static {
    Object.setPrototypeOf(InvalidInputError.prototype, Error.prototype);
    Object.defineProperty(InvalidInputError.prototype, 'name', { value: 'InvalidInputError', configurable: true, writable: true });
    Object.defineProperty(InvalidInputError.prototype, MARK, { value: true });
  }

  /** Always `InvalidInputError`. */
  public readonly name!: string;

  /** Every problem, one a line. */
  public readonly message!: string;

  /**
   * Where the error was thrown.
   *
   * @default - the engine gives one
   */
  public readonly stack?: string;

  /** The problems, sorted by path and code. */
  public readonly problems!: Problem[];

  /**
   * Usually thrown by `Problems.throwIfErrors`, which sorts and removes duplicates.
   *
   * @param subject what was checked, for the first line of the message: `EKS platform 'production'`
   * @param problems what is wrong with it
   */
  constructor(subject: string, problems: Problem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    const error = new Error(`${count} in ${subject}:${problems.map((problem) => `\n  - ${problem.toString()}`).join('')}`);
    Object.setPrototypeOf(error, new.target.prototype);
    Object.defineProperty(error, 'problems', { value: [...problems], enumerable: false });
    Error.captureStackTrace?.(error, new.target);
    return error as unknown as InvalidInputError;
  }
}
