import { Match } from 'aws-cdk-lib/assertions';
import { CfnCluster } from 'aws-cdk-lib/aws-eks';
import { Access } from '../../src/access';
import { checkTemplate } from '../../src/adapter/template-check';
import { CapacityType, NodeGroup, TaintEffect } from '../../src/node-group';
import { errorsOf } from '../fixtures/platform';
import { propertiesOf, templateOf, testPlatform } from '../fixtures/templates';

const platform = testPlatform();
const withPods = testPlatform({ secondaryCidr: '100.64.0.0/16' });
const withoutData = testPlatform({ keepData: false });

const zones = ['a', 'b', 'c'].map((letter) => ({ 'Fn::Sub': `\${AWS::Region}${letter}` }));
const nameOf = (properties: any) => properties.Tags.find((tag: any) => tag.Key === 'Name').Value;

describe('the network of the architecture decision', () => {
  const template = templateOf(platform.networkStack);

  test('has exactly its subnets, each in its zone and with its name', () => {
    const subnets = propertiesOf(template, 'AWS::EC2::Subnet').map((subnet) => [nameOf(subnet), subnet.CidrBlock, subnet.AvailabilityZone]);
    expect(subnets).toEqual([
      ['dpj-prod-cluster-public-eu-west-1a', '10.0.1.0/24', zones[0]],
      ['dpj-prod-cluster-public-eu-west-1b', '10.0.2.0/24', zones[1]],
      ['dpj-prod-cluster-public-eu-west-1c', '10.0.3.0/24', zones[2]],
      ['dpj-prod-cluster-private-eu-west-1a', '10.0.10.0/24', zones[0]],
      ['dpj-prod-cluster-private-eu-west-1b', '10.0.20.0/24', zones[1]],
      ['dpj-prod-cluster-private-eu-west-1c', '10.0.30.0/24', zones[2]],
    ]);
    template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true, EnableDnsSupport: true });
  });

  test('gives no instance a public address by itself', () => {
    for (const subnet of propertiesOf(template, 'AWS::EC2::Subnet')) expect(subnet.MapPublicIpOnLaunch).toBe(false);
  });

  test('has one NAT gateway per zone, and each private subnet routes to its own', () => {
    template.resourceCountIs('AWS::EC2::NatGateway', 3);
    const gateways = propertiesOf(template, 'AWS::EC2::Route').filter((route) => route.NatGatewayId).map((route) => route.NatGatewayId.Ref);
    expect(new Set(gateways).size).toBe(3);
  });

  test('records all traffic, and keeps the record for as long as the plan says', () => {
    template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', ResourceType: 'VPC' });
    template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 90 }, DeletionPolicy: 'Retain' });
  });

  test('closes the default security group', () => {
    template.resourceCountIs('Custom::VpcRestrictDefaultSG', 1);
  });

  test('tags the subnets so that the load balancer controller finds them', () => {
    const tagged = (key: string) => propertiesOf(template, 'AWS::EC2::Subnet').filter((subnet) => subnet.Tags.some((tag: any) => tag.Key === key)).map((subnet) => subnet.CidrBlock);
    expect(tagged('kubernetes.io/role/elb')).toEqual(['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24']);
    expect(tagged('kubernetes.io/role/internal-elb')).toEqual(['10.0.10.0/24', '10.0.20.0/24', '10.0.30.0/24']);
  });

  test('looks nothing up', () => {
    expect(JSON.stringify(template.toJSON())).not.toContain('dummy');
  });
});

test('one NAT gateway serves all zones when that is asked for', () => {
  const template = templateOf(testPlatform({ natGateways: 1 }).networkStack);
  template.resourceCountIs('AWS::EC2::NatGateway', 1);
});

test('data that nobody misses does not keep its logs', () => {
  const template = templateOf(withoutData.networkStack);
  template.hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
});

