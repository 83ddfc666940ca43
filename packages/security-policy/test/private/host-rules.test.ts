import { ClusterProfile, Cni, Distribution } from '@viridial/core';
import { Flow, NetworkPolicies } from '../../src';
import { eks, profile } from '../support/profiles';
import { refused } from '../support/refused';

function peersOf(flow: Flow, ground: ClusterProfile): any[] {
  const [, policy] = NetworkPolicies.render({ namespace: 'shop-staging', flows: [flow], profile: ground });
  const [rule] = policy.spec.ingress ?? policy.spec.egress;
  return rule.from ?? rule.to;
}

function message(flow: Flow, ground: ClusterProfile): string {
  const [problem] = refused(() => peersOf(flow, ground));
  expect(problem.code).toBe('FlowNotExpressible');
  return problem.message;
}

const HOST_INGRESS = { ingress: { className: 'traefik', hostNetwork: true } };

describe('the API server', () => {
  test('is called at its endpoints and their port, not at the address of the service', () => {
    const [, policy] = NetworkPolicies.render({ namespace: 'argocd', flows: [Flow.kubeApiServer()], profile: profile(Cni.CALICO) });
    expect(policy.spec.egress).toEqual([{
      to: [{ ipBlock: { cidr: '192.168.10.11/32' } }, { ipBlock: { cidr: '192.168.10.12/32' } }],
      ports: [{ protocol: 'TCP', port: 6443 }],
    }]);
  });

  test('is the subnets of the cluster on EKS, where its addresses move, and port 443', () => {
    const [, policy] = NetworkPolicies.render({ namespace: 'argocd', flows: [Flow.kubeApiServer()], profile: eks() });
    expect(policy.spec.egress[0]).toEqual({
      to: [{ ipBlock: { cidr: '10.0.10.0/24' } }, { ipBlock: { cidr: '10.0.20.0/24' } }],
      ports: [{ protocol: 'TCP', port: 443 }],
    });
  });

  test('calls webhooks on the port of the pod', () => {
    const [, policy] = NetworkPolicies.render({ namespace: 'cert-manager', flows: [Flow.webhookIn({ ports: [{ port: 10250 }] })], profile: eks() });
    expect(policy.spec.ingress[0].ports).toEqual([{ protocol: 'TCP', port: 10250 }]);
  });

  test('is an identity under cilium, where no address of it would match', () => {
    const [, policy] = NetworkPolicies.render({ namespace: 'argocd', flows: [Flow.kubeApiServer()], profile: profile(Cni.CILIUM, { apiServerCidrs: [] }) });
    expect(policy).toMatchObject({ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'allow-kube-api-server', namespace: 'argocd' } });
    expect(policy.spec).toEqual({
      endpointSelector: {}, egress: [{ toEntities: ['kube-apiserver'], toPorts: [{ ports: [{ port: '6443', protocol: 'TCP' }] }] }],
    });
  });

  test('calls webhooks under cilium as itself or, through a tunnel, as one of the other nodes; on EKS as itself alone', () => {
    const from = (ground: ClusterProfile): any => NetworkPolicies.render({ namespace: 'cert-manager', flows: [Flow.webhookIn({ ports: [{ port: 9443 }] })], profile: ground })[1]
      .spec.ingress;
    const toPorts = [{ ports: [{ port: '9443', protocol: 'TCP' }] }];
    expect(from(profile(Cni.CILIUM))).toEqual([{ fromEntities: ['kube-apiserver', 'remote-node'], toPorts }]);
    expect(from(eks({ cni: Cni.CILIUM, podCidrs: ['100.64.0.0/16'] }))).toEqual([{ fromEntities: ['kube-apiserver'], toPorts }]);
  });

  test('cannot be named when the profile does not know where it is', () => {
    expect(message(Flow.kubeApiServer(), profile(Cni.CALICO, { apiServerCidrs: [] }))).toContain('it names no apiServerCidrs');
  });
});

