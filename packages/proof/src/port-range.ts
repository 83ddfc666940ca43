import { NetworkProtocol } from '@viridial/core';

/** Ports from the first to the last, both included. */
export interface PortRange {
  /** Transport protocol. */
  readonly protocol: NetworkProtocol;

  /** Lowest port. */
  readonly first: number;

  /** Highest port; the same as `first` for a single one. */
  readonly last: number;
}
