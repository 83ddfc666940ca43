import { Expectation } from '@viridial/core';
import { Reachability, Endpoint } from '../../../src';
import { defaultDeny, deployment, pod, policy, sealedNamespace } from '../../fixtures/cluster';
import { calico, cilium, clusterPolicy, PROFILES, tier } from '../../fixtures/dialects';
import { findingsOf, reportOf } from '../../fixtures/proofs';

const base = [sealedNamespace('shop'), deployment('shop/web', { app: 'web' }, { http: 8080 })];
const isolation = (profile: any, ...own: any[]) => ['NamespaceWithoutNetworkPolicy', 'WorkloadNotIsolated'].flatMap((rule) => findingsOf(rule, [...base, ...own], { profile }));
const both = { ingress: [{}], egress: [{}] };

describe('a namespace is protected by policies of its plugin', () => {
  test.each([
    ['Cilium', PROFILES.cilium, [cilium('shop/p', both)]],
    ['Cilium, cluster-wide', PROFILES.cilium, [cilium('p', both)]],
    ['Calico', PROFILES.calico, [calico('shop/p', { selector: 'all()', types: ['Ingress', 'Egress'] })]],
    ['Calico in a tier', PROFILES.calico, [tier('t'), calico('p', { tier: 't', selector: 'projectcalico.org/namespace == "shop"', types: ['Ingress', 'Egress'] })]],
    ['ClusterNetworkPolicy', PROFILES.vpcCni, [clusterPolicy('p', { tier: 'Baseline', ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }], egress: [{ action: 'Deny', to: [{ namespaces: {} }] }] })]],
  ])('%s', (_, profile, own) => {
    expect(isolation(profile, ...own)).toEqual([]);
  });

  test('in the directions that they are about', () => {
    const [finding, ...others] = isolation(PROFILES.cilium, cilium('shop/p', { ingress: [{}] }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ ruleId: 'WorkloadNotIsolated', object: 'Namespace shop', why: expect.stringContaining('for egress') });
  });
});

describe('a namespace is not protected', () => {
  test('by policies that only deny something, and the finding says who still gets in', () => {
    const metadata = cilium('metadata', { ingressDeny: [{ fromEntities: ['world'] }], egressDeny: [{ toCIDR: ['169.254.169.254/32'] }], enableDefaultDeny: { ingress: false, egress: false } });
    expect(isolation(PROFILES.cilium, metadata)).toMatchObject([{
      ruleId: 'NamespaceWithoutNetworkPolicy',
      severity: 'error',
      why: 'nothing restricts the connections of 1 workload in shop: CiliumClusterwideNetworkPolicy metadata only decides about some of them',
      witness: 'a pod in default without labels reaches Deployment shop/web on every port',
    }]);
  });

  test('by policies of another plugin, which are told one by one', () => {
    const own = [cilium('shop/p', both), calico('p', { selector: 'all()' }), clusterPolicy('c', {})];
    expect(isolation(PROFILES.kubeRouter, ...own)).toMatchObject([{ ruleId: 'NamespaceWithoutNetworkPolicy', severity: 'error' }]);
    const inert = findingsOf('PolicyWithoutEffect', [...base, ...own], { profile: PROFILES.kubeRouter });
    expect(inert.map(({ object, severity }) => [object, severity])).toEqual([
      ['CiliumNetworkPolicy.cilium.io shop/p', 'warning'], ['ClusterNetworkPolicy.policy.networking.k8s.io c', 'warning'], ['GlobalNetworkPolicy.projectcalico.org p', 'warning'],
    ]);
    expect(inert[0].why).toBe('CiliumNetworkPolicy shop/p has no effect: the network plugin of the cluster, kube-router 2.6.0, does not act on policies of Cilium');
    expect(findingsOf('PolicyWithoutEffect', [...base, ...own], { profile: PROFILES.calico }).map(({ object }) => object)).toEqual(['CiliumNetworkPolicy.cilium.io shop/p']);
  });
});

describe('what is not known', () => {
  test('without a profile policies of plugins are counted and not read', () => {
    const report = reportOf([...base, cilium('shop/p', { nodeSelector: {} })]);
    expect(report.counts.unknown).toEqual({ 'CiliumNetworkPolicy.cilium.io': 1 });
    expect(report.toText()).toContain('Not read: 1 CiliumNetworkPolicy.cilium.io');
    expect(isolation(undefined, cilium('shop/p', both))).toMatchObject([{ severity: 'warning', why: expect.stringContaining('CiliumNetworkPolicy do, which are not read here') }]);
  });

  test('with a profile they are judged, and a field beyond what is read is an error', () => {
    const report = reportOf([...base, cilium('shop/p', { ...both, nodeSelector: {} })], { profile: PROFILES.cilium });
    expect(report.counts.unknown).toEqual({});
    expect(report.counts.judged['CiliumNetworkPolicy.cilium.io']).toBe(1);
    expect(report.errors).toMatchObject([{ ruleId: 'UnreadPolicyField', object: 'CiliumNetworkPolicy.cilium.io shop/p', path: 'spec.nodeSelector', cure: 'say it without nodeSelector, or keep this policy out of what is proved' }]);
  });

  test('kinds that nobody reads stay counted with a profile', () => {
    const set = { apiVersion: 'projectcalico.org/v3', kind: 'GlobalNetworkSet', metadata: { name: 's' }, spec: {} };
    expect(reportOf([...base, set], { profile: PROFILES.calico }).counts.unknown).toEqual({ 'GlobalNetworkSet.projectcalico.org': 1 });
  });
});

