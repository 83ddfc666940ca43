import { CanonicalYaml, ClusterProfile, Cni, Distribution, Labels, Manifests } from '@viridial/core';
import * as fc from 'fast-check';
import { AdmissionAnnotations, AdmissionExpectations, AdmissionPlatform, AdmissionPolicies, AdmissionPolicy, AdmissionProps } from '../src';
import { refusals } from './support/admission';
import { profile } from './support/profiles';
import { codes, refused } from './support/refused';

const PROPS: AdmissionProps = { profile: profile(Cni.CALICO), registries: ['registry.example.com'] };
const objects = AdmissionPolicies.render(PROPS);
const of = (kind: string): any[] => objects.filter((object) => object.kind === kind);

test('every policy has a binding that denies, under one name', () => {
  expect(of('ValidatingAdmissionPolicy').map(({ metadata }) => metadata.name)).toEqual(AdmissionPolicy.all().map(({ objectName }) => objectName));
  expect(of('ValidatingAdmissionPolicyBinding').map(({ metadata, spec }) => [metadata.name, spec.policyName, spec.validationActions]))
    .toEqual(AdmissionPolicy.all().map(({ objectName }) => [objectName, objectName, ['Deny']]));
});

test('a mistake in the evaluation refuses, and a policy names no parameter that could be missing', () => {
  for (const { spec } of of('ValidatingAdmissionPolicy')) expect([spec.failurePolicy, spec.paramKind]).toEqual(['Fail', undefined]);
});

test('objects are labelled like everything the platform manages, and say why they are there', () => {
  for (const { metadata } of objects) {
    expect(metadata.labels).toEqual({ [Labels.MANAGED_BY]: 'viridial', [Labels.MANAGED]: 'true' });
    expect(metadata.annotations[Labels.REASON]).toMatch(/^\S.*[^.]$/);
  }
  expect(Manifests.check(objects)).toEqual([]);
});

test('what a tenant runs is held in the namespaces of tenants, what the platform owns everywhere', () => {
  const everywhere = of('ValidatingAdmissionPolicyBinding').filter(({ spec }) => spec.matchResources === undefined).map(({ metadata }) => metadata.name);
  expect(everywhere).toEqual(['viridial-cluster-network-policies', 'viridial-managed-objects', 'viridial-trusted-namespace-labels']);
  for (const { spec } of of('ValidatingAdmissionPolicyBinding').filter((binding) => binding.spec.matchResources)) {
    expect(spec.matchResources).toEqual({ namespaceSelector: { matchExpressions: [{ key: 'viridial.com/tenant', operator: 'Exists' }] } });
  }
});

test('pods are judged in every kind that makes them', () => {
  const kinds = ['cronjobs', 'daemonsets', 'deployments', 'jobs', 'pods', 'podtemplates', 'replicasets', 'replicationcontrollers', 'statefulsets'];
  for (const id of ['allowed-registries', 'bounded-containers', 'host-access', 'immutable-tags', 'priority-classes', 'pull-policy', 'storage-classes', 'token-automount', 'trusted-pod-labels']) {
    const policy = of('ValidatingAdmissionPolicy').find(({ metadata }) => metadata.name === `viridial-${id}`);
    expect([id, kinds.filter((kind) => !policy.spec.matchConstraints.resourceRules.some(({ resources }: any) => resources.includes(kind)))]).toEqual([id, []]);
  }
});

