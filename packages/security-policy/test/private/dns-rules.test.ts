import { ClusterProfile, Cni, Distribution, Problems } from '@viridial/core';
import { Flow, NetworkPolicies } from '../../src';
import { lets } from '../support/one-side';
import { eks, profile } from '../support/profiles';

const NODE_LOCAL = { nodeLocalDns: '169.254.20.10' };

function render(ground: ClusterProfile): { policies: any[]; problems: Problems } {
  const problems = new Problems();
  const policies = NetworkPolicies.collect(problems, 'flows', { namespace: 'shop-staging', flows: [Flow.dns()], profile: ground });
  return { policies, problems };
}

function asks(policies: any[], address: string, port = 53): boolean {
  return lets(policies, { into: false, other: { address }, port, protocol: 'UDP' });
}

test.each([
  ['calico', profile(Cni.CALICO, NODE_LOCAL)],
  ['kube-router', profile(Cni.KUBE_ROUTER, { ...NODE_LOCAL, distribution: Distribution.K3S })],
  ['vpc-cni', eks(NODE_LOCAL)],
])('on %s node-local DNS is opened by its address, because it has no pods that a selector could find', (_, ground) => {
  const { policies, problems } = render(ground);
  expect(problems.all).toEqual([]);
  expect(asks(policies, '169.254.20.10')).toBe(true);
  expect(asks(policies, '169.254.20.10', 80)).toBe(false);
  expect(asks(policies, '169.254.169.254')).toBe(false);
  expect(lets(policies, { into: false, other: { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } }, port: 53, protocol: 'TCP' })).toBe(true);
});

test('node-local DNS also answers at the address of the DNS service, the tenth of the range', () => {
  expect(asks(render(profile(Cni.CALICO, NODE_LOCAL)).policies, '10.96.0.10')).toBe(true);
  expect(asks(render(eks(NODE_LOCAL)).policies, '172.20.0.10')).toBe(true);
  expect(asks(render(profile(Cni.CALICO, NODE_LOCAL)).policies, '10.96.0.11')).toBe(false);
});

test('without node-local DNS no address is opened', () => {
  expect(JSON.stringify(render(profile(Cni.CALICO)).policies)).not.toContain('ipBlock');
});

test('under cilium node-local DNS is opened as pods behind a redirect, and as the node itself, because no address of it would match', () => {
  const { policies, problems } = render(profile(Cni.CILIUM, NODE_LOCAL));
  expect(problems.all).toEqual([]);
  expect(JSON.stringify(policies)).not.toContain('ipBlock');
  const redirected = { namespace: 'kube-system', podLabels: { 'k8s-app': 'node-local-dns' } };
  for (const other of [redirected, { entity: 'host' }]) {
    expect(lets(policies, { into: false, other, port: 53, protocol: 'UDP' }, Cni.CILIUM)).toBe(true);
    expect(lets(policies, { into: false, other, port: 10250, protocol: 'TCP' }, Cni.CILIUM)).toBe(false);
  }
  expect(policies.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'NetworkPolicy default-deny', 'NetworkPolicy allow-dns', 'CiliumNetworkPolicy allow-dns',
  ]);
});

test('under cilium without node-local DNS the node is not opened', () => {
  expect(render(profile(Cni.CILIUM)).policies.map(({ kind }) => kind)).toEqual(['NetworkPolicy', 'NetworkPolicy']);
});

test('an IPv6 address of node-local DNS is one address too', () => {
  const { policies } = render(profile(Cni.CALICO, { nodeLocalDns: 'fd00::53', podCidrs: ['fd01::/48'], serviceCidrs: ['fd02::/112'] }));
  expect(asks(policies, 'fd00::53')).toBe(true);
  expect(asks(policies, 'fd02::a')).toBe(true);
  expect(asks(policies, 'fd00::54')).toBe(false);
});
