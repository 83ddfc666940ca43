/**
 * One policy of the admission catalogue: what it refuses, why, and which benchmarks ask for it. Its objects are called
 * `viridial-<id>`.
 */
export class AdmissionPolicy {
  /** Nobody but the platform changes what the platform manages. */
  public static readonly MANAGED_OBJECTS = new AdmissionPolicy('managed-objects', {
    refuses: 'changes of objects with the label viridial.com/managed, and the label itself, by others than the platform',
    reason: 'quotas, network policies and role bindings hold a tenant only as long as the tenant cannot change them',
    references: ['MTB-PL1-BC-CPI-2', 'MTB-PL1-CC-TI-1'],
  });

  /** Nobody but the platform changes what policies trust on namespaces. */
  public static readonly TRUSTED_NAMESPACE_LABELS = new AdmissionPolicy('trusted-namespace-labels', {
    refuses: 'labels of namespaces below viridial.com/ and pod-security.kubernetes.io/, and annotations below viridial.com/, by others than the platform',
    reason: 'policies select namespaces by these labels, and Pod Security and this catalogue read from them what is allowed',
    references: ['CIS-5.2.1', 'MTB-PL1-BC-CPI-2'],
  });

  /** Nobody but the platform chooses the labels of pods that flows trust. */
  public static readonly TRUSTED_POD_LABELS = new AdmissionPolicy('trusted-pod-labels', {
    refuses: 'labels of pods below viridial.com/, and those named in trustedPodLabels, by others than the platform',
    reason: 'network policies select pods by them, so whoever sets them chooses what a pod may reach',
    references: ['CIS-5.3.2', 'NSA-CISA-network-separation'],
  });

  /** A tenant's own NetworkPolicy cannot open what the platform has closed. */
  public static readonly NETWORK_POLICY_SHAPE = new AdmissionPolicy('network-policy-shape', {
    refuses: 'rules of NetworkPolicies without peers, with namespaces that are not named, or with blocks that hold pods or the metadata service',
    reason: 'network policies only add, so one rule without peers takes back every other policy of the namespace',
    references: ['CIS-5.3.2', 'NSA-CISA-network-separation'],
  });

  /** The same of Cilium's policies. */
  public static readonly CILIUM_POLICY_SHAPE = new AdmissionPolicy('cilium-policy-shape', {
    refuses: 'the same in CiliumNetworkPolicies, and entities that stand for everybody',
    reason: 'Cilium adds its own policies to the NetworkPolicies of the namespace',
    references: ['CIS-5.3.2', 'NSA-CISA-network-separation'],
  });

  /** The same of Calico's policies. */
  public static readonly CALICO_POLICY_SHAPE = new AdmissionPolicy('calico-policy-shape', {
    refuses: "the same in Calico's NetworkPolicies, other tiers and the action Pass",
    reason: 'Calico decides its own policies before the NetworkPolicies of the namespace when their order says so',
    references: ['CIS-5.3.2', 'NSA-CISA-network-separation'],
  });

  /** Policies of the whole cluster belong to the platform. */
  public static readonly CLUSTER_NETWORK_POLICIES = new AdmissionPolicy('cluster-network-policies', {
    refuses: 'ClusterNetworkPolicies, CiliumClusterwideNetworkPolicies and GlobalNetworkPolicies by others than the platform',
    reason: 'they are decided before, or instead of, the policies of namespaces',
    references: ['CIS-5.3.2', 'MTB-PL1-CC-CPI-1'],
  });

  /** Images come from registries that are trusted. */
  public static readonly ALLOWED_REGISTRIES = new AdmissionPolicy('allowed-registries', {
    refuses: 'images, also in volumes, from registries that are not allowed',
    reason: 'whoever controls a registry decides what runs',
    references: ['CIS-5.5.1', 'NSA-CISA-pod-security'],
  });

  /** Images cannot become others. */
  public static readonly IMMUTABLE_TAGS = new AdmissionPolicy('immutable-tags', {
    refuses: 'images without a tag or with one that is moved, such as latest; a digest is always good',
    reason: 'what runs tomorrow is what was reviewed today, on every node the same',
    references: ['NSA-CISA-pod-security'],
  });

  /** Images that a node has are not run by those who may not pull them. */
  public static readonly PULL_POLICY = new AdmissionPolicy('pull-policy', {
    refuses: 'images by tag with another pull policy than Always',
    reason: 'a node gives what it has to every pod that does not ask the registry',
    references: ['CIS-1.2.11', 'MTB-PL1-CC-DI-1'],
  });

