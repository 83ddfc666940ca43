import { architectureFindings } from '../../src/eks/architecture';
import { stackSizeCheck } from '../../src/eks/stack-size';
import { synthesize } from '../../src/eks/synthesis';
import { Template } from '../../src/eks/template';

const { stacks } = synthesize('production');
const templates = () => stacks.map(({ text }) => JSON.parse(text) as Template);

function change(type: string, mutate: (properties: { [name: string]: any }) => void): Template[] {
  const all = templates();
  const resource = all.flatMap((template) => Object.values(template.Resources)).find((candidate) => candidate.Type === type)!;
  mutate(resource.Properties!);
  return all;
}

test('the production cluster of the example is the one of the architecture decision', () => {
  expect(architectureFindings(templates())).toEqual([]);
});

test.each([
  ['subnets', 'AWS::EC2::Subnet', (p: { [name: string]: any }) => { p.CidrBlock = '10.0.99.0/24'; }],
  ['public endpoint', 'AWS::EKS::Cluster', (p: { [name: string]: any }) => { p.ResourcesVpcConfig.EndpointPublicAccess = true; }],
  ['authentication mode', 'AWS::EKS::Cluster', (p: { [name: string]: any }) => { p.AccessConfig.AuthenticationMode = 'API_AND_CONFIG_MAP'; }],
  ['encrypted resources', 'AWS::EKS::Cluster', (p: { [name: string]: any }) => { delete p.EncryptionConfig; }],
  ['control-plane logs', 'AWS::EKS::Cluster', (p: { [name: string]: any }) => { p.Logging.ClusterLogging.EnabledTypes.pop(); }],
  ['keys without rotation', 'AWS::KMS::Key', (p: { [name: string]: any }) => { p.EnableKeyRotation = false; }],
  ['node groups', 'AWS::EKS::Nodegroup', (p: { [name: string]: any }) => { p.ScalingConfig.MaxSize = 99; }],
  ['launch templates', 'AWS::EC2::LaunchTemplate', (p: { [name: string]: any }) => { p.LaunchTemplateData.MetadataOptions.HttpTokens = 'optional'; }],
  ['security group rules open to the world', 'AWS::EC2::SecurityGroupIngress', (p: { [name: string]: any }) => { p.CidrIp = '0.0.0.0/0'; }],
  ['launch templates without exactly one security group', 'AWS::EC2::LaunchTemplate', (p: { [name: string]: any }) => { delete p.LaunchTemplateData.SecurityGroupIds; }],
  ['managed add-ons without a version', 'AWS::EKS::Addon', (p: { [name: string]: any }) => { delete p.AddonVersion; }],
])('a change of the %s is found', (what, type, mutate) => {
  const findings = architectureFindings(change(type, mutate));
  expect(findings).toHaveLength(1);
  expect(findings[0]).toContain(what);
});

test('a stack that comes near the limits of CloudFormation is found', () => {
  const template = { Resources: Object.fromEntries(Array.from({ length: 401 }, (_, i) => [`R${i}`, { Type: 'AWS::SNS::Topic' }])) };
  expect(stackSizeCheck([{ name: 'large', text: '{}', template }])).toMatchObject({ ok: false });
  expect(stackSizeCheck(stacks)).toMatchObject({ ok: true });
});
