import { PodSecurityLevel } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { SharedNamespaceSettings, Tenancy, Tenant } from '../src';
import { KUBEADM } from './support/grounds';
import { objectOf, policyNames } from './support/objects';
import { places, refused } from './support/refused';
import { ownWarnings } from './support/warnings';

function tenancy(monitoring?: SharedNamespaceSettings): Tenancy {
  return new Tenancy({
    environments: ['production'],
    sharedNamespaces: ['monitoring', 'logging'],
    tenants: [new Tenant('shop')],
    sharedNamespaceSettings: monitoring && { monitoring },
  });
}

test('a shared namespace has its own default budget and the strictest level', () => {
  const { manifests } = tenancy().render(KUBEADM);
  expect(objectOf(manifests, 'ResourceQuota', 'budget', 'platform-monitoring').spec.hard).toMatchObject({ 'limits.cpu': '4', 'limits.memory': '8Gi', 'pods': '60', 'requests.storage': '50Gi' });
  expect(objectOf(manifests, 'Namespace', 'platform-logging').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
});

test('the monitoring scrapes tenants and the other shared namespaces, and is not scraped by itself', () => {
  const { manifests } = tenancy().render(KUBEADM);
  expect(policyNames(manifests, 'platform-logging')).toContain('allow-metrics-from-platform-monitoring');
  expect(policyNames(manifests, 'shop-production')).toContain('allow-metrics-from-platform-monitoring');
  expect(policyNames(manifests, 'platform-monitoring')).not.toContain('allow-metrics-from-platform-monitoring');
});

test('another namespace can be the one that scrapes, or none', () => {
  const props = { environments: ['production'], sharedNamespaces: ['monitoring', 'metrics'], tenants: [new Tenant('shop')] };
  expect(policyNames(new Tenancy({ ...props, metricsFrom: ['metrics'] }).render(KUBEADM).manifests, 'shop-production')).toEqual([
    'allow-dns', 'allow-metrics-from-platform-metrics', 'allow-same-namespace', 'default-deny',
  ]);
  expect(policyNames(new Tenancy({ ...props, metricsFrom: [] }).render(KUBEADM).manifests, 'shop-production')).toEqual(['allow-dns', 'allow-same-namespace', 'default-deny']);
});

test('what the add-ons of a cluster need wins over the tenancy, and flows and labels of both are kept', () => {
  const rendered = tenancy({
    podSecurity: PodSecurityLevel.BASELINE, budget: { cpu: '2', memory: '4Gi' }, flows: [Flow.internet()], labels: { 'example.com/team': 'ops' },
  }).render(KUBEADM, {
    sharedNamespaceSettings: { monitoring: { podSecurity: PodSecurityLevel.PRIVILEGED, flows: [Flow.kubeApiServer()], labels: { 'example.com/add-on': 'prometheus' } } },
  });
  expect(objectOf(rendered.manifests, 'Namespace', 'platform-monitoring').metadata.labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'privileged', 'example.com/team': 'ops', 'example.com/add-on': 'prometheus',
  });
  expect(objectOf(rendered.manifests, 'ResourceQuota', 'budget', 'platform-monitoring').spec.hard['limits.cpu']).toBe('2');
  expect(policyNames(rendered.manifests, 'platform-monitoring')).toEqual([
    'allow-dns', 'allow-internet', 'allow-kube-api-server', 'allow-metrics-of-platform', 'allow-same-namespace', 'default-deny',
  ]);
});

test('a shared namespace may go without bounds when its add-ons run on every node', () => {
  const rendered = tenancy().render(KUBEADM, { sharedNamespaceSettings: { monitoring: { bounded: false } } });
  expect(rendered.files['shared/platform-monitoring.yaml'].map(({ kind }) => kind)).not.toContain('ResourceQuota');
  expect(ownWarnings(rendered).map(({ code, path }) => [code, path])).toEqual([['Unbounded', 'sharedNamespaceSettings.monitoring.bounded']]);
});

test('settings for a namespace that is not shared are refused when rendering too', () => {
  expect(places(refused(() => tenancy().render(KUBEADM, { sharedNamespaceSettings: { tracing: {} } })))).toEqual([
    'UnknownSharedNamespace at sharedNamespaceSettings.tracing',
  ]);
});

test('a shared namespace may take calls of a tenant when it says so itself', () => {
  const rendered = new Tenancy({
    environments: ['production'],
    sharedNamespaces: ['monitoring'],
    tenants: [new Tenant('shop', { flows: [Flow.namespaceOut({ namespace: 'platform-monitoring', ports: [{ port: 4317 }] })] })],
    sharedNamespaceSettings: { monitoring: { flows: [Flow.namespaceIn({ namespace: 'shop-production', ports: [{ port: 4317 }] })] } },
  }).render(KUBEADM);
  expect(policyNames(rendered.manifests, 'shop-production')).toContain('allow-to-platform-monitoring');
  expect(policyNames(rendered.manifests, 'platform-monitoring')).toContain('allow-from-shop-production');
});
