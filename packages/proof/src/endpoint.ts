/** What an endpoint is. */
export enum EndpointKind {
  /** The pods of one object of the manifests. */
  WORKLOAD = 'workload',

  /** A pod that is not in the manifests but could be. */
  PROBE = 'probe',

  /** An address that is no pod of the manifests. */
  ADDRESS = 'address',
}

/** One side of a connection. */
export class Endpoint {
  /**
   * A Pod of the manifests.
   *
   * @param namespace its namespace
   * @param name its name
   */
  public static pod(namespace: string, name: string): Endpoint {
    return Endpoint.workload(namespace, 'Pod', name);
  }

  /**
   * The pods that an object of the manifests makes, or that name it as their controller.
   *
   * @param namespace its namespace
   * @param kind its kind: `Deployment`, `StatefulSet`, `DaemonSet`, `ReplicaSet`, `ReplicationController`, `Job`, `CronJob`, `Pod`
   * @param name its name
   */
  public static workload(namespace: string, kind: string, name: string): Endpoint {
    return new Endpoint(EndpointKind.WORKLOAD, { namespace, workloadKind: kind, name });
  }

  /**
   * A pod that somebody could create: what would it reach, and who would reach it?
   *
   * @param namespace its namespace, which need not be in the manifests
   * @param labels its labels
   */
  public static probe(namespace: string, labels: { [key: string]: string } = {}): Endpoint {
    return new Endpoint(EndpointKind.PROBE, { namespace, labels: { ...labels } });
  }

  /**
   * An address outside: of a node, of the API server, of the internet. Selectors never match it, and no policy applies to it.
   * With a profile the network plugin decides what it is: the address of a running pod of the manifests is that pod, addresses
   * of nodes and of the API server are what the plugin takes them for.
   *
   * @param address an IPv4 or IPv6 address
   */
  public static ip(address: string): Endpoint {
    return new Endpoint(EndpointKind.ADDRESS, { address });
  }

  /** What the endpoint is. */
  public readonly kind: EndpointKind;

  /**
   * The namespace.
   *
   * @default - the endpoint is an address
   */
  public readonly namespace?: string;

  /**
   * Kind of the object.
   *
   * @default - the endpoint is no workload
   */
  public readonly workloadKind?: string;

  /**
   * Name of the object.
   *
   * @default - the endpoint is no workload
   */
  public readonly name?: string;

  /**
   * Labels of the pod.
   *
   * @default - the endpoint is no probe
   */
  public readonly labels?: { [key: string]: string };

  /**
   * The address.
   *
   * @default - the endpoint is no address
   */
  public readonly address?: string;

  private constructor(kind: EndpointKind, fields: Partial<Pick<Endpoint, 'namespace' | 'workloadKind' | 'name' | 'labels' | 'address'>>) {
    this.kind = kind;
    this.namespace = fields.namespace;
    this.workloadKind = fields.workloadKind;
    this.name = fields.name;
    this.labels = fields.labels;
    this.address = fields.address;
  }

  /** `Deployment shop/web`, `a pod in shop labelled app=web`, `203.0.113.7`. */
  public toString(): string {
    if (this.kind === EndpointKind.ADDRESS) return this.address!;
    if (this.kind === EndpointKind.WORKLOAD) return `${this.workloadKind} ${this.namespace}/${this.name}`;
    const labels = Object.keys(this.labels!).sort().map((key) => `${key}=${this.labels![key]}`);
    return `a pod in ${this.namespace} ${labels.length === 0 ? 'without labels' : `labelled ${labels.join(', ')}`}`;
  }
}