test('the API server checks types of ten kinds a policy at most, so that no policy names more', () => {
  for (const { metadata, spec } of of('ValidatingAdmissionPolicy')) {
    const named = spec.matchConstraints.resourceRules.flatMap(({ resources }: any) => resources).filter((resource: string) => !/[/*]/.test(resource));
    const looksAtNothing = spec.validations.every(({ expression }: any) => expression === 'false');
    expect([metadata.name, looksAtNothing || named.length <= 10]).toEqual([metadata.name, true]);
  }
});

test('expressions stay in the part of CEL that every engine has', () => {
  const text = JSON.stringify(of('ValidatingAdmissionPolicy').map(({ spec }) => spec));
  expect(text).not.toMatch(/\.\?|\[\?|optional\.|has\(dyn|transformList|transformMap|(all|exists|filter|map)\([a-z]+, [a-z]+, /);
});

test('single policies can be taken, and left out', () => {
  const names = (props: Partial<AdmissionProps>): string[] => AdmissionPolicies.render({ ...PROPS, ...props }).map(({ metadata }) => metadata.name);
  expect(names({ policies: [AdmissionPolicy.HOST_ACCESS] })).toEqual(['viridial-host-access', 'viridial-host-access']);
  expect(names({ policies: AdmissionPolicy.allBut([AdmissionPolicy.HOST_ACCESS]) })).not.toContain('viridial-host-access');
});

test('the number of objects does not depend on the number of namespaces', () => {
  const namespaces = Array.from({ length: 50 }, (_, index) => ({ name: `tenant-${index}`, tenant: `tenant-${index}`, facts: { ingressHosts: [`t${index}.example.com`] } }));
  expect(AdmissionPolicies.render({ ...PROPS, namespaces })).toEqual(objects);
});

test('the same input in any order gives the same bytes', () => {
  const lists = {
    registries: ['a.example.com', 'b.example.com/team', 'docker.io'],
    priorityClasses: ['low', 'high'],
    storageClasses: ['fast', 'slow'],
    mutableTags: ['latest', 'main'],
    trustedPodLabels: ['a/b', 'c'],
  };
  const sorted = CanonicalYaml.stringifyAll(AdmissionPolicies.render({ ...PROPS, ...lists }));
  const shuffled = (list: string[]): fc.Arbitrary<string[]> => fc.shuffledSubarray(list, { minLength: list.length });
  const policiesInAnyOrder = fc.shuffledSubarray(AdmissionPolicy.all(), { minLength: AdmissionPolicy.all().length });
  fc.assert(fc.property(
    shuffled(lists.registries), shuffled(lists.priorityClasses), shuffled(lists.storageClasses), shuffled(lists.mutableTags), policiesInAnyOrder,
    (registries, priorityClasses, storageClasses, mutableTags, policies) => {
      expect(CanonicalYaml.stringifyAll(AdmissionPolicies.render({ ...PROPS, ...lists, registries, priorityClasses, storageClasses, mutableTags, policies }))).toBe(sorted);
    },
  ), { numRuns: 15 });
});

test('a cluster without admission policies, mutation or user namespaces is told so', () => {
  const old = (version: string): ClusterProfile => ClusterProfile.of({ distribution: Distribution.KUBEADM, version, cni: Cni.CALICO });
  expect(codes(refused(() => AdmissionPolicies.render({ profile: old('1.29') })))).toEqual(['FeatureMissing']);
  expect(refused(() => AdmissionPolicies.render({ profile: old('1.35'), mutate: true })).map(({ code, path }) => [code, path])).toEqual([['FeatureMissing', 'mutate']]);
  expect(refused(() => AdmissionPolicies.render({ profile: old('1.32'), userNamespaces: true })).map(({ path }) => path)).toEqual(['userNamespaces']);
});

test('all mistakes of the props are told at once', () => {
  expect(refused(() => AdmissionPolicies.render({
    ...PROPS,
    registries: ['nginx', 'https://registry.example.com', '*.example.com', 'registry.example.com/app:1.0', 'registry.example.com:5000/team'],
    mutableTags: ['not a tag'],
    trustedPodLabels: ['-'],
    storageClasses: ['Fast'],
    namespaces: [{ name: 'shop_staging', tenant: 'shop', facts: { ingressHosts: ['*.*.example.com'] } }],
    platform: AdmissionPlatform.of({ groups: ['system:authenticated'] }),
  })).map(({ code, path }) => [code, path])).toEqual([
    ['InvalidTag', 'mutableTags[0]'],
    ['InvalidDnsLabel', 'namespaces[0].name'],
    ['InvalidDnsSubdomain', 'namespaces[0].facts.ingressHosts[0]'],
    ['EverybodyIsPlatform', 'platform.groups'],
    ['InvalidRegistry', 'registries[0]'],
    ['InvalidRegistry', 'registries[1]'],
    ['InvalidRegistry', 'registries[2]'],
    ['InvalidRegistry', 'registries[3]'],
    ['InvalidDnsSubdomain', 'storageClasses[0]'],
    ['InvalidLabelKey', 'trustedPodLabels[0]'],
  ].sort(([, a], [, b]) => (a < b ? -1 : 1)));
});

test('objects that change others come only when asked for, and only for what is asked of pods', () => {
  expect(of('MutatingAdmissionPolicy')).toEqual([]);
  const mending = AdmissionPolicies.render({ ...PROPS, mutate: true, policies: [AdmissionPolicy.TOKEN_AUTOMOUNT] });
  expect(mending.filter(({ kind }) => kind === 'MutatingAdmissionPolicy').map(({ metadata }) => metadata.name)).toEqual([
    'viridial-token-automount-of-cronjobs', 'viridial-token-automount-of-pods', 'viridial-token-automount-of-podtemplates', 'viridial-token-automount-of-workloads',
  ]);
  const [job] = mending.filter(({ kind }) => kind === 'MutatingAdmissionPolicy');
  expect(job.spec.mutations[0].applyConfiguration.expression).toBe(
    'Object{spec: Object.spec{jobTemplate: Object.spec.jobTemplate{spec: Object.spec.jobTemplate.spec{template: Object.spec.jobTemplate.spec.template{spec: Object.spec.jobTemplate.spec.template.spec{automountServiceAccountToken: false}}}}}}');
});

const NAMESPACE = { name: 'shop-staging', tenant: 'shop', facts: { ingressHosts: ['shop.example.com', '*.shop.example.com'], registries: ['registry.example.com/team', 'docker.io'] } };
const rendered = AdmissionPolicies.render({ ...PROPS, policies: [AdmissionPolicy.ALLOWED_REGISTRIES, AdmissionPolicy.INGRESS_HOSTS] });
const namespaces = AdmissionExpectations.namespaces({ ...PROPS, namespaces: [NAMESPACE] });
const admits = (object: any): boolean => refusals(rendered, namespaces, { operation: 'CREATE' as any, object, reason: '' }).length === 0;

test.each([
  ['nginx', true], ['library/nginx:1.0', true], ['docker.io/nginx', true], ['index.docker.io/nginx', true], ['someone/app@sha256:0', true],
  ['registry.example.com/team/app:1.0', true], ['registry.example.com/team:1.0', true], ['registry.example.com/teams/app', false], ['registry.example.com/app', false],
  ['registry.example.com.evil.invalid/team/app', false], ['registry.example.com:5000/team/app', false], ['docker.io.evil.invalid/nginx', false], ['EVIL/nginx', false],
  ['localhost/nginx', false], ['localhost:5000/nginx', false], ['evil.invalid/registry.example.com/team/app', false], ['', true],
])('image %s: admitted %s', (image, admitted) => {
  // an empty name is completed like any other, and refused by the API server itself
  expect(admits({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'shop-staging' }, spec: { containers: [{ name: 'a', image }] } })).toBe(admitted);
});

test.each([
  ['shop.example.com', true], ['www.shop.example.com', true], ['*.shop.example.com', true], ['a.b.shop.example.com', false], ['*.example.com', false],
  ['notshop.example.com', false], ['shop.example.com.evil.invalid', false], ['example.com', false], ['www.notshop.example.com', false], ['*.www.shop.example.com', false],
])('host %s: admitted %s', (host, admitted) => {
  const http = { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 80 } } } }] };
  expect(admits({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'a', namespace: 'shop-staging' }, spec: { rules: [{ host, http }] } })).toBe(admitted);
});

test('a namespace that is not of a tenant is left alone', () => {
  const bare = [{ metadata: { name: 'shop-staging', labels: { [Labels.MANAGED]: 'true' }, annotations: { [AdmissionAnnotations.REGISTRIES]: '' } } }];
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'shop-staging' }, spec: { containers: [{ name: 'a', image: 'evil.invalid/app' }] } };
  expect(refusals(rendered, bare, { operation: 'CREATE' as any, object: pod, reason: '' })).toEqual([]);
});
