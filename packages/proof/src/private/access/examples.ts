import { AccessRule } from './rule';

/** A resource that every cluster has in an API group, worth taking where there is a choice. */
const RESOURCE_OF_GROUP: { readonly [group: string]: string } = {
  '': 'secrets',
  'admissionregistration.k8s.io': 'validatingwebhookconfigurations',
  'apiextensions.k8s.io': 'customresourcedefinitions',
  'apps': 'deployments',
  'autoscaling': 'horizontalpodautoscalers',
  'batch': 'jobs',
  'certificates.k8s.io': 'certificatesigningrequests',
  'coordination.k8s.io': 'leases',
  'networking.k8s.io': 'networkpolicies',
  'policy': 'poddisruptionbudgets',
  'rbac.authorization.k8s.io': 'rolebindings',
  'storage.k8s.io': 'storageclasses',
};

/** What somebody who should not have a rule would take first. */
const TEMPTING = [
  'secrets', 'pods/exec', 'serviceaccounts/token', 'serviceaccounts', 'pods', 'rolebindings', 'clusterrolebindings', 'networkpolicies', 'resourcequotas',
];

/** A resource of a rule that exists: where a rule grants all of a group, one that every cluster has in it. */
export interface ExampleResource {
  /** The resource; absent when the rule grants all of a group that not every cluster has. */
  readonly resource: string | undefined;
  readonly apiGroup: string;

  /** How tempting it is, the most tempting first. */
  readonly rank: number;
}

/** The most tempting resource that a rule grants. */
export function exampleResource({ resources, apiGroups }: AccessRule): ExampleResource {
  const apiGroup = apiGroups.includes('*') ? '' : apiGroups[0];
  const rank = (resource: string) => (TEMPTING.indexOf(resource) + TEMPTING.length + 1) % (TEMPTING.length + 1);
  const [first] = resources.map((resource) => (resource === '*' ? RESOURCE_OF_GROUP[apiGroup] : resource))
    .sort((a, b) => rank(a ?? '') - rank(b ?? ''));
  return { resource: first, apiGroup, rank: rank(first ?? '') };
}

/** A verb that a rule grants, for people to try. */
export function exampleVerb({ verbs }: AccessRule): string {
  return verbs.includes('*') ? 'delete' : verbs[0];
}
