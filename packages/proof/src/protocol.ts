import { NetworkProtocol } from '@viridial/core';

/** The protocols of a connection by short names; the values are those of `NetworkProtocol` of `@viridial/core`. */
export class Protocol {
  /** Transmission Control Protocol. */
  public static readonly TCP: NetworkProtocol = NetworkProtocol.TCP;

  /** User Datagram Protocol. */
  public static readonly UDP: NetworkProtocol = NetworkProtocol.UDP;

  /** Stream Control Transmission Protocol. */
  public static readonly SCTP: NetworkProtocol = NetworkProtocol.SCTP;

  private constructor() {}
}
