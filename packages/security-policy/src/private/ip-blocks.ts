import { Cidr } from '@viridial/core';
import { ClusterRanges, METADATA_ADDRESSES, METADATA_RANGES } from './cluster-ranges';
import { Direction, FlowContext, IpBlock, notExpressible, Peer } from './rule';

/** The exact addresses of the blocks, nothing taken out; for ranges of the profile that the policy means as they are. */
export function exactPeers(cidrs: Cidr[]): Peer[] {
  return Cidr.summarise(cidrs).map((cidr) => ({ ipBlock: { cidr: cidr.toString() } }));
}

/** A block with exceptions, written in the fewest blocks. */
export function ipBlock(cidr: Cidr, except: Cidr[]): IpBlock {
  const inside = Cidr.summarise(except.filter((block) => cidr.contains(block)));
  return inside.length === 0 ? { cidr: cidr.toString() } : { cidr: cidr.toString(), except: inside.map((block) => block.toString()) };
}

/** The peer of a flow from or to a CIDR that a person wrote, or nothing when it was refused. */
export function cidrPeer(context: FlowContext, ranges: ClusterRanges, direction: Direction): Peer | undefined {
  const { flow, problems, path } = context;
  const cidr = Cidr.collect(problems, `${path}.cidr`, flow.cidr ?? '');
  if (cidr === undefined) return undefined;
  if (!ranges.versions.includes(cidr.version)) {
    notExpressible(context, `its pods have no IPv${cidr.version} addresses, so ${flow.cidr} never matches`, 'give a block of the IP version of the pods');
    return undefined;
  }
  if (direction === 'egress' && cidr.prefix === 0) {
    problems.error({
      code: 'InternetAsCidr',
      path: `${path}.cidr`,
      message: `${flow.cidr} is the whole internet and every network behind it`,
      value: flow.cidr,
      cure: 'use Flow.internet(), which keeps the instance metadata service, the cluster and private networks closed',
    });
    return undefined;
  }
  const except = [...metadataExceptions(context, cidr, direction), ...podExceptions(context, cidr, ranges)];
  return { ipBlock: ipBlock(cidr, except) };
}

/** Whether the flow opens an address of the instance metadata service. */
export function opensMetadata(block: IpBlock): boolean {
  const cidr = Cidr.parse(block.cidr);
  const except = (block.except ?? []).map((text) => Cidr.parse(text));
  return METADATA_ADDRESSES.some((address) => cidr.containsAddress(address) && !except.some((closed) => closed.containsAddress(address)));
}

function metadataExceptions(context: FlowContext, cidr: Cidr, direction: Direction): Cidr[] {
  const { flow, problems, path } = context;
  if (flow.instanceMetadata) return [];
  const opened = METADATA_RANGES.some((range) => range.contains(cidr)) && opensMetadata({ cidr: cidr.toString() });
  if (opened && direction === 'egress') {
    problems.error({
      code: 'MetadataExposed',
      path: `${path}.cidr`,
      message: `${flow.cidr} holds the instance metadata service, which gives the credentials of the node to every pod`,
      value: flow.cidr,
      cure: 'give the exact address that is needed, or set instanceMetadata: true if it is this service',
    });
  }
  return METADATA_RANGES.filter((range) => cidr.contains(range) && !cidr.isEqualTo(range));
}

/**
 * What an ipBlock means for pod addresses is left open by the NetworkPolicy API: Cilium never matches them
 * (cilium/cilium#16308), others do. So a block inside the pods' own range is refused, and a wider one loses it.
 */
function podExceptions(context: FlowContext, cidr: Cidr, ranges: ClusterRanges): Cidr[] {
  const { flow, problems, path, profile } = context;
  const touched = ranges.pods.filter((pod) => pod.overlaps(cidr));
  if (touched.length === 0) return [];
  const wider = touched.filter((pod) => cidr.contains(pod) && !cidr.isEqualTo(pod));
  if (wider.length === touched.length && (ranges.dedicatedPods || cidr.prefix === 0)) return wider;
  const message = `${flow.cidr} holds addresses of pods of ${profile.name} (${touched.map((pod) => pod.toString()).join(', ')})`;
  if (ranges.dedicatedPods) {
    problems.error({
      code: 'CidrCoversPods',
      path: `${path}.cidr`,
      message: `${message}, for which network policies promise nothing`,
      value: flow.cidr,
      allowed: 'addresses outside the cluster',
      cure: 'name pods by namespace: Flow.namespaceIn() or Flow.namespaceOut()',
    });
  } else {
    problems.warning({
      code: 'CidrCoversPods',
      path: `${path}.cidr`,
      message: `${message}: pods share this network with other hosts, so pods are opened as well as the hosts that were meant`,
      value: flow.cidr,
      cure: 'give the exact addresses of the hosts',
    });
  }
  return [];
}
