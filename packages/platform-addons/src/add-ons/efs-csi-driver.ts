import { Distribution, Problem } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { AddOnContext } from '../add-on-context';
import { CatalogueAddOn, CatalogueAddOnOptions } from '../catalogue-add-on';
import { Footprint } from '../footprint';
import { WorkloadKind } from '../footprint-workload';
import { Need } from '../need';
import { CSI_CONTROLLER, CSI_NODE } from '../private/csi-footprint';
import { resources } from '../private/resources';
import { storageClasses } from '../private/storage-classes';
import { WorkloadIdentity } from '../workload-identity';

const DRIVER = resources('50m', '128Mi', '512Mi');
const SIDECAR = resources('10m', '32Mi', '128Mi');
const PROVISIONER = 'efs.csi.aws.com';
const ROOT = { runAsNonRoot: false, runAsUser: 0, runAsGroup: 0, fsGroup: 0 };
const UNPRIVILEGED = { privileged: false, allowPrivilegeEscalation: false };

/** Options of the EFS CSI driver. */
export interface EfsCsiDriverProps extends CatalogueAddOnOptions {
  /**
   * Id of the file system that volumes are access points of, such as `fs-0123456789abcdef0`.
   * @default - no StorageClass is made here; whoever makes the file system makes the class as well
   */
  readonly fileSystemId?: string;
}

/** Meets the need of shared storage on EKS: every volume is an access point of one encrypted file system. */
export class EfsCsiDriver extends CatalogueAddOn {
  private readonly fileSystemId?: string;

  constructor(props: EfsCsiDriverProps = {}) {
    super({ name: 'aws-efs-csi-driver', options: props, meets: [Need.SHARED_STORAGE], distributions: [Distribution.EKS] });
    this.fileSystemId = props.fileSystemId;
  }

  public footprint(context: AddOnContext): Footprint {
    const sidecar = (name: string) => ({ name, securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true }, ...SIDECAR });
    return new Footprint({
      workloads: [
        {
          kind: WorkloadKind.DEPLOYMENT,
          name: 'efs-csi-controller',
          replicas: 2,
          serviceAccount: 'efs-csi-controller-sa',
          securityContext: ROOT,
          containers: [{ name: 'efs-plugin', securityContext: UNPRIVILEGED, ...DRIVER }, ...['csi-provisioner', 'liveness-probe'].map(sidecar)],
        },
        {
          kind: WorkloadKind.DAEMON_SET,
          name: 'efs-csi-node',
          serviceAccount: 'efs-csi-node-sa',
          hostNetwork: true,
          hostPaths: [{ path: '/var/lib/kubelet' }, { path: '/var/run/efs' }, { path: '/etc/amazon/efs' }, { path: '/var/amazon/efs' }],
          securityContext: ROOT,
          // it mounts file systems for the node
          containers: [{ name: 'efs-plugin', securityContext: { privileged: true }, ...DRIVER }, ...['csi-driver-registrar', 'liveness-probe'].map(sidecar)],
        },
      ],
      accounts: [{ name: 'efs-csi-controller-sa', clusterRules: CSI_CONTROLLER }, { name: 'efs-csi-node-sa', clusterRules: CSI_NODE }],
      flows: [
        Flow.dns({ reason: 'the driver resolves the AWS API' }),
        Flow.kubeApiServer({ reason: `the driver watches the claims of ${context.clusterName}` }),
        Flow.internet({ ports: [{ port: 443 }], privateNetworks: true, reason: 'the driver calls the AWS API, over an endpoint of the VPC where there is one' }),
      ],
    });
  }

  public manifests(context: AddOnContext): any[] {
    if (!this.fileSystemId) return [];
    return storageClasses({
      provisioner: PROVISIONER,
      // an access point with a folder and an owner of its own, which no other volume's pods can leave
      parameters: { provisioningMode: 'efs-ap', fileSystemId: this.fileSystemId, directoryPerms: '700', basePath: '/volumes', ensureUniqueDirectory: 'true' },
      volumeBindingMode: 'Immediate',
      allowVolumeExpansion: false,
    }, context.profile.storageClasses, { name: 'efs', provisioner: PROVISIONER, shared: true });
  }

  public problems(context: AddOnContext): Problem[] {
    if (this.fileSystemId === undefined || /^fs-[0-9a-f]{8,40}$/.test(this.fileSystemId)) return [];
    return [Problem.error({
      code: 'InvalidFileSystemId',
      path: 'fileSystemId',
      message: `'${this.fileSystemId}' is not the id of a file system of cluster '${context.clusterName}'`,
      value: this.fileSystemId,
      allowed: 'fs- and hexadecimal digits; an id that is not known before the deployment cannot be in a Git tree',
      cure: 'leave it out and let the program that makes the file system make the StorageClass',
    })];
  }

  protected valuesOn(context: AddOnContext): { [key: string]: any } {
    return {
      controller: {
        replicaCount: 2,
        tags: { 'viridial-cluster': context.clusterName },
        resources: DRIVER,
        // privileged is needed only to delete the folder of an access point, which deleteAccessPointRootDir leaves alone
        deleteAccessPointRootDir: false,
        containerSecurityContext: UNPRIVILEGED,
        podDisruptionBudget: { enabled: true, minAvailable: 1 },
      },
      node: { resources: DRIVER },
      sidecars: Object.fromEntries(['livenessProbe', 'nodeDriverRegistrar', 'csiProvisioner'].map((name) => [name, { resources: SIDECAR }])),
      // as a hook the CSIDriver object would be deleted and made again by every synchronisation
      useHelmHooksForCSIDriver: false,
    };
  }

  protected identities(context: AddOnContext): WorkloadIdentity[] {
    return [{
      namespace: this.namespaceOn(context),
      serviceAccount: 'efs-csi-controller-sa',
      purpose: `the EFS CSI driver of ${context.clusterName} makes and deletes access points`,
      managedPolicies: ['service-role/AmazonEFSCSIDriverPolicy'],
    }];
  }
}
