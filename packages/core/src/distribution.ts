/** Who builds the control plane. */
export enum Distribution {
  /** Amazon Elastic Kubernetes Service. */
  EKS = 'eks',

  /** kubeadm on machines of one's own. */
  KUBEADM = 'kubeadm',

  /** Talos Linux. */
  TALOS = 'talos',

  /** k3s. */
  K3S = 'k3s',

  /** A provider's managed Kubernetes. */
  KAAS = 'kaas',
}
