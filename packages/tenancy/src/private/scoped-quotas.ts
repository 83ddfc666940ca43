import { KubernetesName, Problems, Quantity } from '@viridial/core';
import { QuotaScope, ScopedBudget } from '../scoped-budget';
import { amountOf, least } from './amounts';
import { narrowLine } from './budget-lines';
import { BudgetSplit } from './split-budget';
import { splitLine } from './split-line';

/** A bound of some pods of one namespace. */
export interface ScopedQuota {
  /** Name of the ResourceQuota. */
  readonly name: string;
  /** `spec` of the ResourceQuota without `hard`. */
  readonly selection: { [key: string]: any };
  readonly hard: { [resource: string]: Quantity };
}

/** Scopes that count pods and nothing else (https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes). */
const PODS_ONLY = [QuotaScope.BEST_EFFORT, QuotaScope.CROSS_NAMESPACE_POD_AFFINITY];

const AMOUNTS: { readonly property: 'cpu' | 'memory' | 'pods'; readonly resources: string[]; readonly step: string }[] = [
  { property: 'cpu', resources: ['limits.cpu', 'requests.cpu'], step: '1m' },
  { property: 'memory', resources: ['limits.memory', 'requests.memory'], step: '1Mi' },
  { property: 'pods', resources: ['pods'], step: '1' },
];

/** The narrower bounds of each namespace, each at most what the namespace has altogether. */
export function splitScopes(problems: Problems, split: BudgetSplit, whole: { [resource: string]: Quantity }[]): ScopedQuota[][] {
  const quotas: ScopedQuota[][] = split.parts.map(() => []);
  const names = new Map<string, number>();
  (split.budget?.scopes ?? []).forEach((scoped, index) => {
    const path = `${split.path}.scopes[${index}]`;
    const name = nameOf(scoped);
    if (names.has(name)) {
      problems.error({ code: 'DuplicateName', path, message: `the scope is named by scopes[${names.get(name)}] already`, value: name, cure: 'name it once' });
    }
    names.set(name, index);
    collectScope(problems, path, scoped);
    const hard = splitScope(problems, split, { scoped, path, whole });
    hard.forEach((amounts, part) => quotas[part].push({ name, selection: selectionOf(scoped), hard: amounts }));
  });
  return quotas.map((own) => own.sort((a, b) => (a.name < b.name ? -1 : 1)));
}

interface Scope {
  readonly scoped: ScopedBudget;
  readonly path: string;
  readonly whole: { [resource: string]: Quantity }[];
}

function splitScope(problems: Problems, split: BudgetSplit, { scoped, path, whole }: Scope): { [resource: string]: Quantity }[] {
  const hard: { [resource: string]: Quantity }[] = split.parts.map(() => ({}));
  for (const { property, resources, step } of AMOUNTS) {
    const total = amountOf(problems, `${path}.${property}`, scoped[property]);
    if (total === undefined) continue;
    const line = narrowLine(property, resources, step);
    const all = whole.map((amounts) => amounts[resources[0]]);
    collectAbove(problems, `${path}.${property}`, total, Quantity.sum(all));
    const amounts = splitLine(problems, { split, line, path: `${path}.${property}`, total, own: split.parts.map(() => undefined) });
    amounts.forEach((amount, index) => {
      for (const resource of resources) hard[index][resource] = least(amount, all[index]);
    });
  }
  return hard;
}

function collectAbove(problems: Problems, path: string, total: Quantity, all: Quantity): void {
  if (total.compareTo(all) <= 0) return;
  problems.error({
    code: 'ScopeAboveBudget',
    path,
    message: `${total.toString()} for some pods is more than the ${all.toString()} that all pods have`,
    value: total.toString(),
    allowed: `at most ${all.toString()}`,
    cure: 'lower it, or raise the budget',
  });
}

function collectScope(problems: Problems, path: string, scoped: ScopedBudget): void {
  const { scope, priorityClasses = [], cpu, memory, pods } = scoped;
  if ((scope === QuotaScope.PRIORITY_CLASS) !== (priorityClasses.length > 0)) {
    problems.error({
      code: 'ScopeWithoutMeaning',
      path: `${path}.priorityClasses`,
      message: scope === QuotaScope.PRIORITY_CLASS ? 'the scope names no priority class' : `scope ${scope} has no priority classes`,
      value: priorityClasses,
      cure: 'name priority classes with QuotaScope.PRIORITY_CLASS, and with no other scope',
    });
  }
  priorityClasses.forEach((name, index) => KubernetesName.collectDnsSubdomain(problems, `${path}.priorityClasses[${index}]`, name, 'priority class'));
  if (PODS_ONLY.includes(scope) && (cpu !== undefined || memory !== undefined)) {
    problems.error({
      code: 'ScopeWithoutMeaning', path, message: `scope ${scope} can bound the number of pods only`, allowed: 'pods', cure: 'take cpu and memory away',
    });
  }
  if (cpu === undefined && memory === undefined && pods === undefined) {
    problems.error({ code: 'ScopeWithoutMeaning', path, message: 'the scope bounds nothing', allowed: 'at least one of cpu, memory and pods', cure: 'give an amount, or take the scope away' });
  }
}

function nameOf({ scope, priorityClasses = [] }: ScopedBudget): string {
  const kind = scope.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
  return ['budget', kind, ...[...priorityClasses].sort()].join('-');
}

function selectionOf({ scope, priorityClasses = [] }: ScopedBudget): { [key: string]: any } {
  switch (scope) {
    case QuotaScope.PRIORITY_CLASS:
      return { scopeSelector: { matchExpressions: [{ scopeName: scope, operator: 'In', values: [...new Set(priorityClasses)].sort() }] } };
    case QuotaScope.CROSS_NAMESPACE_POD_AFFINITY:
      return { scopeSelector: { matchExpressions: [{ scopeName: scope, operator: 'Exists' }] } };
    default:
      return { scopes: [scope] };
  }
}
