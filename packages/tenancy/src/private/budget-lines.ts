import { Quantity } from '@viridial/core';
import { Budget } from '../budget';
import { EnvironmentBudget } from '../environment-budget';

/** One resource of a budget: what it is called, how it is split, and what each namespace gets when nobody says. */
export interface BudgetLine {
  /** Property of `Budget`. */
  readonly property: string;
  /** Resources of a ResourceQuota that the amount bounds. */
  readonly resources: string[];
  /** The smallest part it is split into. */
  readonly step: Quantity;
  /** What a namespace needs at least. */
  readonly least: Quantity;
  /** What a namespace of a tenant gets by default. */
  readonly tenantDefault: Quantity;
  /** What a shared namespace gets by default. */
  readonly sharedDefault: Quantity;
  /** Whether namespaces are only bounded when somebody says so. */
  readonly onRequest?: boolean;
}

/** The resources of every quota, in no particular order. */
export const BUDGET_LINES: BudgetLine[] = [
  budgetLine('cpu', ['limits.cpu', 'requests.cpu'], { step: '1m', least: '100m', tenant: '1', shared: '4' }),
  budgetLine('memory', ['limits.memory', 'requests.memory'], { step: '1Mi', least: '128Mi', tenant: '2Gi', shared: '8Gi' }),
  budgetLine('storage', ['requests.storage'], { step: '1Mi', least: '0', tenant: '10Gi', shared: '50Gi' }),
  {
    ...budgetLine('ephemeralStorage', ['limits.ephemeral-storage', 'requests.ephemeral-storage'], { step: '1Mi', least: '256Mi', tenant: '30Gi', shared: '60Gi' }),
    onRequest: true,
  },
  budgetLine('pods', ['pods'], { step: '1', least: '1', tenant: '30', shared: '60' }),
  budgetLine('persistentVolumeClaims', ['persistentvolumeclaims'], { step: '1', least: '0', tenant: '10', shared: '10' }),
  budgetLine('services', ['services'], { step: '1', least: '0', tenant: '20', shared: '40' }),
  budgetLine('loadBalancers', ['services.loadbalancers'], { step: '1', least: '0', tenant: '0', shared: '0' }),
  budgetLine('nodePorts', ['services.nodeports'], { step: '1', least: '0', tenant: '0', shared: '0' }),
  // one is taken by kube-root-ca.crt, which Kubernetes puts into every namespace
  budgetLine('configMaps', ['configmaps'], { step: '1', least: '1', tenant: '50', shared: '100' }),
  budgetLine('secrets', ['secrets'], { step: '1', least: '0', tenant: '50', shared: '100' }),
];

/** A line for an object that the budget names by its quota resource. */
export function objectLine(resource: string): BudgetLine {
  return budgetLine(`objects.${resource}`, [resource], { step: '1', least: '0', tenant: '0', shared: '0' });
}

/** A line for a further bound that nobody has by default. */
export function narrowLine(property: string, resources: string[], step: string): BudgetLine {
  return budgetLine(property, resources, { step, least: '0', tenant: '0', shared: '0' });
}

/** The amount that a budget states for a line, as text. */
export function statedAmount(budget: Budget | EnvironmentBudget | undefined, line: BudgetLine): string | number | undefined {
  const values: { [property: string]: any } = { ...budget };
  return line.property.startsWith('objects.') ? budget?.objects?.[line.resources[0]] : values[line.property];
}

function budgetLine(property: string, resources: string[], text: { step: string; least: string; tenant: string; shared: string }): BudgetLine {
  return {
    property,
    resources,
    step: Quantity.parse(text.step),
    least: Quantity.parse(text.least),
    tenantDefault: Quantity.parse(text.tenant),
    sharedDefault: Quantity.parse(text.shared),
  };
}
