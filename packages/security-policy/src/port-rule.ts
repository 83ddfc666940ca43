/** What a port rule opens. */
export enum PortTarget {
  /** Every node. */
  NODE = 'node',
  /** The nodes of the control plane. */
  CONTROL_PLANE = 'control-plane',
  /** The nodes that run workloads. */
  WORKER = 'worker',
  /** The addresses of pods, where the network carries them as they are. */
  POD = 'pod',
}

/** Who a port rule lets in. */
export enum PortSource {
  /** The nodes of the cluster, those of the control plane included. */
  NODES = 'nodes',
  /** The nodes of the control plane, or the managed control plane of the provider. */
  CONTROL_PLANE = 'control-plane',
  /** The load balancer of the provider. */
  LOAD_BALANCER = 'load-balancer',
  /** The networks of the administrators. */
  ADMIN_NETWORKS = 'admin-networks',
  /** Everybody on the internet. */
  WORLD = 'world',
}

/** Protocol of a port rule. */
export enum PortProtocol {
  /** TCP. */
  TCP = 'tcp',
  /** UDP. */
  UDP = 'udp',
  /** ICMP and ICMPv6; has no ports. */
  ICMP = 'icmp',
  /** IP in IP, protocol number 4; has no ports. */
  IPIP = 'ipip',
  /** Every protocol; has no ports. */
  ANY = 'any',
}

/** One opening in the firewall of a cluster, in no dialect. What no rule opens is closed. */
export interface PortRule {
  /** Stable name in kebab-case, unique within a matrix; the name of the rule where a dialect has names. */
  readonly id: string;
  /** What is opened. */
  readonly target: PortTarget;
  /** Who is let in. */
  readonly source: PortSource;
  /** The protocol. */
  readonly protocol: PortProtocol;
  /**
   * First port.
   * @default - every port, the only choice for protocols without ports
   */
  readonly fromPort?: number;
  /**
   * Last port, itself included.
   * @default - the first port
   */
  readonly toPort?: number;
  /** Why it is open. */
  readonly reason: string;
}
