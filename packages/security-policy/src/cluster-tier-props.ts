import { ClusterProfile } from '@viridial/core';
import { Flow } from './flow';
import { PortMatrix } from './port-matrix';

/** A namespace of the platform, as the cluster tier has to know it. */
export interface ClusterTierNamespace {
  /** Its name. */
  readonly namespace: string;
  /**
   * The tenant it belongs to: the value of its label `viridial.com/tenant`.
   * @default - a namespace of the platform itself, which tenants may talk to as far as its own policies admit
   */
  readonly tenant?: string;
  /** Its flows, the same that its network policies are rendered from: what they name passes the tier. */
  readonly flows: Flow[];
}

/** What the cluster tier is rendered from. */
export interface ClusterTierProps {
  /** Name of the platform: the value of the label `viridial.com/platform` of its namespaces. */
  readonly platform: string;
  /** The cluster the tier is for. */
  readonly profile: ClusterProfile;
  /** Every namespace of the platform on this cluster, in any order. */
  readonly namespaces: ClusterTierNamespace[];
  /**
   * The tenants' namespaces of `namespaces` whose policies are rendered, and promised; the others are only there to be told
   * apart. What holds for the whole platform is left out then. For tenants that are written one by one: name all namespaces
   * of the tenant, and those that its flows name.
   * @default - all of them, and what holds for the whole platform
   */
  readonly only?: string[];
  /**
   * Labels of the rendered objects, besides `app.kubernetes.io/managed-by`, `viridial.com/managed` and `viridial.com/platform`.
   * @default - none
   */
  readonly labels?: { [key: string]: string };
  /**
   * Closes, for tenants, the ports that nodes open to nodes and administrators: API server, kubelet, etcd, the network
   * plugin, SSH. What a flow names stays open.
   * @default - true, except with the VPC CNI: there pods share addresses with nodes, and the agent lets a pod talk to its own node always
   */
  readonly closeNodePorts?: boolean;
  /**
   * The ports that nodes open.
   * @default - the port matrix of the profile, without additions
   */
  readonly portMatrix?: PortMatrix;
  /**
   * Why a cluster without such a tier is good enough. Exposes the tenants to each other, to the credentials of the nodes
   * and to the ports of the nodes as soon as somebody gets a network policy of his own past roles and admission: these alone
   * guard then. Means nothing on a cluster that has a tier.
   * @default - a cluster without a tier is an error
   */
  readonly withoutClusterTier?: string;
}
