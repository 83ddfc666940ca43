import { ClusterFeature } from '../cluster-feature';
import { Cni } from '../cni';
import { KubernetesVersion } from '../kubernetes-version';

/** First version of a network plugin that enforces ClusterNetworkPolicy, and of Kubernetes beside it. */
const CLUSTER_NETWORK_POLICY: { [cni in Cni]?: { readonly cni: number[]; readonly kubernetes: string } } = {
  // https://docs.tigera.io/calico/3.32/network-policy/policy-tiers/tiered-policy; its definitions are in the tag v3.32.1
  [Cni.CALICO]: { cni: [3, 32, 0], kubernetes: '1.29' },
  // https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
  [Cni.VPC_CNI]: { cni: [1, 21, 1], kubernetes: '1.29' },
};

/** First minor version in which a feature of Kubernetes itself is on without asking. */
const SINCE: { [feature in Exclude<ClusterFeature, ClusterFeature.CLUSTER_NETWORK_POLICY>]: string } = {
  // KEP-3488
  [ClusterFeature.VALIDATING_ADMISSION_POLICY]: '1.30',
  // KEP-3962
  [ClusterFeature.MUTATING_ADMISSION_POLICY]: '1.36',
  // KEP-127
  [ClusterFeature.USER_NAMESPACES]: '1.33',
};

/** Whether a cluster has a feature; unknown versions have not. */
export function hasFeature(feature: ClusterFeature, version: KubernetesVersion, cni: Cni, cniVersion: string | undefined): boolean {
  if (feature !== ClusterFeature.CLUSTER_NETWORK_POLICY) return version.isAtLeast(SINCE[feature]);
  const since = CLUSTER_NETWORK_POLICY[cni];
  return since !== undefined && cniVersion !== undefined && version.isAtLeast(since.kubernetes) && isFrom(cniVersion, since.cni);
}

function isFrom(version: string, least: number[]): boolean {
  const parts = version.replace(/^v/, '').split(/[-+]/)[0].split('.').map(Number);
  for (let index = 0; index < least.length; index++) {
    const difference = (parts[index] ?? 0) - least[index];
    if (difference !== 0) return difference > 0;
  }
  return true;
}
