import { Problems } from '@viridial/core';
import { Resource, Resources } from './resources';
import { AdmissionRequest } from '../../admission-request';
import { isObject } from '../shape';
import { show } from '../text';

/** A request as rules and expressions see it. */
export interface Attributes {
  readonly operation: string;
  readonly resource: Resource;
  readonly subresource: string;
  readonly name: string;

  /** Namespace of the request; for a Namespace its own name. */
  readonly namespace: string;
  readonly object: any;
  readonly oldObject: any;
  readonly user: { readonly [field: string]: any };
  readonly options: any;
  readonly dryRun: boolean;
}

const OPERATIONS = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'];
const OPTIONS: { readonly [operation: string]: string } = { CREATE: 'CreateOptions', UPDATE: 'UpdateOptions', DELETE: 'DeleteOptions' };

/**
 * Reads a request.
 *
 * @throws InvalidInputError with everything that makes it no request
 */
export function readRequest(request: AdmissionRequest, resources: Resources): Attributes {
  const problems = new Problems();
  const { operation, subresource = '' } = request;
  const object = readObject(problems, 'object', request.object);
  const oldObject = readObject(problems, 'oldObject', request.oldObject);
  if (!OPERATIONS.includes(operation)) {
    problems.error({ code: 'UnknownOperation', path: 'operation', message: `${show(operation)} is not an operation`, value: operation, allowed: OPERATIONS.join(', ') });
  }
  const shown = operation === 'DELETE' ? oldObject ?? object : object ?? oldObject;
  const needed = operation === 'DELETE' ? 'oldObject' : 'object';
  if ((needed === 'object' ? object : oldObject) === undefined && (request[needed] ?? undefined) === undefined && !(operation === 'CONNECT' && request.resource !== undefined)) {
    problems.error({
      code: 'AmbiguousOperation',
      path: needed,
      message: `${show(operation)} needs ${needed}`,
      allowed: 'object with CREATE, UPDATE and CONNECT, oldObject with UPDATE and DELETE',
      cure: needed === 'object' ? 'say what the object would be' : 'say what the object was',
    });
  }
  const resource = readResource(problems, request, shown, resources);
  problems.throwIfErrors('admission request');
  const metadata = isObject(shown?.metadata) ? shown.metadata : {};
  const own = typeof metadata.namespace === 'string' ? metadata.namespace : '';
  const name = request.name ?? (typeof metadata.name === 'string' ? metadata.name : '');
  const isNamespace = resource!.resource === 'namespaces' && resource!.group === '';
  const within = resource!.namespaced === false ? '' : own || (resource!.namespaced ? 'default' : '');
  const namespace = request.namespace ?? (isNamespace ? name : within);
  const placed = (value: any) => (value !== undefined && resource!.namespaced && namespace !== '' && operation !== 'CONNECT' && !value.metadata?.namespace
    ? { ...value, metadata: { ...value.metadata, namespace } } : value ?? null);
  return {
    operation,
    resource: resource!,
    subresource,
    name,
    namespace,
    object: operation === 'DELETE' ? null : placed(object),
    oldObject: operation === 'CREATE' ? null : placed(oldObject),
    user: readUser(request),
    options: request.options ?? (operation in OPTIONS ? { kind: OPTIONS[operation], apiVersion: 'meta.k8s.io/v1' } : undefined),
    dryRun: request.dryRun ?? false,
  };
}

function readObject(problems: Problems, path: string, value: any): { [key: string]: any } | undefined {
  if (value === undefined || value === null) return undefined;
  if (isObject(value) && typeof value.kind === 'string' && value.kind !== '' && typeof value.apiVersion === 'string' && value.apiVersion !== '') return value;
  problems.error({ code: 'MalformedObject', path, message: `${show(value)} is not a Kubernetes object`, allowed: 'a plain object with apiVersion and kind' });
  return undefined;
}

function readResource(problems: Problems, { resource: named }: AdmissionRequest, shown: any, resources: Resources): Resource | undefined {
  const own = shown === undefined ? undefined : resources.ofKind(shown.apiVersion, shown.kind);
  if (named === undefined) {
    if (own === undefined && shown !== undefined) {
      problems.error({ code: 'UnknownResource', path: 'resource', message: `a ${shown.kind} is written to more than one resource`, cure: 'say which resource it is' });
    }
    return own;
  }
  const group = named.apiGroup ?? own?.group ?? '';
  return { group, version: named.apiVersion ?? own?.version ?? 'v1', resource: named.resource, kind: shown?.kind ?? '', namespaced: resources.namespaced(group, named.resource) ?? own?.namespaced };
}

function readUser({ userInfo }: AdmissionRequest): { [field: string]: any } {
  const { username = 'somebody', uid, groups, extra } = userInfo ?? {};
  const account = /^system:serviceaccount:([^:]+):[^:]+$/.exec(username);
  const implied = account === null ? ['system:authenticated'] : ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`, 'system:authenticated'];
  return { username, groups: groups ?? implied, ...(uid ? { uid } : {}), ...(extra && Object.keys(extra).length > 0 ? { extra } : {}) };
}
