import { Problems } from '@viridial/core';
import * as fc from 'fast-check';
import { collectNames, deployerNamespace, sharedNamespace, tenantNamespace } from '../../src/private/namespaces';
import { Tenant } from '../../src/tenant';

test('namespaces are named by what they belong to', () => {
  expect(tenantNamespace('shop', 'staging')).toBe('shop-staging');
  expect(sharedNamespace('viridial', 'monitoring')).toBe('viridial-monitoring');
  expect(deployerNamespace('viridial')).toBe('viridial-deployers');
});

test('names that pass make as many namespaces as there are pairs, shared ones and deployers', () => {
  const name = fc.constantFrom('a', 'b', 'a-b', 'b-a', 'deployers', 'platform', 'monitoring');
  const list = fc.uniqueArray(name, { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(list, list, list, (environments, tenants, sharedNamespaces) => {
    const problems = new Problems();
    collectNames(problems, { name: 'platform', environments, tenants: tenants.map((tenant) => new Tenant(tenant)), sharedNamespaces });
    const namespaces = [
      ...tenants.flatMap((tenant) => environments.map((environment) => tenantNamespace(tenant, environment))),
      ...sharedNamespaces.map((shared) => sharedNamespace('platform', shared)), deployerNamespace('platform'),
    ];
    expect(problems.hasErrors).toBe(new Set(namespaces).size < namespaces.length);
  }), { numRuns: 300 });
});
