import { Distribution } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { AddOnContext } from '../add-on-context';
import { CatalogueAddOn, CatalogueAddOnOptions } from '../catalogue-add-on';
import { Footprint } from '../footprint';
import { FootprintContainer, WorkloadKind } from '../footprint-workload';
import { Need } from '../need';
import { CSI_CONTROLLER, CSI_NODE } from '../private/csi-footprint';
import { resources } from '../private/resources';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../private/security-contexts';
import { storageClasses } from '../private/storage-classes';
import { WorkloadIdentity } from '../workload-identity';

const DRIVER = resources('20m', '64Mi', '256Mi');
const SIDECAR = resources('10m', '32Mi', '256Mi');
const PROVISIONER = 'ebs.csi.aws.com';
const USER = { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 };
const CONTROLLER_SIDECARS = ['provisioner', 'attacher', 'snapshotter', 'resizer'];
const NODE_SIDECARS = ['nodeDriverRegistrar', 'livenessProbe'];

/** Options of the EBS CSI driver. */
export interface EbsCsiDriverProps extends CatalogueAddOnOptions {
  /**
   * Key that volumes are encrypted with, as an ARN. They are always encrypted.
   * @default - the account's own key for EBS
   */
  readonly kmsKeyArn?: string;
}

/** Meets the need of block storage on EKS: encrypted gp3 volumes, made in the zone of the pod that asks. */
export class EbsCsiDriver extends CatalogueAddOn {
  private readonly kmsKeyArn?: string;

  constructor(props: EbsCsiDriverProps = {}) {
    super({ name: 'aws-ebs-csi-driver', options: props, meets: [Need.BLOCK_STORAGE], distributions: [Distribution.EKS] });
    this.kmsKeyArn = props.kmsKeyArn;
  }

  public footprint(context: AddOnContext): Footprint {
    const sidecar = (name: string): FootprintContainer => ({
      name,
      securityContext: { ...RESTRICTED_CONTAINER, seccompProfile: RESTRICTED_POD.seccompProfile },
      ...SIDECAR,
    });
    return new Footprint({
      workloads: [
        {
          kind: WorkloadKind.DEPLOYMENT,
          name: 'ebs-csi-controller',
          replicas: 2,
          serviceAccount: 'ebs-csi-controller-sa',
          securityContext: { ...RESTRICTED_POD, ...USER },
          containers: [
            { name: 'ebs-plugin', securityContext: { ...RESTRICTED_CONTAINER, seccompProfile: RESTRICTED_POD.seccompProfile }, ...DRIVER },
            ...['csi-provisioner', 'csi-attacher', 'csi-snapshotter', 'csi-resizer', 'liveness-probe'].map(sidecar),
          ],
        },
        {
          kind: WorkloadKind.DAEMON_SET,
          name: 'ebs-csi-node',
          serviceAccount: 'ebs-csi-node-sa',
          hostPaths: [{ path: '/var/lib/kubelet' }, { path: '/dev' }],
          securityContext: { runAsNonRoot: false, runAsUser: 0, runAsGroup: 0, fsGroup: 0 },
          // it formats and mounts disks of the node
          containers: [
            { name: 'ebs-plugin', securityContext: { privileged: true, readOnlyRootFilesystem: true }, ...DRIVER },
            ...['node-driver-registrar', 'liveness-probe'].map((name) => ({
              name, securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true }, ...SIDECAR,
            })),
          ],
        },
      ],
      accounts: [{ name: 'ebs-csi-controller-sa', clusterRules: CSI_CONTROLLER }, { name: 'ebs-csi-node-sa', clusterRules: CSI_NODE }],
      flows: [
        Flow.dns({ reason: 'the driver resolves the AWS API' }),
        Flow.kubeApiServer({ reason: `the driver watches the claims of ${context.clusterName}` }),
        Flow.internet({ ports: [{ port: 443 }], privateNetworks: true, reason: 'the driver calls the AWS API, over an endpoint of the VPC where there is one' }),
      ],
    });
  }

  public manifests(context: AddOnContext): any[] {
    return storageClasses({
      provisioner: PROVISIONER,
      parameters: { type: 'gp3', encrypted: 'true', ...(this.kmsKeyArn ? { kmsKeyId: this.kmsKeyArn } : {}) },
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    }, context.profile.storageClasses, { name: 'gp3', provisioner: PROVISIONER, isDefault: true });
  }

  protected valuesOn(context: AddOnContext): { [key: string]: any } {
    const restricted = { ...RESTRICTED_CONTAINER, seccompProfile: RESTRICTED_POD.seccompProfile };
    return {
      controller: {
        replicaCount: 2,
        k8sTagClusterId: context.clusterName,
        securityContext: { ...RESTRICTED_POD, ...USER },
        containerSecurityContext: restricted,
        resources: DRIVER,
      },
      node: { enableWindows: false, resources: DRIVER },
      sidecars: Object.fromEntries([
        ...CONTROLLER_SIDECARS.map((name) => [name, { resources: SIDECAR, securityContext: restricted }]),
        ...NODE_SIDECARS.map((name) => [name, { resources: SIDECAR }]),
      ]),
      // an image of an upstream test cluster has no place in ours
      helmTester: { enabled: false },
    };
  }

  protected identities(context: AddOnContext): WorkloadIdentity[] {
    return [{
      namespace: this.namespaceOn(context),
      serviceAccount: 'ebs-csi-controller-sa',
      purpose: `the EBS CSI driver of ${context.clusterName} makes, attaches and deletes volumes`,
      managedPolicies: ['service-role/AmazonEBSCSIDriverPolicy'],
    }];
  }
}
