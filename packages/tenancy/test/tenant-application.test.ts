import { Tenancy, Tenant, TenantApplication } from '../src';
import { KUBEADM } from './support/grounds';
import { refused } from './support/refused';

const WEB: TenantApplication = { name: 'web', repository: 'https://github.com/shop/web', path: 'deploy/{environment}', revision: 'release/{environment}' };
const CACHE: TenantApplication = { name: 'cache', repository: 'oci://ghcr.io/charts', chart: 'valkey', revision: '1.2.3', values: { replicas: 2 }, environments: ['production'] };

function tenancy(applications: TenantApplication[]): Tenancy {
  return new Tenancy({ environments: ['staging', 'production'], tenants: [new Tenant('shop', { applications })] });
}

test('an application is there once in each of its environments, in one order', () => {
  const { applications } = tenancy([WEB, CACHE]).render(KUBEADM);
  expect(applications.map(({ id }) => id)).toEqual(['shop-production.cache', 'shop-production.web', 'shop-staging.web']);
  expect(tenancy([CACHE, WEB]).render(KUBEADM).applications).toEqual(applications);
});

test('the environment stands in path and revision, and the deployer of the namespace delivers', () => {
  const [, , web] = tenancy([WEB, CACHE]).render(KUBEADM).applications;
  expect(web).toEqual({
    id: 'shop-staging.web', name: 'web', tenant: 'shop', environment: 'staging', namespace: 'shop-staging', repository: 'https://github.com/shop/web', path: 'deploy/staging', revision: 'release/staging', deployer: 'platform-deployers/shop-staging',
  });
});

test('a cluster has the applications of the environments that it carries', () => {
  expect(tenancy([WEB, CACHE]).render(KUBEADM, { environments: ['staging'] }).applications.map(({ id }) => id)).toEqual(['shop-staging.web']);
});

test('a folder follows the default branch when nothing is said, and an application changes no object of the tenancy', () => {
  const { applications, manifests } = tenancy([{ name: 'web', repository: 'git@github.com:shop/web', path: 'deploy' }]).render(KUBEADM);
  expect(applications[0].revision).toBe('HEAD');
  expect(manifests).toEqual(tenancy([]).render(KUBEADM).manifests);
});

test.each<[string, Partial<TenantApplication>, string]>([
  ['a name that is no DNS label', { name: 'Web' }, "application name 'Web' is not a DNS label"],
  ['a name that no release can have', { name: 'w'.repeat(54) }, 'has 54 characters (ApplicationNameTooLong)'],
  ['both a path and a chart', { chart: 'web' }, 'application web has both a path and a chart (AmbiguousSource)'],
  ['neither a path nor a chart', { path: undefined }, 'application web has neither a path nor a chart (AmbiguousSource)'],
  ['a path out of the repository', { path: '../other' }, "'../other' is not a folder inside the repository (InvalidPath)"],
  ['an absolute path', { path: '/deploy' }, '(InvalidPath)'],
  ['a chart without a version', { path: undefined, chart: 'web', revision: undefined }, 'chart web has no version, so what runs would change by itself (ChartWithoutVersion)'],
  ['a revision that is an option', { revision: '--upload-pack=x' }, '(InvalidRevision)'],
  ['an address without encryption', { repository: 'http://github.com/shop/web' }, '(InvalidRepository)'],
  ['a registry for a folder', { repository: 'oci://ghcr.io/shop' }, '(InvalidRepository)'],
  ['values without a chart', { values: { a: 1 } }, 'values are for a chart, and there is none (NothingToNarrow)'],
  ['an environment that there is not', { environments: ['qa'] }, 'there is no environment qa (UnknownEnvironment)'],
])('%s is refused', (_, change, message) => {
  expect(refused(() => tenancy([{ ...WEB, ...change }])).map(String)).toEqual([expect.stringContaining(message)]);
});

test('an application named twice is refused, and credentials are not repeated', () => {
  expect(refused(() => tenancy([WEB, WEB])).map(({ message }) => message)).toEqual(['application web is named by applications[0] already']);
  const [problem] = refused(() => tenancy([{ ...WEB, repository: 'https://me:hunter2@github.com/shop/web' }]));
  expect([problem.code, problem.toString().includes('hunter2')]).toEqual(['CredentialsInAddress', false]);
});
