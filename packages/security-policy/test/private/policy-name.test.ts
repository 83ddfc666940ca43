import { KubernetesName } from '@viridial/core';
import { Flow } from '../../src';
import { policyName } from '../../src/private/policy-name';

test.each([
  [Flow.dns(), 'allow-dns'],
  [Flow.kubeApiServer(), 'allow-kube-api-server'],
  [Flow.webhookIn({ ports: [{ port: 9443 }] }), 'allow-webhooks'],
  [Flow.ingressIn(), 'allow-ingress-controller'],
  [Flow.metricsIn({ fromNamespace: 'viridial-monitoring' }), 'allow-metrics-from-viridial-monitoring'],
  [Flow.metricsOut({ platform: 'viridial' }), 'allow-metrics-of-viridial'],
  [Flow.sameNamespace(), 'allow-same-namespace'],
  [Flow.namespaceIn({ namespace: 'shop-staging' }), 'allow-from-shop-staging'],
  [Flow.namespaceOut({ namespace: 'shop-staging' }), 'allow-to-shop-staging'],
  [Flow.internet(), 'allow-internet'],
  [Flow.cidrIn({ cidr: '203.0.113.0/24' }), 'allow-from-cidr-203.0.113.0-24'],
  [Flow.cidrOut({ cidr: '2001:DB8:0::/48' }), 'allow-to-cidr-2001-db8---48'],
])('a flow is called after what it opens (%#)', (flow, name) => {
  expect(policyName(flow)).toBe(name);
  expect(KubernetesName.isDnsSubdomain(name)).toBe(true);
});

test('a flow with a name of its own is called by that', () => {
  expect(policyName(Flow.webhookIn({ ports: [{ port: 9443 }], name: 'webhooks-of-cert-manager' }))).toBe('allow-webhooks-of-cert-manager');
});

test('one block has one name, however it is written', () => {
  expect(policyName(Flow.cidrOut({ cidr: '2001:db8:0:0::/32' }))).toBe(policyName(Flow.cidrOut({ cidr: '2001:db8::/32' })));
});
