import { GenericClusterProviderV2, GenericClusterProviderV2Props } from '@aws-quickstart/eks-blueprints';
import { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Cluster } from 'aws-cdk-lib/aws-eks-v2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** Stands in for a role, so that the blueprint does not make one that the whole account may assume; never reaches the cluster. */
const NOBODY = {} as IRole;

/**
 * The native EKS cluster of EKS Blueprints without its administrator role, and with a security group of ours on the control plane.
 *
 * Left alone, version 1.19 of the blueprint makes a role that the account root trusts and makes it an administrator of the
 * cluster. Administrators are access entries of the plan instead.
 */
export class ClusterProvider extends GenericClusterProviderV2 {
  constructor(props: Omit<GenericClusterProviderV2Props, 'mastersRole' | 'privateCluster' | 'isolatedCluster'>, private readonly securityGroup?: ISecurityGroup) {
    super({ ...props, mastersRole: NOBODY });
  }

  protected override internalCreateCluster(scope: Construct, id: string, clusterOptions: any): Cluster {
    const { mastersRole: _, ...options } = clusterOptions;
    return new Cluster(scope, id, { ...options, securityGroup: this.securityGroup });
  }
}
