import fc from 'fast-check';
import { Manifests } from '../src';

const object = (apiVersion: string, kind: string, name: string, namespace?: string): any =>
  ({ apiVersion, kind, metadata: namespace === undefined ? { name } : { name, namespace } });
const identities = (manifests: any[]) => manifests.map((manifest) => Manifests.identity(manifest));
const faults = (...manifests: any[]) => Manifests.check(manifests).map(({ path, code }) => `${path} ${code}`);

describe('identity', () => {
  test.each([
    [object('v1', 'Namespace', 'shop-staging'), 'Namespace shop-staging'],
    [object('v1', 'ResourceQuota', 'budget', 'shop-staging'), 'ResourceQuota shop-staging/budget'],
    [object('apps/v1', 'Deployment', 'n', 'ns'), 'Deployment.apps ns/n'],
    [object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'viridial:tenant-viewer'), 'ClusterRole.rbac.authorization.k8s.io viridial:tenant-viewer'],
  ])('of %j is %s', (manifest, identity) => {
    expect(Manifests.identity(manifest)).toBe(identity);
  });

  test('does not depend on the version of the API', () => {
    expect(Manifests.identity(object('autoscaling/v1', 'HorizontalPodAutoscaler', 'a', 'b')))
      .toBe(Manifests.identity(object('autoscaling/v2', 'HorizontalPodAutoscaler', 'a', 'b')));
  });
});

describe('order', () => {
  const manifests = [
    object('cert-manager.io/v1', 'ClusterIssuer', 'letsencrypt'),
    object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'hook'),
    object('apps/v1', 'Deployment', 'web', 'shop'),
    object('v1', 'Service', 'web', 'shop'),
    object('v1', 'ConfigMap', 'web', 'shop'),
    object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'developers', 'shop'),
    object('v1', 'ServiceAccount', 'web', 'shop'),
    object('networking.k8s.io/v1', 'NetworkPolicy', 'default-deny', 'shop'),
    object('v1', 'ResourceQuota', 'budget', 'shop'),
    object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'viewer'),
    object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'clusterissuers.cert-manager.io'),
    object('v1', 'Namespace', 'shop'),
  ];

  test('a cluster can take the objects one after the other', () => {
    expect(Manifests.order(manifests).map(({ kind }) => kind)).toEqual([
      'Namespace', 'CustomResourceDefinition', 'ClusterRole', 'ResourceQuota', 'NetworkPolicy', 'ServiceAccount', 'RoleBinding', 'ConfigMap',
      'Service', 'Deployment', 'ValidatingWebhookConfiguration', 'ClusterIssuer',
    ]);
  });

  test('what closes namespaces comes before workloads, in every language, and a tier before its policies', () => {
    const closing = [
      object('apps/v1', 'Deployment', 'web', 'shop'),
      object('cilium.io/v2', 'CiliumNetworkPolicy', 'allow-kube-api-server', 'shop'),
      object('networking.k8s.io/v1', 'NetworkPolicy', 'default-deny', 'shop'),
      object('projectcalico.org/v3', 'GlobalNetworkPolicy', 'tenants.link-local'),
      object('projectcalico.org/v3', 'Tier', 'tenants'),
      object('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', 'link-local'),
      object('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', 'link-local'),
    ];
    expect(Manifests.order(closing).map(({ kind }) => kind)).toEqual([
      'ClusterNetworkPolicy', 'CiliumClusterwideNetworkPolicy', 'Tier', 'GlobalNetworkPolicy', 'NetworkPolicy', 'CiliumNetworkPolicy', 'Deployment',
    ]);
  });

  test('the list that was given stays as it was', () => {
    const before = [...manifests];
    Manifests.order(manifests);
    expect(manifests).toEqual(before);
  });

  test('within a kind, namespaces and then names count', () => {
    const list = [object('v1', 'Secret', 'b', 'y'), object('v1', 'Secret', 'a', 'y'), object('v1', 'Secret', 'z', 'x'), object('v1', 'Secret', 'c')];
    expect(identities(Manifests.order(list))).toEqual(['Secret c', 'Secret x/z', 'Secret y/a', 'Secret y/b']);
  });

  test('does not depend on the order that was given', () => {
    fc.assert(fc.property(fc.shuffledSubarray(manifests, { minLength: manifests.length }), (shuffled) => {
      expect(Manifests.order(shuffled)).toEqual(Manifests.order(manifests));
    }));
  });

  test('objects that lack everything are kept', () => {
    expect(Manifests.order([{}, object('v1', 'Namespace', 'a'), {}])).toHaveLength(3);
  });
});

