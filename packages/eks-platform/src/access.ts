/** Who may reach the API server, and as what. */
export interface AccessOptions {
  /**
   * IAM roles that administer the cluster, each as an access entry with the policy `AmazonEKSClusterAdminPolicy`. Whoever
   * may assume such a role may do everything in the cluster.
   *
   * A role is written as its name (with its path if it has one) when it is of the cluster's account, as
   * `ssm:/path/of/parameter` when a Systems Manager parameter holds its ARN (the names of IAM Identity Center's roles end at
   * random), or as its ARN.
   *
   * @default - nobody; only the deployment itself has access, and an access entry must be added by hand
   */
  readonly administrators?: readonly string[];

  /**
   * IAM roles that may look at everything but secrets, each as an access entry with the policy `AmazonEKSViewPolicy`;
   * named like administrators.
   *
   * @default - nobody
   */
  readonly viewers?: readonly string[];

  /**
   * Networks outside the cluster (a VPN, a peered VPC, a Direct Connect, a host in the VPC) from which administrators reach the
   * private endpoint and see whether a node answers. This exposes the Kubernetes API to every machine in them; a valid IAM
   * identity is needed beyond that. How packets get from there into the VPC and back is not this library's.
   *
   * @default - none: the API server is reached from the nodes only
   */
  readonly networks?: readonly string[];

  /**
   * IAM roles of people of tenants, by the group that a tenant names as a member: `{ shop: ['ShopDevelopers'] }` for
   * `Role.developer('group:shop')`. Each is an access entry in these groups and without a policy of EKS, whose policies for
   * namespaces would let a tenant change its own quotas and network policies; named like administrators.
   *
   * @default - people of tenants come by another way, or not at all
   */
  readonly groups?: { readonly [group: string]: readonly string[] };

  /**
   * Opens the API server to the internet, for these source addresses only. This exposes the Kubernetes API, and
   * with it every flaw of it, to whoever can send from them; a valid IAM identity is needed beyond that. The private
   * endpoint stays open.
   *
   * @default - no public endpoint: the API server is reached from the nodes, and from `networks`
   */
  readonly publicEndpointCidrs?: readonly string[];
}

/** Who may reach the API server of the cluster, and as what. Nobody from outside the VPC unless said otherwise. */
export class Access {
  /**
   * Access as described. Nothing is checked here: the planner reports all that is wrong with a platform at once.
   *
   * @param options who, and from where
   */
  public static of(options: AccessOptions): Access {
    return new Access(options);
  }

  /** IAM roles that administer the cluster, as names, `ssm:` parameters or ARNs. */
  public readonly administrators: readonly string[];

  /** IAM roles that may look, as names, `ssm:` parameters or ARNs. */
  public readonly viewers: readonly string[];

  /** Networks from which administrators reach the private endpoint. */
  public readonly networks: readonly string[];

  /** IAM roles of people of tenants by group, as names, `ssm:` parameters or ARNs. */
  public readonly groups: { readonly [group: string]: readonly string[] };

  /** Whether the API server has a public endpoint. */
  public readonly publicEndpoint: boolean;

  /** Source addresses that the public endpoint accepts; empty without one. */
  public readonly publicEndpointCidrs: readonly string[];

  private constructor(options: AccessOptions) {
    this.administrators = [...options.administrators ?? []];
    this.viewers = [...options.viewers ?? []];
    this.networks = [...options.networks ?? []];
    this.groups = Object.fromEntries(Object.entries(options.groups ?? {}).map(([group, roles]) => [group, [...roles]]));
    this.publicEndpoint = options.publicEndpointCidrs !== undefined;
    this.publicEndpointCidrs = [...options.publicEndpointCidrs ?? []];
  }
}
