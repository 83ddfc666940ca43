/** Transport protocols that a network policy tells apart. */
export enum NetworkProtocol {
  /** Transmission Control Protocol. */
  TCP = 'TCP',

  /** User Datagram Protocol. */
  UDP = 'UDP',

  /** Stream Control Transmission Protocol. */
  SCTP = 'SCTP',
}

/** One side of a flow: pods of a namespace, pods of all but some namespaces, or addresses. Exactly one of `namespace`, `exceptNamespaces` and `cidr` is set. */
export interface NetworkParty {
  /**
   * The namespace whose pods are meant.
   *
   * @default - the party is `exceptNamespaces` or `cidr`
   */
  readonly namespace?: string;

  /**
   * Every pod of every namespace of the judged manifests other than these.
   *
   * @default - the party is `namespace` or `cidr`
   */
  readonly exceptNamespaces?: string[];

  /**
   * Only the pods with all of these labels.
   *
   * @default - every pod
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * The addresses that are meant, which no pod has.
   *
   * @default - the party is `namespace` or `exceptNamespaces`
   */
  readonly cidr?: string;
}

/** Where a flow arrives. */
export interface NetworkPort {
  /**
   * Number of the port on the pod or host, 1 to 65535.
   *
   * @default - any port
   */
  readonly port?: number;

  /**
   * Transport protocol.
   *
   * @default NetworkProtocol.TCP
   */
  readonly protocol?: NetworkProtocol;
}

/** Somebody talks to somebody. */
export interface FlowStatement {
  /** Who opens the connection. */
  readonly source: NetworkParty;

  /** Who is talked to. */
  readonly destination: NetworkParty;

  /**
   * Where the flow arrives; all of them are meant.
   *
   * @default - any port of any protocol
   */
  readonly ports?: NetworkPort[];

  /** Why the policy says so, in a sentence. */
  readonly reason: string;
}
