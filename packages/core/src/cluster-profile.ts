import { ClusterCapacity } from './cluster-capacity';
import { ClusterFeature } from './cluster-feature';
import { ClusterProfileProps, EksProfileProps, K3sProfileProps, KubeadmProfileProps, TalosProfileProps } from './cluster-profile-props';
import { Cni } from './cni';
import { Distribution } from './distribution';
import { IngressProfile } from './ingress-profile';
import { KubernetesVersion } from './kubernetes-version';
import { LoadBalancerKind } from './load-balancer-kind';
import { hasFeature } from './private/cluster-features';
import { checkAddresses, checkProfile } from './private/profile-checks';
import { defaultsOf } from './private/profile-defaults';
import { Problems } from './problems';
import { StorageClassProfile } from './storage-class-profile';

/**
 * What one cluster is like, as far as manifests for it depend on that.
 *
 * Targets compute it from their props; whoever has a cluster already takes the preset of its distribution.
 * Addresses are strict and disjoint: nodes, pods and Services never share one, except that Amazon's VPC CNI takes
 * pods' addresses from the nodes' subnets.
 */
export class ClusterProfile {
  /**
   * A cluster of any kind.
   *
   * @param props what it is like
   * @throws InvalidInputError with everything that is wrong with the props
   */
  public static of(props: ClusterProfileProps): ClusterProfile {
    return new ClusterProfile(props);
  }

  /**
   * A cluster made with kubeadm.
   *
   * @param props what it is like
   * @throws InvalidInputError with everything that is wrong with the props
   */
  public static kubeadm(props: KubeadmProfileProps): ClusterProfile {
    return new ClusterProfile({ ...props, distribution: Distribution.KUBEADM });
  }

  /**
   * A cluster of Amazon EKS.
   *
   * @param props what it is like
   * @throws InvalidInputError with everything that is wrong with the props
   */
  public static eks(props: EksProfileProps): ClusterProfile {
    return new ClusterProfile({ ...props, cni: props.cni ?? Cni.VPC_CNI, distribution: Distribution.EKS });
  }

  /**
   * A cluster of Talos Linux.
   *
   * @param props what it is like
   * @throws InvalidInputError with everything that is wrong with the props
   */
  public static talos(props: TalosProfileProps): ClusterProfile {
    return new ClusterProfile({ ...props, distribution: Distribution.TALOS });
  }

  /**
   * A cluster of k3s.
   *
   * @param props what it is like
   * @throws InvalidInputError with everything that is wrong with the props
   */
  public static k3s(props: K3sProfileProps): ClusterProfile {
    return new ClusterProfile({ ...props, cni: props.cni ?? Cni.KUBE_ROUTER, distribution: Distribution.K3S });
  }

  /** Name of the cluster. */
  public readonly name: string;

  /** Who builds the control plane. */
  public readonly distribution: Distribution;

  /** Version of Kubernetes. */
  public readonly version: KubernetesVersion;

  /** The network plugin. */
  public readonly cni: Cni;

  /**
   * Version of the network plugin.
   *
   * @default - not known
   */
  public readonly cniVersion?: string;

  /** Port of the API server's endpoints. */
  public readonly apiServerPort: number;

  /** DNS domain of the cluster. */
  public readonly clusterDomain: string;

  /**
   * Address of a DNS cache on every node.
   *
   * @default - there is none
   */
  public readonly nodeLocalDns?: string;

  /**
   * How traffic from outside reaches pods.
   *
   * @default - it does not
   */
  public readonly ingress?: IngressProfile;

  /** What a Service of type LoadBalancer gets. */
  public readonly loadBalancer: LoadBalancerKind;

  /**
   * What workloads can have.
   *
   * @default - not known
   */
  public readonly capacity?: ClusterCapacity;

  private readonly nodes: string[];
  private readonly pods: string[];
  private readonly services: string[];
  private readonly endpoints: string[];
  private readonly storage: StorageClassProfile[];

  private constructor(props: ClusterProfileProps) {
    const defaults = defaultsOf(props.distribution, props.cni, props);
    this.nodes = [...props.nodeCidrs ?? []];
    this.pods = [...props.podCidrs ?? defaults.podCidrs];
    this.services = [...props.serviceCidrs ?? defaults.serviceCidrs];
    this.endpoints = [...props.apiServerCidrs ?? []];

    const problems = new Problems();
    const version = KubernetesVersion.collect(problems, 'version', props.version);
    checkAddresses(problems, props.cni, { nodeCidrs: this.nodes, podCidrs: this.pods, serviceCidrs: this.services, apiServerCidrs: this.endpoints });
    checkProfile(problems, props);
    problems.throwIfErrors(`profile of cluster '${props.name ?? props.distribution}'`);

    this.name = props.name ?? props.distribution;
    this.distribution = props.distribution;
    this.version = version!;
    this.cni = props.cni;
    this.cniVersion = props.cniVersion;
    this.apiServerPort = props.apiServerPort ?? defaults.apiServerPort;
    this.clusterDomain = props.clusterDomain ?? 'cluster.local';
    this.nodeLocalDns = props.nodeLocalDns;
    this.ingress = props.ingress && { ...props.ingress };
    this.loadBalancer = props.loadBalancer ?? defaults.loadBalancer;
    this.capacity = props.capacity && { ...props.capacity };
    this.storage = [...props.storageClasses ?? []];
  }

  /** Addresses of the nodes, a copy; empty when not known. */
  public get nodeCidrs(): string[] {
    return [...this.nodes];
  }

  /** Addresses of the pods, a copy; empty when not known. */
  public get podCidrs(): string[] {
    return [...this.pods];
  }

  /** Addresses of the Services, a copy; empty when not known. */
  public get serviceCidrs(): string[] {
    return [...this.services];
  }

  /** Addresses of the API server's endpoints, a copy; empty when not known. */
  public get apiServerCidrs(): string[] {
    return [...this.endpoints];
  }

  /** Ways to get a volume, a copy. */
  public get storageClasses(): StorageClassProfile[] {
    return [...this.storage];
  }

  /**
   * Whether the cluster can do something. What depends on a version that is not known counts as absent.
   *
   * @param feature what it should be able to do
   */
  public supports(feature: ClusterFeature): boolean {
    return hasFeature(feature, this.version, this.cni, this.cniVersion);
  }

  /** The profile as a plain object, with every default in place. */
  public toJson(): any {
    const json: { [key: string]: any } = {
      name: this.name,
      distribution: this.distribution,
      version: this.version.toString(),
      cni: this.cni,
      cniVersion: this.cniVersion,
      nodeCidrs: this.nodeCidrs,
      podCidrs: this.podCidrs,
      serviceCidrs: this.serviceCidrs,
      apiServerCidrs: this.apiServerCidrs,
      apiServerPort: this.apiServerPort,
      clusterDomain: this.clusterDomain,
      nodeLocalDns: this.nodeLocalDns,
      ingress: this.ingress && { ...this.ingress },
      storageClasses: this.storage.map((storageClass) => ({ ...storageClass })),
      loadBalancer: this.loadBalancer,
      capacity: this.capacity && { ...this.capacity },
      features: Object.values(ClusterFeature).filter((feature) => this.supports(feature)).sort(),
    };
    for (const key of Object.keys(json)) if (json[key] === undefined) delete json[key];
    return json;
  }
}
