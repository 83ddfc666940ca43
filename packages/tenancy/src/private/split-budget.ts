import { Problems, Quantity } from '@viridial/core';
import { Budget } from '../budget';
import { EnvironmentBudget } from '../environment-budget';
import { BUDGET_LINES, objectLine } from './budget-lines';
import { ScopedQuota, splitScopes } from './scoped-quotas';
import { isStated, readLine, splitLine } from './split-line';

/** The quota of one namespace. */
export interface NamespaceQuota {
  /** `spec.hard` of the ResourceQuota, by resource in one order. */
  readonly hard: { [resource: string]: string };
  readonly cpu: Quantity;
  readonly memory: Quantity;
  readonly storage: Quantity;
  /** Absent where storage on the disks of nodes is not bounded. */
  readonly ephemeralStorage?: Quantity;
  readonly persistentVolumeClaims: Quantity;
  /** Narrower bounds, by name. */
  readonly scoped: ScopedQuota[];
}

/** A namespace that takes part in a budget. */
export interface BudgetPart {
  readonly namespace: string;
  readonly weight: number;
  /** Of a tenant's namespace. */
  readonly environment?: string;
  /** What the namespace has exactly. */
  readonly stated?: EnvironmentBudget;
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
 * Splits a budget over its namespaces, each resource for itself and down to whole steps. The parts of each resource never
 * add up to more than the amount, and to exactly it unless every namespace has a stated part.
 */
export function splitBudget(problems: Problems, split: BudgetSplit): NamespaceQuota[] {
  const { parts } = split;
  const hard: { [resource: string]: Quantity }[] = parts.map(() => ({}));
  for (const line of [...BUDGET_LINES, ...objectNames(problems, split).map(objectLine)]) {
    const input = readLine(problems, split, line);
    if (line.onRequest && !isStated(input)) continue;
    splitLine(problems, input).forEach((amount, index) => {
      for (const resource of line.resources) hard[index][resource] = amount;
    });
  }
  collectNodePorts(problems, split, hard);
  const scoped = splitScopes(problems, split, hard);
  return hard.map((amounts, index) => ({
    hard: hardOf(amounts),
    cpu: amounts['limits.cpu'],
    memory: amounts['limits.memory'],
    storage: amounts['requests.storage'],
    ephemeralStorage: amounts['limits.ephemeral-storage'],
    persistentVolumeClaims: amounts.persistentvolumeclaims,
    scoped: scoped[index],
  }));
}

/** `spec.hard` in one order. */
export function hardOf(amounts: { [resource: string]: Quantity }): { [resource: string]: string } {
  return Object.fromEntries(Object.keys(amounts).sort().map((resource) => [resource, amounts[resource].toString()]));
}

/** Objects that the budget, or an environment of it, counts by their quota resource. */
function objectNames(problems: Problems, { budget, path, parts }: BudgetSplit): string[] {
  const places = [
    { path: `${path}.objects`, objects: budget?.objects },
    ...parts.map(({ environment, stated }) => ({ path: `${path}.environments.${environment}.objects`, objects: stated?.objects })),
  ];
  const valid = places.flatMap((place) => Object.keys(place.objects ?? {}).filter((resource) => isQuotaResource(problems, `${place.path}.${resource}`, resource)));
  return [...new Set(valid)];
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
