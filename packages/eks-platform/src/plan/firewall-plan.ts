import { PortProtocol } from '@viridial/security-policy';
import { SubnetUse } from './network-plan';

/** A security group that the stacks make. */
export enum SecurityGroupRole {
  /** On the network interfaces of the control plane, beside the group that EKS makes. */
  CONTROL_PLANE = 'control-plane',

  /** On the mount targets of the file system. */
  FILE_SYSTEM = 'file-system',

  /** On the nodes, and on their pods: with the VPC CNI a pod shares the network interfaces of its node. */
  NODES = 'nodes',
}

/** What a rule lets through. */
export interface TrafficPlan {
  /** The protocol. */
  readonly protocol: PortProtocol;

  /** First port. @default - every port, the only choice for ICMP and ANY */
  readonly fromPort?: number;

  /** Last port, itself included. @default - every port, the only choice for ICMP and ANY */
  readonly toPort?: number;
}

/** One inbound rule of a security group. What no rule lets in stays out. */
export interface SecurityGroupRulePlan extends TrafficPlan {
  /** Id of the row of the port matrix that it is. */
  readonly id: string;

  /** The group that it belongs to. */
  readonly group: SecurityGroupRole;

  /** Group whose members are let in. @default - the rule is for addresses */
  readonly sourceGroup?: SecurityGroupRole;

  /** Blocks from which traffic is let in. @default - the rule is for a group */
  readonly sourceCidrs?: string[];

  /** Why it is open: the reason of the row. */
  readonly reason: string;
}

/** A row of the port matrix that has no rule of its own. */
export interface UnwrittenRowPlan {
  /** Id of the row. */
  readonly id: string;

  /** What the row is for. */
  readonly reason: string;

  /** Why there is no rule. */
  readonly because: string;
}

/** Which way traffic goes, seen from the subnet. */
export enum NetworkAclDirection {
  /** Into the subnet. */
  INBOUND = 'inbound',

  /** Out of the subnet. */
  OUTBOUND = 'outbound',
}

/** One entry of a network ACL. The first that matches a packet, by number, decides; a packet that none matches is dropped. */
export interface NetworkAclEntryPlan extends TrafficPlan {
  /** Which way. */
  readonly direction: NetworkAclDirection;

  /** Place in the order; the same for the same purpose in every plan. */
  readonly number: number;

  /** Whether the packet passes. */
  readonly allow: boolean;

  /** Block of the source (inbound) or of the destination (outbound). */
  readonly cidr: string;

  /** Type and code of ICMP. @default - every one, or the protocol is not ICMP */
  readonly icmp?: { readonly type: number; readonly code: number };

  /** Why: the reason of the row of the port matrix, where it comes from one. */
  readonly reason: string;
}

/** A network ACL with all subnets of its tier. */
export interface NetworkAclPlan {
  /** Name of the tier. */
  readonly name: 'private' | 'public';

  /** Uses of the subnets that it filters. */
  readonly uses: SubnetUse[];

  /** Entries, inbound ones first, by number. */
  readonly entries: NetworkAclEntryPlan[];
}

/**
 * What passes the firewalls of AWS: the port matrix of the cluster, written as security groups (which know connections and
 * groups) and as network ACLs (which know packets and addresses).
 */
export interface FirewallPlan {
  /** Blocks outside the cluster from which administrators reach the API server, summarised; empty for none. */
  readonly adminNetworks: string[];

  /** Blocks from which the load balancers are reached, summarised; empty for none. */
  readonly ingressCidrs: string[];

  /** Inbound rules of the security groups, sorted by group and id. */
  readonly securityGroupRules: SecurityGroupRulePlan[];

  /** Rows of the port matrix without a rule, sorted by id. */
  readonly unwrittenRows: UnwrittenRowPlan[];

  /** Network ACLs; empty when they are left out. */
  readonly networkAcls: NetworkAclPlan[];
}
