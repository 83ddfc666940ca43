/** What a subnet is for. */
export enum SubnetUse {
  /** Load balancers and NAT gateways: a route to the internet. */
  PUBLIC = 'public',

  /** Nodes, mount targets, databases: a route to a NAT gateway. */
  PRIVATE = 'private',

  /** Pods, when they have a range of their own: a route to a NAT gateway. */
  PODS = 'pods',
}

/** One subnet. */
export interface SubnetPlan {
  /** Name: use and zone, `private-eu-west-1a`. */
  readonly name: string;

  /** What it is for. */
  readonly use: SubnetUse;

  /** Availability zone. */
  readonly zone: string;

  /** Address block. */
  readonly cidr: string;

  /** Addresses that can be used: all but the five that AWS keeps. */
  readonly usable: number;
}

/** The VPC and what is in it. */
export interface NetworkPlan {
  /** Block of the VPC. */
  readonly vpcCidr: string;

  /** Further block for pods. @default - pods take addresses of the private subnets */
  readonly secondaryCidr?: string;

  /** Block of the service addresses, outside the VPC. */
  readonly serviceCidr: string;

  /** Availability zones, in the order of the subnets. */
  readonly zones: string[];

  /** Subnets, by use, then in the order of the zones. */
  readonly subnets: SubnetPlan[];

  /** NAT gateways, in the first zones. */
  readonly natGateways: number;
}
