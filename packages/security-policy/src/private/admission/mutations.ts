import { Labels } from '@viridial/core';

const API = 'admissionregistration.k8s.io/v1';

/** A kind of object that makes pods, and where the pod is in it. */
interface Place {
  readonly name: string;
  readonly rules: any[];
  /** Fields that lead to the specification of the pod. */
  readonly path: string[];
}

const PLACES: Place[] = [
  { name: 'pods', rules: [on('', ['pods'])], path: ['spec'] },
  {
    name: 'workloads',
    rules: [on('apps', ['daemonsets', 'deployments', 'replicasets', 'statefulsets']), on('batch', ['jobs']), on('', ['replicationcontrollers'])],
    path: ['spec', 'template', 'spec'],
  },
  { name: 'cronjobs', rules: [on('batch', ['cronjobs'])], path: ['spec', 'jobTemplate', 'spec', 'template', 'spec'] },
  { name: 'podtemplates', rules: [on('', ['podtemplates'])], path: ['template', 'spec'] },
];

/** What is put in, for which policy of the catalogue. */
interface Default {
  readonly policy: string;
  readonly reason: string;
  /** CEL: whether the object lacks it. */
  readonly lacks: (spec: string) => string;
  /** CEL: the fields of the specification that are put in. */
  readonly fields: (spec: string, type: string) => string;
}

const DEFAULTS: Default[] = [
  {
    policy: 'pull-policy',
    reason: 'who may not pull an image does not run it because a node has it',
    lacks: (spec) => `${spec}.containers.exists(container, ${byTag('container')}) || (has(${spec}.initContainers) && ${spec}.initContainers.exists(container, ${byTag('container')}))`,
    fields: (spec, type) => [
      `containers: ${always(`${spec}.containers`, `${type}.containers`)}`,
      `initContainers: ${always(`(has(${spec}.initContainers) ? ${spec}.initContainers : [])`, `${type}.initContainers`)}`,
    ].join(', '),
  },
  {
    policy: 'token-automount',
    reason: 'a pod that does not ask for the rights of a service account does not get them',
    lacks: (spec) => `!has(${spec}.automountServiceAccountToken) && (!has(${spec}.serviceAccountName) || ${spec}.serviceAccountName in ['', 'default'])`,
    fields: () => 'automountServiceAccountToken: false',
  },
];

/** MutatingAdmissionPolicies that put in what policies of the catalogue ask for, with their bindings. */
export function mutations(policies: readonly string[]): any[] {
  const asked = new Set(policies);
  return DEFAULTS.filter(({ policy }) => asked.has(policy)).flatMap((each) => PLACES.flatMap((place) => objectsOf(each, place)));
}

function objectsOf({ policy, reason, lacks, fields }: Default, { name: place, rules, path }: Place): any[] {
  const name = `viridial-${policy}-of-${place}`;
  const metadata = { name, labels: { [Labels.MANAGED_BY]: Labels.MANAGED_BY_VALUE, [Labels.MANAGED]: 'true' }, annotations: { [Labels.REASON]: reason } };
  const spec = ['object', ...path].join('.');
  return [
    {
      apiVersion: API,
      kind: 'MutatingAdmissionPolicy',
      metadata,
      spec: {
        failurePolicy: 'Fail',
        reinvocationPolicy: 'IfNeeded',
        matchConstraints: { resourceRules: rules.map((rule) => ({ ...rule })) },
        matchConditions: [{ name: 'says-nothing', expression: lacks(spec) }],
        mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression: nested(path, (type) => fields(spec, type)) } }],
      },
    },
    {
      apiVersion: API,
      kind: 'MutatingAdmissionPolicyBinding',
      metadata: structuredClone(metadata),
      spec: { policyName: name, matchResources: { namespaceSelector: { matchExpressions: [{ key: Labels.TENANT, operator: 'Exists' }] } } },
    },
  ];
}

function on(apiGroup: string, resources: string[]): any {
  return { apiGroups: [apiGroup], apiVersions: ['v1'], operations: ['CREATE'], resources };
}

/** CEL: an object of the type of the request's, with nothing but what lies at the end of the path. */
function nested(path: readonly string[], fields: (type: string) => string): string {
  const types = path.map((_, index) => ['Object', ...path.slice(0, index + 1)].join('.'));
  const open = path.map((field, index) => `${field}: ${types[index]}{`).join('');
  return `Object{${open}${fields(types[types.length - 1])}${'}'.repeat(path.length)}}`;
}

function byTag(container: string): string {
  return `!(has(${container}.image) && ${container}.image.contains('@')) && (!has(${container}.imagePullPolicy) || ${container}.imagePullPolicy != 'Always')`;
}

function always(containers: string, type: string): string {
  return `${containers}.filter(container, ${byTag('container')}).map(container, ${type}{name: container.name, imagePullPolicy: 'Always'})`;
}
