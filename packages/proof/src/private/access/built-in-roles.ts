/**
 * The ClusterRoles for people that every API server makes itself, so that a binding to them is judged although nobody writes
 * them down: `cluster-admin`, `admin`, `edit` and `view`, in the shape of the API and as Kubernetes 1.36 has them. The last
 * three are put together from parts, to which manifests may add their own.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 */
export function builtInRoles(): { [key: string]: any }[] {
  const aggregate = (name: string) => `rbac.authorization.k8s.io/aggregate-to-${name}`;
  const role = (name: string, rules: { [key: string]: any }[], partOf?: string) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name, labels: partOf === undefined ? {} : { [aggregate(partOf)]: 'true' } },
    rules,
  });
  const whole = (name: string, partOf?: string) => ({
    ...role(name, [], partOf),
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [aggregate(name)]: 'true' } }] },
  });
  return [
    role('cluster-admin', [rule('*', ['*'], ['*']), { nonResourceURLs: ['*'], verbs: ['*'] }]),
    whole('admin'),
    whole('edit', 'admin'),
    whole('view', 'edit'),
    role('system:aggregate-to-admin', ADMIN, 'admin'),
    role('system:aggregate-to-edit', EDIT, 'edit'),
    role('system:aggregate-to-view', VIEW, 'view'),
  ];
}

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];

const ADMIN = [
  rule('authorization.k8s.io', ['localsubjectaccessreviews'], ['create']),
  rule('rbac.authorization.k8s.io', ['rolebindings', 'roles'], [...READ, ...WRITE]),
];

const EDIT = [
  rule('', ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy', 'secrets', 'services/proxy'], READ),
  rule('', ['serviceaccounts'], ['impersonate']),
  rule('', ['pods', 'pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy'], WRITE),
  rule('', ['pods/eviction'], ['create']),
  rule('', [
    'configmaps', 'events', 'persistentvolumeclaims', 'replicationcontrollers', 'replicationcontrollers/scale',
    'secrets', 'serviceaccounts', 'services', 'services/proxy',
  ], WRITE),
  rule('', ['serviceaccounts/token'], ['create']),
  rule('apps', [
    'daemonsets', 'deployments', 'deployments/rollback', 'deployments/scale', 'replicasets', 'replicasets/scale', 'statefulsets', 'statefulsets/scale',
  ], WRITE),
  rule('autoscaling', ['horizontalpodautoscalers'], WRITE),
  rule('batch', ['cronjobs', 'jobs'], WRITE),
  rule('policy', ['poddisruptionbudgets'], WRITE),
  rule('networking.k8s.io', ['ingresses', 'networkpolicies'], WRITE),
  rule('coordination.k8s.io', ['leases'], [...READ, ...WRITE]),
  rule('events.k8s.io', ['events'], WRITE),
  rule('resource.k8s.io', ['resourceclaims', 'resourceclaimtemplates'], WRITE),
  rule('extensions', [
    'daemonsets', 'deployments', 'deployments/rollback', 'deployments/scale', 'ingresses', 'networkpolicies', 'replicasets', 'replicasets/scale',
    'replicationcontrollers/scale',
  ], WRITE),
];

const VIEW = [
  rule('', [
    'bindings', 'configmaps', 'endpoints', 'events', 'limitranges', 'namespaces', 'namespaces/status', 'persistentvolumeclaims',
    'persistentvolumeclaims/status', 'pods', 'pods/log', 'pods/status', 'replicationcontrollers', 'replicationcontrollers/scale',
    'replicationcontrollers/status', 'resourcequotas', 'resourcequotas/status', 'serviceaccounts', 'services', 'services/status',
  ], READ),
  rule('discovery.k8s.io', ['endpointslices'], READ),
  rule('apps', [
    'controllerrevisions', 'daemonsets', 'daemonsets/status', 'deployments', 'deployments/scale', 'deployments/status', 'replicasets',
    'replicasets/scale', 'replicasets/status', 'statefulsets', 'statefulsets/scale', 'statefulsets/status',
  ], READ),
  rule('autoscaling', ['horizontalpodautoscalers', 'horizontalpodautoscalers/status'], READ),
  rule('batch', ['cronjobs', 'cronjobs/status', 'jobs', 'jobs/status'], READ),
  rule('policy', ['poddisruptionbudgets', 'poddisruptionbudgets/status'], READ),
  rule('networking.k8s.io', ['ingresses', 'ingresses/status', 'networkpolicies'], READ),
  rule('events.k8s.io', ['events'], READ),
  rule('resource.k8s.io', ['resourceclaims', 'resourceclaims/status', 'resourceclaimtemplates'], READ),
  rule('extensions', [
    'daemonsets', 'daemonsets/status', 'deployments', 'deployments/scale', 'deployments/status', 'ingresses', 'ingresses/status', 'networkpolicies',
    'replicasets', 'replicasets/scale', 'replicasets/status', 'replicationcontrollers/scale',
  ], READ),
];

function rule(apiGroup: string, resources: string[], verbs: string[]): { [key: string]: any } {
  return { apiGroups: [apiGroup], resources, verbs };
}
