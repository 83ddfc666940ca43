import { Role } from '../src';

test('a role remembers who has it, what for, and where', () => {
  const role = Role.developer('group:shop', { environments: ['staging'] });
  expect([role.tenantRole, role.member, role.environments]).toEqual(['developer', 'group:shop', ['staging']]);
  expect([Role.viewer('user:a@b').tenantRole, Role.admin('user:a@b').tenantRole]).toEqual(['viewer', 'admin']);
});

test('a role without environments is for all of the tenant', () => {
  expect(Role.admin('group:ops').environments).toBeUndefined();
});

test('a role does not change when the list it was made of does', () => {
  const environments = ['staging'];
  const role = Role.viewer('group:shop', { environments });
  environments.push('production');
  expect(role.environments).toEqual(['staging']);
});