test('a range for pods gets its own subnets behind the NAT gateways of their zones', () => {
  const template = templateOf(withPods.networkStack);
  template.hasResourceProperties('AWS::EC2::VPCCidrBlock', { CidrBlock: '100.64.0.0/16' });
  const pods = template.findResources('AWS::EC2::Subnet', { Properties: { CidrBlock: Match.stringLikeRegexp('^100\\.64\\.') } });
  expect(Object.values(pods).map((subnet) => [nameOf(subnet.Properties), subnet.Properties.CidrBlock, subnet.DependsOn])).toEqual([
    ['dpj-prod-cluster-pods-eu-west-1a', '100.64.0.0/18', ['PodBlock']],
    ['dpj-prod-cluster-pods-eu-west-1b', '100.64.64.0/18', ['PodBlock']],
    ['dpj-prod-cluster-pods-eu-west-1c', '100.64.128.0/18', ['PodBlock']],
  ]);
  const routes = propertiesOf(template, 'AWS::EC2::Route').filter((route) => route.NatGatewayId);
  expect(routes).toHaveLength(6);
  expect(new Set(routes.map((route) => route.NatGatewayId.Ref)).size).toBe(3);
});

describe('the data of the architecture decision', () => {
  const template = templateOf(platform.dataStack);

  test('is encrypted with keys that rotate, and stays when the stack goes', () => {
    template.allResourcesProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    template.allResources('AWS::KMS::Key', { DeletionPolicy: 'Retain' });
    template.hasResource('AWS::EFS::FileSystem', { Properties: { Encrypted: true }, DeletionPolicy: 'Retain' });
    template.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/viridial/dpj-prod-cluster/secrets' });
  });

  test('is backed up, and has an access point', () => {
    template.hasResourceProperties('AWS::EFS::FileSystem', { BackupPolicy: { Status: 'ENABLED' } });
    template.hasResourceProperties('AWS::EFS::AccessPoint', { RootDirectory: { Path: '/shared' }, PosixUser: { Uid: '1000', Gid: '1000' } });
  });

  test('is mounted from every private subnet, and from nowhere else', () => {
    template.resourceCountIs('AWS::EFS::MountTarget', 3);
    const [group] = propertiesOf(template, 'AWS::EC2::SecurityGroup');
    expect(group.SecurityGroupIngress.map((rule: any) => [rule.CidrIp, rule.FromPort, rule.ToPort])).toEqual([
      ['10.0.10.0/24', 2049, 2049], ['10.0.20.0/24', 2049, 2049], ['10.0.30.0/24', 2049, 2049],
    ]);
  });

  test('is mounted through TLS only', () => {
    const [fileSystem] = propertiesOf(template, 'AWS::EFS::FileSystem');
    expect(fileSystem.FileSystemPolicy.Statement).toContainEqual(expect.objectContaining({
      Effect: 'Deny', Action: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }));
  });
});

