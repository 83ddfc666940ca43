import { PodSecurityLevel } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import * as fc from 'fast-check';
import { Budget, QuotaScope, Role, TenancyProps, Tenant, TenantLifecycle, TenantProps } from '../../src';

const NAMES = ['shop', 'payments', 'search', 'lab', 'viridial', 'b2b'];
const ENVIRONMENTS = ['dev', 'staging', 'production'];

/** A budget that is large enough for three namespaces of any share from `shares`. */
export const budget: fc.Arbitrary<Budget> = fc.record({
  cpu: fc.oneof(fc.integer({ min: 10, max: 400 }).map(String), fc.integer({ min: 10_000, max: 99_999 }).map((milli) => `${milli}m`)),
  memory: fc.oneof(fc.integer({ min: 13, max: 999 }).map((gibi) => `${gibi}Gi`), fc.integer({ min: 14_000_000_000, max: 99_999_999_999 }).map(String)),
  storage: fc.integer({ min: 0, max: 999 }).map((gibi) => `${gibi}Gi`),
  pods: fc.integer({ min: 120, max: 999 }),
  persistentVolumeClaims: fc.nat(99),
  services: fc.nat(99),
  loadBalancers: fc.nat(5),
  nodePorts: fc.nat(5),
  configMaps: fc.integer({ min: 120, max: 500 }),
  secrets: fc.nat(99),
  objects: fc.record({ 'count/jobs.batch': fc.nat(99), 'requests.nvidia.com/gpu': fc.nat(9) }, { requiredKeys: [] }),
  ephemeralStorage: fc.integer({ min: 24, max: 99 }).map((gibi) => `${gibi}Gi`),
  scopes: fc.constantFrom([], [{ scope: QuotaScope.TERMINATING, pods: 12 }, { scope: QuotaScope.CROSS_NAMESPACE_POD_AFFINITY, pods: 0 }]),
}, { requiredKeys: ['cpu', 'memory'] });

/** Weights of environments. */
export function shares(environments: string[]): fc.Arbitrary<{ [environment: string]: number }> {
  return fc.array(fc.double({ min: 0.1, max: 4, noNaN: true }), { minLength: environments.length, maxLength: environments.length })
    .map((weights) => Object.fromEntries(environments.map((environment, index) => [environment, weights[index]])));
}

const member = fc.tuple(fc.constantFrom(Role.viewer, Role.developer, Role.admin), fc.constantFrom('group:a', 'group:b', 'user:c@d', 'serviceaccount:ci/e'))
  .map(([make, who]) => make(who));

const labels: fc.Arbitrary<{ [key: string]: string }> = fc.constantFrom<{ [key: string]: string }[]>({}, { 'example.com/team': 'a' }, { 'example.com/team': 'a', 'cost': 'b' });

const props: fc.Arbitrary<TenantProps> = fc.record({
  budget,
  members: fc.array(member, { maxLength: 4 }),
  internet: fc.constant({}),
  podSecurity: fc.constantFrom(...Object.values(PodSecurityLevel)),
  flows: fc.constantFrom([], [Flow.cidrOut({ cidr: '203.0.113.0/24', ports: [{ port: 5432 }] })], [Flow.kubeApiServer(), Flow.namespaceOut({ namespace: 'tools' })]),
  labels,
  metricsPorts: fc.constantFrom([9090], [9090, 8080]),
  costTags: fc.constantFrom<{ [tag: string]: string }[]>({}, { centre: '4711', product: 'shop' }),
  contacts: fc.constantFrom<{ [purpose: string]: string }[]>({}, { owner: 'shop@example.com', pager: 'https://pager.example.com/shop' }),
  allowedRegistries: fc.constantFrom(['ghcr.io/shop'], ['registry.example.com', 'docker.io/library']),
  applications: fc.constantFrom([], [
    { name: 'web', repository: 'https://github.com/shop/web', path: 'deploy/{environment}' }, { name: 'cache', repository: 'oci://ghcr.io/charts', chart: 'valkey', revision: '1.0.0' },
  ]),
  lifecycle: fc.constantFrom(TenantLifecycle.ACTIVE, TenantLifecycle.CORDONED),
}, { requiredKeys: [] });

/** Pairs of names, the first of which calls the second. */
function links(names: string[]): fc.Arbitrary<[string, string][]> {
  const pairs = names.flatMap((from) => names.filter((to) => to !== from).map((to): [string, string] => [from, to]));
  return fc.subarray(pairs, { maxLength: Math.min(4, pairs.length) });
}

/** Tenancies without mistakes, with flows between tenants that agree. */
export const tenancies: fc.Arbitrary<TenancyProps> = fc.tuple(
  fc.subarray(NAMES, { minLength: 1 }), fc.subarray(ENVIRONMENTS, { minLength: 1 }), fc.subarray(['monitoring', 'logging']),
).chain(([names, environments, sharedNamespaces]) => fc.tuple(fc.array(props, { minLength: names.length, maxLength: names.length }), links(names))
  .map(([all, pairs]) => ({
    name: 'platform',
    environments,
    sharedNamespaces,
    tenants: names.map((name, index) => new Tenant(name, {
      ...all[index],
      ingressHosts: index === 0 ? ['*.example.com'] : [],
      talksTo: pairs.filter(([from]) => from === name).map(([, to]) => to),
      acceptsFrom: pairs.filter(([, to]) => to === name).map(([from]) => from),
    })),
  })));

/** The same tenancy with every list in another order. */
export function reordered(tenancy: TenancyProps): fc.Arbitrary<TenancyProps> {
  const shuffled = <T>(list: T[]): fc.Arbitrary<T[]> => fc.shuffledSubarray(list, { minLength: list.length });
  return fc.tuple(shuffled(tenancy.environments), shuffled(tenancy.tenants), shuffled(tenancy.sharedNamespaces ?? [])).map(
    ([environments, tenants, sharedNamespaces]) => ({
      ...tenancy,
      environments,
      sharedNamespaces,
      tenants: tenants.map((tenant) => new Tenant(tenant.name, {
        ...tenant,
        members: [...tenant.members].reverse(),
        talksTo: [...tenant.talksTo].reverse(),
        acceptsFrom: [...tenant.acceptsFrom].reverse(),
        flows: [...tenant.flows].reverse(),
        applications: [...tenant.applications].reverse(),
        allowedRegistries: tenant.allowedRegistries && [...tenant.allowedRegistries].reverse(),
        contacts: Object.fromEntries(Object.entries(tenant.contacts).reverse()),
        costTags: Object.fromEntries(Object.entries(tenant.costTags).reverse()),
        labels: Object.fromEntries(Object.entries(tenant.labels).reverse()),
      })),
    }),
  );
}
