import { ClusterProfile, ClusterProfileProps, Cni, Distribution } from '@viridial/core';

/** The addresses of the clusters that are not EKS. */
export const ADDRESSES = {
  nodeCidrs: ['192.168.10.0/24'],
  podCidrs: ['10.244.0.0/16'],
  serviceCidrs: ['10.96.0.0/12'],
  apiServerCidrs: ['192.168.10.11/32', '192.168.10.12/32'],
};

/** A kubeadm cluster on a private network, with the CNI of the test and whatever it adds. */
export function profile(cni: Cni, more: Partial<ClusterProfileProps> = {}): ClusterProfile {
  return ClusterProfile.of({
    distribution: Distribution.KUBEADM, version: '1.36', cni, ...ADDRESSES, ingress: { className: 'traefik', namespace: 'traefik' }, ...more,
  });
}

/** An EKS cluster whose pods have addresses of the nodes' subnets, behind an application load balancer. */
export function eks(more: Partial<ClusterProfileProps> = {}): ClusterProfile {
  return ClusterProfile.of({
    distribution: Distribution.EKS,
    version: '1.35',
    cni: Cni.VPC_CNI,
    nodeCidrs: ['10.0.10.0/24', '10.0.20.0/24'],
    podCidrs: ['10.0.10.0/24', '10.0.20.0/24'],
    serviceCidrs: ['172.20.0.0/16'],
    apiServerCidrs: ['10.0.10.0/24', '10.0.20.0/24'],
    ingress: { className: 'alb', sourceCidrs: ['10.0.1.0/24', '10.0.2.0/24'] },
    ...more,
  });
}

/** The CNIs that a cluster of ours can have, each in a cluster where it runs. */
export const GROUNDS: [string, ClusterProfile][] = [
  ['calico', profile(Cni.CALICO)],
  ['cilium', profile(Cni.CILIUM)],
  ['kube-router', profile(Cni.KUBE_ROUTER, { distribution: Distribution.K3S })],
  ['vpc-cni', eks()],
];
