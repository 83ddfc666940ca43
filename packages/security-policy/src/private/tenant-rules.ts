import { TenantRole } from '../tenant-role';

/** A rule of a ClusterRole: `PolicyRule` of rbac.authorization.k8s.io/v1. */
export interface PolicyRule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
  readonly resourceNames?: string[];
}

const READ = ['get', 'list', 'watch'];
const CHANGE = ['create', 'update', 'patch', 'delete'];

/** Workloads and what they need beside them. Pods and secrets differ between the roles and come on their own. */
const WORKLOADS: { [apiGroup: string]: string[] } = {
  '': ['configmaps', 'persistentvolumeclaims', 'services'],
  'apps': ['daemonsets', 'deployments', 'statefulsets'],
  'autoscaling': ['horizontalpodautoscalers'],
  'batch': ['cronjobs', 'jobs'],
  'networking.k8s.io': ['ingresses'],
  'policy': ['poddisruptionbudgets'],
};

/** What a controller or an administrator owns: shown, never changed through a role of a tenant. */
const READ_ONLY: { [apiGroup: string]: string[] } = {
  '': [
    'endpoints', 'events', 'limitranges', 'namespaces', 'pods', 'pods/log', 'pods/status', 'replicationcontrollers', 'resourcequotas', 'serviceaccounts',
  ],
  'apps': ['controllerrevisions', 'daemonsets/status', 'deployments/scale', 'deployments/status', 'replicasets', 'statefulsets/scale', 'statefulsets/status'],
  'batch': ['cronjobs/status', 'jobs/status'],
  'discovery.k8s.io': ['endpointslices'],
  'events.k8s.io': ['events'],
  'metrics.k8s.io': ['pods'],
  'networking.k8s.io': ['ingresses/status', 'networkpolicies'],
};

/** The rules of a role, in one order. Every verb and resource is named: a wildcard would take in what a later version adds. */
export function tenantRules(role: TenantRole): PolicyRule[] {
  switch (role) {
    case TenantRole.VIEWER: return view();
    case TenantRole.DEVELOPER: return [...view(), ...develop()];
    case TenantRole.ADMIN: return [...view(), ...develop(), ...administer()];
    case TenantRole.DEPLOYER: return [...view(), ...deploy()];
  }
}

/** Bindings to some roles, and network policies. No `escalate`, and `bind` for nothing but these roles. */
export function selfServiceRules(bindable: string[]): PolicyRule[] {
  return [
    { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: CHANGE },
    { apiGroups: ['rbac.authorization.k8s.io'], resources: ['rolebindings'], verbs: CHANGE },
    { apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'], verbs: ['bind'], resourceNames: bindable },
  ];
}

function view(): PolicyRule[] {
  return [...rules(WORKLOADS, READ), ...rules(READ_ONLY, READ)];
}

function develop(): PolicyRule[] {
  return [
    ...rules(WORKLOADS, CHANGE),
    { apiGroups: [''], resources: ['pods'], verbs: CHANGE },
    { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
    // only `create`: before 1.35 a WebSocket client opens a shell with `get` as well, which is why nobody has `get` on these
    { apiGroups: [''], resources: ['pods/attach', 'pods/exec', 'pods/portforward'], verbs: ['create'] },
    { apiGroups: ['apps'], resources: ['deployments/scale', 'statefulsets/scale'], verbs: ['update', 'patch'] },
  ];
}

function administer(): PolicyRule[] {
  return [
    { apiGroups: [''], resources: ['secrets'], verbs: [...READ, ...CHANGE] },
    { apiGroups: [''], resources: ['serviceaccounts'], verbs: CHANGE },
    { apiGroups: ['rbac.authorization.k8s.io'], resources: ['rolebindings', 'roles'], verbs: READ },
  ];
}

function deploy(): PolicyRule[] {
  return [
    ...rules(WORKLOADS, CHANGE),
    { apiGroups: [''], resources: ['secrets'], verbs: [...READ, ...CHANGE] },
    { apiGroups: [''], resources: ['serviceaccounts'], verbs: CHANGE },
    { apiGroups: ['apps'], resources: ['deployments/scale', 'statefulsets/scale'], verbs: ['update', 'patch'] },
  ];
}

function rules(resources: { [apiGroup: string]: string[] }, verbs: string[]): PolicyRule[] {
  return Object.keys(resources).map((apiGroup) => ({ apiGroups: [apiGroup], resources: resources[apiGroup], verbs }));
}
