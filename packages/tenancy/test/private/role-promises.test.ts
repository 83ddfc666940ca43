import { TenantRole, TenantRoles } from '@viridial/security-policy';
import { PROMISES, Request } from '../../src/private/role-promises';

const grants = (rules: any[], { verb, apiGroup = '', resource, subresource }: Request) => rules.some((rule) => (
  rule.apiGroups.includes(apiGroup) && rule.verbs.includes(verb) && rule.resources.includes(subresource === undefined ? resource : `${resource}/${subresource}`)));

test.each(Object.values(TenantRole))('a %s may what is promised, and not what is promised to be refused', (role) => {
  const rules = TenantRoles.rules(role);
  expect(PROMISES[role].may.filter((request) => !grants(rules, request))).toEqual([]);
  expect(PROMISES[role].mayNot.filter((request) => grants(rules, request))).toEqual([]);
});

test.each(Object.values(TenantRole))('a rule that the role of a %s loses is missed by a promise', (role) => {
  const rules = TenantRoles.rules(role);
  const idle = rules.filter((rule) => PROMISES[role].may.every((request) => grants(rules.filter((other) => other !== rule), request)));
  expect(idle).toEqual([]);
});
