/** How the instances of a node group are bought. */
export enum CapacityType {
  /** Not interruptible. Types are tried in the order in which they are listed. */
  ON_DEMAND = 'ON_DEMAND',

  /** Spare capacity at a discount; AWS takes instances back with two minutes' notice. */
  SPOT = 'SPOT',
}

/** What a taint does to pods that do not tolerate it. */
export enum TaintEffect {
  /** They are not scheduled on the node. */
  NO_SCHEDULE = 'NO_SCHEDULE',

  /** They are scheduled on the node only when there is no other. */
  PREFER_NO_SCHEDULE = 'PREFER_NO_SCHEDULE',

  /** They are not scheduled on the node, and those that run on it are evicted. */
  NO_EXECUTE = 'NO_EXECUTE',
}

/** A taint that every node of a group carries. */
export interface NodeTaint {
  /** Key, in the form of a label key. */
  readonly key: string;

  /**
   * Value, in the form of a label value.
   *
   * @default - the taint has a key only
   */
  readonly value?: string;

  /** What it does to pods that do not tolerate it. */
  readonly effect: TaintEffect;
}

/** Size and properties of a node group. */
export interface NodeGroupOptions {
  /** Fewest nodes, 0 or more. */
  readonly min: number;

  /** Most nodes, at least 1 and at least `min`. The budget of addresses is computed for this number. */
  readonly max: number;

  /**
   * Nodes at the start, from `min` to `max`.
   *
   * @default - as many as `min`
   */
  readonly desired?: number;

  /**
   * How the instances are bought.
   *
   * @default CapacityType.ON_DEMAND
   */
  readonly capacityType?: CapacityType;

  /**
   * Size of the encrypted gp3 root volume in GiB, 20 to 16384.
   *
   * @default 50
   */
  readonly diskGibibytes?: number;

  /**
   * Labels of the nodes, beside `viridial.com/node-group`, which holds the name of the group.
   *
   * @default - no other label
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * Taints of the nodes. Add-ons tolerate none by default: leave at least one group without taints.
   *
   * @default - no taint
   */
  readonly taints?: readonly NodeTaint[];
}

/** A group of alike nodes that EKS manages: it replaces, repairs and drains them. */
export class NodeGroup {
  /**
   * A group of nodes of the given types.
   *
   * Nothing is checked here: the planner reports all that is wrong with a platform at once.
   *
   * @param instanceTypes EC2 instance types of one processor architecture, preferred one first
   * @param options size and properties
   */
  public static of(instanceTypes: readonly string[], options: NodeGroupOptions): NodeGroup {
    return new NodeGroup([...instanceTypes], options);
  }

  /** EC2 instance types, preferred one first. */
  public readonly instanceTypes: readonly string[];

  /** Fewest nodes. */
  public readonly min: number;

  /** Most nodes. */
  public readonly max: number;

  /** Nodes at the start. */
  public readonly desired: number;

  /** How the instances are bought. */
  public readonly capacityType: CapacityType;

  /** Size of the root volume in GiB. */
  public readonly diskGibibytes: number;

  /** Labels of the nodes, without the one that holds the group's name. */
  public readonly labels: { readonly [key: string]: string };

  /** Taints of the nodes. */
  public readonly taints: readonly NodeTaint[];

  private constructor(instanceTypes: string[], options: NodeGroupOptions) {
    this.instanceTypes = instanceTypes;
    this.min = options.min;
    this.max = options.max;
    this.desired = options.desired ?? options.min;
    this.capacityType = options.capacityType ?? CapacityType.ON_DEMAND;
    this.diskGibibytes = options.diskGibibytes ?? 50;
    this.labels = { ...options.labels };
    this.taints = [...options.taints ?? []];
  }
}
