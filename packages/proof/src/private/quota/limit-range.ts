import { Quantity } from '@viridial/core';
import { PodResources, totalOf } from './pod-resources';
import { fillFrom, readResourceList, ResourceList } from './resource-list';
import { ResourceBoundsDenial } from '../../resource-bounds-denial';
import { Item } from '../inventory';

/** One entry of a LimitRange. */
export interface Limits {
  readonly type: string;
  readonly min: ResourceList;
  readonly max: ResourceList;
  readonly ratio: ResourceList;
  readonly defaults: ResourceList;
  readonly defaultRequests: ResourceList;
}

/** A LimitRange as the API server stores it. */
export interface LimitRange {
  readonly identity: string;
  readonly limits: Limits[];
}

/** Amounts of one subject of a LimitRange: a container, a pod, a claim. */
interface Subject {
  readonly called: string;
  readonly requests: ResourceList;
  readonly limits: ResourceList;
}

/**
 * Reads a LimitRange and fills it in as the API server does: without `default` the maximum is it, without `defaultRequest` the
 * default, or else the minimum.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function readLimitRange({ shape, identity }: Item): LimitRange {
  const limits = (shape.child('spec')?.children('limits') ?? []).map((entry) => {
    const read = {
      type: entry.text('type') ?? '',
      min: readResourceList(entry, 'min'),
      max: readResourceList(entry, 'max'),
      ratio: readResourceList(entry, 'maxLimitRequestRatio'),
      defaults: readResourceList(entry, 'default'),
      defaultRequests: readResourceList(entry, 'defaultRequest'),
    };
    if (read.type === 'Container') {
      fillFrom(read.defaults, read.max);
      fillFrom(read.defaultRequests, read.defaults);
      fillFrom(read.defaultRequests, read.min);
    }
    return read;
  });
  return { identity, limits };
}

/** Gives every container what it does not state itself. */
export function applyDefaults(range: LimitRange, { containers }: PodResources): void {
  for (const { defaults, defaultRequests } of ofType(range, 'Container')) {
    for (const { requests, limits } of containers) {
      fillFrom(limits, defaults);
      fillFrom(requests, defaultRequests);
    }
  }
}

/** Requests above limits, which a default limit makes as well as a mistake. */
export function requestsAboveLimits(pod: PodResources): ResourceBoundsDenial[] {
  const subjects: Subject[] = pod.containers.map(({ name, requests, limits }) => ({ called: `container ${name}`, requests, limits }));
  if (pod.limits.size > 0) subjects.push({ called: 'the pod', requests: pod.requests, limits: pod.limits });
  const above = subjects.flatMap(({ called, requests, limits }) => [...requests].flatMap(([resource, request]) => {
    const limit = limits.get(resource);
    if (limit === undefined || request.compareTo(limit) <= 0) return [];
    return [{ rule: 'RequestAboveLimit', resource, message: `${called} requests ${request} of ${resource}, and its limit is ${limit}`, cure: `state a limit of ${resource} of at least ${request}` }];
  }));
  const containers = totalOf({ ...pod, requests: new Map(), limits: new Map() }, 'requests');
  const overdrawn = [...pod.requests].flatMap(([resource, request]) => {
    const sum = containers.get(resource);
    if (sum === undefined || sum.compareTo(request) <= 0) return [];
    return [{ rule: 'RequestAboveLimit', resource, message: `the containers request ${sum} of ${resource} together, and the pod as a whole ${request}`, cure: `raise spec.resources.requests of ${resource} to ${sum}` }];
  });
  const beyond = [...pod.limits].flatMap(([resource, limit]) => pod.containers.flatMap(({ name, limits }) => {
    const own = limits.get(resource);
    if (own === undefined || own.compareTo(limit) <= 0) return [];
    return [{ rule: 'RequestAboveLimit', resource, message: `the limit of container ${name} is ${own} of ${resource}, and that of the pod as a whole ${limit}`, cure: `state a limit of ${resource} of at most ${limit}` }];
  }));
  return [...above, ...overdrawn, ...beyond];
}

