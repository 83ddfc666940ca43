/** The address blocks of the subnets, one per zone, in the order of the zones. */
export interface SubnetBlocks {
  /** Blocks of the subnets with a route to the internet: load balancers and NAT gateways, never nodes. */
  readonly public: string[];

  /** Blocks of the subnets behind the NAT gateways: nodes, pods, mount targets, databases. */
  readonly private: string[];
}

/**
 * Where the cluster lives: the block of the VPC and the blocks of its subnets.
 *
 * Blocks are given exactly, because address plans are agreed with other networks (peerings, VPNs, firewalls)
 * and a computed layout would move when a zone is added.
 */
export class Subnets {
  /**
   * A layout whose every block is named.
   *
   * Nothing is checked here: the planner reports all that is wrong with a platform at once.
   *
   * @param vpcCidr block of the VPC, /16 to /28
   * @param blocks one public and one private block per zone, /16 to /28, inside the VPC
   */
  public static exact(vpcCidr: string, blocks: SubnetBlocks): Subnets {
    return new Subnets(vpcCidr, [...blocks.public], [...blocks.private]);
  }

  /** Block of the VPC. */
  public readonly vpcCidr: string;

  /** Blocks of the public subnets, in the order of the zones. */
  public readonly public: readonly string[];

  /** Blocks of the private subnets, in the order of the zones. */
  public readonly private: readonly string[];

  private constructor(vpcCidr: string, publicBlocks: string[], privateBlocks: string[]) {
    this.vpcCidr = vpcCidr;
    this.public = publicBlocks;
    this.private = privateBlocks;
  }
}
