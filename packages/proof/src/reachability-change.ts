import { PortRange } from './port-range';

/** What has changed for one workload that talks to another one. */
export interface ReachabilityChange {
  /** Who opens connections: `Deployment.apps shop/web`. */
  readonly source: string;

  /** Who is talked to: `StatefulSet.apps shop/database`. */
  readonly destination: string;

  /** The ports that are open and were not, sorted by protocol and port. */
  readonly opened: PortRange[];

  /** They as text: `TCP 80, 8000-8999`, `no port`. */
  readonly openedText: string;

  /** The ports that were open and are not any more, sorted by protocol and port. */
  readonly closed: PortRange[];

  /** They as text. */
  readonly closedText: string;
}
