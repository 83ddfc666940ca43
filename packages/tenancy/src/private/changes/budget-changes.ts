import { Quantity } from '@viridial/core';
import { BudgetChange } from '../../tenancy-changes-props';
import { Amounts, sumOf } from '../budget-totals';
import { sortedOnce } from '../compare';
import { RenderedNamespace } from '../rendered-namespace';
import type { NamespacePair } from './changes';

/** A budget bounds requests and limits alike, so one of them says it. */
export const SAID_TWICE = ['requests.cpu', 'requests.ephemeral-storage', 'requests.memory'];

/** What happens to the budgets of tenants: the sum of each first, then environment by environment. */
export function budgetChanges(pairs: NamespacePair[]): BudgetChange[] {
  const tenants = new Map<string, NamespacePair[]>();
  for (const pair of pairs) {
    const tenant = (pair.after ?? pair.before)!.tenant?.tenant.name;
    if (tenant !== undefined) tenants.set(tenant, [...tenants.get(tenant) ?? [], pair]);
  }
  return sortedOnce([...tenants.keys()]).flatMap((tenant) => {
    const own = tenants.get(tenant)!;
    const environment = (pair: NamespacePair): string => (pair.after ?? pair.before)!.environment!;
    return [
      ...differences({ tenant }, amountsOf(own.map(({ before }) => before)), amountsOf(own.map(({ after }) => after))),
      ...own.flatMap((pair) => differences({ tenant, environment: environment(pair) }, amountsOf([pair.before]), amountsOf([pair.after]))),
    ];
  });
}

function amountsOf(namespaces: (RenderedNamespace | undefined)[]): Amounts {
  return sumOf(namespaces.filter((namespace) => namespace !== undefined));
}

function differences(place: { tenant: string; environment?: string }, before: Amounts, after: Amounts): BudgetChange[] {
  const zero = Quantity.zero();
  return sortedOnce([...Object.keys(before), ...Object.keys(after)])
    .filter((resource) => !SAID_TWICE.includes(resource))
    .map((resource) => ({ resource, old: before[resource], now: after[resource] }))
    .filter(({ old, now }) => old === undefined || now === undefined || old.compareTo(now) !== 0)
    .map(({ resource, old, now }) => ({
      ...place, resource, before: old?.toString(), after: now?.toString(), difference: (now ?? zero).minus(old ?? zero).toString(),
    }));
}
