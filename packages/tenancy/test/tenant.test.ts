import { PodSecurityLevel } from '@viridial/core';
import { Tenant } from '../src';

test('a tenant of which nothing is said is closed, bounded and restricted', () => {
  const tenant = new Tenant('shop');
  expect([tenant.bounded, tenant.podSecurity, tenant.internet]).toEqual([true, PodSecurityLevel.RESTRICTED, undefined]);
  expect([tenant.members, tenant.talksTo, tenant.acceptsFrom, tenant.ingressHosts, tenant.flows]).toEqual([[], [], [], [], []]);
});

test('a tenant does not change when what it was made of does', () => {
  const talksTo = ['payments'];
  const budget = { cpu: '8', memory: '16Gi' };
  const tenant = new Tenant('shop', { talksTo, budget });
  talksTo.push('search');
  budget.cpu = '800';
  expect([tenant.talksTo, tenant.budget]).toEqual([['payments'], { cpu: '8', memory: '16Gi' }]);
});

test('a tenant is not checked before its tenancy is, so that all mistakes are told together', () => {
  expect(new Tenant('Not A Label', { budget: { cpu: 'much', memory: '' } }).name).toBe('Not A Label');
});
