import { inspect, types } from 'node:util';
import { InvalidInputError, Problem } from '../src';

const problem = Problem.error({ code: 'Wrong', path: 'a', message: 'a is wrong' });

function thrown(): any {
  return new InvalidInputError('thing', [problem]);
}

test('it is an error to the language, with a name, a message and a stack', () => {
  const error = thrown();
  expect(error).toBeInstanceOf(Error);
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(types.isNativeError(error)).toBe(true);
  expect(error.name).toBe('InvalidInputError');
  expect(error.stack).toContain('invalid-input-error.test.ts');
  expect(String(error)).toBe('InvalidInputError: 1 problem in thing:\n  - a: a is wrong (Wrong)');
});

test('the stack starts with the message and does not show the constructor', () => {
  expect(thrown().stack).toMatch(/^InvalidInputError: 1 problem in thing:\n  - a: a is wrong \(Wrong\)\n    at thrown /);
});

test('it can be assigned where an Error is wanted', () => {
  const error: Error = new InvalidInputError('thing', [problem]);
  expect(error.message).toContain('a is wrong');
});

test('jest and inspection treat it as an error', () => {
  expect(() => {
    throw thrown();
  }).toThrow(InvalidInputError);
  expect(inspect(thrown())).toContain('InvalidInputError: 1 problem in thing');
});

test('a promise is rejected with it as with any error', () => expect(Promise.reject(thrown())).rejects.toThrow('a is wrong'));

test('its problems can be read and are a copy', () => {
  const problems = [problem];
  const error = new InvalidInputError('thing', problems);
  problems.pop();
  expect(error.problems).toEqual([problem]);
  expect(InvalidInputError.problemsOf(error)).toEqual([problem]);
  InvalidInputError.problemsOf(error).pop();
  expect(error.problems).toHaveLength(1);
});

test.each([undefined, null, 'text', 7, {}, new Error('other'), { problems: [] }])('%p is not one', (value) => {
  expect(InvalidInputError.isInvalidInputError(value)).toBe(false);
  expect(InvalidInputError.problemsOf(value)).toEqual([]);
});

test('one of another copy of the package is recognised', () => {
  let other: any;
  jest.isolateModules(() => {
    other = jest.requireActual('../src');
  });
  const foreign = new other.InvalidInputError('thing', [problem]);
  expect(other.InvalidInputError).not.toBe(InvalidInputError);
  expect(foreign).not.toBeInstanceOf(InvalidInputError);
  expect(InvalidInputError.isInvalidInputError(foreign)).toBe(true);
  expect(InvalidInputError.problemsOf(foreign)).toEqual([problem]);
});