test('data that nobody misses goes with the stack, and the stack may go', () => {
  const { dataStack } = withoutData;
  templateOf(dataStack).allResources('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
  expect(dataStack.terminationProtection).toBe(false);
});

test('other data keeps its stack from being deleted by mistake', () => {
  expect(platform.dataStack.terminationProtection).toBe(true);
});

describe('the cluster of the architecture decision', () => {
  const template = templateOf(platform.clusterStack);
  const nodeGroups = propertiesOf(template, 'AWS::EKS::Nodegroup');

  test('is reached from inside the VPC only, by access entries only', () => {
    template.hasResourceProperties('AWS::EKS::Cluster', {
      Name: 'dpj-prod-cluster',
      Version: '1.35',
      AccessConfig: { AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: false },
      ResourcesVpcConfig: { EndpointPrivateAccess: true, EndpointPublicAccess: false },
    });
  });

  test('encrypts its secrets with the key of the data stack', () => {
    template.hasResourceProperties('AWS::EKS::Cluster', {
      EncryptionConfig: [{ Resources: ['secrets'], Provider: { KeyArn: { 'Fn::ImportValue': Match.stringLikeRegexp('^production-data:.*SecretsKey') } } }],
    });
  });

  test('writes all five logs into a group that is there before and forgets after 90 days', () => {
    template.hasResource('AWS::EKS::Cluster', {
      Properties: { Logging: { ClusterLogging: { EnabledTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].map((Type) => ({ Type })) } } },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^ControlPlaneLogs')]),
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/aws/eks/dpj-prod-cluster/cluster', RetentionInDays: 90 });
  });

  test('is protected from deletion, from extended support by mistake and from an impaired zone', () => {
    template.hasResource('AWS::EKS::Cluster', {
      Properties: { DeletionProtection: true, UpgradePolicy: { SupportType: 'STANDARD' }, ZonalShiftConfig: { Enabled: true } },
      DeletionPolicy: 'Retain',
    });
  });

  test('has exactly its node groups', () => {
    expect(nodeGroups).toMatchObject([
      {
        NodegroupName: expect.stringMatching(/^app-nodes-[0-9a-f]{8}$/),
        InstanceTypes: ['c5.large', 'c5.xlarge', 'm5.large'],
        ScalingConfig: { MinSize: 3, MaxSize: 20, DesiredSize: 6 },
        CapacityType: 'ON_DEMAND',
        AmiType: 'AL2023_x86_64_STANDARD',
      },
      {
        NodegroupName: expect.stringMatching(/^system-nodes-[0-9a-f]{8}$/),
        InstanceTypes: ['t3.medium', 't3.large'],
        ScalingConfig: { MinSize: 3, MaxSize: 6, DesiredSize: 3 },
        CapacityType: 'ON_DEMAND',
        AmiType: 'AL2023_x86_64_STANDARD',
      },
    ]);
  });

  test('repairs its nodes, updates a third of them at a time, and labels them with their group', () => {
    for (const group of nodeGroups) {
      expect(group).toMatchObject({ NodeRepairConfig: { Enabled: true }, UpdateConfig: { MaxUnavailablePercentage: 33 } });
      expect(group.Labels['viridial.com/node-group']).toBe(group.NodegroupName.replace(/-[0-9a-f]{8}$/, ''));
      expect(group.Tags.Name).toBe(`dpj-prod-cluster-${group.Labels['viridial.com/node-group']}`);
      expect(group.Subnets).toHaveLength(3);
      expect(JSON.stringify(group.Subnets)).toContain('privateSubnet');
      expect(JSON.stringify(group.Subnets)).not.toContain('publicSubnet');
    }
  });

  test('lets nobody but the node itself ask the metadata service, version 2 only, and encrypts its disks', () => {
    template.resourceCountIs('AWS::EC2::LaunchTemplate', 2);
    template.allResourcesProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: true, VolumeType: 'gp3', VolumeSize: 50 } }],
      },
    });
  });

  test('gives its nodes no right to hand out addresses: that is the right of the network plugin alone', () => {
    const roles = Object.entries(template.findResources('AWS::IAM::Role')).filter(([, role]) => JSON.stringify(role).includes('AmazonEKS_CNI_Policy')).map(([id]) => id);
    expect(roles).toEqual([expect.stringMatching(/^Identityvpccni/)]);
  });

  test('has no role that the whole account may assume', () => {
    for (const role of propertiesOf(template, 'AWS::IAM::Role')) expect(JSON.stringify(role.AssumeRolePolicyDocument)).not.toContain(':root');
  });

  test('has managed add-ons with explicit versions, each once, that overwrite nobody', () => {
    const addOns = propertiesOf(template, 'AWS::EKS::Addon');
    expect(addOns.map(({ AddonName }) => AddonName).sort()).toEqual(['aws-ebs-csi-driver', 'aws-efs-csi-driver', 'coredns', 'eks-pod-identity-agent', 'kube-proxy', 'vpc-cni']);
    for (const addOn of addOns) {
      expect(addOn.AddonVersion).toMatch(/^v[0-9.]+-eksbuild\.[0-9]+$/);
      expect(addOn.ResolveConflicts).toBe('NONE');
    }
    template.hasResourceProperties('AWS::EKS::Cluster', { BootstrapSelfManagedAddons: false });
  });

  test('installs what nodes need before the nodes, and what needs nodes after them', () => {
    const before = ['AddOnekspodidentityagent', 'AddOnkubeproxy', 'AddOnvpccni'];
    for (const group of Object.values(template.findResources('AWS::EKS::Nodegroup'))) expect(group.DependsOn).toEqual(before);
    for (const id of ['AddOncoredns', 'AddOnawsebscsidriver', 'AddOnawsefscsidriver']) {
      expect(template.findResources('AWS::EKS::Addon')[id].DependsOn).toEqual(Object.keys(template.findResources('AWS::EKS::Nodegroup')));
    }
  });

  test('enforces network policies', () => {
    template.hasResourceProperties('AWS::EKS::Addon', { AddonName: 'vpc-cni', ConfigurationValues: '{"enableNetworkPolicy":"true"}' });
  });

  test('gives AWS rights to service accounts of its own only', () => {
    const trusted = propertiesOf(template, 'AWS::IAM::Role').filter((role) => JSON.stringify(role).includes('pods.eks.amazonaws.com'));
    expect(trusted.length).toBe(6);
    for (const role of trusted) {
      for (const statement of role.AssumeRolePolicyDocument.Statement) {
        expect(statement.Condition.StringEquals).toMatchObject({
          'aws:RequestTag/eks-cluster-name': 'dpj-prod-cluster',
          'aws:RequestTag/kubernetes-namespace': expect.any(String),
          'aws:RequestTag/kubernetes-service-account': expect.any(String),
        });
      }
    }
    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', { Namespace: 'external-dns', ServiceAccount: 'external-dns' });
    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', { Namespace: 'kube-system', ServiceAccount: 'aws-load-balancer-controller' });
    template.hasResourceProperties('AWS::EKS::Addon', { AddonName: 'aws-ebs-csi-driver', PodIdentityAssociations: [{ ServiceAccount: 'ebs-csi-controller-sa' }] });
    template.hasResourceProperties('AWS::EKS::Addon', { AddonName: 'aws-efs-csi-driver', PodIdentityAssociations: [{ ServiceAccount: 'efs-csi-controller-sa' }] });
  });

  test('installs the load balancer controller with what pods cannot find out: region and VPC', () => {
    const [controller] = propertiesOf(template, 'Custom::AWSCDK-EKS-HelmChart').filter((chart) => chart.Chart === 'aws-load-balancer-controller');
    const values = JSON.stringify(controller.Values);
    expect(values).toContain('region');
    expect(values).toContain('Fn::ImportValue');
    expect(controller).toMatchObject({ Namespace: 'kube-system', Version: platform.rendered.installations.find(({ name }) => name === 'aws-load-balancer-controller')!.version });
  });

  test('installs Argo CD of the catalogue after its namespace, and points it at the tree', () => {
    const charts = template.findResources('Custom::AWSCDK-EKS-HelmChart', { Properties: { Chart: 'argo-cd' } });
    const [[id, chart]] = Object.entries(charts);
    expect(chart.Properties).toMatchObject({ Namespace: 'argocd', Wait: true, Timeout: '780s', Version: platform.rendered.installations.find(({ name }) => name === 'argo-cd')!.version });
    expect(chart.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^ChartargocdBefore/)]));
    const after = Object.values(template.findResources('Custom::AWSCDK-EKS-KubernetesResource')).find((resource) => resource.DependsOn.includes(id))!;
    const manifests = JSON.parse(after.Properties.Manifest);
    expect(manifests.map((manifest: any) => `${manifest.kind} ${manifest.metadata.name}`)).toEqual(['AppProject platform', 'Application root']);
    expect(manifests[1].spec.source).toMatchObject({ repoURL: 'https://github.com/viridial/platform', path: 'argocd/overlays/dpj-prod-cluster' });
  });

  test('lets Argo CD look at the tree only when the identities of its add-ons are there, because a pod gets one when it is made or never', () => {
    const manifests = Object.values(template.findResources('Custom::AWSCDK-EKS-KubernetesResource'));
    const root = manifests.find((resource) => JSON.stringify(resource.Properties.Manifest).includes('AppProject'))!;
    const associations = Object.keys(template.findResources('AWS::EKS::PodIdentityAssociation')).filter((id) => id.startsWith('Associations'));
    expect(associations).toHaveLength(2);
    expect(root.DependsOn).toEqual(expect.arrayContaining(associations));
  });

  test('lets disruption budgets stop an update', () => {
    for (const group of nodeGroups) expect(group.ForceUpdateEnabled).toBe(false);
  });

  test('offers shared volumes of the file system of the data stack', () => {
    const classes = propertiesOf(template, 'Custom::AWSCDK-EKS-KubernetesResource').map((resource) => JSON.stringify(resource.Manifest)).filter((text) => text.includes('StorageClass'));
    expect(classes).toHaveLength(1);
    expect(classes[0]).toContain('efs.csi.aws.com');
    expect(classes[0]).toContain('production-data:');
  });

  test('leaves tenants and portable add-ons to the tree', () => {
    const text = JSON.stringify(template.toJSON());
    expect(text).not.toContain('ResourceQuota');
    expect(propertiesOf(template, 'Custom::AWSCDK-EKS-HelmChart').map((chart) => chart.Chart).sort()).toEqual(['argo-cd', 'aws-load-balancer-controller']);
  });

  test('stays far below the limits of CloudFormation', () => {
    expect(Object.keys(template.toJSON().Resources).length).toBeLessThan(80);
    expect(JSON.stringify(template.toJSON()).length).toBeLessThan(100_000);
  });
});

