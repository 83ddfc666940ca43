import { NetworkProtocol } from '@viridial/core';

/** Kinds of workload that charts bring. */
export enum WorkloadKind {
  /** Replaceable replicas. */
  DEPLOYMENT = 'Deployment',
  /** Replicas with a name and a volume of their own. */
  STATEFUL_SET = 'StatefulSet',
  /** One pod on every node. */
  DAEMON_SET = 'DaemonSet',
  /** Runs once, such as the hook of a chart. */
  JOB = 'Job',
}

/** A port that a container listens on. */
export interface FootprintPort {
  /** Number, 1 to 65535. */
  readonly port: number;
  /**
   * Name of the port.
   * @default - none
   */
  readonly name?: string;
  /**
   * Transport protocol.
   * @default NetworkProtocol.TCP
   */
  readonly protocol?: NetworkProtocol;
}

/** A folder of the node that a workload mounts. It is the widest door into a node, hence declared by path. */
export interface FootprintHostPath {
  /** Path on the node. */
  readonly path: string;
  /**
   * Whether the workload cannot write to it.
   * @default false
   */
  readonly readOnly?: boolean;
}

/** A container of a workload. */
export interface FootprintContainer {
  /** Name of the container. */
  readonly name: string;
  /**
   * Whether it runs before the others and ends.
   * @default false
   */
  readonly init?: boolean;
  /**
   * Ports that it listens on.
   * @default - none
   */
  readonly ports?: FootprintPort[];
  /**
   * Its `securityContext`, as the chart renders it with our values.
   * @default - none
   */
  readonly securityContext?: { [key: string]: any };
  /**
   * Resources it asks for, by name (`cpu`, `memory`), as Kubernetes quantities.
   * @default - none
   */
  readonly requests?: { [key: string]: string };
  /**
   * Resources it may use at most, by name, as Kubernetes quantities.
   * @default - none
   */
  readonly limits?: { [key: string]: string };
}

/** A workload that an add-on brings, with everything that Pod Security judges. */
export interface FootprintWorkload {
  /** Kind of the workload. */
  readonly kind: WorkloadKind;
  /** Name of the workload. */
  readonly name: string;
  /** Its containers, init containers among them. */
  readonly containers: FootprintContainer[];
  /**
   * Labels of its pods.
   * @default - `app.kubernetes.io/name` with the name of the workload
   */
  readonly labels?: { [key: string]: string };
  /**
   * Number of pods of a Deployment or StatefulSet.
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Service account of its pods.
   * @default - the namespace's `default`, without a token
   */
  readonly serviceAccount?: string;
  /**
   * Whether its pods live in the network of the node.
   * @default false
   */
  readonly hostNetwork?: boolean;
  /**
   * Whether its pods see the processes of the node.
   * @default false
   */
  readonly hostPid?: boolean;
  /**
   * Folders of the node that its pods mount.
   * @default - none
   */
  readonly hostPaths?: FootprintHostPath[];
  /**
   * Size of the volumes that one of its pods claims, together, as a Kubernetes quantity.
   * @default - it claims none
   */
  readonly storage?: string;
  /**
   * The pods' `securityContext`, as the chart renders it with our values.
   * @default - none
   */
  readonly securityContext?: { [key: string]: any };
}
