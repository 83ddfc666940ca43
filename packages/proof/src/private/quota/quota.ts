import { Quantity } from '@viridial/core';
import { readResourceList, ResourceList } from './resource-list';
import { readScopes, Scope } from './scopes';
import { Usage } from './usage';
import { ResourceBoundsDenial } from '../../resource-bounds-denial';
import { Item } from '../inventory';
import { enumerate } from '../text';

/** A ResourceQuota. */
export interface Quota {
  readonly identity: string;
  readonly hard: ResourceList;
  readonly scopes: Scope[];

  /** What its status says is used already; what it does not say is counted. */
  readonly told: ResourceList;
}

/** Reads a ResourceQuota. */
export function readQuota({ shape, identity }: Item): Quota {
  const spec = shape.child('spec');
  return {
    identity,
    hard: readResourceList(spec, 'hard'),
    scopes: spec === undefined ? [] : readScopes(spec),
    told: readResourceList(shape.child('status'), 'used'),
  };
}

/** What of an object's usage does not fit beside what is used already. */
export function exceeded({ identity, hard, told }: Quota, counted: Usage, usage: Usage): ResourceBoundsDenial[] {
  return [...usage].flatMap(([resource, amount]) => {
    const most = hard.get(resource);
    if (most === undefined || amount.isZero) return [];
    const used = told.get(resource) ?? counted.get(resource) ?? Quantity.zero();
    if (used.plus(amount).compareTo(most) <= 0) return [];
    return [{
      object: identity,
      rule: 'Exceeded',
      resource,
      message: `it takes ${amount} of ${resource}, ${used} of ${most} are used`,
      cure: `ask for at most ${left(most, used)}, free some, or raise the quota`,
    }];
  });
}

function left(most: Quantity, used: Quantity): string {
  const rest = most.minus(used);
  return rest.isNegative ? '0' : rest.toString();
}

/** A denial for every counted resource that containers do not state. */
export function unstated({ identity }: Quota, missing: Map<string, string[]>): ResourceBoundsDenial[] {
  return [...missing].map(([resource, containers]) => ({
    object: identity,
    rule: 'Unstated',
    resource,
    message: `the quota counts ${resource}, which ${containers.length === 1 ? 'container' : 'containers'} ${enumerate(containers)} ${containers.length === 1 ? 'does' : 'do'} not state`,
    cure: 'state it, or add a LimitRange with defaults to the namespace',
  }));
}
