import { ClusterProfile, Cni } from '@viridial/core';

/** A cluster that can express everything between pods. */
export const KUBEADM = ClusterProfile.kubeadm({
  version: '1.36',
  cni: Cni.CALICO,
  nodeCidrs: ['192.168.10.0/24'],
  apiServerCidrs: ['192.168.10.11/32'],
  ingress: { className: 'traefik', namespace: 'traefik' },
});

/** An EKS cluster behind an application load balancer. */
export const EKS = ClusterProfile.eks({
  version: '1.35.2',
  nodeCidrs: ['10.0.10.0/24', '10.0.20.0/24', '10.0.30.0/24'],
  apiServerCidrs: ['10.0.10.0/24', '10.0.20.0/24', '10.0.30.0/24'],
  ingress: { className: 'alb', sourceCidrs: ['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24'] },
});
