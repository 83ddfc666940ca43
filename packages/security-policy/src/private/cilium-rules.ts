import { Cidr, ClusterProfile, Cni, Distribution } from '@viridial/core';
import { ClusterRanges, LINK_LOCAL } from './cluster-ranges';
import { opensMetadata } from './ip-blocks';
import { CiliumEntity, Direction, FlowContext, notExpressible, Port, Rule } from './rule';

/** The API server as somebody who is called, wherever it runs. */
export const API_SERVER: CiliumEntity[] = ['kube-apiserver'];

/** The nodes: the one of the pod, and the others. */
export const NODES: CiliumEntity[] = ['host', 'remote-node'];

/** Cilium's own ingress and gateway controllers, which answer for all of their proxies (https://docs.cilium.io/en/stable/network/servicemesh/ingress/). */
export const OWN_INGRESS: CiliumEntity[] = ['ingress'];

/** The node of the pod itself. */
export const OWN_NODE: CiliumEntity[] = ['host'];

/** Name of the IngressClass and of the GatewayClass that Cilium itself serves. */
export const OWN_INGRESS_CLASS = 'cilium';

/**
 * The API server as somebody who calls. What it sends through a tunnel, or through nodes as some providers do, carries the
 * identity of a node and not its own, which is why the documentation restricts `fromEntities: kube-apiserver`
 * (cilium/cilium#37298; eks-anywhere#4658). On EKS it calls from network interfaces of its own.
 */
export function callingApiServer({ distribution }: ClusterProfile): CiliumEntity[] {
  return distribution === Distribution.EKS ? API_SERVER : ['kube-apiserver', 'remote-node'];
}

/** A rule about identities. */
export function entityRule(direction: Direction, entities: CiliumEntity[], ports: Port[] | undefined): Rule {
  return { direction, peers: [], entities, ports };
}

/**
 * What a block of addresses misses under Cilium, where no block ever matches a node or the API server
 * (cilium/cilium#20550): nodes and API servers have identities instead, and an identity means all of them. So the blocks
 * of like flows together have to hold all or none of them.
 */
export function blockRules(context: FlowContext, ranges: ClusterRanges, direction: Direction, ports: Port[] | undefined): Rule[] {
  if (context.profile.cni !== Cni.CILIUM) return [];
  const block = Cidr.parse(context.flow.cidr!);
  if (direction === 'egress' && LINK_LOCAL.some((range) => range.contains(block)) && !opensMetadata({ cidr: block.toString() })) {
    return ownNodeRules(context, ports);
  }
  const entities = [
    ...identities(context, block, { name: 'nodes', blocks: ranges.nodes, entities: NODES }),
    ...identities(context, block, { name: 'API servers', blocks: ranges.apiServers, entities: API_SERVER }),
  ];
  return entities.length === 0 ? [] : [entityRule(direction, [...entities].sort(), ports)];
}

/** Link-local addresses are the node's own: an agent of it answers there, such as the one of EKS Pod Identity. */
function ownNodeRules(context: FlowContext, ports: Port[] | undefined): Rule[] {
  if (ports !== undefined) return [entityRule('egress', OWN_NODE, ports)];
  notExpressible(context, `${context.flow.cidr} is the node itself for cilium, which opens ports of a node and not one of its addresses`,
    'name the ports of the flow');
  return [];
}

/** Hosts that Cilium has an identity for. */
interface Hosts {
  readonly name: string;
  readonly blocks: Cidr[];
  readonly entities: CiliumEntity[];
}

function identities(context: FlowContext, block: Cidr, { name, blocks, entities }: Hosts): CiliumEntity[] {
  if (block.prefix === 0) return entities;
  const same = blocks.filter(({ version }) => version === block.version);
  if (!same.some((host) => host.overlaps(block))) return [];
  const left = context.together.missing(context.flow, same);
  if (left.length === 0) return entities;
  notExpressible(context, `cilium opens all ${name} or none (cilium/cilium#20550), and ${context.flow.cidr} holds some of them but not ${left[0].toString()}`,
    `give flows with the same ports for all ${name}, or the exact addresses of the ${name} in the profile if the flow means another host`);
  return [];
}
