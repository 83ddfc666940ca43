import { Cidr, Cni } from '@viridial/core';
import { ClusterRanges } from './cluster-ranges';
import { exactPeers } from './ip-blocks';
import { EVERY_TCP_PORT, portsOf } from './ports';
import { FlowContext, notExpressible, Peer, Rule } from './rule';
import { namespacePeer } from './selectors';

/** Pods to the API server: its endpoints, because addresses are compared after translation of the service's address. */
export function kubeApiServerRules(context: FlowContext, ranges: ClusterRanges): Rule[] {
  const peers = hostPeers(context, ranges.apiServers, 'apiServerCidrs');
  return ruleTo('egress', peers, [{ protocol: 'TCP', port: context.profile.apiServerPort }]);
}

/** The API server to webhooks; it calls the pod's own port. */
export function webhookRules(context: FlowContext, ranges: ClusterRanges): Rule[] {
  return ruleTo('ingress', hostPeers(context, ranges.apiServers, 'apiServerCidrs'), portsOf(context));
}

/** The ingress controller to pods, wherever it runs. */
export function ingressRules(context: FlowContext, ranges: ClusterRanges): Rule[] {
  return ruleTo('ingress', ingressPeers(context, ranges), portsOf(context) ?? EVERY_TCP_PORT);
}

function ingressPeers(context: FlowContext, ranges: ClusterRanges): Peer[] {
  const { ingress } = context.profile;
  if (ingress?.sourceCidrs && ingress.sourceCidrs.length > 0) return exactPeers(ingress.sourceCidrs.map((text) => Cidr.parse(text)));
  if (ingress?.hostNetwork) return hostPeers(context, ranges.nodes, 'nodeCidrs');
  if (ingress?.namespace) return [namespacePeer(ingress.namespace)];
  const message = ingress
    ? `its ingress ${ingress.className} names neither a namespace nor hostNetwork nor sourceCidrs`
    : 'it has no ingress';
  notExpressible(context, message, 'say in the profile\'s ingress where its traffic to pods comes from, or leave the flow out');
  return [];
}

/**
 * Nodes and the API server. Most CNIs compare addresses; Cilium gives nodes identities and matches no block with them,
 * whatever the block says.
 */
function hostPeers(context: FlowContext, cidrs: Cidr[], property: string): Peer[] {
  if (context.profile.cni === Cni.CILIUM) {
    notExpressible(context, 'cilium never matches nodes or the API server by address (cilium/cilium#20550)',
      'allow it in a CiliumNetworkPolicy (entities kube-apiserver, host, remote-node) and leave the flow out here');
    return [];
  }
  if (cidrs.length === 0) {
    notExpressible(context, `it names no ${property}`, `set ${property} in the profile`);
    return [];
  }
  return exactPeers(cidrs);
}

/** No peers is no rule: the API reads an empty list of peers as everybody. */
function ruleTo(direction: 'ingress' | 'egress', peers: Peer[], ports: Rule['ports']): Rule[] {
  return peers.length === 0 ? [] : [{ direction, peers, ports }];
}