test('the VPC CNI applies no policy to a pod that nobody owns', () => {
  const owned = { ...pod('shop/owned'), metadata: { name: 'owned', namespace: 'shop', ownerReferences: [{ kind: 'ReplicaSet', name: 'r', controller: true }] } };
  const found = (profile: any) => findingsOf('PodBeyondPolicies', [...base, defaultDeny('shop'), pod('shop/alone'), owned], { profile });
  expect(found(PROFILES.vpcCni)).toMatchObject([{ object: 'Pod shop/alone', severity: 'warning', witness: 'Pod shop/alone accepts connections from every pod and address, on every port' }]);
  expect(found(PROFILES.calico)).toEqual([]);
});

describe('expectations', () => {
  const apart = Expectation.unreachable({ source: { exceptNamespaces: ['shop'] }, destination: { namespace: 'shop' }, reason: 'strangers' });
  const flows = (profile: any, ...own: any[]) => ['FlowOpen', 'FlowBlocked'].flatMap((rule) => findingsOf(rule, [...base, sealedNamespace('blog'), deployment('blog/web'), ...own], { profile, expectations: [apart] }));

  test('hold by policies of a plugin', () => {
    expect(flows(PROFILES.cilium, cilium('shop/p', { ingress: [{ fromEndpoints: [{}] }] }))).toEqual([]);
    expect(flows(PROFILES.calico, calico('p', { selector: 'all()', ingress: [{ action: 'Allow', source: { selector: 'projectcalico.org/namespace == "shop"' } }] }))).toEqual([]);
    expect(flows(PROFILES.vpcCni, clusterPolicy('p', { ingress: [{ action: 'Deny', from: [{ namespaces: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['shop'] }] } }] }] }))).toEqual([]);
  });

  test('that are broken name the rule that opens', () => {
    expect(flows(PROFILES.cilium, cilium('shop/p', { ingress: [{ fromEntities: ['cluster'], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }] }] }] }))).toMatchObject([{
      object: 'CiliumNetworkPolicy.cilium.io shop/p', path: 'spec.ingress[0]', witness: expect.stringMatching(/^Deployment blog\/web reaches Deployment shop\/web on TCP 80/),
    }]);
  });

  test('find pods that get around what is denied', () => {
    const closed = calico('shop/p', { selector: 'all()', ingress: [{ action: 'Deny', source: { namespaceSelector: 'all()', selector: 'role != "reader"' } }, { action: 'Allow' }] });
    expect(flows(PROFILES.calico, closed)).toMatchObject([{ object: 'NetworkPolicy.projectcalico.org shop/p', witness: expect.stringMatching(/^a pod in blog labelled role=reader reaches/) }]);
  });

  test('that promise name the rule that denies', () => {
    const promised = Expectation.reachable({ source: { namespace: 'blog' }, destination: { namespace: 'shop' }, ports: [{ port: 80 }], reason: 'friends' });
    const deny = cilium('p', { ingressDeny: [{ fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'blog' } }] }], enableDefaultDeny: { ingress: false } });
    expect(findingsOf('FlowBlocked', [...base, sealedNamespace('blog'), deployment('blog/web'), deny], { profile: PROFILES.cilium, expectations: [promised] })).toMatchObject([{
      object: 'CiliumClusterwideNetworkPolicy.cilium.io p', path: 'spec.ingressDeny[0]', why: expect.stringContaining('CiliumClusterwideNetworkPolicy p at spec.ingressDeny[0] denies it'),
    }]);
  });
});

test('explanations name who denies, who allows, and who has nothing to say', () => {
  const source = Endpoint.workload('blog', 'Deployment', 'web');
  const destination = Endpoint.workload('shop', 'Deployment', 'web');
  const explain = (profile: any, ...own: any[]) => Reachability.of([...base, deployment('blog/web'), ...own], { profile }).explain({ source, destination, port: 80 })[1];
  const denied = cilium('p', { ingressDeny: [{ fromEntities: ['cluster'] }] });
  expect(explain(PROFILES.cilium, denied, policy('shop/open', { ingress: [{}] }))).toBe('CiliumClusterwideNetworkPolicy p at spec.ingressDeny[0] denies it');
  expect(explain(PROFILES.cilium, cilium('p', { ingress: [{ fromEndpoints: [{}] }] }), policy('shop/open', { ingress: [{}] })))
    .toBe('CiliumClusterwideNetworkPolicy p at spec.ingress[0] and NetworkPolicy shop/open at spec.ingress[0] let it through');
  expect(explain(PROFILES.vpcCni, clusterPolicy('p', { ingress: [{ action: 'Deny', from: [{ namespaces: { matchLabels: { a: 'b' } } }] }] })))
    .toBe('no rule of ClusterNetworkPolicy p is about it, and nothing else restricts what Deployment shop/web receives');
  expect(explain(PROFILES.calico, calico('p', { selector: 'all()' }))).toBe('GlobalNetworkPolicy p restricts what Deployment shop/web receives, and no rule lets this through');
});
