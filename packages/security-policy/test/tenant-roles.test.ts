import { Manifests } from '@viridial/core';
import { TenantRole, TenantRoles } from '../src';

const ROLES = Object.values(TenantRole);

/** Whether the rules allow a request, read the way the RBAC authoriser does for named resources. */
function may(role: TenantRole, verb: string, resource: string, apiGroup = ''): boolean {
  return TenantRoles.rules(role).some((rule) =>
    rule.apiGroups.includes(apiGroup) && rule.resources.includes(resource) && rule.verbs.includes(verb));
}

const RBAC = 'rbac.authorization.k8s.io';

describe('escalations of the built-in roles', () => {
  test.each(ROLES)('%s holds no wildcard, which would take in what a later version adds', (role) => {
    expect(JSON.stringify(TenantRoles.rules(role))).not.toContain('*');
  });

  test.each(ROLES)('%s neither impersonates nor binds, escalates or approves', (role) => {
    const verbs = new Set(TenantRoles.rules(role).flatMap((rule) => rule.verbs));
    for (const verb of ['impersonate', 'bind', 'escalate', 'approve', 'sign', 'deletecollection', 'use']) expect(verbs).not.toContain(verb);
  });

  test.each(ROLES)('%s gets no token of a service account and no way around network policies', (role) => {
    const resources = new Set(TenantRoles.rules(role).flatMap((rule) => rule.resources));
    for (const resource of ['serviceaccounts/token', 'pods/proxy', 'services/proxy', 'nodes', 'nodes/proxy', 'pods/ephemeralcontainers']) {
      expect(resources).not.toContain(resource);
    }
  });

  test.each(ROLES)('%s changes nothing that keeps the tenant in its bounds', (role) => {
    for (const verb of ['create', 'update', 'patch', 'delete']) {
      for (const [resource, group] of [
        ['networkpolicies', 'networking.k8s.io'], ['resourcequotas', ''], ['limitranges', ''], ['namespaces', ''], ['roles', RBAC], ['rolebindings', RBAC],
      ]) {
        expect([role, verb, resource, may(role, verb, resource, group)]).toEqual([role, verb, resource, false]);
      }
    }
  });

  test.each(ROLES)('%s writes nothing outside namespaces', (role) => {
    const clusterScoped = ['nodes', 'persistentvolumes', 'clusterroles', 'clusterrolebindings', 'storageclasses', 'customresourcedefinitions', 'priorityclasses'];
    const resources = TenantRoles.rules(role).flatMap((rule) => rule.resources);
    expect(resources.filter((resource) => clusterScoped.includes(resource))).toEqual([]);
  });
});

/**
 * What the built-in roles `edit` and `admin` may and ours may not
 * (kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata/cluster-roles.yaml).
 */
const BUILT_IN: [string, string, string, string][] = [
  ['becoming a stronger service account', 'impersonate', 'serviceaccounts', ''],
  ['a token of a stronger service account', 'create', 'serviceaccounts/token', ''],
  ['opening the namespace to others', 'create', 'networkpolicies', 'networking.k8s.io'],
  ['taking the default deny away', 'delete', 'networkpolicies', 'networking.k8s.io'],
  ['giving oneself a role', 'create', 'rolebindings', RBAC],
  ['widening a role', 'update', 'roles', RBAC],
  ['a way past network policies', 'create', 'pods/proxy', ''],
  ['a way past network policies to services', 'get', 'services/proxy', ''],
  ['everything at once', 'deletecollection', 'pods', ''],
  ['a volume of the cluster', 'create', 'persistentvolumes', ''],
  ['sending the traffic of a service to an address of choice', 'update', 'endpoints', ''],
  ['sending the traffic of a service to an address of choice', 'create', 'endpointslices', 'discovery.k8s.io'],
];

describe.each(ROLES)('the built-in escalations, without which %s is', (role) => {
  test.each(BUILT_IN)('%s: %s %s', (_, verb, resource, group) => {
    expect(may(role, verb, resource, group)).toBe(false);
  });
});

