import { CanonicalYaml, ExpectationKind, Manifests } from '@viridial/core';
import { Proof } from '@viridial/proof';
import * as fc from 'fast-check';
import { RenderedTenancy, Role, Tenancy, Tenant } from '../src';
import { tenancies } from './support/arbitraries';
import { shops } from './support/examples';
import { KUBEADM } from './support/grounds';
import { refused } from './support/refused';

function texts(files: { [path: string]: any[] }): { [path: string]: string } {
  return Object.fromEntries(Object.keys(files).sort().map((path) => [path, CanonicalYaml.stringifyAll(files[path])]));
}

/** Everything of a tenancy, tenant by tenant. */
function oneByOne(rendered: RenderedTenancy): { [path: string]: any[] } {
  return Object.assign({}, ...rendered.tenants.map((name) => rendered.tenant(name).files), rendered.sharedFiles);
}

test('tenant by tenant gives the same files as all at once, for any tenancy', () => {
  fc.assert(fc.property(tenancies, (props) => {
    const tenancy = new Tenancy(props);
    expect(texts(oneByOne(tenancy.render(KUBEADM)))).toEqual(texts(tenancy.render(KUBEADM).files));
  }), { numRuns: 30 });
});

test('the promises of all tenants are those of each, and those of the shared namespaces', () => {
  fc.assert(fc.property(tenancies, (props) => {
    const rendered = new Tenancy(props).render(KUBEADM);
    const all = new Set(rendered.expectations.map((expectation) => JSON.stringify(expectation.toJson())));
    const each = new Set(rendered.tenants.flatMap((name) => rendered.tenant(name).expectations).map((expectation) => JSON.stringify(expectation.toJson())));
    for (const text of each) expect(all).toContain(text);
    const shared = [...rendered.sharedNamespaces, rendered.deployerNamespace];
    // of admission policies, which are the same everywhere, every variant is promised of the first namespace only
    const rest = rendered.expectations.filter(({ kind }) => ![ExpectationKind.ADMITTED, ExpectationKind.REFUSED].includes(kind))
      .map((expectation) => JSON.stringify(expectation.toJson()));
    for (const text of rest.filter((own) => !each.has(own))) expect(shared.some((namespace) => text.includes(`"${namespace}"`))).toBe(true);
  }), { numRuns: 20 });
});

describe('one tenant of two', () => {
  const rendered = shops().render(KUBEADM);
  const shop = rendered.tenant('shop');

  test('has its namespaces, files and objects, and nothing of the other', () => {
    expect(rendered.tenants).toEqual(['payments', 'shop']);
    expect(shop.namespaces).toEqual(['shop-production', 'shop-staging']);
    expect(Object.keys(shop.files)).toEqual(['tenants/shop/shop-production.yaml', 'tenants/shop/shop-staging.yaml']);
    expect(shop.manifests).toEqual(Manifests.order(Object.values(shop.files).flat()));
    expect(shop.admission.map(({ name, environment, podSecurity, ingressHosts, loadBalancers }) => [name, environment, podSecurity, ingressHosts, loadBalancers])).toEqual([
      ['shop-production', 'production', 'restricted', [], false], ['shop-staging', 'staging', 'restricted', [], false],
    ]);
  });

  test('that there is not is an error that names those that there are', () => {
    expect(refused(() => rendered.tenant('shops')).map(String)).toEqual([
      'name: the cluster carries no environment of a tenant shops (UnknownTenant); allowed: payments, shop; cure: take a name of rendered.tenants',
    ]);
  });
});

describe('proving one tenant again', () => {
  const tenants = Array.from({ length: 40 }, (_, index) => new Tenant(`t${index}`, {
    members: [Role.developer(`group:t${index}`), ...(index === 5 ? [Role.viewer('group:t7')] : [])],
    ...(index === 1 ? { talksTo: ['t2'] } : {}),
    ...(index === 2 ? { acceptsFrom: ['t1'] } : {}),
  }));
  const rendered = new Tenancy({ environments: ['staging', 'production'], sharedNamespaces: ['monitoring'], tenants }).render(KUBEADM);
  const owners = (objects: any[]): string[] => [...new Set(objects.map(({ metadata }) => metadata.labels['viridial.com/tenant']).filter((name) => name !== undefined))].sort();

  test('takes its objects, those of its peers, the bindings of its members elsewhere, and what all share', () => {
    expect(owners(rendered.proofScope(['t3']))).toEqual(['t3']);
    expect(owners(rendered.proofScope(['t1']))).toEqual(['t1', 't2']);
    expect(owners(rendered.proofScope(['t7']))).toEqual(['t5', 't7']);
    expect([...new Set(rendered.proofScope(['t7']).filter(({ metadata }) => metadata.labels['viridial.com/tenant'] === 't5').map(({ kind }) => kind))]).toEqual(['RoleBinding']);
    expect(rendered.proofScope(['t3']).filter(({ kind }) => kind === 'ClusterRole')).toHaveLength(4);
  });

  test.each(['t1', 't2', 't3', 't5', 't7'])('keeps the promises of %s', (name) => {
    const report = Proof.of(rendered.proofScope([name]), { profile: KUBEADM, expectations: rendered.tenant(name).expectations }).report();
    expect(report.errors).toEqual([]);
    expect(report.counts.expectations).toBeGreaterThan(50);
  });

  test.each<[string, (objects: any[]) => any[]]>([
    ['a way out that was opened', (objects) => objects.map((object) => (
      object.kind === 'NetworkPolicy' && object.metadata.namespace === 't1-staging' && object.metadata.name === 'allow-dns' ? { ...object, spec: { ...object.spec, egress: [{}] } } : object))],
    ['a limit range that is missing', (objects) => objects.filter(({ kind, metadata }) => kind !== 'LimitRange' || metadata.namespace !== 't1-staging')],
    ['a binding of a member in a namespace of a peer', (objects) => objects.map((object) => (
      object.kind === 'RoleBinding' && object.metadata.namespace === 't2-staging' ? { ...object, subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 't1' }] } : object))],
    ['a level that was lowered', (objects) => objects.map((object) => (object.kind === 'Namespace' && object.metadata.name === 't1-staging'
      ? { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, 'pod-security.kubernetes.io/enforce': 'privileged' } } } : object))],
  ])('finds %s', (_, broken) => {
    const objects = broken(rendered.proofScope(['t1']));
    expect(Proof.of(objects, { profile: KUBEADM, expectations: rendered.tenant('t1').expectations }).report().ok).toBe(false);
  });
});
