import { NetworkPort } from '@viridial/core';
import { FlowKind } from './flow-kind';
import {
  CidrFlowProps, FlowProps, InternetFlowProps, MetricsInFlowProps, MetricsOutFlowProps, NamespaceFlowProps, PortsFlowProps, WebhookFlowProps,
} from './flow-props';

/**
 * One statement of who may talk to whom, seen from one namespace and free of any dialect. `NetworkPolicies` writes flows
 * for a cluster; nothing is checked before, so that all mistakes are reported together.
 */
export class Flow {
  /**
   * Pods may ask the cluster's DNS on port 53, UDP and TCP (answers above 1,232 bytes are repeated over TCP). Covers
   * node-local DNS when the profile has it.
   */
  public static dns(props: FlowProps = {}): Flow {
    return new Flow(FlowKind.DNS, 'names are looked up in the cluster DNS', props);
  }

  /** Pods may call the Kubernetes API server at the addresses and the port of the profile. */
  public static kubeApiServer(props: FlowProps = {}): Flow {
    return new Flow(FlowKind.KUBE_API_SERVER, 'pods call the Kubernetes API', props);
  }

  /** The API server may call the webhooks of the pods. */
  public static webhookIn(props: WebhookFlowProps): Flow {
    return new Flow(FlowKind.WEBHOOK_IN, 'the API server calls admission and conversion webhooks', props);
  }

  /**
   * The ingress controller of the profile may call the pods: a namespace, the nodes when it runs on the host network, or
   * the addresses of a load balancer that targets pods. Without `ports` every TCP port.
   */
  public static ingressIn(props: PortsFlowProps = {}): Flow {
    return new Flow(FlowKind.INGRESS_IN, 'the ingress controller brings requests in', props);
  }

  /** The pods of a monitoring namespace may scrape the pods. Without `ports` every TCP port. */
  public static metricsIn(props: MetricsInFlowProps): Flow {
    return new Flow(FlowKind.METRICS_IN, `metrics are scraped from ${props.fromNamespace}`, props, { namespace: props.fromNamespace });
  }

  /** The pods may scrape every namespace of a platform, as far as these admit it. Without `ports` every TCP port. */
  public static metricsOut(props: MetricsOutFlowProps): Flow {
    return new Flow(FlowKind.METRICS_OUT, `metrics of platform ${props.platform} are scraped`, props, { platform: props.platform });
  }

  /** The pods of the namespace may talk to each other, in both directions and on every port. */
  public static sameNamespace(props: FlowProps = {}): Flow {
    return new Flow(FlowKind.SAME_NAMESPACE, 'the pods of one namespace work together', props);
  }

  /** Another namespace may call the pods. Without `ports` every port and protocol. */
  public static namespaceIn(props: NamespaceFlowProps): Flow {
    return new Flow(FlowKind.NAMESPACE_IN, `${props.namespace} calls`, props, { namespace: props.namespace, peerPodLabels: props.peerPodLabels });
  }

  /** The pods may call another namespace, as far as that one admits it. Without `ports` every port and protocol. */
  public static namespaceOut(props: NamespaceFlowProps): Flow {
    return new Flow(FlowKind.NAMESPACE_OUT, `${props.namespace} is called`, props, { namespace: props.namespace, peerPodLabels: props.peerPodLabels });
  }

  /**
   * The pods may call the internet. Exposes whatever a pod knows to everybody outside. Link-local addresses (the
   * instance metadata service), the ranges of the cluster and private networks stay closed. Without `ports` every port.
   */
  public static internet(props: InternetFlowProps = {}): Flow {
    return new Flow(FlowKind.INTERNET, 'pods call the internet', props, { except: props.except, privateNetworks: props.privateNetworks });
  }

  /** Addresses outside the cluster may call the pods. Exposes the pods to everybody at these addresses. */
  public static cidrIn(props: CidrFlowProps): Flow {
    return new Flow(FlowKind.CIDR_IN, `${props.cidr} calls`, props, { cidr: props.cidr, instanceMetadata: props.instanceMetadata });
  }

  /** The pods may call addresses outside the cluster. Without `ports` every port and protocol. */
  public static cidrOut(props: CidrFlowProps): Flow {
    return new Flow(FlowKind.CIDR_OUT, `${props.cidr} is called`, props, { cidr: props.cidr, instanceMetadata: props.instanceMetadata });
  }

  /**
   * No other flow of the namespace may open the instance metadata service. Renders no object (policies of a namespace only
   * ever add, so nothing can be closed again; `ClusterTier` closes it above them): it makes a flow that opens it an error.
   */
  public static metadataDeny(props: FlowProps = {}): Flow {
    return new Flow(FlowKind.METADATA_DENY, 'the credentials of the node are not for pods', props);
  }

  /** What the flow is about. */
  public readonly kind: FlowKind;
  /** Why the flow is there. */
  public readonly reason: string;
  /**
   * The ports of the pods that are called.
   * @default - the default of the kind
   */
  public readonly ports?: NetworkPort[];
  /**
   * Labels of the pods the flow is for.
   * @default - every pod of the namespace
   */
  public readonly podLabels?: { [key: string]: string };
  /**
   * Last part of the name of the rendered object.
   * @default - a name made of the kind and the other side
   */
  public readonly name?: string;
  /**
   * The other namespace of a flow that has one.
   * @default - the kind of flow has none
   */
  public readonly namespace?: string;
  /**
   * Labels of the pods of the other namespace.
   * @default - every pod of it
   */
  public readonly peerPodLabels?: { [key: string]: string };
  /**
   * The platform of which every namespace is meant, for `METRICS_OUT`.
   * @default - the kind of flow has none
   */
  public readonly platform?: string;
  /**
   * The addresses of a flow from or to a CIDR.
   * @default - the kind of flow has none
   */
  public readonly cidr?: string;
  /**
   * CIDRs that an internet flow keeps closed besides the ones that always are.
   * @default - the kind of flow has none
   */
  public readonly except?: string[];
  /** Whether an internet flow opens private networks too. */
  public readonly privateNetworks: boolean;
  /** Whether a flow to a CIDR may open the instance metadata service. */
  public readonly instanceMetadata: boolean;

  private constructor(kind: FlowKind, reason: string, props: PortsFlowProps, other: OtherSide = {}) {
    this.kind = kind;
    this.reason = props.reason ?? reason;
    this.ports = props.ports && [...props.ports];
    this.podLabels = props.podLabels && { ...props.podLabels };
    this.name = props.name;
    this.namespace = other.namespace;
    this.peerPodLabels = other.peerPodLabels && { ...other.peerPodLabels };
    this.platform = other.platform;
    this.cidr = other.cidr;
    this.except = other.except && [...other.except];
    this.privateNetworks = other.privateNetworks ?? false;
    this.instanceMetadata = other.instanceMetadata ?? false;
  }
}

/** The part of a flow that names its other side. */
interface OtherSide {
  readonly namespace?: string;
  readonly peerPodLabels?: { [key: string]: string };
  readonly platform?: string;
  readonly cidr?: string;
  readonly except?: string[];
  readonly privateNetworks?: boolean;
  readonly instanceMetadata?: boolean;
}
