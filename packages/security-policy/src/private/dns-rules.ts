import { Cni } from '@viridial/core';
import { entityRule, OWN_NODE } from './cilium-rules';
import { ClusterRanges } from './cluster-ranges';
import { exactPeers } from './ip-blocks';
import { DNS_PORTS } from './ports';
import { FlowContext, Peer, Rule } from './rule';
import { namespacePeer } from './selectors';

const DNS_NAMESPACE = 'kube-system';

/** DNS: the CoreDNS pods by the label that every distribution keeps (`k8s-app: kube-dns`), and node-local DNS when it is on. */
export function dnsRules(context: FlowContext, ranges: ClusterRanges): Rule[] {
  const peers: Peer[] = [namespacePeer(DNS_NAMESPACE, { 'k8s-app': 'kube-dns' }), ...nodeLocalPeers(context, ranges)];
  return [{ direction: 'egress', peers, ports: DNS_PORTS }, ...ownNodeRules(context)];
}

/**
 * Node-local DNS sits on the host network, where selectors find no pods: only its addresses can be named
 * (projectcalico/calico#3795). Cilium does the opposite: addresses of hosts never match. There node-local DNS is either
 * pods behind a Local Redirect Policy, as its documentation has it, or the node itself.
 */
function nodeLocalPeers({ profile }: FlowContext, ranges: ClusterRanges): Peer[] {
  if (profile.nodeLocalDns === undefined) return [];
  return profile.cni === Cni.CILIUM ? [namespacePeer(DNS_NAMESPACE, { 'k8s-app': 'node-local-dns' })] : exactPeers(ranges.nodeLocalDns);
}

function ownNodeRules({ profile }: FlowContext): Rule[] {
  return profile.nodeLocalDns !== undefined && profile.cni === Cni.CILIUM ? [entityRule('egress', OWN_NODE, DNS_PORTS)] : [];
}
