import { ClusterProfile, Cni, NetworkProtocol } from '@viridial/core';
import { Flow, NetworkPolicies } from '../../src';
import { eks, profile } from '../support/profiles';
import { refused } from '../support/refused';

const PORTS = [{ port: 9100 }];

function special(flows: Flow[], ground: ClusterProfile = profile(Cni.CILIUM)): any[] {
  return NetworkPolicies.render({ namespace: 'monitoring', flows, profile: ground }).filter(({ kind }) => kind === 'CiliumNetworkPolicy');
}

function message(flows: Flow[], ground?: ClusterProfile): string {
  const problems = refused(() => special(flows, ground));
  expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['FlowNotExpressible']));
  return problems[0].message;
}

describe('a block that holds nodes', () => {
  test('opens all of them by their identities, and what else it holds by address', () => {
    const policies = NetworkPolicies.render({ namespace: 'monitoring', flows: [Flow.cidrOut({ cidr: '192.168.0.0/16', ports: PORTS })], profile: profile(Cni.CILIUM) });
    expect(policies.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
      ['NetworkPolicy', 'default-deny'], ['NetworkPolicy', 'allow-to-cidr-192.168.0.0-16'], ['CiliumNetworkPolicy', 'allow-to-cidr-192.168.0.0-16'],
    ]);
    expect(policies[1].spec.egress[0].to).toEqual([{ ipBlock: { cidr: '192.168.0.0/16' } }]);
    expect(policies[2].spec.egress).toEqual([{ toEntities: ['host', 'kube-apiserver', 'remote-node'], toPorts: [{ ports: [{ port: '9100', protocol: 'TCP' }] }] }]);
  });

  test('is refused when it holds only some of them, which would open nothing or too much', () => {
    expect(message([Flow.cidrOut({ cidr: '192.168.10.64/26', ports: PORTS })]))
      .toBe('flow cidr-out cannot be written for kubeadm: cilium opens all nodes or none (cilium/cilium#20550), and 192.168.10.64/26 holds some of them but not 192.168.10.0/26');
  });

  test('is enough together with the blocks of like flows, in any order, and not together with others', () => {
    const ground = profile(Cni.CILIUM, { nodeCidrs: ['192.168.10.0/25', '192.168.10.128/25'] });
    const [first, second] = ground.nodeCidrs.map((cidr) => Flow.cidrOut({ name: 'to-nodes', cidr, ports: PORTS }));
    expect(special([first, second], ground)).toEqual(special([second, first], ground));
    expect(special([first, second], ground)[0].spec.egress.map((rule: any) => rule.toEntities)).toEqual([['host', 'kube-apiserver', 'remote-node'], ['host', 'remote-node']]);
    expect(message([first, Flow.cidrOut({ cidr: '192.168.10.128/25', ports: [{ port: 80 }] })], ground)).toContain('but not 192.168.10.128/25');
    expect(message([first, Flow.cidrOut({ cidr: '192.168.10.128/25', ports: PORTS, podLabels: { app: 'other' } })], ground)).toContain('but not 192.168.10.128/25');
    expect(message([first, Flow.cidrIn({ cidr: '192.168.10.128/25', ports: PORTS })], ground)).toContain('cilium opens all nodes or none');
  });

  test('that touches neither nodes nor the API server needs no identity', () => {
    expect(special([Flow.cidrOut({ cidr: '203.0.113.0/24' }), Flow.cidrIn({ cidr: '198.51.100.0/24' })])).toEqual([]);
  });

  test('is everybody when it is the whole internet, whatever addresses the nodes have', () => {
    const [policy] = special([Flow.cidrIn({ cidr: '0.0.0.0/0', ports: [{ port: 443 }] })], profile(Cni.CILIUM, { nodeCidrs: [], apiServerCidrs: [] }));
    expect(policy.spec.ingress[0].fromEntities).toEqual(['host', 'kube-apiserver', 'remote-node']);
  });

  test('of a managed API server that is no node opens that alone', () => {
    const [policy] = special([Flow.cidrOut({ cidr: '203.0.113.0/24', ports: [{ port: 443 }] })], profile(Cni.CILIUM, { apiServerCidrs: ['203.0.113.7/32'] }));
    expect(policy.spec.egress[0].toEntities).toEqual(['kube-apiserver']);
    expect(message([Flow.cidrOut({ cidr: '203.0.113.7/32' })], profile(Cni.CILIUM, { apiServerCidrs: ['203.0.113.7/32', '203.0.113.8/32'] }))).toContain('all API servers or none');
  });

  test('is an address like others for the other CNIs', () => {
    expect(special([Flow.cidrOut({ cidr: '192.168.10.64/26' })], profile(Cni.CALICO))).toEqual([]);
  });
});

describe('an agent of the node at a link-local address', () => {
  const agent = { cidr: '169.254.170.23/32' };
  const ground = eks({ cni: Cni.CILIUM, podCidrs: ['100.64.0.0/16'] });

  test('is the own node, on the ports of the flow', () => {
    expect(special([Flow.cidrOut({ ...agent, ports: [{ port: 80 }] })], ground)[0].spec.egress).toEqual([
      { toEntities: ['host'], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }] }] },
    ]);
  });

  test('has to be named by its ports, or the whole node would be open', () => {
    expect(message([Flow.cidrOut(agent)], ground)).toContain('opens ports of a node and not one of its addresses');
  });

  test('is not what the metadata service is: that is outside, and stays an address', () => {
    expect(special([Flow.cidrOut({ cidr: '169.254.169.254/32', instanceMetadata: true })], ground)).toEqual([]);
  });
});

describe('ports', () => {
  test('of a whole protocol are a range, and more than cilium takes in one entry are several', () => {
    const many = Array.from({ length: 41 }, (_, index) => ({ port: 1000 + index * 2 }));
    const [policy] = special([Flow.webhookIn({ ports: [...many, { protocol: NetworkProtocol.UDP }] })]);
    expect(policy.spec.ingress[0].toPorts.map(({ ports }: any) => ports.length)).toEqual([40, 2]);
    expect(policy.spec.ingress[0].toPorts[1].ports).toContainEqual({ port: '1', endPort: 65535, protocol: 'UDP' });
  });

  test('of a whole protocol are refused for a cilium that has no ranges', () => {
    const old = profile(Cni.CILIUM, { cniVersion: '1.15.4', ingress: { className: 'traefik', hostNetwork: true } });
    expect(message([Flow.ingressIn()], old)).toBe('cilium 1.15.4 has no ranges of ports, which a flow for every port of a protocol needs');
    expect(special([Flow.ingressIn({ ports: [{ port: 8080 }] })], old)).toHaveLength(1);
  });
});

test('objects of cilium are marked, explained and for the pods of the flow, as their neighbours are', () => {
  const [policy] = special([Flow.kubeApiServer({ podLabels: { app: 'operator' }, reason: 'the operator watches its objects' })]);
  expect(policy.spec.endpointSelector).toEqual({ matchLabels: { app: 'operator' } });
  expect(policy.metadata.labels).toEqual({ 'app.kubernetes.io/managed-by': 'viridial', 'viridial.com/managed': 'true' });
  expect(policy.metadata.annotations).toEqual({ 'viridial.com/reason': 'the operator watches its objects' });
});
