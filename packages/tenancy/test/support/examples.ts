import { Role, Tenancy, Tenant } from '../../src';

/** The platform of the examples. */
export function viridial(): Tenancy {
  return new Tenancy({
    name: 'viridial',
    environments: ['staging', 'production'],
    sharedNamespaces: ['monitoring'],
    tenants: [new Tenant('viridial', { budget: { cpu: '40', memory: '80Gi' }, ingressHosts: ['*.viridial.com'] })],
  });
}

/** Two tenants of which one calls the other. */
export function shops(): Tenancy {
  return new Tenancy({
    environments: ['staging', 'production'],
    tenants: [
      new Tenant('shop', { budget: { cpu: '8', memory: '16Gi' }, members: [Role.developer('group:shop')], talksTo: ['payments'] }),
      new Tenant('payments', { budget: { cpu: '4', memory: '8Gi' }, acceptsFrom: ['shop'] }),
    ],
  });
}
