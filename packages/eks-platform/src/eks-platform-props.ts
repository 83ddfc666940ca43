import { GitOps, Platform } from '@viridial/platform-addons';
import { TenancyAdmission } from '@viridial/tenancy';
import { Access } from './access';
import { NodeGroup } from './node-group';
import { Subnets } from './subnets';
import { TenantIdentity } from './tenant-identity';

/** What a platform on EKS is made of. */
export interface EksPlatformProps {
  /** What is wanted: environments, tenants, policy, add-ons, needs. */
  readonly platform: Platform;

  /** AWS region, such as `eu-west-1`. Always explicit, so that nothing is looked up at synthesis. */
  readonly region: string;

  /**
   * AWS account, 12 digits.
   *
   * @default - the account of the credentials at deployment
   */
  readonly account?: string;

  /** Blocks of the VPC and its subnets. */
  readonly subnets: Subnets;

  /** Node groups by name. At least one must be free of taints, because the add-ons tolerate none. */
  readonly nodeGroups: { readonly [name: string]: NodeGroup };

  /**
   * The Git repository that Argo CD reconciles.
   *
   * @default - no GitOps engine is installed; the add-ons of the tree wait for somebody to install them
   */
  readonly gitOps?: GitOps;

  /**
   * Environments of the platform that this cluster carries.
   *
   * @default - all
   */
  readonly environments?: readonly string[];

  /**
   * Name of the cluster: lower-case letters, digits and hyphens, up to 63. Changing it replaces the cluster.
   *
   * @default - name of the platform, a hyphen, id of the construct
   */
  readonly clusterName?: string;

  /**
   * Kubernetes version, major and minor. Raise it by one minor at a time.
   *
   * @default '1.35'
   */
  readonly version?: string;

  /**
   * Versions of EKS managed add-ons by name, in place of those of the catalogue: for a Kubernetes version that the
   * catalogue does not know, or for a newer build. `aws eks describe-addon-versions` lists them.
   *
   * @default - the versions of the catalogue
   */
  readonly addOnVersions?: { readonly [name: string]: string };

  /**
   * Who may reach the API server.
   *
   * @default - private endpoint, no administrators
   */
  readonly access?: Access;

  /**
   * AWS rights of service accounts of tenants, through EKS Pod Identity.
   *
   * @default - no pod of a tenant has any
   */
  readonly tenantIdentities?: readonly TenantIdentity[];

  /**
   * Names of the availability zones, one per pair of subnets.
   *
   * @default - the region followed by a, b, c, …: as many as there are private subnets
   */
  readonly zones?: readonly string[];

  /**
   * NAT gateways, from 1 to the number of zones. With fewer than zones, the loss of one zone cuts nodes of others
   * off the internet, and traffic between zones is paid for.
   *
   * @default - one per zone
   */
  readonly natGateways?: number;

  /**
   * A further block of the VPC, /16 to /26, from which the pods take their addresses (VPC CNI custom networking), so
   * that the private subnets only hold the nodes. `100.64.0.0/16` is the usual choice (RFC 6598).
   *
   * @default - pods take addresses of the private subnets
   */
  readonly secondaryCidr?: string;

  /**
   * Source addresses that may reach the load balancers of the public subnets, over HTTP and HTTPS: in network ACLs, and in the
   * groups that the load balancer controller makes unless the platform brings a controller of its own. Whoever is let in reaches
   * what tenants publish. Pods that call their own platform by its public names come from the addresses of the NAT gateways.
   *
   * @default - everybody, `0.0.0.0/0`
   */
  readonly ingressCidrs?: readonly string[];

  /**
   * Ports on which pods serve admission webhooks, conversion webhooks or extension APIs, besides those of the add-ons. Opens
   * them on every node and pod to the control plane.
   *
   * @default - those that the add-ons declare
   */
  readonly webhookPorts?: readonly number[];

  /**
   * Whether network ACLs filter the subnets. Without them the network ACL of the VPC lets everything through, and the security
   * groups alone decide: for a VPC whose other subnets open connections into these, or for more blocks than an ACL holds.
   *
   * @default true
   */
  readonly networkAcls?: boolean;

  /**
   * Whether admission policies are rendered. Without, and without another guard, this exposes the tenants to each other: see
   * `TenancyRenderOptions.admission`.
   *
   * @default true
   */
  readonly admission?: boolean;

  /**
   * What the admission policies are like. Argo CD, the administrators of `access` and the deployment itself count as the
   * platform without being named.
   *
   * @default - the defaults of `TenancyAdmission`
   */
  readonly admissionSettings?: TenancyAdmission;

  /**
   * Block of the service addresses, /12 to /24, outside the VPC.
   *
   * @default '172.20.0.0/16'
   */
  readonly serviceCidr?: string;

  /**
   * Ids of the Route 53 hosted zones in which external-dns may write.
   *
   * @default - all zones of the account, but only names under the tenants' ingress hosts and external-dns' domain filters
   */
  readonly hostedZoneIds?: readonly string[];

  /**
   * Days for which the logs of the control plane and of the network flows are kept; one of the numbers that
   * CloudWatch Logs knows.
   *
   * @default 90
   */
  readonly logRetentionDays?: number;

  /**
   * Keeps the cluster, the keys, the file system and the logs from being deleted with the stacks. Turning it off lets
   * `cdk destroy` take the data with it: for environments whose data nobody misses.
   *
   * @default true
   */
  readonly keepData?: boolean;

  /**
   * Tags of all AWS resources, for cost allocation.
   *
   * @default - only those that the library itself sets (`viridial.com/platform`, `viridial.com/cluster`)
   */
  readonly tags?: { readonly [key: string]: string };
}