describe('the ingress controller', () => {
  test('is a namespace when it runs as pods, whatever the CNI', () => {
    for (const cni of [Cni.CALICO, Cni.CILIUM, Cni.KUBE_ROUTER]) {
      expect(peersOf(Flow.ingressIn(), profile(cni))).toEqual([{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'traefik' } } }]);
    }
  });

  test('is the subnets of the load balancer when that calls pods by their address', () => {
    expect(peersOf(Flow.ingressIn(), eks())).toEqual([{ ipBlock: { cidr: '10.0.1.0/24' } }, { ipBlock: { cidr: '10.0.2.0/24' } }]);
  });

  test('is the nodes when it runs on their network, where no namespace is seen', () => {
    for (const cni of [Cni.CALICO, Cni.KUBE_ROUTER]) {
      expect(peersOf(Flow.ingressIn(), profile(cni, HOST_INGRESS))).toEqual([{ ipBlock: { cidr: '192.168.10.0/24' } }]);
    }
    expect(peersOf(Flow.ingressIn(), eks(HOST_INGRESS))).toHaveLength(2);
  });

  test('on the network of the nodes is the nodes\' identities under cilium, the own node included', () => {
    const [, policy] = NetworkPolicies.render({ namespace: 'shop-staging', flows: [Flow.ingressIn()], profile: profile(Cni.CILIUM, { ...HOST_INGRESS, nodeCidrs: [] }) });
    expect(policy.spec.ingress).toEqual([{ fromEntities: ['host', 'remote-node'], toPorts: [{ ports: [{ port: '1', endPort: 65535, protocol: 'TCP' }] }] }]);
  });

  test('that is cilium\'s own has an identity of its own, on the network of the nodes or not', () => {
    for (const hostNetwork of [true, false]) {
      const ground = profile(Cni.CILIUM, { ingress: { className: 'cilium', hostNetwork } });
      const [, policy] = NetworkPolicies.render({ namespace: 'shop-staging', flows: [Flow.ingressIn({ ports: [{ port: 8080 }] })], profile: ground });
      expect(policy.spec.ingress).toEqual([{ fromEntities: ['ingress'], toPorts: [{ ports: [{ port: '8080', protocol: 'TCP' }] }] }]);
    }
  });

  test('is the subnets of a load balancer under cilium too, which are no nodes', () => {
    const ground = profile(Cni.CILIUM, { ingress: { className: 'alb', sourceCidrs: ['10.0.1.0/24'] } });
    expect(peersOf(Flow.ingressIn(), ground)).toEqual([{ ipBlock: { cidr: '10.0.1.0/24' } }]);
  });

  test('cannot be named when the profile has no ingress, or does not say where its traffic comes from', () => {
    expect(message(Flow.ingressIn(), profile(Cni.CALICO, { ingress: undefined }))).toContain('it has no ingress');
    expect(message(Flow.ingressIn(), profile(Cni.CALICO, { ingress: { className: 'traefik' } }))).toContain('ingress traefik names neither');
    expect(message(Flow.ingressIn(), profile(Cni.CALICO, { ...HOST_INGRESS, nodeCidrs: [] }))).toContain('it names no nodeCidrs');
  });

  test('brings requests to the named ports, and to TCP alone when none is named', () => {
    const ports = (flow: Flow): any => NetworkPolicies.render({ namespace: 'shop-staging', flows: [flow], profile: eks() })[1].spec.ingress[0].ports;
    expect(ports(Flow.ingressIn())).toEqual([{ protocol: 'TCP' }]);
    expect(ports(Flow.ingressIn({ ports: [{ port: 8080 }] }))).toEqual([{ protocol: 'TCP', port: 8080 }]);
  });
});

test('a profile of k3s without addresses of its nodes can still say everything between pods', () => {
  const ground = ClusterProfile.k3s({ version: '1.36' });
  expect(ground.distribution).toBe(Distribution.K3S);
  const flows = [Flow.dns(), Flow.sameNamespace(), Flow.namespaceIn({ namespace: 'payments-staging' }), Flow.internet()];
  expect(NetworkPolicies.render({ namespace: 'shop-staging', flows, profile: ground })).toHaveLength(5);
});
