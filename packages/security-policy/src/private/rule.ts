import { ClusterProfile, Problems } from '@viridial/core';
import { Flow } from '../flow';

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

/** Which list of a policy a rule belongs to. */
export type Direction = 'ingress' | 'egress';

/** One entry of `spec.ingress` or `spec.egress`. */
export interface Rule {
  readonly direction: Direction;
  readonly peers: Peer[];
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