test('a list of addresses opens the endpoint for them, and a role becomes an access entry in each of its three forms', () => {
  const roles = ['Administrator', 'ssm:/viridial/administrators', 'arn:aws:iam::123456789012:role/Guest'];
  const open = testPlatform({ access: Access.of({ administrators: roles, viewers: ['Auditor'], publicEndpointCidrs: ['203.0.113.7/32'] }) });
  const template = templateOf(open.clusterStack);
  template.hasResourceProperties('AWS::EKS::Cluster', {
    ResourcesVpcConfig: { EndpointPrivateAccess: true, EndpointPublicAccess: true, PublicAccessCidrs: ['203.0.113.7/32'] },
  });
  const entries = propertiesOf(template, 'AWS::EKS::AccessEntry').map((entry) => ({ principal: entry.PrincipalArn, policy: JSON.stringify(entry.AccessPolicies[0].PolicyArn) }));
  const [kubectl, ...people] = entries;
  expect(JSON.stringify(kubectl.principal)).toContain('KubectlProvider');
  expect(people.map(({ policy }) => /Amazon\w+/.exec(policy)![0])).toEqual([...Array(3).fill('AmazonEKSClusterAdminPolicy'), 'AmazonEKSViewPolicy']);
  const principals = people.map(({ principal }) => JSON.stringify(principal));
  expect(principals.filter((principal) => principal.includes('role/Administrator') && principal.includes('AWS::AccountId'))).toHaveLength(1);
  expect(principals).toContain('"arn:aws:iam::123456789012:role/Guest"');
  expect(Object.values(template.findParameters('*')).map((parameter) => parameter.Default)).toContain('/viridial/administrators');
});

