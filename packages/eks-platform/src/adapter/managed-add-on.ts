import { ClusterAddOn, ClusterInfo } from '@aws-quickstart/eks-blueprints';
import { CfnAddon } from 'aws-cdk-lib/aws-eks';
import { Cluster } from 'aws-cdk-lib/aws-eks-v2';
import { IRole } from 'aws-cdk-lib/aws-iam';

/** An add-on that EKS installs and updates. */
export interface ManagedAddOnProps {
  /** Name of the add-on in EKS. */
  readonly name: string;
  /** Exact version, such as `v1.20.4-eksbuild.2`. */
  readonly version: string;
  /** Configuration, in the schema of `aws eks describe-addon-configuration`; made when the cluster is there. */
  readonly configuration?: (cluster: Cluster) => { [key: string]: any };
  /** Roles by the name of the service account that gets them. */
  readonly roles?: { [serviceAccount: string]: IRole };
  /** Whether nodes need it to become ready; else it needs nodes to become ready itself. */
  readonly beforeNodes: boolean;
}

/**
 * A managed add-on with an explicit version.
 *
 * The blueprint's own classes are not used: they ask AWS for a version at synthesis, do a part of their work after the
 * constructor has returned, and overwrite what somebody else changed without a word. The blueprint copies every add-on
 * deeply, so that this one keeps what it needs out of its sight.
 */
export function managedAddOn({ name, version, configuration, roles = {}, beforeNodes }: ManagedAddOnProps): ClusterAddOn {
  const deploy = (clusterInfo: ClusterInfo) => {
    const stack = clusterInfo.cluster.stack;
    const identities = Object.entries(roles).map(([serviceAccount, role]) => ({ serviceAccount, roleArn: role.roleArn }));
    const addOn = new CfnAddon(stack, `AddOn-${name}`, {
      addonName: name,
      addonVersion: version,
      clusterName: clusterInfo.cluster.clusterName,
      configurationValues: configuration && stack.toJsonString(configuration(clusterInfo.clusterv2 as Cluster)),
      podIdentityAssociations: identities.length ? identities : undefined,
      // every add-on has one owner: a second one is to be seen, not overwritten
      resolveConflicts: 'NONE',
    });
    for (const group of clusterInfo.nodeGroups ?? []) {
      const nodes = group.node.defaultChild!;
      if (beforeNodes) nodes.node.addDependency(addOn);
      else addOn.node.addDependency(nodes);
    }
  };
  return { id: name, deploy };
}
