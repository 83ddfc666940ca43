import { AdmissionOperation, ClusterProfile, Cni, Expectation, ExpectationKind } from '@viridial/core';
import { AdmissionExpectations, AdmissionPlatform, AdmissionPolicies, AdmissionPolicy, AdmissionProps } from '../src';
import { refusals } from './support/admission';
import { profile } from './support/profiles';

const calico = profile(Cni.CALICO, { cniVersion: '3.32.1', storageClasses: [{ name: 'standard', provisioner: 'csi.example.com' }] });

const PLAIN: AdmissionProps = {
  profile: calico,
  registries: ['registry.example.com'],
  namespaces: [
    { name: 'shop-staging', tenant: 'shop', facts: { ingressHosts: ['shop.example.com', '*.shop.example.com'], loadBalancers: true } },
    { name: 'pay-staging', tenant: 'pay' },
  ],
};

const CASES: [string, AdmissionProps][] = [
  ['one registry', PLAIN],
  ['Docker, Cilium, gateways, user namespaces', {
    profile: profile(Cni.CILIUM),
    registries: ['docker.io/library/nginx', 'registry.example.com:5000/team'],
    trustedPodLabels: ['app.kubernetes.io/name'],
    mutableTags: ['latest', 'main'],
    priorityClasses: ['low'],
    gatewayApi: true,
    userNamespaces: true,
    platform: AdmissionPlatform.argoCd().and(AdmissionPlatform.of({ groups: ['platform-team'] })),
    namespaces: [
      { name: 'doc-staging', tenant: 'doc', facts: { ingressHosts: ['*.viridial.com'], storageClasses: ['fast', 'slow'], priorityClasses: ['high'] } },
      { name: 'idle-staging', tenant: 'idle', facts: { registries: [] } },
    ],
  }],
  ['opened on purpose', {
    profile: calico,
    registries: ['docker.io'],
    openings: { nodePorts: true, externalNames: true, loadBalancersForEverybody: true, choiceOfNodes: true },
    namespaces: [{ name: 'open-staging', tenant: 'open', facts: { loadBalancers: true, ingressHosts: ['open.example.com'] } }],
  }],
  ['mended by mutation', { ...PLAIN, mutate: true }],
  ['images from everywhere in one namespace', { ...PLAIN, namespaces: [{ name: 'lab-staging', tenant: 'lab', facts: { anyRegistry: true } }, ...PLAIN.namespaces!] }],
];

function wrong(props: AdmissionProps, objects: any[], expectations: Expectation[] = AdmissionExpectations.of(props)): string[] {
  const namespaces = AdmissionExpectations.namespaces(props);
  return expectations.flatMap(({ kind, admission }) => {
    const found = refusals(objects, namespaces, admission!);
    return (found.length > 0) === (kind === ExpectationKind.REFUSED) ? [] : [`${kind} ${admission!.reason} ${found.map(({ policy, message }) => `${policy}: ${message}`).join('; ')}`];
  });
}

test.each(CASES)('every promise is kept by the policies: %s', (_, props) => {
  expect(wrong(props, AdmissionPolicies.render(props))).toEqual([]);
});

test('every policy that can decide on this ground promises a refusal and something it admits', () => {
  const expectations = AdmissionExpectations.of(PLAIN);
  const ids = new Set(AdmissionPolicy.all().map(({ id }) => id).filter((id) => id !== 'cilium-policy-shape'));
  for (const kind of [ExpectationKind.REFUSED, ExpectationKind.ADMITTED]) {
    expect(new Set(expectations.filter((each) => each.kind === kind).map(({ reason }) => reason.split(':')[0]))).toEqual(ids);
  }
});

test.each(AdmissionPolicy.all().map(({ id }) => id))('without %s a promise is broken', (id) => {
  const [, props] = id === 'cilium-policy-shape' ? CASES[1] : CASES[0];
  const objects = AdmissionPolicies.render({ ...props, policies: AdmissionPolicy.all().filter((policy) => policy.id !== id) });
  const own = AdmissionExpectations.of(props).filter(({ reason }) => reason.startsWith(`${id}: `));
  expect(wrong(props, objects, own).some((text) => text.startsWith(`refused ${id}: `))).toBe(true);
});