describe('what the roles are for', () => {
  test('a viewer reads workloads, logs and limits, and no secret', () => {
    for (const [resource, group] of [
      ['pods', ''], ['pods/log', ''], ['events', ''], ['resourcequotas', ''], ['deployments', 'apps'], ['networkpolicies', 'networking.k8s.io'],
    ]) {
      expect([resource, may(TenantRole.VIEWER, 'get', resource, group)]).toEqual([resource, true]);
    }
    expect(may(TenantRole.VIEWER, 'get', 'secrets')).toBe(false);
    expect(new Set(TenantRoles.rules(TenantRole.VIEWER).flatMap((rule) => rule.verbs))).toEqual(new Set(['get', 'list', 'watch']));
  });

  test('a developer runs and debugs workloads, and reads no secret through the API', () => {
    expect(may(TenantRole.DEVELOPER, 'create', 'deployments', 'apps')).toBe(true);
    expect(may(TenantRole.DEVELOPER, 'patch', 'deployments/scale', 'apps')).toBe(true);
    expect(may(TenantRole.DEVELOPER, 'delete', 'pods')).toBe(true);
    expect(may(TenantRole.DEVELOPER, 'create', 'pods/exec')).toBe(true);
    expect(may(TenantRole.DEVELOPER, 'get', 'secrets')).toBe(false);
    expect(may(TenantRole.DEVELOPER, 'create', 'serviceaccounts')).toBe(false);
  });

  test('an administrator keeps secrets and service accounts, and sees who has a role', () => {
    expect(may(TenantRole.ADMIN, 'update', 'secrets')).toBe(true);
    expect(may(TenantRole.ADMIN, 'create', 'serviceaccounts')).toBe(true);
    expect(may(TenantRole.ADMIN, 'list', 'rolebindings', RBAC)).toBe(true);
  });

  test('the deployer applies workloads and secrets, and gets neither a shell nor pods of its own', () => {
    expect(may(TenantRole.DEPLOYER, 'patch', 'deployments', 'apps')).toBe(true);
    expect(may(TenantRole.DEPLOYER, 'create', 'secrets')).toBe(true);
    for (const resource of ['pods/exec', 'pods/attach', 'pods/portforward', 'pods']) {
      expect([resource, may(TenantRole.DEPLOYER, 'create', resource)]).toEqual([resource, false]);
    }
  });

  test.each([
    [TenantRole.VIEWER, TenantRole.DEVELOPER], [TenantRole.DEVELOPER, TenantRole.ADMIN], [TenantRole.VIEWER, TenantRole.DEPLOYER],
  ])('whatever %s may, %s may as well', (less, more) => {
    for (const rule of TenantRoles.rules(less)) {
      for (const resource of rule.resources) {
        for (const verb of rule.verbs) expect([verb, resource, may(more, verb, resource, rule.apiGroups[0])]).toEqual([verb, resource, true]);
      }
    }
  });

  test.each(ROLES)('nobody but a shell may open a shell: %s has no get on what opens one', (role) => {
    for (const resource of ['pods/exec', 'pods/attach', 'pods/portforward']) expect(may(role, 'get', resource)).toBe(false);
  });
});

describe('the objects', () => {
  test('there is one ClusterRole for each role, well formed, by name, and it binds nobody', () => {
    const roles = TenantRoles.clusterRoles();
    expect(Manifests.check(roles)).toEqual([]);
    expect(roles.map((role) => role.metadata.name)).toEqual([
      'viridial:tenant-admin', 'viridial:tenant-deployer', 'viridial:tenant-developer', 'viridial:tenant-viewer',
    ]);
    expect(new Set(roles.map((role) => role.kind))).toEqual(new Set(['ClusterRole']));
    expect(roles[0].metadata.labels).toEqual({ 'app.kubernetes.io/managed-by': 'viridial', 'viridial.com/managed': 'true', 'viridial.com/role': 'admin' });
  });

  test('changing what is returned changes nothing for the next caller', () => {
    TenantRoles.rules(TenantRole.VIEWER)[0].verbs.push('*');
    TenantRoles.clusterRoles()[3].rules.push({});
    expect(JSON.stringify(TenantRoles.clusterRoles())).not.toContain('*');
  });
});

describe('self-service', () => {
  const { metadata, rules } = TenantRoles.selfServiceClusterRole();

  test('is a role of its own, and part of no other', () => {
    expect(metadata.name).toBe(TenantRoles.selfServiceClusterRoleName());
    expect(TenantRoles.clusterRoles().map((role) => role.metadata.name)).not.toContain(metadata.name);
  });

  test('binds by name alone, and escalates nowhere', () => {
    const binding = rules.filter(({ verbs }: any) => verbs.includes('bind'));
    expect(binding).toEqual([{
      apiGroups: [RBAC], resources: ['clusterroles'], verbs: ['bind'], resourceNames: ['viridial:tenant-viewer', 'viridial:tenant-developer', 'viridial:tenant-admin'],
    }]);
    expect(JSON.stringify(rules)).not.toMatch(/\*|escalate|impersonate|deletecollection|ciliumnetworkpolicies/);
    expect(rules.flatMap(({ resources }: any) => resources).sort()).toEqual(['clusterroles', 'networkpolicies', 'rolebindings']);
  });
});
