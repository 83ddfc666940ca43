// What a user would write without Viridial: the stacks of examples/eks directly on the CDK and EKS Blueprints.
import * as blueprints from '@aws-quickstart/eks-blueprints';
import { App, Aws, Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksv2 from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const SUBNETS: Record<string, string[]> = {
  public: ['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24'],
  private: ['10.0.10.0/24', '10.0.20.0/24', '10.0.30.0/24'],
};

class ExactAddresses implements ec2.IIpAddresses {
  public allocateVpcCidr() {
    return { cidrBlock: '10.0.0.0/16' };
  }

  public allocateSubnetsCidr(input: ec2.AllocateCidrRequest) {
    const next: Record<string, number> = {};
    return {
      allocatedSubnets: input.requestedSubnets.map(({ configuration }) => {
        const index = (next[configuration.name] ?? -1) + 1;
        next[configuration.name] = index;
        return { cidr: SUBNETS[configuration.name]![index]! };
      }),
    };
  }
}

class ZonedStack extends Stack {
  public override get availabilityZones() {
    return ZONES;
  }
}

class NetworkStack extends ZonedStack {
  public readonly vpc: ec2.Vpc;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      availabilityZones: ZONES,
      natGateways: 3,
      ipAddresses: new ExactAddresses(),
      restrictDefaultSecurityGroup: true,
      flowLogs: { all: {} },
      subnetConfiguration: [
        { name: 'public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
        { name: 'private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      ],
    });
    this.addPublicAcl();
    this.addPrivateAcl();
  }

  private addPublicAcl(): void {
    const acl = new ec2.NetworkAcl(this, 'PublicAcl', { vpc: this.vpc, subnetSelection: { subnets: this.vpc.publicSubnets } });
    allowInbound(acl, SUBNETS.private!, 1000, ec2.AclTraffic.allTraffic());
    allowInbound(acl, ['0.0.0.0/0'], 2000, ec2.AclTraffic.tcpPort(443));
    allowInbound(acl, ['0.0.0.0/0'], 3000, ec2.AclTraffic.tcpPort(80));
    denyInbound(acl, 5000, ec2.AclTraffic.tcpPort(3389), ec2.AclTraffic.udpPort(3389));
    answersAndOutbound(acl);
  }

  private addPrivateAcl(): void {
    const acl = new ec2.NetworkAcl(this, 'PrivateAcl', { vpc: this.vpc, subnetSelection: { subnets: this.vpc.privateSubnets } });
    allowInbound(acl, SUBNETS.private!, 1000, ec2.AclTraffic.allTraffic());
    allowInbound(acl, SUBNETS.public!, 2000, ec2.AclTraffic.tcpPortRange(1, 65535));
    denyInbound(acl, 5000, ec2.AclTraffic.tcpPort(3389), ec2.AclTraffic.udpPort(3389), ec2.AclTraffic.tcpPort(10250));
    answersAndOutbound(acl);
  }
}

function allowInbound(acl: ec2.NetworkAcl, cidrs: string[], first: number, traffic: ec2.AclTraffic): void {
  cidrs.forEach((cidr, index) => acl.addEntry(`Inbound${first + 10 * index}`, { cidr: ec2.AclCidr.ipv4(cidr), ruleNumber: first + 10 * index, traffic }));
}

function denyInbound(acl: ec2.NetworkAcl, first: number, ...traffics: ec2.AclTraffic[]): void {
  traffics.forEach((traffic, index) => acl.addEntry(`Inbound${first + 10 * index}`, {
    cidr: ec2.AclCidr.anyIpv4(), ruleNumber: first + 10 * index, traffic, ruleAction: ec2.Action.DENY,
  }));
}

function answersAndOutbound(acl: ec2.NetworkAcl): void {
  allowInbound(acl, ['0.0.0.0/0'], 6000, ec2.AclTraffic.tcpPortRange(1024, 65535));
  allowInbound(acl, ['0.0.0.0/0'], 6010, ec2.AclTraffic.udpPortRange(1024, 65535));
  allowInbound(acl, ['0.0.0.0/0'], 6020, ec2.AclTraffic.icmp({ type: 3, code: 4 }));
  acl.addEntry('Outbound1000', {
    cidr: ec2.AclCidr.anyIpv4(), ruleNumber: 1000, traffic: ec2.AclTraffic.allTraffic(), direction: ec2.TrafficDirection.EGRESS,
  });
}

class DataStack extends ZonedStack {
  public readonly secretsKey: kms.Key;
  public readonly fileSystem: efs.FileSystem;

  constructor(scope: Construct, id: string, vpc: ec2.IVpc, props: StackProps) {
    super(scope, id, props);
    this.secretsKey = new kms.Key(this, 'SecretsKey', { enableKeyRotation: true });
    this.fileSystem = new efs.FileSystem(this, 'FileSystem', {
      vpc,
      vpcSubnets: { subnets: vpc.privateSubnets },
      kmsKey: new kms.Key(this, 'FileSystemKey', { enableKeyRotation: true }),
      encrypted: true,
      enableAutomaticBackups: true,
    });
    for (const cidr of SUBNETS.private!) this.fileSystem.connections.allowFrom(ec2.Peer.ipv4(cidr), ec2.Port.tcp(2049));
    this.fileSystem.addAccessPoint('SharedDirectory', { path: '/shared', createAcl: { ownerUid: '1000', ownerGid: '1000', permissions: '0750' } });
  }
}

class ClusterStack extends ZonedStack {
  constructor(scope: Construct, id: string, vpc: ec2.IVpc, data: DataStack, props: StackProps) {
    super(scope, id, props);
    const nodes = new ec2.SecurityGroup(this, 'Nodes', { vpc, description: 'Nodes and pods', allowAllOutbound: true });
    nodes.addIngressRule(nodes, ec2.Port.allTraffic(), 'pod traffic crosses nodes');
    const group = (name: string, types: string[], min: number, max: number, desired: number) => ({
      id: name,
      instanceTypes: types.map((type) => new ec2.InstanceType(type)),
      amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD,
      minSize: min,
      maxSize: max,
      desiredSize: desired,
      nodeGroupSubnets: { subnets: vpc.privateSubnets },
      launchTemplate: { requireImdsv2: true, securityGroup: nodes },
    });
    const blueprint = new blueprints.EksBlueprintConstruct(this, {
      id: 'dpj-prod-cluster',
      compatibilityMode: true,
      version: eks.KubernetesVersion.of('1.35'),
      resourceProviders: new Map<string, blueprints.ResourceProvider<any>>([
        [blueprints.GlobalResources.Vpc, { provide: () => vpc }],
        [blueprints.GlobalResources.KmsKey, { provide: () => data.secretsKey }],
      ]),
      enableControlPlaneLogTypes: Object.values(eks.ClusterLoggingTypes),
      clusterProvider: new blueprints.GenericClusterProviderV2({
        clusterName: 'dpj-prod-cluster',
        vpcSubnets: [{ subnets: vpc.privateSubnets }],
        endpointAccess: eksv2.EndpointAccess.PRIVATE,
        defaultCapacityType: eksv2.DefaultCapacityType.NODEGROUP,
        mastersRole: new iam.Role(this, 'Administrators', { assumedBy: new iam.ArnPrincipal(`arn:aws:iam::${Aws.ACCOUNT_ID}:role/administrators`) }),
        managedNodeGroups: [
          group('system-nodes', ['t3.medium', 't3.large'], 3, 6, 3),
          group('app-nodes', ['c5.large', 'c5.xlarge', 'm5.large'], 3, 20, 6),
        ],
      }),
      addOns: [
        new blueprints.VpcCniAddOn({ version: 'v1.20.4-eksbuild.2' }),
        new blueprints.CoreDnsAddOn('v1.12.4-eksbuild.1'),
        new blueprints.KubeProxyAddOn('v1.35.0-eksbuild.2'),
        new blueprints.EksPodIdentityAgentAddOn('v1.3.10-eksbuild.1'),
        new blueprints.EbsCsiDriverAddOn({ version: 'v1.54.0-eksbuild.1' }),
        new blueprints.EfsCsiDriverAddOn({ version: 'v2.2.0-eksbuild.1' }),
        new blueprints.AwsLoadBalancerControllerAddOn({ version: '3.4.0' }),
      ],
    });
    const { cluster } = blueprint.getClusterInfo();
    const controlPlane = cluster.clusterSecurityGroup;
    controlPlane.addIngressRule(nodes, ec2.Port.tcp(443), 'kubelets and pods use the Kubernetes API');
    nodes.addIngressRule(controlPlane, ec2.Port.tcp(10250), 'logs, exec and port-forward');
    nodes.addIngressRule(controlPlane, ec2.Port.tcp(9443), 'webhooks');
    const argoCd = cluster.addHelmChart('argo-cd', {
      repository: 'https://argoproj.github.io/argo-helm', chart: 'argo-cd', version: '10.1.1', namespace: 'argocd', release: 'argo-cd', timeout: Duration.minutes(10),
    });
    const manifest = (name: string, object: Record<string, any>) => cluster.addManifest(name, object);
    manifest('root', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'root', namespace: 'argocd' },
      spec: {
        project: 'default',
        source: { repoURL: 'https://github.com/viridial/platform', path: 'argocd/overlays/dpj-prod-cluster', targetRevision: 'HEAD' },
        destination: { server: 'https://kubernetes.default.svc', namespace: 'argocd' },
      },
    }).node.addDependency(argoCd);
    manifest('shared-storage', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'efs' },
      provisioner: 'efs.csi.aws.com',
      parameters: { provisioningMode: 'efs-ap', fileSystemId: data.fileSystem.fileSystemId, directoryPerms: '700' },
    });
  }
}

const app = new App();
const props = { env: { region: 'eu-west-1' } };
const { vpc } = new NetworkStack(app, 'direct-network', props);
const data = new DataStack(app, 'direct-data', vpc, props);
new ClusterStack(app, 'direct-cluster', vpc, data, props);
app.synth();
