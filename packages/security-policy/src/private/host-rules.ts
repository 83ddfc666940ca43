import { Cidr, Cni } from '@viridial/core';
import { API_SERVER, callingApiServer, entityRule, NODES, OWN_INGRESS, OWN_INGRESS_CLASS } from './cilium-rules';
import { ClusterRanges } from './cluster-ranges';
import { exactPeers } from './ip-blocks';
import { EVERY_TCP_PORT, portsOf } from './ports';
import { Direction, FlowContext, notExpressible, Peer, Port, Rule } from './rule';
import { namespacePeer } from './selectors';

/** Pods to the API server: its endpoints, because addresses are compared after translation of the service's address. */
export function kubeApiServerRules(context: FlowContext, ranges: ClusterRanges): Rule[] {
  const ports = [{ protocol: 'TCP', port: context.profile.apiServerPort }];
  if (context.profile.cni === Cni.CILIUM) return [entityRule('egress', API_SERVER, ports)];
  return ruleTo('egress', hostPeers(context, ranges.apiServers, 'apiServerCidrs'), ports);
}

/** The API server to webhooks; it calls the pod's own port. */
export function webhookRules(context: FlowContext, ranges: ClusterRanges): Rule[] {
  const ports = portsOf(context);
  if (context.profile.cni === Cni.CILIUM) return [entityRule('ingress', callingApiServer(context.profile), ports)];
  return ruleTo('ingress', hostPeers(context, ranges.apiServers, 'apiServerCidrs'), ports);
}

/** The ingress controller to pods, wherever it runs. */
export function ingressRules(context: FlowContext, ranges: ClusterRanges): Rule[] {
  const { cni, ingress } = context.profile;
  const ports = portsOf(context) ?? EVERY_TCP_PORT;
  if (ingress?.sourceCidrs && ingress.sourceCidrs.length > 0) return ruleTo('ingress', exactPeers(ingress.sourceCidrs.map((text) => Cidr.parse(text))), ports);
  // its proxies have one identity of their own, on the host network or not, and no pods that a selector could find
  if (cni === Cni.CILIUM && ingress?.className === OWN_INGRESS_CLASS) return [entityRule('ingress', OWN_INGRESS, ports)];
  if (cni === Cni.CILIUM && ingress?.hostNetwork) return [entityRule('ingress', NODES, ports)];
  return ruleTo('ingress', ingressPeers(context, ranges), ports);
}

function ingressPeers(context: FlowContext, ranges: ClusterRanges): Peer[] {
  const { ingress } = context.profile;
  if (ingress?.hostNetwork) return hostPeers(context, ranges.nodes, 'nodeCidrs');
  if (ingress?.namespace) return [namespacePeer(ingress.namespace)];
  const message = ingress
    ? `its ingress ${ingress.className} names neither a namespace nor hostNetwork nor sourceCidrs`
    : 'it has no ingress';
  notExpressible(context, message, 'say in the profile\'s ingress where its traffic to pods comes from, or leave the flow out');
  return [];
}

/** Nodes and the API server by their addresses, where a CNI compares these. */
function hostPeers(context: FlowContext, cidrs: Cidr[], property: string): Peer[] {
  if (cidrs.length > 0) return exactPeers(cidrs);
  notExpressible(context, `it names no ${property}`, `set ${property} in the profile`);
  return [];
}

/** No peers is no rule: the API reads an empty list of peers as everybody. */
function ruleTo(direction: Direction, peers: Peer[], ports: Port[] | undefined): Rule[] {
  return peers.length === 0 ? [] : [{ direction, peers, ports }];
}
