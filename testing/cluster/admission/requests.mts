// Requests near those that the catalogue promises: one field, the namespace or the user is another.
import { FREE, type Catalogue, type Promised } from './catalogue.mts';
import type { Random } from '../harness/random.mts';
import { simpler } from '../harness/shrinking.mts';

/** Somebody writes an object. */
export interface Request {
  readonly operation: string;
  readonly object: Record<string, any> | undefined;
  readonly oldObject: Record<string, any> | undefined;
  readonly subresource: string | undefined;
  readonly user: string;
  readonly groups: string[];
}

/** Whoever writes may: it is admission that refuses. */
export const MAY_EVERYTHING = 'cluster-test-may-everything';

const PEOPLE: readonly Pick<Request, 'user' | 'groups'>[] = [
  { user: 'somebody', groups: [] },
  { user: 'engineer', groups: ['platform-engineers'] },
  { user: 'system:serviceaccount:argocd:argocd-application-controller', groups: ['system:serviceaccounts', 'system:serviceaccounts:argocd'] },
  { user: 'system:serviceaccount:kube-system:generic-garbage-collector', groups: ['system:serviceaccounts', 'system:serviceaccounts:kube-system'] },
  { user: 'system:serviceaccount:shop:default', groups: ['system:serviceaccounts', 'system:serviceaccounts:shop'] },
];

/** The request of a promise, under a name of its own. */
export function requestOf({ statement: { operation, object, oldObject, subresource, user = 'somebody', groups = [] } }: Promised, name: string): Request {
  const own = (each: any) => (each === undefined ? undefined : renamed(each, name));
  const account = /^system:serviceaccount:([^:]+):/.exec(user);
  const implied = account === null ? [] : ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`];
  return { operation, object: own(object), oldObject: own(oldObject), subresource, user, groups: [...new Set([...groups, ...implied, 'system:authenticated', MAY_EVERYTHING])] };
}

/** A request one step away from another. */
export function near(request: Request, { promises }: Catalogue, random: Random): Request {
  const { object, oldObject } = request;
  const way = random.fraction();
  if (way < 0.2) {
    const { user, groups } = random.pick(PEOPLE);
    return { ...request, user, groups: [...groups, 'system:authenticated', MAY_EVERYTHING] };
  }
  if (way < 0.35 && object?.metadata.namespace !== undefined) return inNamespace(request, random.pick([FREE, ...namespacesOf(promises)]));
  const subject = object ?? oldObject!;
  const { changed } = way < 0.7 ? without(subject, random) : spliced(subject, promises, random);
  return object === undefined ? { ...request, oldObject: changed } : { ...request, object: changed };
}

/** The same request in a namespace that no policy holds. */
export function elsewhere(request: Request): Request {
  return inNamespace(request, FREE);
}

function inNamespace(request: Request, namespace: string): Request {
  const moved = (object: Record<string, any> | undefined) => (
    object === undefined ? undefined : { ...object, metadata: { ...object.metadata, namespace } });
  return { ...request, object: moved(request.object), oldObject: moved(request.oldObject) };
}

function namespacesOf(promises: readonly Promised[]): string[] {
  return [...new Set(promises.flatMap(({ statement }) => (statement.object ?? statement.oldObject).metadata.namespace ?? []))];
}

/** One field less, in its specification, labels or annotations. */
function without(object: Record<string, any>, random: Random): { changed: Record<string, any> } {
  const { metadata: { name, namespace, ...metadata }, apiVersion, kind, ...rest } = object;
  const fewer = [...simpler({ metadata, ...rest })];
  const { metadata: left = {}, ...other } = fewer.length === 0 ? { metadata } : random.pick(fewer);
  return { changed: { apiVersion, kind, ...other, metadata: { ...left, name, ...(namespace === undefined ? {} : { namespace }) } } };
}

/** A part that the object of another promise about the same kind has at the same place. */
function spliced(object: Record<string, any>, promises: readonly Promised[], random: Random): { changed: Record<string, any> } {
  const others = promises.map(({ statement }) => statement.object ?? statement.oldObject).filter((other) => other.kind === object.kind);
  const donor = random.pick(others) ?? object;
  const changed = structuredClone(object);
  let from: any = donor.spec;
  let to: any = changed.spec;
  while (typeof from === 'object' && from !== null && typeof to === 'object' && to !== null) {
    const keys = Object.keys(from);
    if (keys.length === 0) break;
    const key = random.pick(keys);
    if (typeof from[key] !== 'object' || typeof to[key] !== 'object' || random.chance(0.3)) {
      to[key] = structuredClone(from[key]);
      break;
    }
    from = from[key];
    to = to[key];
  }
  return { changed };
}

/** An object of that name, so that cases do not meet on the server; a namespace knows its name by a label. */
function renamed(object: Record<string, any>, name: string): Record<string, any> {
  const labels = object.metadata.labels?.['kubernetes.io/metadata.name'] === undefined ? object.metadata.labels : { ...object.metadata.labels, 'kubernetes.io/metadata.name': name };
  return { ...object, metadata: { ...object.metadata, name, ...(labels === undefined ? {} : { labels }) } };
}

/**
 * A change of an object, made to what the server stores of it: whoever edits an object keeps the defaults that the server has
 * filled in.
 */
export function carriedOver(before: any, after: any, stored: any): any {
  if (JSON.stringify(before) === JSON.stringify(after)) return stored;
  if (Array.isArray(before) && Array.isArray(after) && Array.isArray(stored) && before.length === after.length && before.length === stored.length) {
    return after.map((value, place) => carriedOver(before[place], value, stored[place]));
  }
  const maps = [before, after, stored].every((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
  if (!maps) return after;
  const kept = Object.entries(stored).filter(([key]) => !(key in before) && !(key in after));
  return Object.fromEntries([...kept, ...Object.keys(after).map((key): [string, any] => [key, carriedOver(before[key], after[key], stored[key])])]);
}

/**
 * What admission sees of an object, by the answer to it: on the way back from a store, the server writes null for a list
 * that was sent empty.
 */
export function asAdmissionSees(sent: any, answered: any): any {
  if (answered === null && Array.isArray(sent) && sent.length === 0) return sent;
  if (Array.isArray(sent) && Array.isArray(answered) && sent.length === answered.length) {
    return answered.map((value, place) => asAdmissionSees(sent[place], value));
  }
  const maps = [sent, answered].every((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
  if (!maps) return answered;
  return Object.fromEntries(Object.entries(answered).map(([key, value]) => [key, key in sent ? asAdmissionSees(sent[key], value) : value]));
}
