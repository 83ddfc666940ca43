import { ClusterProfile, Problems } from '@viridial/core';
import { Flow } from '../flow';
import { BlocksTogether } from './blocks-together';

/** A label selector of the Kubernetes API. */
export interface Selector {
  readonly matchLabels?: { [key: string]: string };
}

/** A block of addresses of the NetworkPolicy API. */
export interface IpBlock {
  readonly cidr: string;
  readonly except?: string[];
}

/** The other side of a rule: `NetworkPolicyPeer` of networking.k8s.io/v1. */
export interface Peer {
  readonly namespaceSelector?: Selector;
  readonly podSelector?: Selector;
  readonly ipBlock?: IpBlock;
}

/** A port of a rule: `NetworkPolicyPort` of networking.k8s.io/v1, without a port every port of the protocol. */
export interface Port {
  readonly protocol: string;
  readonly port?: number;
}

/** An identity that Cilium keeps for what is not a pod (https://docs.cilium.io/en/stable/security/policy/language/#entities-based). */
export type CiliumEntity = 'host' | 'ingress' | 'kube-apiserver' | 'remote-node';

/** Which list of a policy a rule belongs to. */
export type Direction = 'ingress' | 'egress';

/** One entry of `spec.ingress` or `spec.egress`. */
export interface Rule {
  readonly direction: Direction;
  readonly peers: Peer[];
  /** Identities that only Cilium has words for, in one order; such a rule has no peers and ends up in a CiliumNetworkPolicy. */
  readonly entities?: CiliumEntity[];
  /** Absent means every port of every protocol, as in the API. */
  readonly ports?: Port[];
}

/** A rule and the property path of the flow it comes from. */
export interface PlacedRule extends Rule {
  readonly path: string;
}

/** What translating one flow needs. */
export interface FlowContext {
  readonly flow: Flow;
  readonly profile: ClusterProfile;
  readonly problems: Problems;
  readonly path: string;
  /** What the blocks of like flows hold together, where a renderer has to know that. */
  readonly together: BlocksTogether;
}

/** Reports that network policies cannot say the flow on this cluster: leaving it out would break or open silently. */
export function notExpressible(context: FlowContext, message: string, cure: string): void {
  context.problems.error({
    code: 'FlowNotExpressible',
    path: context.path,
    message: `flow ${context.flow.kind} cannot be written for ${context.profile.name}: ${message}`,
    value: context.flow.kind,
    cure,
  });
}
