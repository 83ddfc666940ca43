import { Proof } from '@viridial/proof';
import { Role, Tenancy, Tenant, TenantLifecycle, TenantProps } from '../src';
import { KUBEADM } from './support/grounds';
import { objectOf, objectsOf, policyNames } from './support/objects';
import { places, refused } from './support/refused';
import { ownWarnings } from './support/warnings';

const APPLICATION = { name: 'web', repository: 'https://github.com/shop/web', path: 'deploy' };

function tenancy(props: TenantProps): Tenancy {
  return new Tenancy({
    environments: ['production'],
    tenants: [new Tenant('shop', { members: [Role.developer('group:shop')], ingressHosts: ['shop.example.com'], internet: {}, applications: [APPLICATION], ...props }), new Tenant('lab')],
  });
}

const ACTIVE = tenancy({}).render(KUBEADM);

describe('a cordoned tenant', () => {
  const rendered = tenancy({ lifecycle: TenantLifecycle.CORDONED }).render(KUBEADM);

  test('has a quota of nothing beside its budget, and everything else as before', () => {
    const { hard } = objectOf(rendered.manifests, 'ResourceQuota', 'cordon', 'shop-production').spec;
    expect(hard).toMatchObject({ 'pods': '0', 'count/deployments.apps': '0', 'count/jobs.batch': '0', 'persistentvolumeclaims': '0', 'services': '0' });
    expect(new Set(Object.values(hard))).toEqual(new Set(['0']));
    for (const resource of ['secrets', 'configmaps', 'limits.cpu']) expect(hard).not.toHaveProperty([resource]);
    const others = rendered.manifests.filter(({ kind, metadata }) => kind !== 'Namespace' && metadata.name !== 'cordon');
    expect(others).toEqual(ACTIVE.manifests.filter(({ kind }) => kind !== 'Namespace'));
  });

  test('is named as such on its namespaces and in a warning', () => {
    expect(objectOf(rendered.manifests, 'Namespace', 'shop-production').metadata.labels['viridial.com/lifecycle']).toBe('cordoned');
    expect(objectOf(rendered.manifests, 'Namespace', 'lab-production').metadata.labels).not.toHaveProperty(['viridial.com/lifecycle']);
    expect(ownWarnings(rendered).map(({ code }) => code)).toEqual(['Cordoned']);
  });

  test('keeps its promises', () => {
    expect(Proof.of(rendered.manifests, { profile: KUBEADM, expectations: rendered.expectations }).report().errors).toEqual([]);
  });
});

describe('a retired tenant', () => {
  const rendered = tenancy({ lifecycle: TenantLifecycle.RETIRED }).render(KUBEADM);

  test('keeps its namespaces, closed and bounded, and nobody has a right there', () => {
    expect(rendered.namespaces).toEqual(ACTIVE.namespaces);
    expect(policyNames(rendered.manifests, 'shop-production')).toEqual(['default-deny']);
    expect(rendered.files['tenants/shop/shop-production.yaml'].map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Namespace shop-production', 'ResourceQuota budget', 'ResourceQuota cordon', 'LimitRange container-limits', 'NetworkPolicy default-deny',
    ]);
    expect(objectsOf(rendered.manifests, 'ServiceAccount').map(({ metadata }) => metadata.name)).toEqual(['lab-production']);
  });

  test('is delivered, served and asked about by nobody any more', () => {
    expect([rendered.applications, rendered.ingressHosts, Object.keys(rendered.deployers)]).toEqual([[], {}, ['lab-production']]);
    expect(rendered.expectations.filter(({ access }) => access?.groups?.includes('shop'))).toEqual([]);
    expect(Proof.of(rendered.manifests, { profile: KUBEADM, expectations: rendered.expectations }).report().errors).toEqual([]);
  });

  test('tells what to remove in which order, and keeps the data', () => {
    expect(rendered.pruneSteps.map(({ namespace, what, deletesData }) => [namespace, what.split(/[,;]/)[0], deletesData])).toEqual([
      ['shop-production', 'the applications', false], ['shop-production', 'the rights of members and of the deployer', false], ['shop-production', 'every flow in and out', false],
      ['shop-production', 'what is published', false], ['shop-production', 'what runs', false],
    ]);
    expect(rendered.pruneSteps[0].prunes).toEqual(['Application.argoproj.io shop-production.web']);
    expect(rendered.pruneSteps[1].prunes).toContain('RoleBinding.rbac.authorization.k8s.io shop-production/tenant-developer');
    expect(JSON.stringify(rendered.pruneSteps)).not.toMatch(/persistentvolumeclaims|delete namespace/);
    expect(ACTIVE.pruneSteps).toEqual([]);
  });

  test('gives up its data last, when somebody says so', () => {
    const gone = tenancy({ lifecycle: TenantLifecycle.RETIRED, deleteData: true }).render(KUBEADM);
    expect(gone.pruneSteps.map(({ deletesData }) => deletesData)).toEqual([false, false, false, false, false, true, true]);
    expect(gone.pruneSteps.at(-1)!.prunes).toEqual(['Namespace shop-production']);
    expect(objectOf(gone.manifests, 'Namespace', 'shop-production').metadata.annotations).toEqual({ 'viridial.com/delete-data': 'true' });
  });
});

test('data of a tenant that is not over is not let go', () => {
  expect(refused(() => tenancy({ deleteData: true })).map(String)).toEqual([
    'tenants.shop.deleteData: shop is active, and its data could be lost (DataOfLivingTenant); cure: set lifecycle to TenantLifecycle.RETIRED first, or take deleteData away',
  ]);
});

test('nobody can talk to a tenant that is over', () => {
  expect(places(refused(() => new Tenancy({
    environments: ['production'],
    tenants: [new Tenant('shop', { talksTo: ['old'] }), new Tenant('old', { acceptsFrom: ['shop'], lifecycle: TenantLifecycle.RETIRED })],
  })))).toEqual(['PeerIsRetired at tenants.shop.talksTo[0]']);
});