test('a refusal names what it refuses and the cure', () => {
  const objects = AdmissionPolicies.render(PLAIN);
  const namespaces = AdmissionExpectations.namespaces(PLAIN);
  const messages = AdmissionExpectations.of(PLAIN).filter(({ kind }) => kind === ExpectationKind.REFUSED).flatMap(({ admission }) => refusals(objects, namespaces, admission!));
  expect(messages).toContainEqual({
    policy: 'viridial-allowed-registries', message: 'images stranger.invalid/app:1.0 come from registries that are not allowed here; allowed: registry.example.com/',
  });
  expect(messages).toContainEqual({
    policy: 'viridial-ingress-hosts', message: 'the hosts of this namespace are: *.shop.example.com, shop.example.com; use one of them, or ask the platform team for another',
  });
  expect(messages.map(({ message }) => message).filter((message) => !/(; (ask|call|leave|name|put|remove|set|take|use|write) |allowed: )/.test(message))).toEqual([]);
});

test('every namespace but the first is promised the plainest requests only, so that promises grow by few with a tenant', () => {
  const of = (count: number): number => AdmissionExpectations.of({
    ...PLAIN, namespaces: Array.from({ length: count }, (_, index) => ({ name: `tenant-${index}`, tenant: `tenant-${index}` })),
  }).length;
  expect(of(3) - of(2)).toBe(of(2) - of(1));
  expect(of(3) - of(2)).toBeLessThanOrEqual(2 * AdmissionPolicy.all().length);
});

test('without namespaces nothing is promised, and without an allowed image no pod is', () => {
  expect(AdmissionExpectations.of({ profile: calico })).toEqual([]);
  const none = AdmissionExpectations.of({ profile: calico, namespaces: [{ name: 'idle', tenant: 'idle' }] });
  expect(none.filter(({ kind, admission }) => kind === ExpectationKind.ADMITTED && admission!.object?.kind === 'Pod')).toEqual([]);
  expect(none.some(({ kind, admission }) => kind === ExpectationKind.REFUSED && admission!.object?.kind === 'Pod')).toBe(true);
});

test('the same promises come for the same props in another order', () => {
  const [first, second] = PLAIN.namespaces!;
  expect(JSON.stringify(AdmissionExpectations.of({ ...PLAIN, namespaces: [second, first], policies: AdmissionPolicy.all().reverse() })))
    .toBe(JSON.stringify(AdmissionExpectations.of(PLAIN)));
});

test('what is deleted or changed says what it was', () => {
  for (const { admission } of AdmissionExpectations.of(PLAIN)) {
    expect(admission!.oldObject !== undefined).toBe(admission!.operation !== AdmissionOperation.CREATE);
  }
});

test('promises are refused where the cluster has no admission policies', () => {
  expect(() => AdmissionExpectations.of({ profile: ClusterProfile.kubeadm({ version: '1.29', cni: Cni.CALICO }) })).toThrow(/FeatureMissing/);
});

test('the plainest promises say as much of every namespace, however they are put together', () => {
  const plainest = (namespaces: AdmissionProps['namespaces']) => AdmissionExpectations.plainest({ ...PLAIN, namespaces });
  const [shop, pay] = PLAIN.namespaces!;
  const texts = (list: Expectation[]) => list.map((each) => JSON.stringify(each.toJson()));
  expect(texts(plainest([shop, pay]))).toEqual(texts([...plainest([pay]), ...plainest([shop])]));
  expect(plainest([pay]).length).toBeLessThan(40);
  const all = new Set(texts(AdmissionExpectations.of(PLAIN)));
  for (const text of texts(plainest([shop, pay]))) expect(all).toContain(text);
});
