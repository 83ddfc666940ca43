import { ClusterFeature, ClusterProfile, Cni } from '@viridial/core';
import { readCalicoPolicy } from './calico-policy';
import { readTiers } from './calico-tiers';
import { CILIUM_TIER, readCiliumPolicies } from './cilium-policy';
import { readClusterNetworkPolicy } from './cluster-network-policy';
import { Inventory, Item } from '../../inventory';
import { PolicyDialect } from '../../kinds';
import { NETWORK_POLICY_TIER, Policy, Tier } from '../policy';

/** Whether the network plugin of a cluster does what policies of a dialect say. */
export function speaks(profile: ClusterProfile, dialect: PolicyDialect): boolean {
  if (dialect === 'Cilium') return profile.cni === Cni.CILIUM;
  if (dialect === 'Calico') return profile.cni === Cni.CALICO;
  return profile.supports(ClusterFeature.CLUSTER_NETWORK_POLICY) && (dialect !== 'Amazon' || profile.cni === Cni.VPC_CNI);
}

/** Reads the policies of the network plugin beside NetworkPolicy v1; those that it does not know have no effect. */
export function readDialects(inventory: Inventory, profile: ClusterProfile | undefined): Policy[] {
  if (profile === undefined) return [];
  const items = inventory.dialects.filter(({ judged }) => speaks(profile, judged.dialect!));
  if (items.length === 0) return [];
  const tiers = readTiers(inventory);
  return items.flatMap((item) => readItem(item, profile, tiers));
}

function readItem(item: Item, { cni }: ClusterProfile, tiers: ReadonlyMap<string, Tier>): Policy[] {
  switch (item.judged.dialect) {
    case 'Cilium': return readCiliumPolicies(item);
    case 'Amazon':
    case 'ClusterNetworkPolicy': return [readClusterNetworkPolicy(item, cni) ?? []].flat();
    default: return item.kind === 'Tier' ? [] : [readCalicoPolicy(item, tiers) ?? []].flat();
  }
}

/** The tier in which a network plugin has NetworkPolicy v1. */
export function tierOfNetworkPolicies(profile: ClusterProfile | undefined): Tier {
  return profile?.cni === Cni.CILIUM ? CILIUM_TIER : NETWORK_POLICY_TIER;
}
