import { Access, AccessOptions, NodeGroup, NodeGroupOptions } from '@viridial/eks-platform';

/** Nodes of one group. */
type Size = Pick<NodeGroupOptions, 'min' | 'max' | 'desired'>;

/** What differs between the clusters of the example. */
export interface Settings {
  /** Name of the cluster; it is also the overlay of the GitOps tree. */
  readonly clusterName: string;
  /** Environments of the platform that the cluster carries. */
  readonly environments: string[];
  /** First two numbers of all its addresses, so that the networks can be joined one day. */
  readonly network: string;
  /** NAT gateways. */
  readonly natGateways: number;
  /** Nodes for the add-ons. */
  readonly systemNodes: Size;
  /** Nodes for the tenants. */
  readonly appNodes: Size;
  /** Whether `cdk destroy` spares the data. */
  readonly keepData: boolean;
  /** Who administers it. */
  readonly access: AccessOptions;
}

/** Systems Manager parameter, in the account of the cluster, that holds the ARN of the role whose holders administer it. */
const administrators = ['ssm:/viridial/platform-administrators'];

/** The clusters of the example, by the value of `-c cluster=…`. */
export const settings: { readonly [cluster: string]: Settings } = {
  production: {
    clusterName: 'dpj-prod-cluster',
    environments: ['staging', 'production'],
    network: '10.0',
    natGateways: 3,
    systemNodes: { min: 3, max: 6, desired: 3 },
    appNodes: { min: 3, max: 20, desired: 6 },
    keepData: true,
    access: { administrators },
  },
  staging: {
    clusterName: 'dpj-staging-cluster',
    environments: ['staging'],
    network: '10.1',
    natGateways: 1,
    systemNodes: { min: 2, max: 3, desired: 2 },
    appNodes: { min: 1, max: 4, desired: 2 },
    keepData: false,
    access: { administrators },
  },
};

/** Node groups of a cluster. */
export function nodeGroups({ systemNodes, appNodes }: Settings): { [name: string]: NodeGroup } {
  return {
    'system-nodes': NodeGroup.of(['t3.medium', 't3.large'], systemNodes),
    'app-nodes': NodeGroup.of(['c5.large', 'c5.xlarge', 'm5.large'], appNodes),
  };
}

/** Access to a cluster. */
export function access(own: Settings): Access {
  return Access.of(own.access);
}
