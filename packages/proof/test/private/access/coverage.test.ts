import { Problems } from '@viridial/core';
import { covers, isEverything } from '../../../src/private/access/coverage';
import { AccessRule, readRules } from '../../../src/private/access/rule';
import { Shape } from '../../../src/private/shape';
import { rule } from '../../fixtures/access';

const read = (...rules: any[]): AccessRule[] => readRules(Shape.of({ rules }, 'ClusterRole own', new Problems()), 'ClusterRole own', false);
const paths = (...nonResourceURLs: string[]) => ({ verbs: ['get'], nonResourceURLs });

test.each<[string, any[], any, boolean]>([
  ['itself', [rule(['get'], ['pods'])], rule(['get'], ['pods']), true],
  ['less', [rule(['get', 'list'], ['pods', 'services'])], rule(['get'], ['pods']), true],
  ['more verbs', [rule(['get'], ['pods'])], rule(['get', 'list'], ['pods']), false],
  ['what several rules give together', [rule(['get'], ['pods']), rule(['list'], ['pods'])], rule(['get', 'list'], ['pods']), true],
  ['a combination that no rule has', [rule(['get'], ['pods']), rule(['list'], ['services'])], rule(['get', 'list'], ['pods']), false],
  ['a wildcard by its parts', [rule(['get', 'list', 'watch', 'create'], ['pods'])], rule(['*'], ['pods']), false],
  ['anything by a wildcard', [rule(['*'], ['*'], ['*'])], rule(['*'], ['pods', 'pods/exec'], ['', 'apps']), true],
  ['a subresource by its resource', [rule(['get'], ['pods'])], rule(['get'], ['pods/log']), false],
  ['a subresource of every resource', [rule(['get'], ['*/log'])], rule(['get'], ['pods/log']), true],
  ['another group', [rule(['get'], ['deployments'], ['apps'])], rule(['get'], ['deployments']), false],
  ['a name by all names', [rule(['get'], ['pods'])], rule(['get'], ['pods'], [''], ['web']), true],
  ['all names by a name', [rule(['get'], ['pods'], [''], ['web'])], rule(['get'], ['pods']), false],
  ['names of several rules', [rule(['get'], ['pods'], [''], ['a']), rule(['get'], ['pods'], [''], ['b'])], rule(['get'], ['pods'], [''], ['a', 'b']), true],
  ['a path below', [paths('/logs/*')], paths('/logs/kubelet'), true],
  ['a path beside', [paths('/logs')], paths('/logs/kubelet'), false],
  ['every path', [paths('*')], paths('/healthz', '/logs/*'), true],
])('covers %s', (_, owned, asked, expected) => {
  expect(covers(read(...owned), read(asked)[0])).toBe(expected);
});

test('everything is every verb on every resource of every group, for all objects', () => {
  expect(isEverything(read(rule(['*'], ['*'], ['*'])))).toBe(true);
  expect(isEverything(read(rule(['*'], ['*'])))).toBe(false);
  expect(isEverything(read(rule(['*'], ['*'], ['*'], ['one'])))).toBe(false);
  expect(isEverything(read(paths('*')))).toBe(false);
});
