import { NetworkProtocol } from '@viridial/core';
import { Endpoint } from './endpoint';

/** A connection that somebody tries to open. */
export interface Connection {
  /** Who opens it. */
  readonly source: Endpoint;

  /** Who is talked to: the pod behind a Service, not the Service. */
  readonly destination: Endpoint;

  /** Port of the destination, 1 to 65535: the container's, not the Service's. */
  readonly port: number;

  /**
   * Transport protocol.
   *
   * @default NetworkProtocol.TCP
   */
  readonly protocol?: NetworkProtocol;
}
