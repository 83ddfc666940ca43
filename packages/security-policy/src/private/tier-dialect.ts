import { ClusterFeature, ClusterProfile, Cni } from '@viridial/core';
import { isCniFrom } from './cni-version';

/** Languages for what a namespace cannot override. */
export type TierDialect = 'aws' | 'calico' | 'cilium' | 'cluster-network-policy';

/**
 * The language of a cluster, or nothing when it has none that the profile knows of. kube-router has none; of the others it
 * depends on the version, and a version that is not known counts as too old.
 */
export function dialectOf(profile: ClusterProfile): TierDialect | undefined {
  const standard = profile.supports(ClusterFeature.CLUSTER_NETWORK_POLICY);
  switch (profile.cni) {
    // EKS installs definitions of its own group, with ports written in another way (aws/amazon-network-policy-controller-k8s pkg/crd/crds.yaml)
    case Cni.VPC_CNI: return standard ? 'aws' : undefined;
    // tiers came to Calico's open source with 3.30, `defaultAction` with them (https://docs.tigera.io/calico/latest/network-policy/policy-tiers/tiered-policy)
    case Cni.CALICO: return standard ? 'cluster-network-policy' : isCniFrom(profile, 3, 30) ? 'calico' : undefined;
    // `enableDefaultDeny` and ranges of ports came with 1.16: they are in its definitions and not in those of 1.15
    case Cni.CILIUM: return isCniFrom(profile, 1, 16) ? 'cilium' : undefined;
    case Cni.KUBE_ROUTER: return undefined;
  }
}

/** What would give the cluster a language, for the cure of the problem. */
export function whatIsMissing(cni: Cni): string {
  switch (cni) {
    case Cni.VPC_CNI: return 'the VPC CNI from 1.21.1 on Kubernetes from 1.29';
    case Cni.CALICO: return 'calico from 3.30';
    case Cni.CILIUM: return 'cilium from 1.16';
    case Cni.KUBE_ROUTER: return 'another network plugin: kube-router has no policies above those of a namespace';
  }
}
