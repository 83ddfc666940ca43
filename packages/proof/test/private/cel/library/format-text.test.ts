import { evaluated } from '../../../fixtures/expressions';

// every outcome is that of cel-go 0.26 with the libraries of Kubernetes 1.36
describe('formats of texts', () => {
  const cases: [source: string, outcome: string, object?: any][] = [
    ['"%s %d %f".format([\'a\', 1, 1.5])', '"a 1 1.500000"'],
    ['"%s".format([1])', '"1"'],
    ['"%s %s".format([dyn(\'a\'), 1])', '"a 1"'],
    ['"%s".format([[1, 2]])', '"[1, 2]"'],
    ['"%s".format([[\'a\', \'b\']])', '"[\\"a\\", \\"b\\"]"'],
    ['"%s".format([{\'b\': 1, \'a\': 2}])', '"{\\"a\\":2, \\"b\\":1}"'],
    ['"%s".format([{\'a\': \'x\', \'b\': [\'y\']}])', '"{\\"a\\":\\"x\\", \\"b\\":[\\"y\\"]}"'],
    ['"%s".format([true])', '"true"'],
    ['"%s".format([null])', '"null"'],
    ['"%s".format([1.5])', '"1.5"'],
    ['"%s".format([1e30])', '"1e+30"'],
    ['"%s".format([[1.5]])', '"[1.500000]"'],
    ['"%s".format([b\'abc\'])', '"abc"'],
    ['"%s".format([[b\'abc\']])', '"[b\\"abc\\"]"'],
    ['"%s".format([type(1)])', '"int"'],
    ['"%d".format([\'a\'])', 'refused'],
    ['"%d".format([1.0])', 'refused'],
    ['"%d".format([dyn(\'a\')])', 'error: error during formatting: decimal clause can only be used on integers, was given string'],
    ['"%d".format([object.a])', 'error: error during formatting: decimal clause can only be used on integers, was given string', { a: 'x' }],
    ['"%f".format([1])', 'refused'],
    ['"%f".format([1234567.891])', '"1,234,567.891000"'],
    ['"%.2f".format([1.005])', '"1.00"'],
    ['"%.0f".format([2.5])', '"2"'],
    ['"%e".format([1234.5])', '"1.234500×10⁰³"'],
    ['"%.3e".format([0.00012])', '"1.200000×10⁻⁰⁴"'],
    ['"%b".format([5])', '"101"'],
    ['"%b".format([-5])', '"-101"'],
    ['"%b".format([true])', '"1"'],
    ['"%o".format([8])', '"10"'],
    ['"%x".format([255])', '"ff"'],
    ['"%X".format([255])', '"FF"'],
    ['"%x".format([\'hello\'])', '"68656c6c6f"'],
    ['"%X".format([b\'hello\'])', '"68656C6C6F"'],
    ['"%x".format([-1])', '"-1"'],
    ['"%%".format([])', '"%"'],
    ['"%z".format([1])', 'refused'],
    ['"%s %s".format([\'a\'])', 'refused'],
    ['"%s".format([\'a\', \'b\'])', 'refused'],
    ['object.f.format([\'a\'])', 'error: index 1 out of range', { f: '%s %s' }],
    ['object.f.format([\'a\',\'b\'])', '"a"', { f: '%s' }],
    ['"%s".format([optional.of(1)])', 'refused'],
    ['"%s".format(object.l)', '"a"', { l: ['a'] }],
    ['"%s".format(object.l)', 'error: no such overload', { l: 'a' }],
    ['\'%s\'.format([[1, \'a\']])', '"[1, \\"a\\"]"'],
    ['\'%s\'.format([[1, dyn(\'a\')].size()])', '"2"'],
    ['[1, \'a\'].map(x, \'%s\'.format([x]))', 'refused'],
  ];

  test.each(cases)('%s yields %s', (source, outcome, object = null) => {
    expect(evaluated(source, object)).toBe(outcome);
  });
});