/** What of a pod a LimitRange refuses. */
export function judgePodByRange(range: LimitRange, pod: PodResources): ResourceBoundsDenial[] {
  const whole = { called: 'the pod', requests: totalOf(pod, 'requests'), limits: totalOf(pod, 'limits') };
  return [
    ...ofType(range, 'Container').flatMap((limits) => pod.containers.flatMap(({ name, requests, limits: own }) => (
      judge(range, limits, { called: `container ${name}`, requests, limits: own })))),
    ...ofType(range, 'Pod').flatMap((limits) => judge(range, limits, whole)),
  ];
}

/** What of a PersistentVolumeClaim a LimitRange refuses: there is a request only. */
export function judgeClaimByRange(range: LimitRange, requests: ResourceList): ResourceBoundsDenial[] {
  return ofType(range, 'PersistentVolumeClaim').flatMap(({ min, max }) => [
    ...[...min].flatMap(([resource, least]) => tooLittle(range, { called: 'the claim', requests, limits: new Map() }, resource, least)),
    ...[...max].flatMap(([resource, most]) => {
      const request = requests.get(resource);
      if (request !== undefined && request.compareTo(most) <= 0) return [];
      return [denial(range, 'Maximum', resource, `the claim requests ${request?.toString() ?? `no ${resource}`}, and at most ${most} is allowed`, `request at most ${most}`)];
    }),
  ]);
}

function ofType({ limits }: LimitRange, type: string): Limits[] {
  return limits.filter((entry) => entry.type === type);
}

function judge(range: LimitRange, { min, max, ratio }: Limits, subject: Subject): ResourceBoundsDenial[] {
  return [
    ...[...min].flatMap(([resource, least]) => tooLittle(range, subject, resource, least)),
    ...[...max].flatMap(([resource, most]) => tooMuch(range, subject, resource, most)),
    ...[...ratio].flatMap(([resource, most]) => tooFarApart(range, subject, resource, most)),
  ];
}

function tooLittle(range: LimitRange, { called, requests, limits }: Subject, resource: string, least: Quantity): ResourceBoundsDenial[] {
  const request = requests.get(resource);
  const limit = limits.get(resource);
  const said = (what: string) => denial(range, 'Minimum', resource, `${called} ${what}, and at least ${least} is required`, `state a request of at least ${least}`);
  if (request === undefined) return [said(`requests no ${resource}`)];
  if (request.compareTo(least) < 0) return [said(`requests ${request} of ${resource}`)];
  return limit !== undefined && limit.compareTo(least) < 0 ? [said(`has a limit of ${limit} of ${resource}`)] : [];
}

function tooMuch(range: LimitRange, { called, requests, limits }: Subject, resource: string, most: Quantity): ResourceBoundsDenial[] {
  const request = requests.get(resource);
  const limit = limits.get(resource);
  const said = (what: string) => denial(range, 'Maximum', resource, `${called} ${what}, and at most ${most} is allowed`, `state a limit of at most ${most}`);
  if (limit === undefined) return [said(`has no limit of ${resource}`)];
  if (limit.compareTo(most) > 0) return [said(`has a limit of ${limit} of ${resource}`)];
  return request !== undefined && request.compareTo(most) > 0 ? [said(`requests ${request} of ${resource}`)] : [];
}

/** The API server divides thousandths as floating-point numbers, and so does this. */
function tooFarApart(range: LimitRange, { called, requests, limits }: Subject, resource: string, most: Quantity): ResourceBoundsDenial[] {
  const request = thousandths(requests.get(resource));
  const limit = thousandths(limits.get(resource));
  if (request > 0 && limit > 0 && (limit / request) * 1000 <= thousandths(most)) return [];
  const what = request === 0 ? `requests no ${resource}` : limit === 0 ? `has no limit of ${resource}` : `has a limit of ${resource} that is ${(limit / request).toFixed(2)} times its request`;
  return [denial(range, 'Ratio', resource, `${called} ${what}, and ${most} times is allowed`, `bring limit and request within ${most} times`)];
}

function thousandths(quantity: Quantity | undefined): number {
  return quantity === undefined ? 0 : Math.round(quantity.toNumber() * 1000);
}

function denial({ identity }: LimitRange, rule: string, resource: string, message: string, cure: string): ResourceBoundsDenial {
  return { object: identity, rule, resource, message, cure };
}
