import { EksBlueprintConstruct, GlobalResources } from '@aws-quickstart/eks-blueprints';
import { Aws, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { BlockDeviceVolume, EbsDeviceVolumeType, InstanceType, IVpc } from 'aws-cdk-lib/aws-ec2';
import { CfnAccessEntry, CfnCluster, ClusterLoggingTypes, KubernetesVersion, NodegroupAmiType, TaintEffect } from 'aws-cdk-lib/aws-eks';
import { AccessPolicy, AccessScopeType, CapacityType, Cluster, DefaultCapacityType, EndpointAccess, KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { clusterAddOns } from './cluster-add-ons';
import { ClusterProvider } from './cluster-provider';
import { ClusterSecurityGroups } from './cluster-security-groups';
import { DataStack } from './data-stack';
import { NetworkStack } from './network-stack';
import { PlatformStack } from './platform-stack';
import { checkTemplate } from './template-check';
import { grantTenants } from './tenant-access';
import { EksPlan } from '../plan/eks-plan';
import { NodeGroupPlan } from '../plan/node-group-plan';
import { ADMINISTRATORS_GROUP } from '../planner/administrators';

/** Policies of a node: to join the cluster and to pull images. Addresses for pods are the CNI's own right, not the node's. */
export const NODE_POLICIES = ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly'];

/** Policy of EKS for whoever may do everything in the cluster. */
const ADMINISTRATOR_POLICY = 'AmazonEKSClusterAdminPolicy';

/** Begins the name of a Systems Manager parameter that holds the ARN of a role. */
const PARAMETER = 'ssm:';

/** The cluster, on EKS Blueprints. */
export class ClusterStack extends PlatformStack {
  /** The cluster of CDK. */
  public readonly cluster: Cluster;
  /** The blueprint that made it. */
  public readonly blueprint: EksBlueprintConstruct;

  constructor(scope: Construct, private readonly plan: EksPlan, network: NetworkStack, data: DataStack) {
    super(scope, 'cluster', plan, { description: `EKS cluster ${plan.cluster.name}` });
    const logs = new LogGroup(this, 'ControlPlaneLogs', {
      // made before the cluster, because the group that EKS would make keeps its logs for ever
      logGroupName: `/aws/eks/${plan.cluster.name}/cluster`,
      retention: plan.cluster.logRetentionDays,
      removalPolicy: plan.data.keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const groups = new ClusterSecurityGroups(this, plan, network.vpc);
    this.blueprint = new EksBlueprintConstruct(this, {
      id: plan.cluster.name,
      compatibilityMode: true,
      version: KubernetesVersion.of(plan.cluster.version),
      resourceProviders: new Map([
        [GlobalResources.Vpc, { provide: (): IVpc => network.vpc }],
        [GlobalResources.KmsKey, { provide: () => data.secretsKey }],
      ]),
      enableControlPlaneLogTypes: plan.cluster.logTypes as ClusterLoggingTypes[],
      clusterProvider: this.provider(plan, network, groups),
      addOns: clusterAddOns(this, plan, network, groups.nodes),
    });
    this.cluster = this.blueprint.getClusterInfo().clusterv2 as Cluster;
    // a node that finds a port closed does not join, and nothing tries again
    this.cluster.node.defaultChild!.node.addDependency(logs, groups);
    this.harden();
    this.grantAccess();
    this.addSharedStorage(data);
    new CfnOutput(this, 'KubeconfigCommand', {
      description: 'Writes the kubeconfig of an administrator',
      value: `aws eks update-kubeconfig --name ${plan.cluster.name} --region ${plan.region}`,
    });
  }

  protected override _toCloudFormation(): any {
    const template = super._toCloudFormation();
    checkTemplate(this.plan, template);
    return template;
  }

  private provider(plan: EksPlan, network: NetworkStack, groups: ClusterSecurityGroups): ClusterProvider {
    const nodeRole = new Role(this, 'NodeRole', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: NODE_POLICIES.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    const { endpointPublic, publicCidrs } = plan.cluster;
    return new ClusterProvider({
      clusterName: plan.cluster.name,
      vpcSubnets: [{ subnets: network.vpc.privateSubnets }],
      serviceIpv4Cidr: plan.network.serviceCidr,
      endpointAccess: endpointPublic ? EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom(...publicCidrs) : EndpointAccess.PRIVATE,
      defaultCapacityType: DefaultCapacityType.NODEGROUP,
      bootstrapClusterCreatorAdminPermissions: false,
      // the add-ons of the plan are the only owners of what EKS would otherwise put in unversioned
      bootstrapSelfManagedAddons: false,
      managedNodeGroups: plan.nodeGroups.map((group) => ({
        ...this.nodeGroup(group, groups), nodeRole, nodeGroupSubnets: { subnets: network.vpc.privateSubnets },
      })),
    }, groups.controlPlane);
  }

  private nodeGroup(group: NodeGroupPlan, { nodes }: ClusterSecurityGroups) {
    const { cluster } = this.plan;
    return {
      id: group.name,
      nodegroupName: group.physicalName,
      instanceTypes: group.instanceTypes.map((type) => new InstanceType(type)),
      amiType: NodegroupAmiType[group.amiType === 'AL2023_ARM_64_STANDARD' ? 'AL2023_ARM_64_STANDARD' : 'AL2023_X86_64_STANDARD'],
      nodeGroupCapacityType: CapacityType[group.capacityType],
      minSize: group.min,
      maxSize: group.max,
      desiredSize: group.desired,
      labels: group.labels,
      taints: group.taints.map(({ key, value, effect }) => ({ key, value, effect: TaintEffect[effect] })),
      tags: { Name: `${cluster.name}-${group.name}` },
      enableNodeAutoRepair: cluster.nodeRepair,
      // an update that a disruption budget blocks fails, instead of killing what the budget protects
      forceUpdate: false,
      maxUnavailablePercentage: cluster.updateMaxUnavailablePercentage,
      launchTemplate: {
        // EKS then leaves its own group away (EKS user guide, "Using custom security groups")
        securityGroup: nodes,
        requireImdsv2: true,
        httpPutResponseHopLimit: cluster.metadataHopLimit,
        blockDevices: [{
          deviceName: '/dev/xvda',
          volume: BlockDeviceVolume.ebs(group.diskGibibytes, { encrypted: true, volumeType: EbsDeviceVolumeType.GP3, deleteOnTermination: true }),
        }],
        tags: { Name: `${cluster.name}-${group.name}` },
      },
    };
  }

  private harden(): void {
    const { cluster, data } = this.plan;
    const resource = this.cluster.node.defaultChild as CfnCluster;
    resource.deletionProtection = cluster.deletionProtection;
    resource.upgradePolicy = { supportType: cluster.support };
    resource.zonalShiftConfig = { enabled: cluster.zonalShift };
    resource.applyRemovalPolicy(data.keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
  }

  private grantAccess(): void {
    const grant = (kind: string, roles: string[], policy: string) => roles.forEach((role, index) => {
      this.cluster.grantAccess(`${kind}${index + 1}`, roleArn(this, role), [AccessPolicy.fromAccessPolicyName(policy, { accessScopeType: AccessScopeType.CLUSTER })]);
    });
    grant('Administrator', this.plan.cluster.administrators, ADMINISTRATOR_POLICY);
    grant('Viewer', this.plan.cluster.viewers, 'AmazonEKSViewPolicy');
    for (const entry of this.cluster.node.findAll().filter((each) => each instanceof CfnAccessEntry)) {
      const policies = JSON.stringify(this.resolve(entry.accessPolicies) ?? []);
      // by its rights alone an administrator is in no group, and admission policies know groups
      if (policies.includes(ADMINISTRATOR_POLICY)) entry.kubernetesGroups = [ADMINISTRATORS_GROUP];
    }
    grantTenants(this, this.plan, this.cluster.clusterName, (role) => roleArn(this, role));
  }

  /** The class holds the id of the file system, which only the deployment knows, so that it cannot be in the tree. */
  private addSharedStorage(data: DataStack): void {
    const shared = this.plan.data.storageClasses.filter((storageClass) => storageClass.shared).map(({ name, provisioner, isDefault }) => ({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': String(isDefault) } },
      provisioner,
      // every volume is an access point with a folder and an owner of its own, which no other volume's pods can leave
      parameters: {
        provisioningMode: 'efs-ap', fileSystemId: data.fileSystem.fileSystemId, directoryPerms: '700', basePath: '/volumes', ensureUniqueDirectory: 'true',
      },
      mountOptions: ['tls'],
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'Immediate',
    }));
    new KubernetesManifest(this, 'SharedStorage', { cluster: this.cluster, manifest: shared, overwrite: true, prune: false });
  }
}

/** A role is named, read from Systems Manager at deployment, or written out when it is of another account. */
function roleArn(stack: Stack, role: string): string {
  if (role.startsWith('arn:')) return role;
  if (role.startsWith(PARAMETER)) return StringParameter.valueForStringParameter(stack, role.slice(PARAMETER.length));
  return stack.formatArn({ service: 'iam', region: '', account: Aws.ACCOUNT_ID, resource: 'role', resourceName: role });
}
