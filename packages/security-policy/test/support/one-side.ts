import { Cidr } from '@viridial/core';

/** The other end of a connection, seen from the pods of one namespace. */
export interface OtherEnd {
  readonly namespace?: string;
  readonly namespaceLabels?: { [key: string]: string };
  readonly podLabels?: { [key: string]: string };
  readonly address?: string;
}

/** A connection of a pod of the namespace that the policies are for. */
export interface Connection {
  readonly into: boolean;
  readonly podLabels?: { [key: string]: string };
  readonly other: OtherEnd;
  readonly port: number;
  readonly protocol: string;
}

/**
 * Whether the policies of one namespace let a connection through, by the text of the NetworkPolicy API: a second reading
 * that shares nothing with the renderer.
 */
export function lets(policies: any[], connection: Connection): boolean {
  const [type, list, side] = connection.into ? ['Ingress', 'ingress', 'from'] : ['Egress', 'egress', 'to'];
  const selecting = policies.filter((policy) =>
    policy.spec.policyTypes.includes(type) && matches(policy.spec.podSelector, connection.podLabels ?? {}));
  if (selecting.length === 0) return true;
  return selecting.some((policy) => (policy.spec[list] ?? []).some((rule: any) =>
    somePeer(rule[side], policy.metadata.namespace, connection.other) && somePort(rule.ports, connection)));
}

function somePeer(peers: any[] | undefined, namespace: string, other: OtherEnd): boolean {
  if (peers === undefined || peers.length === 0) return true;
  return peers.some((peer) => {
    if (peer.ipBlock) return other.address !== undefined && inBlock(peer.ipBlock, other.address);
    if (other.namespace === undefined) return false;
    const labels = { ...other.namespaceLabels, 'kubernetes.io/metadata.name': other.namespace };
    const right = peer.namespaceSelector ? matches(peer.namespaceSelector, labels) : other.namespace === namespace;
    return right && (!peer.podSelector || matches(peer.podSelector, other.podLabels ?? {}));
  });
}

function inBlock(block: any, address: string): boolean {
  const within = (text: string): boolean => Cidr.parse(text).containsAddress(address);
  return within(block.cidr) && !(block.except ?? []).some(within);
}

function somePort(ports: any[] | undefined, { port, protocol }: Connection): boolean {
  return ports === undefined || ports.length === 0 || ports.some((open) => open.protocol === protocol && (open.port ?? port) === port);
}

function matches(selector: any, labels: { [key: string]: string }): boolean {
  return Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
}
