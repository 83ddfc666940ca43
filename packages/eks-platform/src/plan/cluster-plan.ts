/** The control plane. */
export interface ClusterPlan {
  /** Name of the cluster. */
  readonly name: string;

  /** Kubernetes version, major and minor. */
  readonly version: string;

  /** Whether the version gets security fixes without extra cost, or with it. */
  readonly support: 'STANDARD' | 'EXTENDED';

  /** Whether the API server is reached from inside the VPC. Always. */
  readonly endpointPrivate: true;

  /** Whether the API server is reached from the internet. */
  readonly endpointPublic: boolean;

  /** Source addresses that the public endpoint accepts; empty without one. */
  readonly publicCidrs: string[];

  /** How IAM identities become Kubernetes users: access entries only, never the `aws-auth` map. */
  readonly authenticationMode: 'API';

  /** IAM roles that administer the cluster, as names, `ssm:` parameters or ARNs, sorted. */
  readonly administrators: string[];

  /** IAM roles that may look, as names, `ssm:` parameters or ARNs, sorted. */
  readonly viewers: string[];

  /** Logs that the control plane writes to CloudWatch: all there are. */
  readonly logTypes: string[];

  /** Days for which they are kept. */
  readonly logRetentionDays: number;

  /** Whether secrets are encrypted in etcd with a key of their own that rotates. Always. */
  readonly secretsEncrypted: true;

  /** Whether the cluster refuses to be deleted. */
  readonly deletionProtection: boolean;

  /** Whether AWS may shift traffic away from an impaired zone. */
  readonly zonalShift: true;

  /** Whether EKS replaces nodes that are not healthy. */
  readonly nodeRepair: true;

  /** Share of a node group, in percent, that an update may take down at a time. */
  readonly updateMaxUnavailablePercentage: number;

  /** How far answers of the instance metadata service travel: 1 keeps them from pods. Version 2 is required. */
  readonly metadataHopLimit: 1;
}
