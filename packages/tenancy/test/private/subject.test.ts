import { Problems } from '@viridial/core';
import * as fc from 'fast-check';
import { parseSubject, rbacSubject, subjectKey } from '../../src/private/subject';

function parse(text: string): any {
  const problems = new Problems();
  const subject = parseSubject(problems, 'members[0]', text, 'oidc:');
  return problems.hasErrors ? problems.errors.map(({ message }) => message) : subject;
}

test('a group, a user and a service account become what RBAC binds', () => {
  const group = 'rbac.authorization.k8s.io';
  expect(rbacSubject(parse('group:shop'))).toEqual({ apiGroup: group, kind: 'Group', name: 'shop' });
  expect(rbacSubject(parse('user:alice@example.com'))).toEqual({ apiGroup: group, kind: 'User', name: 'alice@example.com' });
  expect(rbacSubject(parse('serviceaccount:ci/runner'))).toEqual({ kind: 'ServiceAccount', name: 'runner', namespace: 'ci' });
});

test('names of identity providers may hold colons and slashes', () => {
  expect(parse('group:oidc:shop/developers')).toEqual({ kind: 'Group', name: 'oidc:shop/developers' });
  expect(parse('user:arn:aws:iam::123456789012:role/shop')).toEqual({ kind: 'User', name: 'arn:aws:iam::123456789012:role/shop' });
});

test('a mistake holds what was written', () => {
  expect(parse('shop')).toEqual(["member 'shop' is not written as a member"]);
  expect(parse('serviceaccount:runner')).toEqual(["'serviceaccount:runner' does not name a service account"]);
  expect(parse('group:system:unauthenticated')).toEqual(['system:unauthenticated stands for users that the tenant does not know']);
});

test('two subjects have one key only when they are one subject', () => {
  const member = fc.oneof(
    fc.constantFrom('group', 'user').chain((kind) => fc.stringMatching(/^[a-z/:]{1,6}$/).map((name) => `${kind}:${name}`)),
    fc.stringMatching(/^[a-c]{1,2}\/[a-c]{1,2}$/).map((name) => `serviceaccount:${name}`),
  );
  fc.assert(fc.property(member, member, (a, b) => {
    expect(subjectKey(parse(a)) === subjectKey(parse(b))).toBe(a === b);
  }), { numRuns: 300 });
});