describe('check', () => {
  test('well-formed objects have no fault', () => {
    expect(faults(
      object('v1', 'Namespace', 'shop'),
      object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:aggregate-to-view'),
      object('apiregistration.k8s.io/v1', 'APIService', 'v1beta1.metrics.k8s.io'),
      { ...object('v1', 'ConfigMap', 'a', 'shop'), metadata: { name: 'a', namespace: 'shop', labels: { a: '' }, annotations: { 'b.c/d': 'any text at all\n', 'e': undefined } } },
    )).toEqual([]);
  });

  test('an object without apiVersion, kind or name is told by its place in the list', () => {
    expect(faults({}, object('v1', 'Pod', ''), { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'a-' } }, { apiVersion: 1, kind: ['x'], metadata: { name: 7 } })).toEqual([
      'manifests[0].apiVersion ManifestWithoutApiVersion',
      'manifests[0].kind ManifestWithoutKind',
      'manifests[0].metadata.name ManifestWithoutName',
      'manifests[1].metadata.name ManifestWithoutName',
      'manifests[2].metadata.name ManifestWithoutName',
      'manifests[3].apiVersion ManifestWithoutApiVersion',
      'manifests[3].kind ManifestWithoutKind',
      'manifests[3].metadata.name ManifestWithoutName',
    ]);
  });

  test('what is no object at all is refused', () => {
    expect(faults(null, 'text', [], undefined, 3).every((fault) => fault.endsWith('ManifestNotObject'))).toBe(true);
  });

  test('a list of objects is refused with the advice to give its items', () => {
    const [problem] = Manifests.check([{ apiVersion: 'v1', kind: 'List', items: [] }]);
    expect([problem.code, problem.cure]).toEqual(['ManifestIsList', 'give its items one by one']);
  });

  test('a kind that ends in List but has no items is an object like any other', () => {
    expect(faults(object('example.com/v1', 'AllowList', 'a'))).toEqual([]);
  });

  test('the same object twice is told once, also across API versions', () => {
    const twice = object('apps/v1', 'Deployment', 'web', 'shop');
    expect(faults(twice, twice, { ...twice, apiVersion: 'apps/v1beta1' })).toEqual(['Deployment.apps shop/web DuplicateManifest']);
  });

  test('the same name in another namespace or group is another object', () => {
    expect(faults(
      object('v1', 'Secret', 'a', 'x'), object('v1', 'Secret', 'a', 'y'),
      object('networking.k8s.io/v1', 'Ingress', 'a', 'x'), object('networking.internal.knative.dev/v1alpha1', 'Ingress', 'a', 'x'),
    )).toEqual([]);
  });

  test('names that no API server takes are refused', () => {
    expect(faults(
      object('v1', 'Namespace', 'Shop'), object('v1', 'ConfigMap', 'a_b', 'x'), object('v1', 'ConfigMap', 'c', 'X'),
      object('rbac.authorization.k8s.io/v1', 'Role', 'a/b', 'x'), object('rbac.authorization.k8s.io/v1', 'Role', '..', 'x'),
    )).toEqual([
      'ConfigMap X/c.metadata.namespace InvalidDnsLabel',
      'ConfigMap x/a_b.metadata.name InvalidDnsSubdomain',
      'Namespace Shop.metadata.name InvalidDnsLabel',
      'Role.rbac.authorization.k8s.io x/...metadata.name InvalidPathSegment',
      'Role.rbac.authorization.k8s.io x/a/b.metadata.name InvalidPathSegment',
    ]);
  });

  test('labels and annotations must be text, labels of the right form', () => {
    const labelled = (metadata: any) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', ...metadata } });
    expect(faults(labelled({ labels: { 'a': true, 'b c': 'd', 'e': 'f g' } }))).toEqual([
      'ConfigMap a.metadata.labels.a MetadataNotText',
      'ConfigMap a.metadata.labels.b c InvalidLabelKey',
      'ConfigMap a.metadata.labels.e InvalidLabelValue',
    ]);
    const [problem] = Manifests.check([labelled({ annotations: { version: 1.3 } })]);
    expect(problem.message).toBe('value of version is the number 1.3');
    expect(problem.cure).toBe("write it in quotes: '1.3'");
  });

  test('the faults do not depend on the order of the objects once these have names', () => {
    const list = [object('v1', 'Namespace', 'Shop'), object('v1', 'Secret', 'a_', 'x'), object('v1', 'Pod', 'p', 'x'), object('v1', 'Pod', 'p', 'x')];
    fc.assert(fc.property(fc.shuffledSubarray(list, { minLength: list.length }), (shuffled) => {
      expect(faults(...shuffled)).toEqual(faults(...list));
    }));
  });
});
