/** What a flow is about, so that a renderer can write it in the dialect of the ground it renders for. */
export enum FlowKind {
  /** Pods ask the cluster's DNS. */
  DNS = 'dns',
  /** Pods call the Kubernetes API server. */
  KUBE_API_SERVER = 'kube-api-server',
  /** The API server calls the admission or conversion webhooks that pods serve. */
  WEBHOOK_IN = 'webhook-in',
  /** The ingress controller, or the load balancer that plays its part, calls pods. */
  INGRESS_IN = 'ingress-in',
  /** The monitoring of another namespace scrapes pods. */
  METRICS_IN = 'metrics-in',
  /** Pods scrape the pods of every namespace of a platform: the other side of `METRICS_IN`. */
  METRICS_OUT = 'metrics-out',
  /** The pods of one namespace talk to each other. */
  SAME_NAMESPACE = 'same-namespace',
  /** The pods of another namespace call pods. */
  NAMESPACE_IN = 'namespace-in',
  /** Pods call the pods of another namespace. */
  NAMESPACE_OUT = 'namespace-out',
  /** Pods call addresses of the internet. */
  INTERNET = 'internet',
  /** Addresses outside the cluster call pods. */
  CIDR_IN = 'cidr-in',
  /** Pods call addresses outside the cluster. */
  CIDR_OUT = 'cidr-out',
  /** Nothing may open the instance metadata service of the cloud to pods. */
  METADATA_DENY = 'metadata-deny',
}
