import { FlowKind } from '../flow-kind';
import { blockRules } from './cilium-rules';
import { ClusterRanges } from './cluster-ranges';
import { dnsRules } from './dns-rules';
import { ingressRules, kubeApiServerRules, webhookRules } from './host-rules';
import { internetRules } from './internet-rules';
import { cidrPeer } from './ip-blocks';
import { EVERY_TCP_PORT, portsOf } from './ports';
import { Direction, FlowContext, Peer, Port, Rule } from './rule';
import { namespacePeer, ownNamespacePeer, platformPeer } from './selectors';

/** The rules that say one flow, in NetworkPolicy v1 as far as that has words; none when it was refused, or when it only forbids. */
export function rulesOf(context: FlowContext, ranges: ClusterRanges): Rule[] {
  const { flow } = context;
  switch (flow.kind) {
    case FlowKind.DNS: return dnsRules(context, ranges);
    case FlowKind.KUBE_API_SERVER: return kubeApiServerRules(context, ranges);
    case FlowKind.WEBHOOK_IN: return webhookRules(context, ranges);
    case FlowKind.INGRESS_IN: return ingressRules(context, ranges);
    case FlowKind.METRICS_IN: return rule('ingress', namespacePeer(flow.namespace!), portsOf(context) ?? EVERY_TCP_PORT);
    case FlowKind.METRICS_OUT: return rule('egress', platformPeer(flow.platform!), portsOf(context) ?? EVERY_TCP_PORT);
    case FlowKind.SAME_NAMESPACE: return [...rule('ingress', ownNamespacePeer()), ...rule('egress', ownNamespacePeer())];
    case FlowKind.NAMESPACE_IN: return rule('ingress', namespacePeer(flow.namespace!, flow.peerPodLabels), portsOf(context));
    case FlowKind.NAMESPACE_OUT: return rule('egress', namespacePeer(flow.namespace!, flow.peerPodLabels), portsOf(context));
    case FlowKind.INTERNET: return internetRules(context, ranges);
    case FlowKind.CIDR_IN: return cidrRules(context, ranges, 'ingress');
    case FlowKind.CIDR_OUT: return cidrRules(context, ranges, 'egress');
    case FlowKind.METADATA_DENY: return [];
  }
}

function cidrRules(context: FlowContext, ranges: ClusterRanges, direction: Direction): Rule[] {
  const ports = portsOf(context);
  const peer = cidrPeer(context, ranges, direction);
  return peer === undefined ? [] : [...rule(direction, peer, ports), ...blockRules(context, ranges, direction, ports)];
}

function rule(direction: Direction, peer: Peer, ports?: Port[]): Rule[] {
  return [{ direction, peers: [peer], ports }];
}
