import { Declarations } from '../cel/checker';
import { celLibrary } from '../cel/expression';
import { Type, type } from '../cel/types';

/**
 * Fields that expressions may read, as the API server declares them.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/apiserver/pkg/admission/plugin/cel/compile.go
 */
const FIELDS: { readonly [name: string]: { readonly [field: string]: string } } = {
  'kubernetes.AdmissionRequest': {
    kind: 'kubernetes.GroupVersionKind',
    resource: 'kubernetes.GroupVersionResource',
    subResource: 'string',
    requestKind: 'kubernetes.GroupVersionKind',
    requestResource: 'kubernetes.GroupVersionResource',
    requestSubResource: 'string',
    name: 'string',
    namespace: 'string',
    operation: 'string',
    userInfo: 'kubernetes.UserInfo',
    dryRun: 'bool',
    options: 'dyn',
  },
  'kubernetes.GroupVersionKind': { group: 'string', version: 'string', kind: 'string' },
  'kubernetes.GroupVersionResource': { group: 'string', version: 'string', resource: 'string' },
  'kubernetes.UserInfo': { username: 'string', uid: 'string', groups: 'list<string>', extra: 'map<string, list<string>>' },
  'kubernetes.Namespace': { metadata: 'kubernetes.NamespaceMetadata', spec: 'kubernetes.NamespaceSpec', status: 'kubernetes.NamespaceStatus' },
  'kubernetes.NamespaceSpec': { finalizers: 'list<string>' },
  'kubernetes.NamespaceStatus': { conditions: 'list<kubernetes.NamespaceCondition>', phase: 'string' },
  'kubernetes.NamespaceCondition': { status: 'string', type: 'string', lastTransitionTime: 'timestamp', message: 'string', reason: 'string' },
  'kubernetes.NamespaceMetadata': {
    name: 'string',
    generateName: 'string',
    namespace: 'string',
    labels: 'map<string, string>',
    annotations: 'map<string, string>',
    UID: 'string',
    creationTimestamp: 'timestamp',
    deletionGracePeriodSeconds: 'int',
    deletionTimestamp: 'timestamp',
    generation: 'int',
    resourceVersion: 'string',
    finalizers: 'list<string>',
  },
};

const READ = new Map(Object.entries(FIELDS).map(([name, fields]) => {
  const types = Object.entries(fields).map(([field, text]): [string, Type] => [field, type(text)]);
  return [name, new Map(types)];
}));

/** What an expression of a policy may name. */
export interface Given {
  readonly params: boolean;
  readonly authorizer: boolean;

  /** Types of the variables before it; absent where there are no variables. */
  readonly variables?: ReadonlyMap<string, Type>;
}

/** Name of the variables, each of which is looked up on its own. */
export const VARIABLES = 'variables';

/** The declarations for an expression of a policy. */
export function declarations({ params, authorizer, variables }: Given): Declarations {
  const names: [string, string][] = [['object', 'dyn'], ['oldObject', 'dyn'], ['request', 'kubernetes.AdmissionRequest'], ['namespaceObject', 'kubernetes.Namespace']];
  if (params) names.push(['params', 'dyn']);
  if (authorizer) names.push(['authorizer', 'authorizer'], ['authorizer.requestResource', 'resourceCheck']);
  if (variables !== undefined) names.push([VARIABLES, 'kubernetes.variables']);
  return {
    variables: new Map(names.map(([name, text]) => [name, type(text)])),
    fields: variables === undefined ? READ : new Map([...READ, ['kubernetes.variables', new Map(variables)]]),
    library: celLibrary(),
  };
}
