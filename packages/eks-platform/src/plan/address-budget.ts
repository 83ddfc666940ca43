/** How many VPC addresses the nodes of one group take. */
export interface NodeGroupAddresses {
  /** Name of the group. */
  readonly name: string;

  /** Most nodes. */
  readonly nodes: number;

  /** Addresses of one node of the type that takes fewest, when it is full of pods. */
  readonly leastPerNode: number;

  /** Addresses of one node of the type that takes most, when it is full of pods. */
  readonly mostPerNode: number;

  /** Pods that one node can run, of the type that runs fewest. */
  readonly podsPerNode: number;
}

/** One kind of subnets, and whether its addresses suffice. */
export interface AddressPool {
  /** Whose addresses: nodes and pods together, or one of them when pods have a range of their own. */
  readonly use: 'nodes-and-pods' | 'nodes' | 'pods';

  /** Addresses that can be used: those of the subnets without the five that AWS keeps in each. */
  readonly usable: number;

  /** Addresses set aside for what is neither node nor pod: control plane, mount targets, functions. */
  readonly reserved: number;

  /** Addresses at the most nodes, if all are of the type that takes fewest. */
  readonly least: number;

  /** Addresses at the most nodes, if all are of the type that takes most. */
  readonly most: number;

  /** Addresses at the desired nodes, if all are of the type that takes fewest. */
  readonly leastAtDesired: number;

  /** Whether the most nodes fit, even in the zone that gets one more than the others. */
  readonly fits: boolean;
}

/**
 * Whether the subnets hold the nodes and pods asked for.
 *
 * With the VPC CNI every pod takes an address of the VPC, and a node attaches network interfaces, each with
 * all its addresses, until its pods have one each.
 */
export interface AddressBudget {
  /** The groups, sorted by name; those with an unknown instance type are left out. */
  readonly groups: NodeGroupAddresses[];

  /** The subnets by use. */
  readonly pools: AddressPool[];

  /** Instance types whose addresses are not known, so that the budget is only a part of the truth. */
  readonly unknownInstanceTypes: string[];
}
