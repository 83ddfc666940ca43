import { Cni } from '@viridial/core';
import { ClusterRanges } from './cluster-ranges';
import { exactPeers } from './ip-blocks';
import { DNS_PORTS } from './ports';
import { FlowContext, Peer, Rule } from './rule';
import { namespacePeer } from './selectors';

const DNS_NAMESPACE = 'kube-system';

/** DNS: the CoreDNS pods by the label that every distribution keeps (`k8s-app: kube-dns`), and node-local DNS when it is on. */
export function dnsRules(context: FlowContext, ranges: ClusterRanges): Rule[] {
  const peers: Peer[] = [namespacePeer(DNS_NAMESPACE, { 'k8s-app': 'kube-dns' }), ...nodeLocalPeers(context, ranges)];
  return [{ direction: 'egress', peers, ports: DNS_PORTS }];
}

/**
 * Node-local DNS sits on the host network, where selectors find no pods: only its addresses can be named
 * (projectcalico/calico#3795). Cilium does the opposite: addresses of hosts never match, but its documented way of
 * running node-local DNS, a Local Redirect Policy, sends queries to ordinary pods.
 */
function nodeLocalPeers(context: FlowContext, ranges: ClusterRanges): Peer[] {
  const { profile, problems, path } = context;
  if (profile.nodeLocalDns === undefined) return [];
  if (profile.cni === Cni.CILIUM) {
    problems.warning({
      code: 'NodeLocalDnsNeedsRedirect',
      path,
      message: `node-local DNS at ${profile.nodeLocalDns} is reachable under cilium only through a local redirect policy`,
      value: profile.nodeLocalDns,
      cure: 'run node-local-dns off the host network behind a CiliumLocalRedirectPolicy, as its documentation says',
    });
    return [namespacePeer(DNS_NAMESPACE, { 'k8s-app': 'node-local-dns' })];
  }
  return exactPeers(ranges.nodeLocalDns);
}