  /** Containers have limits. */
  public static readonly BOUNDED_CONTAINERS = new AdmissionPolicy('bounded-containers', {
    refuses: 'containers without limits of CPU and memory, of their own or of their pod',
    reason: 'a container without limits takes what its neighbours need',
    references: ['MTB-PL1-CC-FNS-1', 'NSA-CISA-resource-policies'],
  });

  /** Pods stay away from their node. */
  public static readonly HOST_ACCESS = new AdmissionPolicy('host-access', {
    refuses: 'host namespaces, host ports, host paths, a chosen node and tolerations of control-plane taints',
    reason: 'a pod that shares its node with the host reaches everything that runs there',
    references: ['CIS-5.2.3', 'CIS-5.2.4', 'CIS-5.2.5', 'CIS-5.2.12', 'CIS-5.2.13', 'MTB-PL1-BC-HI-1', 'MTB-PL1-BC-HI-3', 'MTB-PL1-BC-HI-4', 'MTB-PL1-BC-HI-5', 'NSA-CISA-pod-security'],
  });

  /** The outside comes through the ingress. */
  public static readonly SERVICE_EXPOSURE = new AdmissionPolicy('service-exposure', {
    refuses: 'Services of type NodePort and ExternalName, external IPs, and load balancers that are not allowed or open to everybody',
    reason: 'the outside comes through the ingress, where every host has an owner',
    references: ['CVE-2020-8554', 'MTB-PL1-BC-HI-1', 'NSA-CISA-network-separation'],
  });

  /** Every host has one owner. */
  public static readonly INGRESS_HOSTS = new AdmissionPolicy('ingress-hosts', {
    refuses: 'hosts of others in Ingresses, gateways, routes and DNS annotations, and rules for every host',
    reason: 'a host without an owner belongs to whoever writes it first',
    references: ['NSA-CISA-network-separation'],
  });

  /** Claims get new volumes of classes for tenants. */
  public static readonly STORAGE_CLASSES = new AdmissionPolicy('storage-classes', {
    refuses: 'claims of other storage classes, of no class, of a certain volume, and copies from other namespaces',
    reason: 'a volume that was there before may hold data of somebody else',
    references: ['MTB-pending-existing-volumes', 'MTB-PL1-CC-FNS-1'],
  });

  /** Pods have no higher priority than the platform gave. */
  public static readonly PRIORITY_CLASSES = new AdmissionPolicy('priority-classes', {
    refuses: 'priority classes that are not allowed, those of the system among them',
    reason: 'a pod of a higher class pushes pods of others off a full node',
    references: ['NSA-CISA-resource-policies'],
  });

  /** Pods hold a token only when somebody asked for it. */
  public static readonly TOKEN_AUTOMOUNT = new AdmissionPolicy('token-automount', {
    refuses: 'pods that do not say whether they get a token, and tokens of the default service account, in volumes too',
    reason: 'somebody inside a pod has the rights of its token',
    references: ['CIS-5.1.5', 'CIS-5.1.6', 'NSA-CISA-authentication'],
  });

  /** The catalogue, by id. */
  public static all(): AdmissionPolicy[] {
    return Object.values(AdmissionPolicy)
      .filter((value): value is AdmissionPolicy => value instanceof AdmissionPolicy)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /**
   * The catalogue without some.
   * @param left what is left out; each opens what it would refuse
   */
  public static allBut(left: AdmissionPolicy[]): AdmissionPolicy[] {
    const ids = new Set(left.map(({ id }) => id));
    return AdmissionPolicy.all().filter(({ id }) => !ids.has(id));
  }

  /** Stable name of the policy. */
  public readonly id: string;
  /** What it refuses, in words. */
  public readonly refuses: string;
  /** Why. */
  public readonly reason: string;
  /** Items of benchmarks: CIS Kubernetes Benchmark, NSA/CISA hardening guide, Multi-Tenancy Benchmark, CVE. */
  public readonly references: string[];

  private constructor(id: string, about: About) {
    this.id = id;
    this.refuses = about.refuses;
    this.reason = about.reason;
    this.references = [...about.references];
  }

  /** Name of its objects. */
  public get objectName(): string {
    return `viridial-${this.id}`;
  }
}

interface About {
  readonly refuses: string;
  readonly reason: string;
  readonly references: string[];
}
