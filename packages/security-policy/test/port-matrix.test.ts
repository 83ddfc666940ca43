import { ClusterProfile, Cni, Distribution, LoadBalancerKind } from '@viridial/core';
import { PodRouting, PortMatrix, PortMatrixProps, PortProtocol, PortRule, PortSource, PortTarget } from '../src';
import { eks, profile } from './support/profiles';
import { refused } from './support/refused';

const HOST_INGRESS = { ingress: { className: 'traefik', hostNetwork: true } };

function rules(ground: ClusterProfile, props?: PortMatrixProps): Map<string, PortRule> {
  return new Map(PortMatrix.of(ground, props).rules.map((rule) => [rule.id, rule]));
}

function ids(ground: ClusterProfile, props?: PortMatrixProps): string[] {
  return [...rules(ground, props).keys()];
}

const GROUNDS: [string, ClusterProfile][] = [
  ['kubeadm with calico', profile(Cni.CALICO)],
  ['kubeadm with cilium', profile(Cni.CILIUM)],
  ['k3s', profile(Cni.KUBE_ROUTER, { distribution: Distribution.K3S })],
  ['talos', profile(Cni.CILIUM, { distribution: Distribution.TALOS })],
  ['eks', eks()],
];

describe('on every ground', () => {
  test.each(GROUNDS)('%s opens nothing to the world unless an ingress listens there', (_, ground) => {
    expect(PortMatrix.of(ground, { wireguard: true }).rules.filter((rule) => rule.source === PortSource.WORLD)).toEqual([]);
  });

  test.each(GROUNDS)('%s opens etcd, kubelet and the ports of the CNI to nodes only', (_, ground) => {
    const internal = PortMatrix.of(ground, { wireguard: true }).rules.filter((rule) => /^(etcd|kubelet|cni-|pod-)/.test(rule.id));
    expect(internal.length).toBeGreaterThan(0);
    for (const rule of internal) expect([PortSource.NODES, PortSource.CONTROL_PLANE]).toContain(rule.source);
  });

  test.each(GROUNDS)('%s has one rule for a target, source, protocol and port', (_, ground) => {
    const flows = PortMatrix.of(ground).rules.map(({ target, source, protocol, fromPort }) => [target, source, protocol, fromPort].join());
    expect(new Set(flows).size).toBe(flows.length);
  });

  test.each(GROUNDS)('%s gives a reason for every opening, in one order', (_, ground) => {
    const matrix = PortMatrix.of(ground).rules;
    for (const rule of matrix) expect(rule.reason).toMatch(/^\S.{8,}/);
    expect(matrix.map((rule) => rule.id)).toEqual([...matrix.map((rule) => rule.id)].sort());
  });
});

describe('the control plane', () => {
  test('is open to nodes and administrators, and etcd to itself alone', () => {
    const matrix = rules(profile(Cni.CALICO));
    expect(matrix.get('api-server-from-nodes')).toMatchObject({ target: PortTarget.CONTROL_PLANE, source: PortSource.NODES, fromPort: 6443, toPort: 6443 });
    expect(matrix.get('api-server-from-admins')).toMatchObject({ source: PortSource.ADMIN_NETWORKS });
    expect(matrix.get('etcd')).toMatchObject({ target: PortTarget.CONTROL_PLANE, source: PortSource.CONTROL_PLANE, fromPort: 2379, toPort: 2380 });
  });

  test('is open to the load balancer only when it stands behind one', () => {
    expect(ids(profile(Cni.CALICO))).not.toContain('api-server-from-load-balancer');
    expect(ids(profile(Cni.CALICO), { apiServerBehindLoadBalancer: true })).toContain('api-server-from-load-balancer');
  });

  test('is the provider\'s on EKS: nothing of it is opened, and it reaches kubelets and webhooks', () => {
    const matrix = rules(eks(), { webhookPorts: [10250, 9443, 9443] });
    expect([...matrix.values()].filter((rule) => rule.target === PortTarget.CONTROL_PLANE)).toEqual([]);
    expect(matrix.get('kubelet-from-control-plane')).toMatchObject({ target: PortTarget.WORKER, source: PortSource.CONTROL_PLANE, fromPort: 10250 });
    expect([...matrix.keys()].filter((id) => id.startsWith('webhook'))).toEqual(['webhook-10250', 'webhook-9443']);
  });

  test('of talos is administered over its own API, and has no SSH', () => {
    const matrix = rules(profile(Cni.CILIUM, { distribution: Distribution.TALOS }));
    expect(matrix.get('talos-api-from-admins')).toMatchObject({ target: PortTarget.CONTROL_PLANE, fromPort: 50000 });
    expect(matrix.get('talos-api-from-control-plane')).toMatchObject({ target: PortTarget.NODE, source: PortSource.CONTROL_PLANE });
    expect(matrix.get('talos-trustd')).toMatchObject({ source: PortSource.NODES, fromPort: 50001 });
    expect(matrix.has('ssh')).toBe(false);
  });
});

