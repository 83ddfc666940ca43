import { InvalidInputError, Problems } from '@viridial/core';

/** Does something that reports all its problems by throwing; they join the others, and nothing comes back. */
export function collected<T>(problems: Problems, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!InvalidInputError.isInvalidInputError(error)) throw error;
    problems.addAll(InvalidInputError.problemsOf(error));
    return undefined;
  }
}
