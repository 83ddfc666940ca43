import { ClusterProfile, Problems, Quantity } from '@viridial/core';
import { BudgetTotal, Commitment } from '../budget-total';
import { compareText } from './compare';
import { RenderedNamespace } from './rendered-namespace';
import { hardOf } from './split-budget';

/** Amounts by resource. */
export type Amounts = { [resource: string]: Quantity };

/** What the quotas of each environment allow together, by environment; the shared namespaces last. */
export function totalsOf(namespaces: RenderedNamespace[]): BudgetTotal[] {
  const groups = new Map<string | undefined, RenderedNamespace[]>();
  for (const namespace of namespaces) groups.set(namespace.environment, [...groups.get(namespace.environment) ?? [], namespace]);
  return [...groups.keys()]
    .sort((a, b) => (a === undefined ? 1 : b === undefined ? -1 : compareText(a, b)))
    .map((environment) => {
      const own = groups.get(environment)!;
      const bounded = own.filter(({ bounds }) => bounds !== undefined);
      return {
        environment,
        namespaces: bounded.map(({ name }) => name).sort(),
        unbounded: own.filter(({ bounds }) => bounds === undefined).map(({ name }) => name).sort(),
        amounts: hardOf(sumOf(bounded)),
      };
    });
}

/** What the quotas of some namespaces allow together. */
export function sumOf(namespaces: RenderedNamespace[]): Amounts {
  const sums: Amounts = {};
  for (const { bounds } of namespaces) {
    for (const [resource, amount] of Object.entries(bounds?.quota.hard ?? {})) {
      const quantity = Quantity.parse(amount);
      sums[resource] = sums[resource]?.plus(quantity) ?? quantity;
    }
  }
  return sums;
}

/** What all quotas promise against what the cluster has; nothing when nobody knows what it has. */
export function commitmentsOf(namespaces: RenderedNamespace[], { capacity }: ClusterProfile): Commitment[] {
  if (capacity === undefined) return [];
  const zero = Quantity.zero();
  const bounded = namespaces.filter(({ bounds }) => bounds !== undefined);
  const sum = (read: (namespace: RenderedNamespace) => Quantity): Quantity => Quantity.sum(bounded.map(read));
  const rows: [string, Quantity, Quantity][] = [
    ['cpu', sum(({ bounds }) => bounds!.quota.cpu), Quantity.parse(capacity.cpu)],
    ['memory', sum(({ bounds }) => bounds!.quota.memory), Quantity.parse(capacity.memory)],
    ['pods', sum(({ bounds }) => Quantity.parse(bounds!.quota.hard.pods)), Quantity.parse(`${capacity.pods}`)],
  ];
  return rows.filter(([, , has]) => has.compareTo(zero) > 0).map(([resource, promised, has]) => ({
    resource, promised: promised.toString(), capacity: has.toString(), factor: Math.round(promised.toNumber() / has.toNumber() * 100) / 100,
  }));
}

/** Warns where more is promised than there is. That is usual, and nobody should be surprised by it. */
export function collectCommitments(problems: Problems, commitments: Commitment[]): void {
  for (const { resource, promised, capacity, factor } of commitments) {
    if (factor <= 1) continue;
    problems.warning({
      code: 'OverCommitted',
      path: `profile.capacity.${resource}`,
      message: `the quotas promise ${promised} of ${resource} and the cluster has ${capacity}: ${factor} times as much`,
      value: factor,
      allowed: 'at most 1, so that every namespace can have what it was promised at the same time',
      cure: 'lower budgets, add nodes, or live with pods that wait',
    });
  }
}
