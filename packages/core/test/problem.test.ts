import { Problem, Severity } from '../src';

const props = {
  code: 'MinAboveMax',
  path: 'nodeGroups.app.min',
  message: 'min 5 is greater than max 3',
  value: 5,
  allowed: '0 to 3',
  cure: 'lower min or raise max',
};

test('a problem is one line with place, message, code, what is allowed and the cure', () => {
  expect(Problem.error(props).toString())
    .toBe('nodeGroups.app.min: min 5 is greater than max 3 (MinAboveMax); allowed: 0 to 3; cure: lower min or raise max');
});

test('a line leaves out what is not said', () => {
  expect(Problem.warning({ code: 'Odd', path: '', message: 'this is odd' }).toString()).toBe('this is odd (Odd)');
});

test('an error stops the work and a warning does not', () => {
  expect(Problem.error(props).severity).toBe(Severity.ERROR);
  expect(Problem.warning(props).severity).toBe(Severity.WARNING);
});

test('the plain form has every field that is set and no other', () => {
  expect(Problem.error(props).toJson()).toEqual({ severity: 'error', ...props });
  expect(Problem.warning({ code: 'Odd', path: 'a', message: 'm' }).toJson()).toEqual({ severity: 'warning', code: 'Odd', path: 'a', message: 'm' });
});

test('seen from further out a problem keeps everything but its path', () => {
  const outer = Problem.error(props).below('stacks[0]');
  expect(outer.path).toBe('stacks[0].nodeGroups.app.min');
  expect(outer.toJson()).toEqual({ ...Problem.error(props).toJson(), path: 'stacks[0].nodeGroups.app.min' });
});

test('an index follows its list without a dot', () => {
  expect(Problem.error({ ...props, path: '[2].min' }).below('nodeGroups').path).toBe('nodeGroups[2].min');
});

test('a problem of the whole input gets the path of that input', () => {
  expect(Problem.error({ ...props, path: '' }).below('network').path).toBe('network');
});

test('an empty prefix changes nothing', () => {
  const problem = Problem.error(props);
  expect(problem.below('')).toBe(problem);
});
