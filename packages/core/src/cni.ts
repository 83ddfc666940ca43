/** The network plugin of a cluster, which decides how network policies are read. */
export enum Cni {
  /** Project Calico. */
  CALICO = 'calico',

  /** Cilium. */
  CILIUM = 'cilium',

  /** Amazon VPC CNI with its network policy agent: pods have addresses of the VPC's subnets. */
  VPC_CNI = 'vpc-cni',

  /** kube-router's policy controller, which k3s runs unless told otherwise. */
  KUBE_ROUTER = 'kube-router',
}
