import { PortRange } from './port-range';

/** One workload reaches another one. */
export interface ReachabilityPair {
  /** Who opens connections: `Deployment.apps shop/web`. */
  readonly source: string;

  /** Who is talked to: `StatefulSet.apps shop/database`. */
  readonly destination: string;

  /** The open ports, sorted by protocol and port. */
  readonly ports: PortRange[];

  /** The open ports as text: `every port`, `TCP 80, 8000-8999; UDP 53`. */
  readonly portsText: string;
}
