import { readNumber, CALICO_VERSIONS } from './calico-policy';
import { ADMIN_TIER, BASELINE_TIER } from './cluster-network-policy';
import { isVersion, tellOthers } from './fields';
import { Inventory } from '../../inventory';
import { show } from '../../text';
import { NETWORK_POLICY_TIER, Tier } from '../policy';

/**
 * The tiers of a cluster by name: those that every cluster has, and those of the manifests.
 *
 * @see https://docs.tigera.io/calico/latest/reference/resources/tier
 */
export function readTiers(inventory: Inventory): Map<string, Tier> {
  const tiers = new Map<string, Tier>([NETWORK_POLICY_TIER, ADMIN_TIER, BASELINE_TIER].map((tier) => [tier.name, tier]));
  for (const item of inventory.dialects) {
    if (item.kind !== 'Tier' || !isVersion(item, CALICO_VERSIONS)) continue;
    const spec = item.shape.child('spec');
    if (spec !== undefined) tellOthers(spec, ['order', 'defaultAction']);
    const action = spec?.text('defaultAction') ?? 'Deny';
    if (action !== 'Deny' && action !== 'Pass') spec!.wrong('defaultAction', `${show(action)} is not a default action`, 'Deny, Pass');
    const order = spec === undefined ? undefined : readNumber(spec, 'order');
    // those that Calico makes itself cannot be changed
    if (tiers.has(item.name)) continue;
    tiers.set(item.name, { name: item.name, order: order ?? Infinity, otherwise: action === 'Pass' ? 'pass' : 'deny', denyFirst: false });
  }
  return tiers;
}
