import { ClusterCapacity } from './cluster-capacity';
import { Cni } from './cni';
import { Distribution } from './distribution';
import { IngressProfile } from './ingress-profile';
import { LoadBalancerKind } from './load-balancer-kind';
import { StorageClassProfile } from './storage-class-profile';

/** What every kind of cluster may say about itself. */
export interface CommonProfileProps {
  /** Version of Kubernetes: `1.35` or `1.35.2`. */
  readonly version: string;

  /**
   * Name of the cluster.
   *
   * @default - the distribution: `kubeadm`
   */
  readonly name?: string;

  /**
   * Version of the network plugin: `3.32.0`.
   *
   * @default - not known; features that depend on it count as absent
   */
  readonly cniVersion?: string;

  /**
   * Addresses of the nodes.
   *
   * @default - not known; policies that need them cannot be rendered
   */
  readonly nodeCidrs?: string[];

  /**
   * Addresses of the pods.
   *
   * @default - 10.244.0.0/16 (kubeadm, Talos), 10.42.0.0/16 (k3s), those of the nodes (Amazon VPC CNI), else not known
   */
  readonly podCidrs?: string[];

  /**
   * Addresses of the Services.
   *
   * @default - 10.96.0.0/12 (kubeadm, Talos), 10.43.0.0/16 (k3s), 172.20.0.0/16 (EKS), else not known
   */
  readonly serviceCidrs?: string[];

  /**
   * Addresses of the API server's endpoints: the control-plane nodes, or the subnets of its network interfaces; not the address of the `kubernetes` Service.
   *
   * @default - not known; policies that need them cannot be rendered
   */
  readonly apiServerCidrs?: string[];

  /**
   * Port of the API server's endpoints.
   *
   * @default - 443 on EKS, else 6443
   */
  readonly apiServerPort?: number;

  /**
   * DNS domain of the cluster.
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;

  /**
   * Address of a DNS cache on every node: `169.254.20.10`.
   *
   * @default - there is none; pods ask the DNS Service
   */
  readonly nodeLocalDns?: string;

  /**
   * How traffic from outside reaches pods.
   *
   * @default - it does not
   */
  readonly ingress?: IngressProfile;

  /**
   * Ways to get a volume.
   *
   * @default - none
   */
  readonly storageClasses?: StorageClassProfile[];

  /**
   * What a Service of type LoadBalancer gets.
   *
   * @default - LoadBalancerKind.CLOUD on EKS and managed Kubernetes, else LoadBalancerKind.NONE
   */
  readonly loadBalancer?: LoadBalancerKind;

  /**
   * What workloads can have.
   *
   * @default - not known; budgets are not compared with it
   */
  readonly capacity?: ClusterCapacity;
}

/** A cluster of any kind. */
export interface ClusterProfileProps extends CommonProfileProps {
  /** Who builds the control plane. */
  readonly distribution: Distribution;

  /** The network plugin. */
  readonly cni: Cni;
}

/** A cluster made with kubeadm. */
export interface KubeadmProfileProps extends CommonProfileProps {
  /** The network plugin; kubeadm brings none. */
  readonly cni: Cni;
}

/** A cluster of Talos Linux. */
export interface TalosProfileProps extends CommonProfileProps {
  /** The network plugin; the one Talos brings (flannel) enforces no network policy. */
  readonly cni: Cni;
}

/** A cluster of k3s. */
export interface K3sProfileProps extends CommonProfileProps {
  /**
   * The network plugin.
   *
   * @default Cni.KUBE_ROUTER
   */
  readonly cni?: Cni;
}

/** A cluster of Amazon EKS. */
export interface EksProfileProps extends CommonProfileProps {
  /**
   * The network plugin.
   *
   * @default Cni.VPC_CNI
   */
  readonly cni?: Cni;
}
