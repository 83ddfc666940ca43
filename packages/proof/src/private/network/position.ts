import { Address } from './address';

/**
 * Whom a network plugin knows by something else than labels. The names are those of Cilium's entities; nodes are
 * `remote-node` to every plugin.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/#entities-based
 */
export type Entity = 'cluster' | 'host' | 'remote-node' | 'kube-apiserver' | 'world' | 'world-ipv4' | 'world-ipv6';

/** Where a party may stand in the network, as blocks and entities of rules see it. */
export interface Position {
  /** An address that speaks for a stretch of addresses; absent when blocks never match it. */
  readonly address?: Address;
  readonly entities: readonly Entity[];
}

/** Equal for positions that no rule can tell apart. */
export function positionKey({ address, entities }: Position): string {
  return `${address === undefined ? '' : `${address.version} ${address.value}`} ${entities.join()}`;
}
