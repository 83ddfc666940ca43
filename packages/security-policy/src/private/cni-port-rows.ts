import { ClusterProfile, Cni, Distribution } from '@viridial/core';
import { PodRouting } from '../pod-routing';
import { PortProtocol, PortRule, PortSource, PortTarget } from '../port-rule';
import { PortChoices, tcp } from './port-rows';

const { NODES } = PortSource;

/** The ways in which a network plugin can carry the traffic of pods. */
export function routingsOf({ cni, distribution }: ClusterProfile): PodRouting[] {
  const { GENEVE, IPIP, NATIVE, VXLAN } = PodRouting;
  switch (cni) {
    case Cni.CALICO: return [IPIP, NATIVE, VXLAN];
    case Cni.CILIUM: return [GENEVE, NATIVE, VXLAN];
    // k3s has flannel for its network, and kube-router for policies alone
    case Cni.KUBE_ROUTER: return distribution === Distribution.K3S ? [NATIVE, VXLAN] : [IPIP, NATIVE, VXLAN];
    case Cni.VPC_CNI: return [NATIVE];
  }
}

/** What carries pod traffic from node to node, and the CNI's own connections. */
export function cniRows(choices: PortChoices): PortRule[] {
  const pods: PortRule = {
    id: 'pod-traffic', target: PortTarget.POD, source: NODES, protocol: PortProtocol.ANY, reason: 'pod traffic crosses nodes with the addresses of pods',
  };
  return [...(choices.routing === PodRouting.NATIVE ? [pods] : []), ...ownRows(choices)];
}

function ownRows({ profile, routing, wireguard }: PortChoices): PortRule[] {
  switch (profile.cni) {
    // https://docs.tigera.io/calico/latest/getting-started/kubernetes/requirements#network-requirements
    case Cni.CALICO: return [
      ...tunnel(routing, 4789), ...(routing === PodRouting.VXLAN ? [] : bgp()), ...encryption(wireguard, 51820, 51821),
      tcp('cni-typha', PortTarget.NODE, NODES, 5473, 5473, 'calico nodes get their policy from Typha'),
    ];
    // https://docs.cilium.io/en/stable/operations/system_requirements/#firewall-rules
    case Cni.CILIUM: return [
      ...tunnel(routing, 8472), ...encryption(wireguard, 51871, 51871),
      tcp('cni-health', PortTarget.NODE, NODES, 4240, 4240, 'cilium agents check each other'),
      tcp('cni-hubble', PortTarget.NODE, NODES, 4244, 4244, 'Hubble relay reads flows from the agents'),
    ];
    case Cni.KUBE_ROUTER: return [
      // flannel's WireGuard is a tunnel of its own, instead of VXLAN (https://docs.k3s.io/installation/requirements#inbound-rules-for-k3s-nodes)
      ...(wireguard && routing === PodRouting.VXLAN ? [] : tunnel(routing, 8472)), ...encryption(wireguard, 51820, 51821),
      // https://www.kube-router.io/docs/bgp/; flannel tells routes through the API server
      ...(profile.distribution === Distribution.K3S || routing === PodRouting.VXLAN ? [] : bgp()),
    ];
    case Cni.VPC_CNI: return [];
  }
}

/** What wraps the packets of pods; Geneve has one port everywhere (RFC 8926), VXLAN one of the plugin's. */
function tunnel(routing: PodRouting, vxlanPort: number): PortRule[] {
  switch (routing) {
    case PodRouting.VXLAN: return [udp('cni-vxlan', vxlanPort, vxlanPort, 'pod traffic between nodes, wrapped in VXLAN')];
    case PodRouting.GENEVE: return [udp('cni-geneve', 6081, 6081, 'pod traffic between nodes, wrapped in Geneve')];
    case PodRouting.IPIP: return [{
      id: 'cni-ipip', target: PortTarget.NODE, source: NODES, protocol: PortProtocol.IPIP, reason: 'pod traffic between nodes, wrapped in IP',
    }];
    case PodRouting.NATIVE: return [];
  }
}

function bgp(): PortRule[] {
  return [tcp('cni-bgp', PortTarget.NODE, NODES, 179, 179, 'nodes tell each other the routes to pods')];
}

function encryption(wireguard: boolean, from: number, to: number): PortRule[] {
  return wireguard ? [udp('cni-wireguard', from, to, 'encrypted traffic between nodes')] : [];
}

function udp(id: string, fromPort: number, toPort: number, reason: string): PortRule {
  return { id, target: PortTarget.NODE, source: NODES, protocol: PortProtocol.UDP, fromPort, toPort, reason };
}
