import { Installation } from '../../src';
import { annotated, ArgoCdScope, chartApplication, chartRepository, folderApplication, platformProject, tenantProject } from '../../src/private/argo-cd-objects';

const SCOPE: ArgoCdScope = { namespace: 'argocd', platformName: 'viridial', repository: 'https://github.com/viridial/platform', revision: 'main' };
const LABELS = { 'app.kubernetes.io/managed-by': 'viridial', 'viridial.com/platform': 'viridial' };
const POLICY = {
  automated: { prune: true, selfHeal: true },
  syncOptions: ['ServerSideApply=true', 'SkipDryRunOnMissingResource=true'],
  retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '5m' } },
};
const installation = new Installation({
  name: 'web', namespace: 'apps', chart: 'web-chart', repository: 'https://charts.example.com', version: '1.2.3', values: { replicas: 2 }, wave: 20,
});

test('an Application over a chart, as a whole', () => {
  expect(chartApplication(SCOPE, installation)).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'web',
      namespace: 'argocd',
      labels: LABELS,
      annotations: { 'argocd.argoproj.io/sync-wave': '20' },
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      project: 'platform',
      source: {
        repoURL: 'https://charts.example.com',
        chart: 'web-chart',
        targetRevision: '1.2.3',
        helm: { releaseName: 'web', valuesObject: { replicas: 2 } },
      },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'apps' },
      syncPolicy: POLICY,
    },
  });
});

test('an Application over a folder, as a whole', () => {
  expect(folderApplication(SCOPE, { name: 'tenant-shop', path: 'argocd/x', destination: 'shop', wave: 10, labels: { 'viridial.com/tenant': 'shop' } })).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'tenant-shop',
      namespace: 'argocd',
      labels: { ...LABELS, 'viridial.com/tenant': 'shop' },
      annotations: { 'argocd.argoproj.io/sync-wave': '10' },
    },
    spec: {
      project: 'platform',
      source: { repoURL: SCOPE.repository, path: 'argocd/x', targetRevision: 'main' },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
      syncPolicy: POLICY,
    },
  });
});

test('a folder without a kustomization is read as plain files of that folder only', () => {
  const { spec } = folderApplication(SCOPE, { name: 'x', path: 'y', destination: 'z', wave: 0, plain: true });
  expect(spec.source.directory).toEqual({ recurse: false });
});

test('fields that a chart makes anew are ignored, in the comparison and in the synchronisation', () => {
  const generated = new Installation({ ...installation, generatedFields: [{ kind: 'Secret', name: 'tls', jsonPointers: ['/data'] }, { group: 'g', kind: 'Hook', jqPathExpressions: ['.x'] }] });
  const { spec } = chartApplication(SCOPE, generated);
  expect(spec.ignoreDifferences).toEqual([
    { group: '', kind: 'Secret', name: 'tls', jsonPointers: ['/data'] }, { group: 'g', kind: 'Hook', jqPathExpressions: ['.x'] },
  ]);
  expect(spec.syncPolicy.syncOptions).toEqual([...POLICY.syncOptions, 'RespectIgnoreDifferences=true']);
});

test('annotations of an object stay when those of Argo CD are added, and the object itself does not change', () => {
  const manifest = { kind: 'Namespace', metadata: { name: 'x', annotations: { mine: 'yes' } } };
  const before = JSON.stringify(manifest);
  expect(annotated(manifest, -15, ['Prune=false', 'B=c']).metadata.annotations).toEqual({
    'mine': 'yes', 'argocd.argoproj.io/sync-wave': '-15', 'argocd.argoproj.io/sync-options': 'Prune=false,B=c',
  });
  expect(JSON.stringify(manifest)).toBe(before);
});

test('the project of the platform deploys anything, from nowhere until its overlay says from where', () => {
  expect(platformProject('argocd').spec).toMatchObject({
    sourceRepos: [], destinations: [{ server: 'https://kubernetes.default.svc', namespace: '*' }], clusterResourceWhitelist: [{ group: '*', kind: '*' }],
  });
});

test('the project of a tenant deploys what a tenant runs, into its own namespaces', () => {
  const { metadata, spec } = tenantProject(SCOPE, {
    tenant: 'shop', deployers: { 'shop-production': 'viridial-deployers/shop-production' }, repositories: ['https://github.com/shop/app', 'oci://ghcr.io/shop'],
  });
  expect(metadata).toMatchObject({ name: 'tenant-shop', labels: { 'viridial.com/tenant': 'shop' } });
  expect(spec).toMatchObject({
    sourceRepos: ['ghcr.io/shop', 'https://github.com/shop/app'],
    destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'shop-production' }],
    destinationServiceAccounts: [{ server: 'https://kubernetes.default.svc', namespace: 'shop-production', defaultServiceAccount: 'viridial-deployers:shop-production' }],
    clusterResourceWhitelist: [],
  });
  expect(spec.namespaceResourceWhitelist).toEqual(expect.arrayContaining([
    { group: 'apps', kind: 'Deployment' }, { group: '', kind: 'Service' }, { group: 'networking.k8s.io', kind: 'Ingress' },
  ]));
  expect(spec.namespaceResourceWhitelist.filter((each: any) => each.group === '*' || each.kind === '*')).toEqual([]);
});

test.each([['https://charts.example.com', 'https://charts.example.com'], ['oci://ghcr.io/a/b', 'ghcr.io/a/b']])('chart repository %s is written as %s', (given, written) => {
  expect(chartRepository(given)).toBe(written);
});
