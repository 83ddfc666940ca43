import fc from 'fast-check';
import { AccessRule, grants, RuleRequest, touches } from '../../../src/private/access/rule';

const rule = (verbs: string[], resources: string[], apiGroups: string[] = [''], resourceNames: string[] = []): AccessRule => ({ where: 'role rules[0]', verbs, resources, apiGroups, resourceNames, nonResourceUrls: [] });
const request = (verb: string, resource: string, apiGroup = '', name = ''): RuleRequest => ({ verb, resource, apiGroup, name, nonResourceUrl: undefined });

describe('touching', () => {
  test.each([
    [rule(['get'], ['pods']), request('*', '*'), true],
    [rule(['get'], ['pods']), request('get', '*'), true],
    [rule(['get'], ['pods']), request('delete', '*'), false],
    [rule(['get'], ['pods']), request('*', 'pods'), true],
    [rule(['get'], ['pods']), request('*', 'secrets'), false],
    [rule(['get'], ['pods/log']), request('*', 'pods'), false],
    [rule(['get'], ['pods/log']), request('*', 'pods/*'), true],
    [rule(['get'], ['*/log']), request('get', 'pods/*'), true],
    [rule(['get'], ['pods/log']), request('get', '*/log'), true],
    [rule(['get'], ['pods/log']), request('get', '*/exec'), false],
    [rule(['get'], ['*']), request('get', 'pods/exec'), true],
    [rule(['*'], ['pods']), request('impersonate', 'pods'), true],
    [rule(['get'], ['pods'], ['apps']), request('get', 'pods'), false],
    [rule(['get'], ['pods'], ['*']), request('get', 'pods'), true],
    [rule(['get'], ['pods'], ['apps']), request('get', 'pods', '*'), true],
    [rule(['get'], ['secrets'], [''], ['one']), request('get', 'secrets'), true],
    [rule(['get'], []), request('*', '*'), false],
  ])('%j is touched by %j: %p', (own, asked, expected) => {
    expect(touches(own, asked, false)).toBe(expected);
  });

  test('any group is any group', () => {
    expect(touches(rule(['get'], ['pods'], ['apps']), request('get', 'pods'), true)).toBe(true);
  });

  test('whatever is granted is touched', () => {
    const anyRule = fc.record({
      verbs: fc.subarray(['get', 'delete', '*']),
      resources: fc.subarray(['pods', 'pods/log', '*', '*/log', 'pods/*']),
      groups: fc.subarray(['', 'apps', '*']),
      names: fc.subarray(['one']),
    }).map(({ verbs, resources, groups, names }) => rule(verbs, resources, groups, names));
    const anyRequest = fc.record({ verb: fc.constantFrom('get', 'list', '*'), resource: fc.constantFrom('pods', 'pods/log', 'secrets', '*'), group: fc.constantFrom('', 'apps', '*'), name: fc.constantFrom('', 'one') })
      .map(({ verb, resource, group, name }) => request(verb, resource, group, name));
    fc.assert(fc.property(anyRule, anyRequest, (own, asked) => !grants(own, asked) || touches(own, asked, false)), { numRuns: 500 });
  });
});