test('pods with a range of their own get addresses of the subnet of their zone', () => {
  const template = templateOf(withPods.clusterStack);
  const [cni] = propertiesOf(template, 'AWS::EKS::Addon').filter((addOn) => addOn.AddonName === 'vpc-cni');
  const text = cni.ConfigurationValues['Fn::Join'][1].map((part: any) => typeof part === 'string' ? part : 'TOKEN').join('');
  expect(JSON.parse(text)).toEqual({
    enableNetworkPolicy: 'true',
    env: { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true', ENI_CONFIG_LABEL_DEF: 'topology.kubernetes.io/zone' },
    eniConfig: {
      create: true,
      region: 'eu-west-1',
      subnets: Object.fromEntries(['eu-west-1a', 'eu-west-1b', 'eu-west-1c'].map((zone) => [zone, { id: 'TOKEN', securityGroups: ['TOKEN'] }])),
    },
  });
});

test('taints, labels and the way of buying reach the node group', () => {
  const template = templateOf(testPlatform({
    nodeGroups: {
      batch: NodeGroup.of(['m7g.large'], {
        min: 0, max: 4, capacityType: CapacityType.SPOT, labels: { tier: 'batch' }, taints: [{ key: 'dedicated', value: 'batch', effect: TaintEffect.NO_SCHEDULE }],
      }),
      system: NodeGroup.of(['m5.large'], { min: 2, max: 4 }),
    },
  }).clusterStack);
  template.hasResourceProperties('AWS::EKS::Nodegroup', {
    AmiType: 'AL2023_ARM_64_STANDARD',
    CapacityType: 'SPOT',
    ScalingConfig: { MinSize: 0, MaxSize: 4, DesiredSize: 0 },
    Labels: { 'tier': 'batch', 'viridial.com/node-group': 'batch' },
    Taints: [{ Key: 'dedicated', Value: 'batch', Effect: 'NO_SCHEDULE' }],
  });
});

test('a version in extended support says so, because EKS would refuse it otherwise', () => {
  const versions = Object.fromEntries(['aws-ebs-csi-driver', 'aws-efs-csi-driver', 'coredns', 'eks-pod-identity-agent', 'kube-proxy', 'vpc-cni'].map((name) => [name, 'v1.0.0-eksbuild.1']));
  const template = templateOf(testPlatform({ version: '1.33', addOnVersions: versions }).clusterStack);
  template.hasResourceProperties('AWS::EKS::Cluster', { Version: '1.33', UpgradePolicy: { SupportType: 'EXTENDED' } });
});

test('without GitOps there is no Argo CD, and identities of add-ons are there all the same', () => {
  const template = templateOf(testPlatform({ gitOps: undefined }).clusterStack);
  expect(propertiesOf(template, 'Custom::AWSCDK-EKS-HelmChart').map((chart) => chart.Chart)).toEqual(['aws-load-balancer-controller']);
  template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', { ServiceAccount: 'external-dns' });
});

describe('the comparison of the template with the plan', () => {
  const template = () => structuredClone(templateOf(platform.clusterStack).toJSON());
  const clusterOf = (json: any): any => Object.values<any>(json.Resources).find((resource) => resource.Type === 'AWS::EKS::Cluster').Properties;

  test('the template that the blueprint makes is the one of the plan', () => {
    expect(errorsOf(() => checkTemplate(platform.plan, template()))).toEqual([]);
  });

  test('an endpoint that the blueprint left open is found, with both values', () => {
    const json = template();
    clusterOf(json).ResourcesVpcConfig.EndpointPublicAccess = true;
    expect(errorsOf(() => checkTemplate(platform.plan, json))).toEqual([
      'ResourcesVpcConfig.EndpointPublicAccess: the template says true, the plan false (TemplateDiffersFromPlan); '
      + 'cure: set it through the properties of EksPlatform, not through an escape hatch',
    ]);
  });

  test('authentication, encryption and logs are compared as well, all at once', () => {
    const json = template();
    clusterOf(json).AccessConfig.AuthenticationMode = 'API_AND_CONFIG_MAP';
    delete clusterOf(json).EncryptionConfig;
    clusterOf(json).Logging.ClusterLogging.EnabledTypes.pop();
    expect(errorsOf(() => checkTemplate(platform.plan, json)).map((line) => line.split(':')[0])).toEqual([
      'AccessConfig.AuthenticationMode', 'EncryptionConfig.0.Resources', 'Logging.ClusterLogging.EnabledTypes',
    ]);
  });

  test('a template without a cluster is not the one of the plan', () => {
    expect(errorsOf(() => checkTemplate(platform.plan, {})).some((line) => line.includes('the template holds 0 clusters'))).toBe(true);
  });

  test('the escape hatch cannot open what the plan keeps closed: synthesis refuses', () => {
    const own = testPlatform();
    (own.cluster.node.defaultChild as CfnCluster).addPropertyOverride('ResourcesVpcConfig.EndpointPublicAccess', true);
    expect(() => templateOf(own.clusterStack)).toThrow(/the template says true, the plan false/);
  });

  test('the escape hatch changes what the plan does not decide', () => {
    const own = testPlatform();
    (own.cluster.node.defaultChild as CfnCluster).addPropertyOverride('ZonalShiftConfig.Enabled', false);
    templateOf(own.clusterStack).hasResourceProperties('AWS::EKS::Cluster', { ZonalShiftConfig: { Enabled: false } });
  });
});
