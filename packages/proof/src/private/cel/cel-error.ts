/** What went wrong while an expression was read or evaluated, in the words of the API server where it has some. */
export class CelError extends Error {}

/** An operator or function that does not take such values. */
export function noSuchOverload(): CelError {
  return new CelError('no such overload');
}

/** A field or entry that is not there. */
export function noSuchKey(key: unknown): CelError {
  return new CelError(`no such key: ${String(key)}`);
}
