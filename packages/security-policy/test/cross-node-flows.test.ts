import { ClusterProfile, Cni, Distribution } from '@viridial/core';
import { PodRouting, PortMatrix, PortMatrixProps, PortProtocol, PortRule, PortSource, PortTarget } from '../src';
import { eks, profile } from './support/profiles';
import { codes, refused } from './support/refused';

const { CONTROL_PLANE, NODES } = PortSource;
const { GENEVE, IPIP, NATIVE, VXLAN } = PodRouting;

/** A connection between two machines of a cluster, as the documentation of what makes it has it. */
interface CrossNodeFlow {
  readonly name: string;
  readonly from: PortSource;
  readonly to: PortTarget;
  readonly protocol: PortProtocol;
  readonly port?: number;
  /** On which clusters it is there. */
  when(ground: Ground): boolean;
}

interface Ground {
  readonly distribution: Distribution;
  readonly cni: Cni;
  readonly routing: PodRouting;
  readonly wireguard: boolean;
}

const selfManaged = ({ distribution }: Ground): boolean => [Distribution.KUBEADM, Distribution.K3S, Distribution.TALOS].includes(distribution);
const managed = (ground: Ground): boolean => !selfManaged(ground);
const on = (cni: Cni) => (ground: Ground): boolean => ground.cni === cni;
const k3s = ({ distribution }: Ground): boolean => distribution === Distribution.K3S;
const talos = ({ distribution }: Ground): boolean => distribution === Distribution.TALOS;

function tcp(name: string, from: PortSource, to: PortTarget, port: number, when: CrossNodeFlow['when']): CrossNodeFlow {
  return { name, from, to, protocol: PortProtocol.TCP, port, when };
}

function udp(name: string, port: number, when: CrossNodeFlow['when']): CrossNodeFlow {
  return { name, from: NODES, to: PortTarget.NODE, protocol: PortProtocol.UDP, port, when };
}

const FLOWS: CrossNodeFlow[] = [
  // https://kubernetes.io/docs/reference/networking/ports-and-protocols/, https://docs.k3s.io/installation/requirements#inbound-rules-for-k3s-nodes
  tcp('kubelet or k3s agent to API server', NODES, PortTarget.CONTROL_PLANE, 6443, selfManaged),
  tcp('API server to etcd', CONTROL_PLANE, PortTarget.CONTROL_PLANE, 2379, selfManaged),
  tcp('etcd to etcd', CONTROL_PLANE, PortTarget.CONTROL_PLANE, 2380, selfManaged),
  tcp('API server on a node to kubelet', CONTROL_PLANE, PortTarget.WORKER, 10250, () => true),
  tcp('metrics-server to kubelet', NODES, PortTarget.NODE, 10250, () => true),
  { name: 'path MTU discovery', from: NODES, to: PortTarget.NODE, protocol: PortProtocol.ICMP, when: () => true },
  // https://docs.siderolabs.com/talos, network connectivity
  tcp('apid of a control-plane node to apid of a node', CONTROL_PLANE, PortTarget.NODE, 50000, talos),
  tcp('worker to trustd', NODES, PortTarget.CONTROL_PLANE, 50001, talos),
  // https://docs.cilium.io/en/stable/operations/system_requirements/#firewall-rules
  tcp('cilium health', NODES, PortTarget.NODE, 4240, on(Cni.CILIUM)),
  tcp('hubble relay to agent', NODES, PortTarget.NODE, 4244, on(Cni.CILIUM)),
  udp('cilium VXLAN', 8472, (ground) => on(Cni.CILIUM)(ground) && ground.routing === VXLAN),
  udp('cilium Geneve', 6081, ({ routing }) => routing === GENEVE),
  udp('cilium WireGuard', 51871, (ground) => on(Cni.CILIUM)(ground) && ground.wireguard),
  // https://docs.tigera.io/calico/latest/getting-started/kubernetes/requirements#network-requirements
  tcp('calico-node to Typha', NODES, PortTarget.NODE, 5473, on(Cni.CALICO)),
  tcp('calico BGP', NODES, PortTarget.NODE, 179, (ground) => on(Cni.CALICO)(ground) && ground.routing !== VXLAN),
  udp('calico VXLAN', 4789, (ground) => on(Cni.CALICO)(ground) && ground.routing === VXLAN),
  udp('calico WireGuard, IPv4', 51820, (ground) => on(Cni.CALICO)(ground) && ground.wireguard),
  udp('calico WireGuard, IPv6', 51821, (ground) => on(Cni.CALICO)(ground) && ground.wireguard),
  { name: 'IP in IP', from: NODES, to: PortTarget.NODE, protocol: PortProtocol.IPIP, when: ({ routing }) => routing === IPIP },
  // flannel under kube-router's policies; https://www.kube-router.io/docs/
  udp('flannel VXLAN', 8472, (ground) => on(Cni.KUBE_ROUTER)(ground) && ground.routing === VXLAN && !ground.wireguard),
  udp('flannel WireGuard, IPv4', 51820, (ground) => on(Cni.KUBE_ROUTER)(ground) && ground.wireguard),
  udp('flannel WireGuard, IPv6', 51821, (ground) => on(Cni.KUBE_ROUTER)(ground) && ground.wireguard),
  tcp('kube-router BGP', NODES, PortTarget.NODE, 179, (ground) => on(Cni.KUBE_ROUTER)(ground) && !k3s(ground) && ground.routing !== VXLAN),
  // whatever pods say to each other, where no tunnel hides it
  { name: 'pod to pod', from: NODES, to: PortTarget.POD, protocol: PortProtocol.ANY, when: ({ routing }) => routing === NATIVE },
  tcp('managed API server to webhook', CONTROL_PLANE, PortTarget.POD, 9443, managed),
];

