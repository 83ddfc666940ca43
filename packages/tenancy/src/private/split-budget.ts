import { Problems, Quantity } from '@viridial/core';
import { Budget } from '../budget';
import { BUDGET_LINES, BudgetLine, objectLine, statedAmount } from './budget-lines';

/** The quota of one namespace. */
export interface NamespaceQuota {
  /** `spec.hard` of the ResourceQuota, by resource in one order. */
  readonly hard: { [resource: string]: string };
  readonly cpu: Quantity;
  readonly memory: Quantity;
  readonly storage: Quantity;
}

/** A namespace that takes part in a budget. */
export interface BudgetPart {
  readonly namespace: string;
  readonly weight: number;
}

/** What is split, and over what. */
export interface BudgetSplit {
  readonly budget?: Budget;
  /** Property path of the budget. */
  readonly path: string;
  readonly parts: BudgetPart[];
  readonly shared: boolean;
}

/** Names that quotas have for counted objects and for extended resources. */
const QUOTA_RESOURCE = /^(count\/[a-z][a-z0-9]*(\.[a-z0-9-]+)*|requests\.[a-z0-9.-]+\/[A-Za-z0-9._-]+)$/;

/**
 * Splits a budget over its namespaces, each resource for itself and down to whole steps. The parts of each resource add
 * up to exactly the amount, so the namespaces together can never use more than it.
 */
export function splitBudget(problems: Problems, split: BudgetSplit): NamespaceQuota[] {
  const { parts, path, budget } = split;
  const resources = Object.keys(budget?.objects ?? {}).filter((resource) => isQuotaResource(problems, `${path}.objects.${resource}`, resource));
  const hard: { [resource: string]: Quantity }[] = parts.map(() => ({}));
  for (const line of [...BUDGET_LINES, ...resources.map(objectLine)]) {
    const amounts = splitLine(problems, split, line);
    amounts.forEach((amount, index) => {
      for (const resource of line.resources) hard[index][resource] = amount;
    });
  }
  collectNodePorts(problems, split, hard);
  return hard.map((amounts) => ({
    hard: Object.fromEntries(Object.keys(amounts).sort().map((resource) => [resource, amounts[resource].toString()])),
    cpu: amounts['limits.cpu'],
    memory: amounts['limits.memory'],
    storage: amounts['requests.storage'],
  }));
}

function splitLine(problems: Problems, split: BudgetSplit, line: BudgetLine): Quantity[] {
  const { parts } = split;
  const total = statedTotal(problems, split, line)
    ?? (split.shared ? line.sharedDefault : line.tenantDefault).times(parts.length);
  const amounts = total.splitInSteps(parts.map((part) => part.weight), line.step);
  amounts.forEach((amount, index) => {
    const tooSmall = amount.compareTo(line.least) < 0;
    if (!tooSmall && (!amount.isZero || total.isZero)) return;
    const what = parts.length === 1 ? 'is all there is' : `over ${parts.length} namespaces leaves ${amount.toString()}`;
    const fault = {
      path: `${split.path}.${line.property}`,
      message: `${line.property} ${total.toString()} ${what} for ${parts[index].namespace}`,
      value: total.toString(),
      allowed: `at least ${line.least.toString()} for each namespace`,
      cure: 'raise the budget, give the namespace a greater share, or name fewer environments',
    };
    if (tooSmall) problems.error({ code: 'BudgetTooSmall', ...fault });
    else problems.warning({ code: 'ShareIsNothing', ...fault, allowed: undefined });
  });
  return amounts;
}

/** The amount that a person stated; nothing when there is none or a problem was added. */
function statedTotal(problems: Problems, { budget, path }: BudgetSplit, line: BudgetLine): Quantity | undefined {
  const stated = statedAmount(budget, line);
  const at = `${path}.${line.property}`;
  if (stated === undefined) return undefined;
  if (typeof stated === 'number') {
    if (Number.isSafeInteger(stated) && stated >= 0) return Quantity.parse(`${stated}`);
    problems.error({ code: 'InvalidCount', path: at, message: `${stated} is not a number of objects`, value: stated, allowed: 'whole numbers from 0', cure: 'give a whole number' });
    return undefined;
  }
  const quantity = Quantity.collect(problems, at, stated);
  if (!quantity?.isNegative) return quantity;
  problems.error({ code: 'NegativeBudget', path: at, message: `${stated} is negative`, value: stated, allowed: 'quantities from 0', cure: 'give the amount that the tenant may use' });
  return undefined;
}

function isQuotaResource(problems: Problems, path: string, resource: string): boolean {
  if (QUOTA_RESOURCE.test(resource)) return true;
  problems.error({
    code: 'InvalidQuotaResource',
    path,
    message: `${resource} is not a resource that a quota counts`,
    value: resource,
    allowed: 'count/<plural>.<group>, or requests.<domain>/<resource>',
    cure: 'take the property of the budget that is named after it, or write it as quotas do',
  });
  return false;
}

/** A load balancer takes node ports unless its service says otherwise, and is refused where there are none. */
function collectNodePorts(problems: Problems, { path, parts }: BudgetSplit, hard: { [resource: string]: Quantity }[]): void {
  hard.forEach((amounts, index) => {
    if (amounts['services.loadbalancers'].isZero || !amounts['services.nodeports'].isZero) return;
    problems.warning({
      code: 'LoadBalancerWithoutNodePort',
      path: `${path}.loadBalancers`,
      message: `${parts[index].namespace} may have load balancers but no node port, which they take by default`,
      cure: 'set allocateLoadBalancerNodePorts: false on the services, or allow nodePorts',
    });
  });
}
