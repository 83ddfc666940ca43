import fc from 'fast-check';
import { InvalidInputError, Problem, Problems } from '../src';

const error = (path: string, code = 'Wrong') => ({ code, path, message: `${path} is wrong` });

function thrownBy(run: () => void): any {
  try {
    run();
  } catch (caught) {
    return caught;
  }
  return undefined;
}

test('a new collection is empty', () => {
  const problems = new Problems();
  expect(problems.all).toEqual([]);
  expect(problems.hasErrors).toBe(false);
});

test('problems come out sorted by path, then by code', () => {
  const problems = new Problems();
  problems.error(error('b'));
  problems.warning(error('a', 'Zeta'));
  problems.error(error('a', 'Alpha'));
  expect(problems.all.map(({ path, code }) => `${path} ${code}`)).toEqual(['a Alpha', 'a Zeta', 'b Wrong']);
});

test('the same problem found twice is told once', () => {
  const problems = new Problems();
  problems.error(error('a'));
  problems.error(error('a'));
  expect(problems.all).toHaveLength(1);
});

test('a warning and an error of the same text are two problems', () => {
  const problems = new Problems();
  problems.error(error('a'));
  problems.warning(error('a'));
  expect(problems.errors).toHaveLength(1);
  expect(problems.warnings).toHaveLength(1);
});

test('changing what a getter returned does not change the collection', () => {
  const problems = new Problems();
  problems.error(error('a'));
  problems.all.pop();
  problems.errors.pop();
  expect(problems.all).toHaveLength(1);
});

test('problems found in a part carry the path of the part', () => {
  const inner = new Problems();
  inner.error(error('cidr'));
  const outer = new Problems();
  outer.addAll(inner.all, 'subnets[1]');
  outer.addAll([Problem.warning(error('name'))]);
  outer.add(Problem.error(error('region')));
  expect(outer.all.map(({ path }) => path)).toEqual(['name', 'region', 'subnets[1].cidr']);
});

test('warnings alone do not throw', () => {
  const problems = new Problems();
  problems.warning(error('a'));
  expect(() => problems.throwIfErrors('thing')).not.toThrow();
});

test('all errors are thrown together, counted, one a line', () => {
  const problems = new Problems();
  problems.error(error('b'));
  problems.error(error('a'));
  problems.warning(error('c'));
  const caught = thrownBy(() => problems.throwIfErrors("platform 'viridial'"));
  expect(caught.message).toBe("2 problems in platform 'viridial':\n  - a: a is wrong (Wrong)\n  - b: b is wrong (Wrong)");
  expect(caught.problems.map((problem: Problem) => problem.path)).toEqual(['a', 'b']);
});

test('one error is one problem', () => {
  const problems = new Problems();
  problems.error(error('a'));
  expect(thrownBy(() => problems.throwIfErrors('thing')).message).toMatch(/^1 problem in thing:/);
});

test('what is thrown is recognised as an error of the input', () => {
  const problems = new Problems();
  problems.error(error('a'));
  expect(InvalidInputError.isInvalidInputError(thrownBy(() => problems.throwIfErrors('thing')))).toBe(true);
});

test('the order in which problems are found does not show', () => {
  const problem = fc.record({
    code: fc.constantFrom('A', 'B'),
    path: fc.constantFrom('x', 'x.y', 'z[0]'),
    message: fc.constantFrom('m', 'n'),
    warn: fc.boolean(),
  });
  const lists = fc.array(problem, { maxLength: 12 });
  const shuffles = lists.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
  fc.assert(fc.property(shuffles, ([one, other]) => {
    const collect = (list: typeof one) => {
      const problems = new Problems();
      for (const { warn, ...props } of list) (warn ? problems.warning(props) : problems.error(props));
      return problems.all.map((found) => found.toJson());
    };
    expect(collect(one)).toEqual(collect(other));
  }));
});
