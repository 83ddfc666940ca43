import { DataPlan } from '../plan/data-plan';
import { NetworkPlan, SubnetUse } from '../plan/network-plan';

/** Provisioner of the block storage class, and of the shared one. */
const EBS = 'ebs.csi.aws.com';
const EFS = 'efs.csi.aws.com';

/** Plans what outlives the cluster. */
export function planData(clusterName: string, network: NetworkPlan, keep: boolean): DataPlan {
  return {
    keys: { secrets: `alias/viridial/${clusterName}/secrets`, fileSystem: `alias/viridial/${clusterName}/file-system` },
    keep,
    fileSystemBackup: true,
    accessPointPath: '/shared',
    mountCidrs: network.subnets.filter((subnet) => subnet.use === SubnetUse.PRIVATE).map((subnet) => subnet.cidr),
    storageClasses: [
      { name: 'efs', provisioner: EFS, isDefault: false, shared: true },
      { name: 'gp3', provisioner: EBS, isDefault: true, shared: false },
    ],
  };
}
