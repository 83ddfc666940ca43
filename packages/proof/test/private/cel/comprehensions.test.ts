import { evaluated } from '../../fixtures/expressions';

// every outcome is that of cel-go 0.26 with the libraries of Kubernetes 1.36
describe('macros over lists and maps', () => {
  const cases: [source: string, outcome: string, object?: any][] = [
    ['[1,2,3].all(x, x > 0)', 'true'],
    ['[1,2,3].all(x, x / 0 > 0)', 'error: division by zero'],
    ['[1,0,3].all(x, 1 / x > 5)', 'false'],
    ['[1,0,3].exists(x, 1 / x == 1)', 'true'],
    ['[0,1].exists(x, 1 / x == 1)', 'true'],
    ['[0,2].exists(x, 1 / x == 1)', 'error: division by zero'],
    ['[0,2].all(x, 1 / x == 1)', 'false'],
    ['[1,0].exists_one(x, 1 / x == 1)', 'error: division by zero'],
    ['[1,2].exists_one(x, x == 1)', 'true'],
    ['[1,2].existsOne(x, x == 1)', 'refused'],
    ['[1,2].map(x, x * 2)', '[2,4]'],
    ['[1,2,3].map(x, x > 1, x * 2)', '[4,6]'],
    ['[1,2].map(x, 1 / (x - 1))', 'error: division by zero'],
    ['[1,2].filter(x, x > 1)', '[2]'],
    ['{\'a\': 1}.all(k, k == \'a\')', 'true'],
    ['{\'a\': 1}.map(k, k)', '["a"]'],
    ['{\'a\': 1}.filter(k, true)', '["a"]'],
    ['{\'b\': 1, \'a\': 2}.exists(k, k == \'a\')', 'true'],
    ['\'abc\'.all(c, true)', 'refused'],
    ['object.x.all(c, true)', 'error: got \'types.String\', expected iterable type', { x: 'abc' }],
    ['object.x.all(c, true)', 'error: got \'types.Null\', expected iterable type', { x: null }],
    ['object.x.all(c, c)', 'error: no such overload', { x: [true, 1] }],
    ['object.x.all(c, c)', 'false', { x: [false, 1] }],
    ['object.x.exists(c, c)', 'true', { x: [1, true] }],
    ['[1].all(1, true)', 'refused'],
    ['[[1,2],[3]].all(x, x.all(y, y > 0))', 'true'],
    ['[1,2].all(x, [3].all(x, x == 3) && x < 3)', 'true'],
    ['[1,2].all(i, v, i < v)', 'true'],
    ['[1,2].exists(i, v, i == v)', 'false'],
    ['[1,2].existsOne(i, v, i == 0)', 'true'],
    ['[1,2].exists_one(i, v, i == 0)', 'true'],
    ['{\'a\': 1}.all(k, v, k == \'a\' && v == 1)', 'true'],
    ['[1,2].transformList(i, v, i * v)', '[0,2]'],
    ['[1,2].transformList(i, v, i > 0, i * v)', '[2]'],
    ['{\'a\': 1}.transformMap(k, v, v + 1)', '{"a":2}'],
    ['{\'a\': 1, \'b\': 2}.transformMap(k, v, v > 1, v + 1)', '{"b":3}'],
    ['[1,2].transformMap(i, v, v)', '{0:1,1:2}'],
    ['{\'a\': \'x\'}.transformMapEntry(k, v, {v: k})', '{"x":"a"}'],
    ['{\'a\': \'x\', \'b\': \'x\'}.transformMapEntry(k, v, {v: k})', 'error: insert failed: key x already exists'],
    ['[1,2].transformMapEntry(i, v, {v: i})', '{1:0,2:1}'],
    ['[1].all(x, x, true)', 'refused'],
    ['[{\'a\':2},{\'a\':1}].sortBy(e, e.a)', '[{"a":1},{"a":2}]'],
    ['dyn([1,2]).map(x, x)', '[1,2]'],
    ['object.a.exists(x, x.b == 1)', 'true', { a: [{}, { b: 1 }] }],
    ['object.a.all(x, has(x.b) && x.b == 1)', 'false', { a: [{ b: 1 }, {}] }],
    ['object.a.map(x, x.b).exists(y, y == 1)', 'error: no such key: b', { a: [{ b: 1 }, {}] }],
    ['object.a.filter(x, x.b == 1).size()', '1', { a: [{ b: 1 }] }],
    ['object.a.exists_one(x, x.b == 1)', 'error: no such key: b', { a: [{ b: 1 }, {}] }],
  ];

  test.each(cases)('%s yields %s', (source, outcome, object = null) => {
    expect(evaluated(source, object)).toBe(outcome);
  });
});
