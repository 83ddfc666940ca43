import { Problems } from '@viridial/core';
import { Tenant } from '../tenant';
import { tenantNamespace } from './namespaces';
import { BudgetPart } from './split-budget';

/** The namespaces of a tenant with the weights of its environments. */
export function sharesOf(problems: Problems, tenant: Tenant, environments: string[]): BudgetPart[] {
  const { shares } = tenant.budget ?? {};
  const path = `tenants.${tenant.name}.budget.shares`;
  for (const environment of Object.keys(shares ?? {})) {
    if (environments.includes(environment)) continue;
    problems.error({
      code: 'UnknownEnvironment',
      path: `${path}.${environment}`,
      message: `${tenant.name} is in no environment ${environment}`,
      value: environment,
      allowed: environments.join(', '),
      cure: 'correct the name, or take the share away',
    });
  }
  for (const environment of Object.keys(tenant.budget?.environments ?? {})) {
    if (environments.includes(environment)) continue;
    problems.error({
      code: 'UnknownEnvironment',
      path: `tenants.${tenant.name}.budget.environments.${environment}`,
      message: `${tenant.name} is in no environment ${environment}`,
      value: environment,
      allowed: environments.join(', '),
      cure: 'correct the name, or take the amounts away',
    });
  }
  return environments.map((environment) => {
    const weight = shares === undefined ? 1 : shares[environment];
    const right = weight !== undefined && Number.isFinite(weight) && weight > 0;
    if (!right) {
      problems.error({
        code: 'InvalidShare',
        path: `${path}.${environment}`,
        message: weight === undefined ? `environment ${environment} has no share, although others have one` : `${weight} is not a share`,
        value: weight,
        allowed: 'numbers greater than 0, for every environment of the tenant',
        cure: 'give every environment a share, or none',
      });
    }
    const stated = tenant.budget?.environments?.[environment];
    return { namespace: tenantNamespace(tenant.name, environment), environment, weight: right ? weight : 1, stated };
  });
}
