import { NetworkPort } from '@viridial/core';

/** What every flow may say about itself. */
export interface FlowProps {
  /**
   * Why the flow is there, in words for the person who reads the policy in a year. It ends up as the annotation
   * `viridial.com/reason` of the rendered object.
   * @default - a sentence that fits the kind of the flow
   */
  readonly reason?: string;
  /**
   * Labels of the pods of the namespace that the flow is for.
   * @default - every pod of the namespace
   */
  readonly podLabels?: { [key: string]: string };
  /**
   * Last part of the name of the rendered object, `allow-<name>`; needed when two flows of one kind are for different
   * pods of one namespace.
   * @default - a name made of the kind and the other side of the flow
   */
  readonly name?: string;
}

/** A flow that can be narrowed to ports. */
export interface PortsFlowProps extends FlowProps {
  /**
   * The ports of the pods that are called, after address translation: the container's port, not the service's.
   * A port without a number means every port of its protocol.
   * @default - see the factory of the flow
   */
  readonly ports?: NetworkPort[];
}

/** Admission and conversion webhooks. */
export interface WebhookFlowProps extends FlowProps {
  /** The ports on which the pods serve the webhooks: the container's port, not the 443 of the service. */
  readonly ports: NetworkPort[];
}

/** Scraping by the monitoring of another namespace. */
export interface MetricsInFlowProps extends PortsFlowProps {
  /** The namespace that scrapes. */
  readonly fromNamespace: string;
}

/** Scraping of every namespace of a platform. */
export interface MetricsOutFlowProps extends PortsFlowProps {
  /** Name of the platform: namespaces are chosen by the label `viridial.com/platform` with this value. */
  readonly platform: string;
}

/** A flow between this namespace and another one. */
export interface NamespaceFlowProps extends PortsFlowProps {
  /** The other namespace. */
  readonly namespace: string;
  /**
   * Labels of the pods of the other namespace.
   * @default - every pod of it
   */
  readonly peerPodLabels?: { [key: string]: string };
}

/** Egress to the internet. */
export interface InternetFlowProps extends PortsFlowProps {
  /**
   * CIDRs that stay closed, besides the ones that always do.
   * @default - only link-local addresses, the ranges of the cluster and private networks stay closed
   */
  readonly except?: string[];
  /**
   * Opens private networks (RFC 1918, RFC 6598, RFC 4193) as well. Exposes whatever the cluster's network routes to:
   * databases, other clusters, office networks. The ranges of the cluster and link-local addresses stay closed.
   * @default false
   */
  readonly privateNetworks?: boolean;
}

/** A flow between this namespace and addresses outside the cluster. */
export interface CidrFlowProps extends PortsFlowProps {
  /** The addresses, for example `203.0.113.0/24`. Not `0.0.0.0/0` for egress: that is `Flow.internet()`. */
  readonly cidr: string;
  /**
   * Opens the instance metadata service when the CIDR holds its address. Exposes the credentials and the user-data of the
   * node to every pod that the flow is for.
   * @default false
   */
  readonly instanceMetadata?: boolean;
}
