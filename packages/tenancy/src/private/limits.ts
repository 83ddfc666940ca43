import { Problems, Quantity } from '@viridial/core';
import { ContainerLimits } from '../container-limits';
import { least } from './amounts';
import { NamespaceQuota } from './split-budget';

/** Bounds of containers for one resource. */
interface Bounds {
  readonly request: Quantity;
  readonly limit: Quantity;
  readonly max: Quantity;
}

/** Bounds of containers in one namespace. */
export interface NamespaceLimits {
  readonly cpu: Bounds;
  readonly memory: Bounds;
  /** Where the quota bounds it. */
  readonly ephemeralStorage?: Bounds;
}

const DEFAULTS = {
  cpu: { limit: '500m', request: '100m' },
  memory: { limit: '512Mi', request: '128Mi' },
  ephemeralStorage: { limit: '1Gi', request: '128Mi' },
};

/**
 * The bounds of a namespace: what is stated as it is, what is not as large as the default and the next bound allow. A
 * limit range whose default is above its maximum is refused by the API server, and one above the quota refuses every pod.
 */
export function limitsOf(problems: Problems, path: string, limits: ContainerLimits | undefined, quota: NamespaceQuota): NamespaceLimits {
  return {
    cpu: boundsOf(problems, path, { of: 'Cpu', stated: limits ?? {}, defaults: DEFAULTS.cpu, quota: quota.cpu }),
    memory: boundsOf(problems, path, { of: 'Memory', stated: limits ?? {}, defaults: DEFAULTS.memory, quota: quota.memory }),
    ephemeralStorage: ephemeralBounds(problems, path, limits ?? {}, quota),
  };
}

function ephemeralBounds(problems: Problems, path: string, stated: ContainerLimits, { ephemeralStorage: quota }: NamespaceQuota): Bounds | undefined {
  if (quota !== undefined) return boundsOf(problems, path, { of: 'EphemeralStorage', stated, defaults: DEFAULTS.ephemeralStorage, quota });
  for (const property of ['defaultEphemeralStorage', 'defaultEphemeralStorageRequest', 'maxEphemeralStorage'] as const) {
    if (stated[property] === undefined) continue;
    problems.error({
      code: 'LimitsWithoutQuota',
      path: `${path}.${property}`,
      message: 'the budget has no ephemeralStorage: limits without a quota bound no namespace',
      value: stated[property],
      cure: 'add ephemeralStorage to the budget, or take this away',
    });
  }
  return undefined;
}

interface BoundsInput {
  readonly of: 'Cpu' | 'EphemeralStorage' | 'Memory';
  readonly stated: ContainerLimits;
  readonly defaults: { readonly limit: string; readonly request: string };
  readonly quota: Quantity;
}

function boundsOf(problems: Problems, path: string, { of, stated, defaults, quota }: BoundsInput): Bounds {
  const read = (property: keyof ContainerLimits): Quantity | undefined => {
    const text = stated[property];
    return text === undefined ? undefined : Quantity.collect(problems, `${path}.${property}`, text);
  };
  const max = atMost(problems, `${path}.max${of}`, read(`max${of}`), quota, 'the quota') ?? quota;
  const limit = atMost(problems, `${path}.default${of}`, read(`default${of}`), max, 'the maximum') ?? least(Quantity.parse(defaults.limit), max);
  const request = atMost(problems, `${path}.default${of}Request`, read(`default${of}Request`), limit, 'the default limit')
    ?? least(Quantity.parse(defaults.request), limit);
  return { request, limit, max };
}

function atMost(problems: Problems, path: string, stated: Quantity | undefined, bound: Quantity, what: string): Quantity | undefined {
  if (stated === undefined) return undefined;
  if (stated.isZero || stated.isNegative || stated.compareTo(bound) > 0) {
    problems.error({
      code: 'LimitOutOfBounds',
      path,
      message: `${stated.toString()} is not between 0 and ${what} of ${bound.toString()}`,
      value: stated.toString(),
      allowed: `more than 0, at most ${bound.toString()}`,
      cure: 'lower it, or raise the budget',
    });
    return undefined;
  }
  return stated;
}
