import { readBindings } from '../../../src/private/access/bindings';
import { builtInRoles } from '../../../src/private/access/built-in-roles';
import { Roles } from '../../../src/private/access/roles';
import { clusterRole, role, roleBinding, rule } from '../../fixtures/access';
import { inventoryOf } from '../../fixtures/read';

function read(manifests: any[]): Roles {
  return Roles.read(inventoryOf(manifests).inventory);
}

describe('roles that every API server has', () => {
  test('are well formed', () => {
    const { inventory, problems } = inventoryOf(builtInRoles());
    Roles.read(inventory);
    expect(problems.errors).toEqual([]);
    expect(new Set(builtInRoles().map(({ metadata }) => metadata.name)).size).toBe(builtInRoles().length);
  });

  test('are there unless the manifests have their own', () => {
    expect(read([]).find('ClusterRole', 'edit', '')).toMatchObject({ builtIn: true });
    expect(read([clusterRole('edit', [rule(['get'], ['pods'])])]).find('ClusterRole', 'edit', '')).toMatchObject({ builtIn: false, rules: [expect.objectContaining({ resources: ['pods'] })] });
  });

  test('include each other: admin what edit has, edit what view has', () => {
    const [admin, edit, view] = ['admin', 'edit', 'view'].map((name) => new Set(read([]).find('ClusterRole', name, '')!.rules.map(({ where }) => where)));
    for (const where of view) expect(edit.has(where)).toBe(true);
    for (const where of edit) expect(admin.has(where)).toBe(true);
    expect([admin.size, edit.size, view.size]).toEqual([27, 25, 10]);
  });

  test('none but cluster-admin has a wildcard', () => {
    for (const { metadata, rules } of builtInRoles()) {
      if (metadata.name !== 'cluster-admin') expect(JSON.stringify(rules)).not.toContain('*');
    }
  });
});

describe('finding a role', () => {
  const roles = read([role('shop/reader', rule(['get'], ['pods'])), clusterRole('reader', [rule(['list'], ['pods'])])]);

  test('takes its kind, and for a Role its namespace', () => {
    expect(roles.find('Role', 'reader', 'shop')!.rules[0].verbs).toEqual(['get']);
    expect(roles.find('ClusterRole', 'reader', 'shop')!.rules[0].verbs).toEqual(['list']);
    expect(roles.find('Role', 'reader', 'blog')).toBeUndefined();
    expect(roles.find('ClusterRole', 'writer', '')).toBeUndefined();
  });

  test('all of them are sorted', () => {
    const identities = roles.all.map(({ identity }) => identity);
    expect(identities).toEqual([...identities].sort());
    expect(identities).toContain('Role.rbac.authorization.k8s.io shop/reader');
  });
});

test('rules say where they stand', () => {
  expect(read([role('shop/reader', rule(['get'], ['pods']), rule(['list'], ['pods']))]).find('Role', 'reader', 'shop')!.rules.map(({ where }) => where))
    .toEqual(['Role.rbac.authorization.k8s.io shop/reader rules[0]', 'Role.rbac.authorization.k8s.io shop/reader rules[1]']);
});

test('a binding without subjects binds nobody', () => {
  const { subjects, ...without } = roleBinding('shop/nobody', 'reader', 'user:x');
  expect(subjects).toHaveLength(1);
  const { inventory, problems } = inventoryOf([without]);
  expect(readBindings(inventory, Roles.read(inventory))).toEqual([expect.objectContaining({ subjects: [], reference: 'Role reader', role: undefined })]);
  expect(problems.errors).toEqual([]);
});
