import { ClusterProfile, Cni } from '@viridial/core';
import { CertificateIssuer, CertManager, Need } from '../../src';
import { contextOn, eks, kubeadm } from '../support/example';

const certManager = (props = {}) => new CertManager({ email: 'ops@viridial.com', ...props });

test('definitions come with the chart and stay when it goes', () => {
  expect(certManager().install(contextOn(eks())).values.crds).toEqual({ enabled: true, keep: true });
});

test('leases are in its own namespace', () => {
  expect(certManager().install(contextOn(eks())).values.global.leaderElection).toEqual({ namespace: 'cert-manager' });
});

test('both issuers of Let\'s Encrypt prove names through the ingress class of the cluster', () => {
  const issuers = certManager().manifests(contextOn(kubeadm()));
  expect(issuers.map((issuer) => [issuer.kind, issuer.metadata.name, issuer.spec.acme.server])).toEqual([
    ['ClusterIssuer', 'letsencrypt-production', 'https://acme-v02.api.letsencrypt.org/directory'],
    ['ClusterIssuer', 'letsencrypt-staging', 'https://acme-staging-v02.api.letsencrypt.org/directory'],
  ]);
  for (const { spec } of issuers) {
    expect(spec.acme.email).toBe('ops@viridial.com');
    expect(spec.acme.solvers).toEqual([{ http01: { ingress: { ingressClassName: 'traefik', serviceType: 'ClusterIP' } } }]);
  }
});

test('each issuer has an account of its own, because a key of staging is worth nothing in production', () => {
  const secrets = certManager().manifests(contextOn(eks())).map((issuer) => issuer.spec.acme.privateKeySecretRef.name);
  expect(new Set(secrets).size).toBe(2);
});

test('it waits for an ingress as long as it has issuers', () => {
  expect(certManager().requires).toEqual([Need.INGRESS]);
  expect(certManager({ issuers: [] }).requires).toEqual([]);
});

test('issuers without an ingress are an error that names the cure', () => {
  const bare = contextOn(ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO }));
  expect(certManager().problems(bare).map(String)).toEqual([
    'issuers: letsencrypt-production and letsencrypt-staging prove names over HTTP-01, and the profile of the cluster has no ingress (IssuerWithoutIngress); '
    + 'allowed: a profile with an ingress, or no issuers; cure: give the profile its ingress class, or set issuers to an empty list',
  ]);
  expect(certManager({ issuers: [] }).problems(bare)).toEqual([]);
  expect(certManager({ issuers: [] }).manifests(bare)).toEqual([]);
});

test('challenges through an application load balancer are a warning', () => {
  expect(certManager().problems(contextOn(eks())).map((problem) => problem.code)).toEqual(['ChallengeThroughLoadBalancer']);
  expect(certManager().problems(contextOn(kubeadm()))).toEqual([]);
});

test.each(['ops', 'ops@', 'ops@viridial', '@viridial.com', 'ops@viridial.com\nserver: x'])('mail address %j is an error', (email) => {
  expect(certManager({ email }).problems(contextOn(kubeadm())).map((problem) => problem.code)).toEqual(['InvalidEmail']);
});

test('an issuer named twice is there once', () => {
  const twice = certManager({ issuers: [CertificateIssuer.LETS_ENCRYPT_STAGING, CertificateIssuer.LETS_ENCRYPT_STAGING] });
  expect(twice.manifests(contextOn(eks()))).toHaveLength(1);
});

test('several replicas survive the drain of a node', () => {
  const { values } = certManager({ replicas: 2 }).install(contextOn(eks()));
  for (const part of [values, values.webhook, values.cainjector]) {
    expect(part.replicaCount).toBe(2);
    expect(part.podDisruptionBudget).toEqual({ enabled: true, minAvailable: 1 });
  }
});
