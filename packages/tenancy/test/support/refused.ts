import { InvalidInputError, Problem } from '@viridial/core';

/** The problems that an action is refused for; an action that is not refused fails the test. */
export function refused(action: () => unknown): Problem[] {
  try {
    action();
  } catch (error) {
    if (InvalidInputError.isInvalidInputError(error)) return InvalidInputError.problemsOf(error);
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Code and path of each problem. */
export function places(problems: Problem[]): string[] {
  return problems.map(({ code, path }) => `${code} at ${path}`);
}