describe('the network of pods', () => {
  test.each([
    [Cni.CALICO, 4789, ['cni-typha', 'cni-vxlan']],
    [Cni.CILIUM, 8472, ['cni-health', 'cni-hubble', 'cni-vxlan']],
  ])('of %s crosses nodes wrapped, on UDP port %i', (cni, port, own) => {
    const matrix = rules(profile(cni));
    expect([...matrix.keys()].filter((id) => id.startsWith('cni-'))).toEqual(own);
    expect(matrix.get('cni-vxlan')).toMatchObject({ protocol: PortProtocol.UDP, fromPort: port, source: PortSource.NODES });
    expect(matrix.has('pod-traffic')).toBe(false);
  });

  test('is seen as it is with native routing, and calico then tells routes over BGP', () => {
    const matrix = rules(profile(Cni.CALICO), { podRouting: PodRouting.NATIVE });
    expect(matrix.get('pod-traffic')).toMatchObject({ target: PortTarget.POD, protocol: PortProtocol.ANY });
    expect(matrix.get('cni-bgp')).toMatchObject({ fromPort: 179 });
    expect(matrix.has('cni-vxlan')).toBe(false);
  });

  test('of the VPC CNI is native and needs no port of its own', () => {
    expect(ids(eks()).filter((id) => id.startsWith('cni-') || id === 'pod-traffic')).toEqual(['pod-traffic']);
  });

  test('is encrypted on the port of the CNI', () => {
    expect(rules(profile(Cni.CALICO), { wireguard: true }).get('cni-wireguard')).toMatchObject({ fromPort: 51820, toPort: 51821 });
    expect(rules(profile(Cni.CILIUM), { wireguard: true }).get('cni-wireguard')).toMatchObject({ fromPort: 51871, toPort: 51871 });
  });
});

describe('the ingress', () => {
  test('on the network of the nodes is open to the world on 80 and 443', () => {
    const matrix = rules(profile(Cni.CALICO, HOST_INGRESS));
    for (const [id, port] of [['ingress-http', 80], ['ingress-https', 443]] as [string, number][]) {
      expect(matrix.get(id)).toMatchObject({ target: PortTarget.WORKER, source: PortSource.WORLD, fromPort: port });
    }
  });

  test('behind a load balancer of the provider is open to that alone', () => {
    const behind = { loadBalancer: LoadBalancerKind.CLOUD };
    expect(rules(profile(Cni.CALICO, { ...HOST_INGRESS, ...behind })).get('ingress-https')).toMatchObject({ source: PortSource.LOAD_BALANCER });
    expect(rules(profile(Cni.CALICO, behind)).get('ingress-node-ports')).toMatchObject({ source: PortSource.LOAD_BALANCER, fromPort: 30000, toPort: 32767 });
    expect(rules(eks()).get('ingress-to-pods')).toMatchObject({ target: PortTarget.POD, source: PortSource.LOAD_BALANCER });
  });

  test('opens nothing where there is none, or where nothing from outside reaches it', () => {
    expect(ids(profile(Cni.CALICO, { ingress: undefined })).filter((id) => id.startsWith('ingress'))).toEqual([]);
    expect(ids(profile(Cni.CALICO)).filter((id) => id.startsWith('ingress'))).toEqual([]);
  });

  test('behind an announced address is open to whoever sees that address', () => {
    expect(rules(profile(Cni.CALICO, { loadBalancer: LoadBalancerKind.L2 })).get('ingress-https')).toMatchObject({ source: PortSource.WORLD });
  });
});

describe('rules of add-ons', () => {
  const exporter: PortRule = {
    id: 'node-exporter', target: PortTarget.NODE, source: PortSource.NODES, protocol: PortProtocol.TCP, fromPort: 9100, reason: 'Prometheus scrapes nodes',
  };

  test('are put among the others', () => {
    expect(rules(profile(Cni.CALICO), { additional: [exporter] }).get('node-exporter')).toEqual(exporter);
  });

  test('may not take an id, and must name ports that exist, all told at once', () => {
    const problems = refused(() => PortMatrix.of(profile(Cni.CALICO), {
      additional: [{ ...exporter, id: 'etcd' }, { ...exporter, id: 'Bad Id', fromPort: 9100, toPort: 9000 }, { ...exporter, protocol: PortProtocol.ICMP }],
    }));
    expect(problems.map((problem) => [problem.path, problem.code])).toEqual([
      ['additional[0].id', 'PortRuleTaken'], ['additional[1].fromPort', 'InvalidPort'], ['additional[1].id', 'InvalidDnsLabel'], ['additional[2].fromPort', 'InvalidPort'],
    ]);
    expect(problems[1].message).toBe('9100 to 9000 is no range of ports');
  });
});
