import { ClusterProfile, Cni } from '@viridial/core';
import { FlowKind } from '@viridial/security-policy';
import { hostFlow, identityFlows, ownIngressFlows } from '../../src/private/ground-flows';
import { contextOn, eks, kubeadm } from '../support/example';

test('pods on EKS reach the agent that hands out credentials, and nothing else of the link-local range', () => {
  expect(identityFlows(contextOn(eks()))).toMatchObject([{ kind: FlowKind.CIDR_OUT, cidr: '169.254.170.23/32', ports: [{ port: 80 }] }]);
  expect(identityFlows(contextOn(kubeadm()))).toEqual([]);
});

test('a Service of this cluster is in a namespace, and everything else is outside', () => {
  expect(hostFlow('es.search.svc', 9200, 'logs')).toMatchObject({ kind: FlowKind.NAMESPACE_OUT, namespace: 'search', ports: [{ port: 9200 }] });
  expect(hostFlow('es.search.svc.cluster.local', 9200, 'logs')).toMatchObject({ kind: FlowKind.NAMESPACE_OUT, namespace: 'search' });
  expect(hostFlow('es.svchost.com', 9200, 'logs')).toMatchObject({ kind: FlowKind.INTERNET, privateNetworks: true });
});

test('the own ingress is a namespace, the nodes, or on the internet anyway', () => {
  const onHost = ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO, nodeCidrs: ['198.51.100.0/28'], ingress: { className: 'x', hostNetwork: true, namespace: 'x' } });
  expect(ownIngressFlows(contextOn(kubeadm()), [80], 'y')).toMatchObject([{ kind: FlowKind.NAMESPACE_OUT, namespace: 'traefik' }]);
  expect(ownIngressFlows(contextOn(onHost), [80], 'y')).toMatchObject([{ kind: FlowKind.CIDR_OUT, cidr: '198.51.100.0/28', ports: [{ port: 80 }] }]);
  expect(ownIngressFlows(contextOn(eks()), [80], 'y')).toEqual([]);
  expect(ownIngressFlows(contextOn(ClusterProfile.eks({ version: '1.35' })), [80], 'y')).toEqual([]);
});
