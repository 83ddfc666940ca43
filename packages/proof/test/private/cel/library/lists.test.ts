import { evaluated } from '../../../fixtures/expressions';

// every outcome is that of cel-go 0.26 with the libraries of Kubernetes 1.36
describe('lists and sets', () => {
  const cases: [source: string, outcome: string, object?: any][] = [
    ['\'a\'.reverse()', 'refused'],
    ['[1,2].reverse()', '[2,1]'],
    ['[3,1,2].sort()', '[1,2,3]'],
    ['[\'b\',\'a\'].sort()', '["a","b"]'],
    ['[1.5, 1.0].sort()', '[d:1,d:1.5]'],
    ['[1,1,2].distinct()', '[1,2]'],
    ['[1,1.0,2].distinct()', 'refused'],
    ['[[1],[2]].flatten()', '[1,2]'],
    ['[[1,[2]],[3]].flatten()', 'refused'],
    ['[1,[2,[3]]].flatten()', 'refused'],
    ['[dyn(1),[2,[3]]].flatten(2)', 'refused'],
    ['[dyn(1),[2,[3]]].flatten(-1)', 'refused'],
    ['[1,2,3].slice(1,2)', '[2]'],
    ['[1,2,3].slice(2,1)', 'error: cannot slice(2, 1), start index must be less than or equal to end index'],
    ['[1,2,3].slice(0,4)', 'error: cannot slice(0, 4), list is length 3'],
    ['[1,2,3].slice(-1,2)', 'error: cannot slice(-1, 2), negative indexes not supported'],
    ['lists.range(3)', '[0,1,2]'],
    ['lists.range(-1)', '[]'],
    ['[1,2].first()', 'some(1)'],
    ['[1,2].last()', 'some(2)'],
    ['[].first()', 'none'],
    ['[1,2,3].sum()', '6'],
    ['[].sum()', '0'],
    ['[1.5,2.5].sum()', 'd:4'],
    ['[\'a\'].sum()', 'refused'],
    ['[1,2,3].min()', '1'],
    ['[].min()', 'error: min called on empty list'],
    ['[\'b\',\'a\'].max()', '"b"'],
    ['[1,2,2].isSorted()', 'true'],
    ['[2,1].isSorted()', 'false'],
    ['[\'a\',\'b\'].isSorted()', 'true'],
    ['[1,2,3,2].indexOf(2)', '1'],
    ['[1,2,3,2].lastIndexOf(2)', '3'],
    ['[1].indexOf(5)', '-1'],
    ['object.l.sum()', '3', { l: [1, 2] }],
    ['object.l.sum()', 'error: no such overload', { l: ['a'] }],
    ['object.l.sum()', '0', { l: [] }],
    ['object.l.min()', 'd:1.5', { l: [3, 1.5] }],
    ['object.l.isSorted()', 'true', { l: [1, 'a'] }],
    ['sets.contains([1,2],[1])', 'true'],
    ['sets.contains([1],[1,2])', 'false'],
    ['sets.contains([\'a\'],[1])', 'refused'],
    ['sets.contains([1],[1.0])', 'refused'],
    ['sets.contains([dyn(1)],[1.0])', 'true'],
    ['sets.equivalent([1,2],[2,1,1])', 'true'],
    ['sets.intersects([1,2],[3])', 'false'],
    ['sets.intersects([1,2],[2])', 'true'],
  ];

  test.each(cases)('%s yields %s', (source, outcome, object = null) => {
    expect(evaluated(source, object)).toBe(outcome);
  });
});
