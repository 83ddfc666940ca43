import { Problems } from '@viridial/core';
import { Budget } from '../budget';
import { ContainerLimits } from '../container-limits';
import { limitsOf } from './limits';
import { NamespaceBounds } from './model';
import { BudgetPart, splitBudget } from './split-budget';

/** What the bounds of some namespaces are made of. */
export interface BoundsInput {
  /** Property path of whoever has the budget. */
  readonly path: string;
  readonly budget?: Budget;
  readonly containerLimits?: ContainerLimits;
  readonly bounded: boolean;
  readonly parts: BudgetPart[];
  readonly shared: boolean;
}

/**
 * The quota and the limits of each namespace, or nothing for namespaces without bounds. Kubernetes refuses pods without
 * limits as soon as there is a quota (kyverno/kyverno#511, openshift/origin#18434), so there are both or neither.
 */
export function boundsOf(problems: Problems, input: BoundsInput): NamespaceBounds[] | undefined {
  const { budget, containerLimits, bounded, parts, path, shared } = input;
  if (!bounded) {
    collectHalf(problems, `${path}.budget`, budget, 'a quota without limits refuses every pod that names none');
    collectHalf(problems, `${path}.containerLimits`, containerLimits, 'limits without a quota bound no namespace');
    problems.warning({
      code: 'Unbounded',
      path: `${path}.bounded`,
      message: `${parts.map((part) => part.namespace).join(', ')} can take the whole cluster`,
      value: false,
      cure: 'leave bounded out, and give a budget that is large enough',
    });
    return undefined;
  }
  const quotas = splitBudget(problems, { budget, path: `${path}.budget`, parts, shared });
  return quotas.map((quota) => ({ quota, limits: limitsOf(problems, `${path}.containerLimits`, containerLimits, quota) }));
}

function collectHalf(problems: Problems, path: string, given: Budget | ContainerLimits | undefined, message: string): void {
  if (given === undefined) return;
  problems.error({
    code: path.endsWith('budget') ? 'QuotaWithoutLimits' : 'LimitsWithoutQuota',
    path,
    message: `bounded is false: ${message}`,
    allowed: 'both quota and limits, or neither',
    cure: 'leave bounded out, or take this away',
  });
}
