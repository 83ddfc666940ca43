import { Cidr, Cni } from '@viridial/core';
import { ADDRESSES } from './profiles';

/** The other end of a connection, seen from the pods of one namespace. */
export interface OtherEnd {
  readonly namespace?: string;
  readonly namespaceLabels?: { [key: string]: string };
  readonly podLabels?: { [key: string]: string };
  readonly address?: string;
  /** An identity of Cilium's that has no address to be known by. */
  readonly entity?: string;
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
 * Whether the policies of one namespace let a connection through, by the texts of the NetworkPolicy API and of Cilium: a
 * second reading that shares nothing with the renderer.
 */
export function lets(policies: any[], connection: Connection, cni?: Cni): boolean {
  return cni === Cni.CILIUM ? letsUnderCilium(policies, connection) : letsByAddress(policies, connection);
}

function letsByAddress(policies: any[], connection: Connection): boolean {
  const selecting = policies.filter((policy) => policy.spec.policyTypes.includes(connection.into ? 'Ingress' : 'Egress')
    && matches(policy.spec.podSelector, connection.podLabels ?? {}));
  return selecting.length === 0 || selecting.some((policy) => opens(policy, connection));
}

/** Under Cilium a node and the API server are no addresses but identities; what it has of both kinds adds up. */
function letsUnderCilium(policies: any[], connection: Connection): boolean {
  const identities = identitiesOf(connection.other);
  const unaddressed = identities.length > 0 ? { ...connection, other: { ...connection.other, address: undefined } } : connection;
  const plain = policies.filter(({ kind }) => kind === 'NetworkPolicy');
  const special = policies.filter(({ kind, spec }) => kind === 'CiliumNetworkPolicy' && matches(spec.endpointSelector, connection.podLabels ?? {}));
  const [list, side] = connection.into ? ['ingress', 'fromEntities'] : ['egress', 'toEntities'];
  return letsByAddress(plain, unaddressed) || special.some(({ spec }) => (spec[list] ?? []).some((rule: any) =>
    rule[side].some((entity: string) => identities.includes(entity)) && someCiliumPort(rule.toPorts, connection)));
}

function identitiesOf({ address, entity }: OtherEnd): string[] {
  if (entity !== undefined) return [entity];
  const within = (blocks: string[]): boolean => address !== undefined && blocks.some((text) => Cidr.parse(text).containsAddress(address));
  if (within(ADDRESSES.apiServerCidrs)) return ['kube-apiserver', 'remote-node'];
  return within(ADDRESSES.nodeCidrs) ? ['remote-node'] : [];
}

function someCiliumPort(entries: any[] | undefined, { port, protocol }: Connection): boolean {
  return entries === undefined || entries.flatMap(({ ports }) => ports).some((open) =>
    open.protocol === protocol && Number(open.port) <= port && port <= (open.endPort ?? Number(open.port)));
}

function opens(policy: any, connection: Connection): boolean {
  const [list, side] = connection.into ? ['ingress', 'from'] : ['egress', 'to'];
  return (policy.spec[list] ?? []).some((rule: any) =>
    somePeer(rule[side], policy.metadata.namespace, connection.other) && somePort(rule.ports, connection));
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
