import { AccessRequest, AccessReview } from '@viridial/proof';
import { rendered } from '../support/example';

const { installations } = rendered();
const manifests = installations.flatMap((installation) => installation.footprint.manifests(installation.namespace));
const review = AccessReview.of(manifests);
const accounts = installations.flatMap((installation) => installation.footprint.accounts.map((account) => `${installation.namespace}/${account.name}`)).sort();

/** Who of all the service accounts of all add-ons may do something. */
function whoMay(request: Partial<AccessRequest>): string[] {
  return accounts.filter((serviceAccount) => review.allows({ verb: 'get', ...request, serviceAccount }));
}

const ARGO_CD = 'argocd/argocd-application-controller';
const OPERATOR = 'viridial-monitoring/kube-prometheus-stack-operator';
const IN_TENANT = { namespace: 'viridial-production' };

test('the example has accounts to look at', () => {
  expect(accounts.length).toBeGreaterThan(20);
  expect(new Set(accounts).size).toBe(accounts.length);
});

test('the secrets of a tenant are read by what cannot do without, and by nothing else', () => {
  expect(whoMay({ ...IN_TENANT, resource: 'secrets' })).toEqual([
    ARGO_CD, 'argocd/argocd-server', 'cert-manager/cert-manager', 'cert-manager/cert-manager-cainjector', OPERATOR,
  ]);
});

test('secrets of a tenant are written by Argo CD, cert-manager and the operator of Prometheus', () => {
  expect(whoMay({ ...IN_TENANT, resource: 'secrets', verb: 'create' })).toEqual([ARGO_CD, 'cert-manager/cert-manager', OPERATOR]);
});

test('pods of a tenant are made by Argo CD, and by cert-manager for a challenge', () => {
  expect(whoMay({ ...IN_TENANT, resource: 'pods', verb: 'create' })).toEqual([ARGO_CD, 'cert-manager/cert-manager']);
});

test.each([
  ['run a command in a pod', { ...IN_TENANT, resource: 'pods', subresource: 'exec', verb: 'create' }],
  ['act as another account', { ...IN_TENANT, resource: 'serviceaccounts', verb: 'impersonate' }],
  ['make a token of another account', { ...IN_TENANT, resource: 'serviceaccounts', subresource: 'token', verb: 'create' }],
  ['give rights that it does not have', { apiGroup: 'rbac.authorization.k8s.io', resource: 'clusterroles', verb: 'escalate' }],
  ['bind a role', { apiGroup: 'rbac.authorization.k8s.io', resource: 'clusterroles', verb: 'bind' }],
  ['change what bounds a tenant', { ...IN_TENANT, resource: 'resourcequotas', verb: 'create' }],
  ['open a tenant to the network', { ...IN_TENANT, apiGroup: 'networking.k8s.io', resource: 'networkpolicies', verb: 'create' }],
  ['delete a namespace of a tenant by list', { resource: 'namespaces', verb: 'deletecollection' }],
])('only the controller of Argo CD may %s', (_, request) => {
  expect(whoMay(request)).toEqual([ARGO_CD]);
});

test('Prometheus reads what it finds targets by, and no secret', () => {
  const prometheus = 'viridial-monitoring/kube-prometheus-stack-prometheus';
  expect(review.allows({ serviceAccount: prometheus, verb: 'list', resource: 'pods', namespace: 'viridial-production' })).toBe(true);
  expect(review.allows({ serviceAccount: prometheus, verb: 'get', nonResourceUrl: '/metrics' })).toBe(true);
  expect(review.allows({ serviceAccount: prometheus, verb: 'get', resource: 'secrets', namespace: 'viridial-monitoring' })).toBe(false);
});

test('Grafana reads the dashboards of its own namespace and of no other', () => {
  const grafana = 'viridial-monitoring/kube-prometheus-stack-grafana';
  expect(review.allows({ serviceAccount: grafana, verb: 'list', resource: 'configmaps', namespace: 'viridial-monitoring' })).toBe(true);
  expect(review.allows({ serviceAccount: grafana, verb: 'list', resource: 'configmaps', namespace: 'viridial-production' })).toBe(false);
});

test('external-dns watches and writes nothing in the cluster', () => {
  const account = 'external-dns/external-dns';
  expect(review.allows({ serviceAccount: account, verb: 'watch', apiGroup: 'networking.k8s.io', resource: 'ingresses', namespace: 'viridial-production' })).toBe(true);
  for (const verb of ['create', 'update', 'patch', 'delete']) {
    expect(review.allows({ serviceAccount: account, verb, apiGroup: 'networking.k8s.io', resource: 'ingresses', namespace: 'viridial-production' })).toBe(false);
  }
});

test('metrics-server asks the API server who asks it', () => {
  const binding = manifests.find((manifest) => manifest.kind === 'ClusterRoleBinding' && manifest.roleRef.name === 'system:auth-delegator');
  expect(binding.subjects).toEqual([{ kind: 'ServiceAccount', name: 'metrics-server', namespace: 'kube-system' }]);
});

test('node plug-ins of storage take taints away and do nothing else to nodes', () => {
  for (const account of ['kube-system/ebs-csi-node-sa', 'kube-system/efs-csi-node-sa']) {
    expect(['get', 'patch', 'delete', 'create'].filter((verb) => review.allows({ serviceAccount: account, verb, resource: 'nodes' }))).toEqual(['get', 'patch']);
  }
});