const ROUTINGS: { [cni in Cni]: PodRouting[] } = {
  [Cni.CALICO]: [IPIP, NATIVE, VXLAN], [Cni.CILIUM]: [GENEVE, NATIVE, VXLAN], [Cni.KUBE_ROUTER]: [IPIP, NATIVE, VXLAN], [Cni.VPC_CNI]: [NATIVE],
};

const GROUNDS = Object.values(Distribution).flatMap((distribution) => Object.values(Cni).flatMap((cni) => ROUTINGS[cni].flatMap((routing) => [false, true]
  .filter(() => cni !== Cni.VPC_CNI || distribution === Distribution.EKS)
  .filter(() => !(cni === Cni.KUBE_ROUTER && distribution === Distribution.K3S && routing === IPIP))
  .map((wireguard): [string, Ground] => [`${distribution} with ${cni} over ${routing}${wireguard ? ' and WireGuard' : ''}`, { distribution, cni, routing, wireguard }]))));

function profileOf({ distribution, cni }: Ground): ClusterProfile {
  return cni === Cni.VPC_CNI ? eks() : profile(cni, { distribution, apiServerPort: 6443 });
}

function matrixOf(ground: Ground, more: PortMatrixProps = {}): PortRule[] {
  return PortMatrix.of(profileOf(ground), { podRouting: ground.routing, wireguard: ground.wireguard, webhookPorts: [9443], ...more }).rules;
}

/** Whether a row lets a flow through; a control plane that the provider runs is no node of ours. */
function covers(rule: PortRule, flow: CrossNodeFlow, ground: Ground): boolean {
  const from = rule.source === flow.from || (rule.source === NODES && flow.from === CONTROL_PLANE && selfManaged(ground));
  const to = rule.target === flow.to || (rule.target === PortTarget.NODE && flow.to !== PortTarget.POD);
  const ports = flow.port === undefined ? rule.fromPort === undefined : rule.fromPort! <= flow.port && flow.port <= (rule.toPort ?? rule.fromPort!);
  return from && to && rule.protocol === flow.protocol && ports;
}

describe.each(GROUNDS)('%s', (_, ground) => {
  const rows = matrixOf(ground);
  const flows = FLOWS.filter((flow) => flow.when(ground));

  test('has exactly one row for every flow between its nodes', () => {
    const found = flows.map((flow) => [flow.name, rows.filter((row) => covers(row, flow, ground)).length]);
    expect(found).toEqual(flows.map(({ name }) => [name, 1]));
  });

  test('has no row between nodes that no flow needs', () => {
    const between = rows.filter(({ source }) => source === NODES || source === CONTROL_PLANE);
    expect(between.filter((row) => !flows.some((flow) => covers(row, flow, ground))).map(({ id }) => id)).toEqual([]);
  });

  test('opens to others only what administrators and the ingress of the profile need', () => {
    const others = rows.filter(({ source }) => source !== NODES && source !== CONTROL_PLANE).map(({ id }) => id);
    expect(others.filter((id) => !/^(api-server-from-admins|talos-api-from-admins|ssh|icmp-from-admins|ingress-.*)$/.test(id))).toEqual([]);
  });
});

test('a routing that the network plugin does not have is refused, with those that it has', () => {
  const refusal = (ground: ClusterProfile, podRouting: PodRouting): any => refused(() => PortMatrix.of(ground, { podRouting }))[0];
  expect(refusal(profile(Cni.CALICO), GENEVE)).toMatchObject({ code: 'PodRoutingNotOnCni', path: 'podRouting', allowed: 'ipip, native, vxlan' });
  expect(refusal(profile(Cni.CILIUM), IPIP)).toMatchObject({ code: 'PodRoutingNotOnCni', allowed: 'geneve, native, vxlan' });
  expect(codes(refused(() => PortMatrix.of(eks(), { podRouting: VXLAN })))).toEqual(['PodRoutingNotOnCni']);
  expect(codes(refused(() => PortMatrix.of(profile(Cni.KUBE_ROUTER, { distribution: Distribution.K3S }), { podRouting: IPIP })))).toEqual(['PodRoutingNotOnCni']);
});

test('kube-router routes natively and tells routes over BGP, unless it only keeps the policies of k3s', () => {
  const ids = (distribution: Distribution): string[] => PortMatrix.of(profile(Cni.KUBE_ROUTER, { distribution })).rules.map(({ id }) => id).filter((id) => /^(cni|pod)-/.test(id));
  expect(ids(Distribution.KUBEADM)).toEqual(['cni-bgp', 'pod-traffic']);
  expect(ids(Distribution.K3S)).toEqual(['cni-vxlan']);
});

test('a rule for a protocol without ports names none', () => {
  const additional = [{ id: 'gre', target: PortTarget.NODE, source: NODES, protocol: PortProtocol.IPIP, fromPort: 1, reason: 'wrong' }];
  expect(codes(refused(() => PortMatrix.of(profile(Cni.CALICO), { additional })))).toEqual(['InvalidPort']);
});

test('node ports are open to the load balancer of a cloud alone, in the range that Kubernetes gives them', () => {
  for (const [, ground] of GROUNDS) {
    const opened = matrixOf(ground).filter(({ fromPort, toPort }) => (fromPort ?? 0) >= 30000 && (toPort ?? 0) <= 32767);
    for (const rule of opened) expect(rule).toMatchObject({ id: 'ingress-node-ports', source: PortSource.LOAD_BALANCER, fromPort: 30000, toPort: 32767 });
  }
});
