import { RemovalPolicy } from 'aws-cdk-lib';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { AccessPoint, FileSystem, LifecyclePolicy, OutOfInfrequentAccessPolicy, ThroughputMode } from 'aws-cdk-lib/aws-efs';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { NetworkStack } from './network-stack';
import { PlatformStack } from './platform-stack';
import { EksPlan } from '../plan/eks-plan';
import { SecurityGroupRole } from '../plan/firewall-plan';

/** What outlives the cluster: the keys and the file system. */
export class DataStack extends PlatformStack {
  /** Encrypts the secrets in etcd. */
  public readonly secretsKey: Key;
  /** Holds the shared volumes. */
  public readonly fileSystem: FileSystem;
  /** A directory of the file system that is there from the start. */
  public readonly accessPoint: AccessPoint;

  constructor(scope: Construct, plan: EksPlan, network: NetworkStack) {
    super(scope, 'data', plan, { description: `Keys and file system of the EKS cluster ${plan.cluster.name}` });
    const removalPolicy = plan.data.keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.secretsKey = new Key(this, 'SecretsKey', {
      alias: plan.data.keys.secrets, description: `Secrets of the EKS cluster ${plan.cluster.name}`, enableKeyRotation: true, removalPolicy,
    });
    const fileSystemKey = new Key(this, 'FileSystemKey', {
      alias: plan.data.keys.fileSystem, description: `File system of the EKS cluster ${plan.cluster.name}`, enableKeyRotation: true, removalPolicy,
    });
    const securityGroup = new SecurityGroup(this, 'FileSystemAccess', {
      vpc: network.vpc, description: `NFS from the nodes of ${plan.cluster.name}`, allowAllOutbound: false,
    });
    for (const { group, toPort, sourceCidrs = [], reason } of plan.firewall.securityGroupRules) {
      if (group !== SecurityGroupRole.FILE_SYSTEM) continue;
      for (const cidr of sourceCidrs) securityGroup.addIngressRule(Peer.ipv4(cidr), Port.tcp(toPort!), reason);
    }
    this.fileSystem = new FileSystem(this, 'FileSystem', {
      fileSystemName: plan.cluster.name,
      vpc: network.vpc,
      vpcSubnets: { subnets: network.vpc.privateSubnets },
      securityGroup,
      encrypted: true,
      kmsKey: fileSystemKey,
      enableAutomaticBackups: true,
      throughputMode: ThroughputMode.ELASTIC,
      lifecyclePolicy: LifecyclePolicy.AFTER_30_DAYS,
      outOfInfrequentAccessPolicy: OutOfInfrequentAccessPolicy.AFTER_1_ACCESS,
      fileSystemPolicy: mountPolicy(),
      removalPolicy,
    });
    this.accessPoint = this.fileSystem.addAccessPoint('SharedDirectory', {
      path: plan.data.accessPointPath,
      createAcl: { ownerUid: '1000', ownerGid: '1000', permissions: '0750' },
      posixUser: { uid: '1000', gid: '1000' },
    });
  }
}

/** Whoever reaches a mount target may mount, as before any policy, but through TLS only. */
function mountPolicy(): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'MountThroughTargets',
        principals: [new AnyPrincipal()],
        actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientRootAccess', 'elasticfilesystem:ClientWrite'],
        conditions: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
      }),
      new PolicyStatement({
        sid: 'TlsOnly',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['*'],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ],
  });
}
