import { InvalidInputError } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { Tenant, TenantLifecycle, TenantProps } from '@viridial/tenancy';
import { parseAllDocuments } from 'yaml';
import { CertManager, GitOps, Platform, RenderedPlatform } from '../../src';
import { eks, REPOSITORY } from '../support/example';

const APPLICATIONS = 'argocd/overlays/production/applications/shop.yaml';

const WEB = { name: 'web', repository: 'https://github.com/shop/web', path: 'deploy/{environment}' };
const CACHE = { name: 'cache', repository: 'oci://ghcr.io/charts', chart: 'valkey', revision: '1.2.3', values: { replicas: 2 }, environments: ['production'] };

function render(props: TenantProps, tenantRepositories?: { [tenant: string]: string[] }): RenderedPlatform {
  return new Platform({ name: 'viridial', environments: ['staging', 'production'], tenants: [new Tenant('shop', props), new Tenant('lab')] })
    .render(eks(), { clusterName: 'production', gitOps: GitOps.argoCd({ repository: REPOSITORY, tenantRepositories }) });
}

function documents(platform: RenderedPlatform, path: string = APPLICATIONS): any[] {
  return parseAllDocuments(platform.repository.files[path]).map((document) => document.toJS());
}

function named(platform: RenderedPlatform, name: string): any {
  return documents(platform).find((object) => object.metadata.name === name);
}

const rendered = render({ applications: [WEB, CACHE] });

test('every application has one Application in each of its environments, and the tenant keeps its guard rails', () => {
  expect(documents(rendered).map(({ kind, metadata, spec }) => [kind, metadata.name, spec.project])).toEqual([
    ['AppProject', 'tenant-shop', undefined], ['Application', 'tenant-shop', 'platform'], ['Application', 'shop-production.cache', 'tenant-shop'],
    ['Application', 'shop-production.web', 'tenant-shop'], ['Application', 'shop-staging.web', 'tenant-shop'],
  ]);
});

test('a folder is that of the environment, and a chart has its version and values', () => {
  expect(named(rendered, 'shop-staging.web').spec.source).toEqual({ repoURL: WEB.repository, path: 'deploy/staging', targetRevision: 'HEAD' });
  expect(named(rendered, 'shop-production.cache').spec.source).toEqual({
    repoURL: 'ghcr.io/charts', chart: 'valkey', targetRevision: '1.2.3', helm: { releaseName: 'cache', valuesObject: { replicas: 2 } },
  });
});

test('an application goes into the namespace of its tenant and environment, and the project reaches no other', () => {
  for (const { metadata, spec } of documents(rendered).filter(({ spec: { project } }) => project === 'tenant-shop')) {
    expect(spec.destination).toEqual({ server: 'https://kubernetes.default.svc', namespace: metadata.name.split('.')[0] });
  }
  const [{ spec }] = documents(rendered);
  expect(spec.destinations.map(({ namespace }: any) => namespace)).toEqual(['shop-production', 'shop-staging']);
  expect(spec.sourceRepos).toEqual(['ghcr.io/charts', WEB.repository]);
});

test('an application is delivered after the guard rails of its tenant, and takes nothing with it when it goes', () => {
  const wave = (name: string) => Number(named(rendered, name).metadata.annotations['argocd.argoproj.io/sync-wave']);
  expect(wave('shop-staging.web')).toBeGreaterThan(wave('tenant-shop'));
  for (const { metadata } of documents(rendered)) expect(metadata.finalizers).toBeUndefined();
});

test('no two applications may own one object', () => {
  expect(named(rendered, 'shop-staging.web').spec.syncPolicy.syncOptions).toContain('FailOnSharedResource=true');
});

test('a tenant without applications of its own has none, and may come from the repository of the platform', () => {
  const lab = documents(rendered, APPLICATIONS.replace('shop', 'lab'));
  expect(lab.map(({ metadata }) => metadata.name)).toEqual(['tenant-lab', 'tenant-lab']);
  expect(lab[0].spec.sourceRepos).toEqual([REPOSITORY]);
});

test('repositories that are named for a tenant are all it may come from', () => {
  expect(() => render({ applications: [WEB] }, { shop: ['https://github.com/shop/other'] })).toThrow(InvalidInputError);
  expect(() => render({ applications: [WEB] }, { shop: ['https://github.com/shop/other'] })).toThrow(/tenants\.shop\.applications\[0\]\.repository: application web comes from https:\/\/github\.com\/shop\/web/);
  const [project] = documents(render({ applications: [WEB] }, { shop: [WEB.repository, 'https://github.com/shop/other'] }));
  expect(project.spec.sourceRepos).toEqual(['https://github.com/shop/other', WEB.repository]);
});

describe('a retired tenant', () => {
  const namespace = (platform: RenderedPlatform): any => documents(platform, 'argocd/overlays/production/tenants/shop/shop-production.yaml').find(({ kind }) => kind === 'Namespace');

  test('has no application, and a project that reaches nowhere', () => {
    const retired = render({ applications: [WEB, CACHE], lifecycle: TenantLifecycle.RETIRED });
    expect(documents(retired).map(({ metadata }) => metadata.name)).toEqual(['tenant-shop', 'tenant-shop']);
    expect(documents(retired)[0].spec).toMatchObject({ destinations: [], destinationServiceAccounts: [] });
  });

  test('opens nothing in the namespaces of add-ons that it called', () => {
    const platform = (lifecycle: TenantLifecycle) => new Platform({
      name: 'viridial',
      environments: ['production'],
      tenants: [new Tenant('shop', { lifecycle, flows: [Flow.namespaceOut({ namespace: 'cert-manager', ports: [{ port: 9402 }] })] })],
      addOns: [new CertManager({ email: 'ops@viridial.com', issuers: [] })],
    }).render(eks(), { clusterName: 'production' });
    const open = ({ manifests }: RenderedPlatform) => manifests.filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.namespace === 'cert-manager').map(({ metadata }) => metadata.name);
    expect(open(platform(TenantLifecycle.ACTIVE))).toContain('allow-from-shop-production');
    expect(open(platform(TenantLifecycle.RETIRED))).not.toContain('allow-from-shop-production');
    expect(platform(TenantLifecycle.RETIRED).proof().errors.filter(({ ruleId }) => ['FlowOpen', 'FlowBlocked'].includes(ruleId))).toEqual([]);
  });

  test('keeps its namespaces until it says that the data may go', () => {
    const options = (props: TenantProps) => namespace(render(props)).metadata.annotations['argocd.argoproj.io/sync-options'];
    expect(options({ lifecycle: TenantLifecycle.RETIRED })).toBe('Prune=false');
    expect(options({ lifecycle: TenantLifecycle.RETIRED, deleteData: true })).toBeUndefined();
  });
});

test('the day and the prefix of groups go with the platform when it gets more add-ons', () => {
  const exception = { workload: 'Deployment/old', control: 'runAsNonRoot' as never, reason: 'it is old', expires: '2026-12-31' };
  const tenants = [new Tenant('shop', { podSecurityExceptions: [exception] })];
  const platform = new Platform({ name: 'viridial', environments: ['production'], tenants, date: '2026-11-26', oidcGroupsPrefix: 'sso:' });
  expect(platform.with().tenancy.tenants).toHaveLength(1);
  expect(() => new Platform({ name: 'viridial', environments: ['production'], tenants, date: '2027-01-01' })).toThrow(/expired on 2026-12-31/);
});
