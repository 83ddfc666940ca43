import { CapacityType, NodeTaint } from '../node-group';

/** One managed node group. */
export interface NodeGroupPlan {
  /** Name that the user gave. */
  readonly name: string;

  /**
   * Name of the group in AWS: the user's and a mark of everything whose change makes EKS replace the group, because
   * CloudFormation makes the new group before it removes the old one and two groups cannot share a name.
   */
  readonly physicalName: string;

  /** EC2 instance types, preferred one first. */
  readonly instanceTypes: string[];

  /** AMI that EKS keeps for this architecture. */
  readonly amiType: 'AL2023_x86_64_STANDARD' | 'AL2023_ARM_64_STANDARD';

  /** How the instances are bought. */
  readonly capacityType: CapacityType;

  /** Fewest nodes. */
  readonly min: number;

  /** Most nodes. */
  readonly max: number;

  /** Nodes at the start. */
  readonly desired: number;

  /** Size of the encrypted gp3 root volume in GiB. */
  readonly diskGibibytes: number;

  /** Labels of the nodes, the one with the group's name included. */
  readonly labels: { [key: string]: string };

  /** Taints of the nodes. */
  readonly taints: NodeTaint[];
}
