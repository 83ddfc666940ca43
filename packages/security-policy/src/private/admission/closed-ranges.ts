import { ClusterProfile } from '@viridial/core';
import { METADATA_ADDRESSES } from '../cluster-ranges';
import { textList } from './cel';

/** Blocks that a tenant's own policy must not open: by address instead of by namespace, every pod of others would be in them. */
export function closedRanges(profile: ClusterProfile): string[] {
  return [...METADATA_ADDRESSES.map((address) => `${address}/${address.includes(':') ? 128 : 32}`), ...profile.podCidrs];
}

/**
 * CEL: whether a block leaves the closed ranges closed. One range inside another is opened unless an exception covers it.
 * @param block expression of a block
 * @param exceptions expression of a list of blocks
 * @param profile the cluster
 */
export function leavesClosed(block: string, exceptions: string, profile: ClusterProfile): string {
  const overlaps = `cidr(${block}).containsCIDR(cidr(closed)) || cidr(closed).containsCIDR(cidr(${block}))`;
  return `${textList(closedRanges(profile))}.all(closed, !(${overlaps}) || ${exceptions}.exists(exception, cidr(exception).containsCIDR(cidr(closed))))`;
}

/** In words, for messages. */
export function closedInWords(profile: ClusterProfile): string {
  return closedRanges(profile).join(', ');
}
