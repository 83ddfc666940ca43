import { App, CfnOutput, CfnWaitConditionHandle, Stage } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { EksPlatform } from '../../src/adapter/eks-platform';
import { NetworkStack } from '../../src/adapter/network-stack';
import { planEks } from '../../src/plan-eks';
import { errorsOf, props } from '../fixtures/platform';
import { templateOf, testApp, testPlatform } from '../fixtures/templates';

// for the tests that only look; the others make their own
const shared = testPlatform();
const stacksOf = (platform: EksPlatform) => [platform.networkStack, platform.dataStack, platform.clusterStack];

test('a platform is three stacks whose names begin with its id, and the cluster comes last', () => {
  const { stacks } = (shared.node.root as App).synth();
  const needs = stacks.map((stack) => `${stack.stackName} needs ${stack.dependencies.filter((other) => 'stackName' in other).map((other) => (other as typeof stack).stackName).sort()}`);
  expect(needs).toEqual(['production-network needs ', 'production-data needs production-network', 'production-cluster needs production-data,production-network']);
});

test('the stacks know their region, and the account of whoever deploys when none is given', () => {
  const [stack] = stacksOf(shared);
  expect(stack.region).toBe('eu-west-1');
  expect(stack.environment).toBe('aws://unknown-account/eu-west-1');
  expect(testPlatform({ account: '123456789012' }).networkStack.environment).toBe('aws://123456789012/eu-west-1');
});

test('there is nothing to await: the templates are the same before and after everything asynchronous is done', async () => {
  const atOnce = stacksOf(testPlatform()).map((stack) => templateOf(stack).toJSON());
  const waited = testPlatform();
  await new Promise((done) => setImmediate(done));
  await new Promise((done) => setTimeout(done, 20));
  expect(stacksOf(waited).map((stack) => templateOf(stack).toJSON())).toEqual(atOnce);
});

test('the same props give the same templates, byte for byte, whatever the order in which groups are written', () => {
  const text = (platform: EksPlatform) => stacksOf(platform).map((stack) => JSON.stringify(templateOf(stack).toJSON()));
  const { nodeGroups } = props();
  const reversed = Object.fromEntries(Object.entries(nodeGroups).reverse());
  expect(text(testPlatform({ nodeGroups: reversed }))).toEqual(text(shared));
});

test('synthesis needs no context: nothing is looked up', () => {
  const app = testApp();
  testPlatform({ account: '123456789012' }, app);
  expect(app.synth().manifest.missing ?? []).toEqual([]);
});

test('development, staging and production live in one app', () => {
  const app = testApp();
  for (const id of ['dev', 'staging', 'production']) new EksPlatform(app, id, props({ clusterName: `cluster-${id}`, environments: [id === 'dev' ? 'staging' : id] }));
  expect(app.synth().stacks.map((stack) => stack.stackName).sort()).toEqual([
    'dev-cluster', 'dev-data', 'dev-network', 'production-cluster', 'production-data', 'production-network', 'staging-cluster', 'staging-data', 'staging-network',
  ]);
});

test('a platform lives in a stage as well as in an app', () => {
  const app = testApp();
  const platform = new EksPlatform(new Stage(app, 'europe'), 'production', props());
  expect(platform.networkStack.stackName).toBe('production-network');
  expect(app.synth().getNestedAssembly('assembly-europe').stacks).toHaveLength(3);
});

test('props that are wrong are refused together, and nothing is built', () => {
  const app = testApp();
  const lines = errorsOf(() => new EksPlatform(app, 'production', props({ version: '1.28', natGateways: 9, logRetentionDays: 45 })));
  expect(lines).toEqual([
    expect.stringContaining('(RetentionNotAllowed)'), expect.stringContaining('(NatGatewaysOutOfRange)'), expect.stringContaining('(UnsupportedKubernetesVersion)'),
  ]);
  expect(app.node.children.filter((child) => child.node.id === 'production')).toEqual([]);
});

test('what is unwise is a warning of CDK, under a stable id', () => {
  const warnings = Annotations.fromStack(shared.clusterStack).findWarning('/production/cluster', Match.anyValue());
  expect(warnings.map(({ entry }) => entry.data)).toContainEqual(expect.stringContaining('[ack: @viridial/eks-platform:AddressBudgetExceeded]'));
  expect(warnings).toHaveLength(shared.plan.warnings.length);
});

test('all resources carry the tags of the platform and those that were given', () => {
  const template = templateOf(testPlatform({ tags: { 'cost-centre': '4711' } }).clusterStack);
  template.hasResourceProperties('AWS::EKS::Cluster', {
    Tags: Match.arrayWith([{ Key: 'cost-centre', Value: '4711' }, { Key: 'viridial.com/cluster', Value: 'dpj-prod-cluster' }, { Key: 'viridial.com/platform', Value: 'viridial' }]),
  });
});

test('the administrator is told how to get a kubeconfig', () => {
  templateOf(shared.clusterStack).hasOutput('KubeconfigCommand', { Value: 'aws eks update-kubeconfig --name dpj-prod-cluster --region eu-west-1' });
});

describe('a stack that grows', () => {
  const plan = planEks('production', props());

  test('beyond 400 resources is refused before CloudFormation would', () => {
    const stack = new NetworkStack(testApp(), plan);
    for (let i = 0; i < 400; i++) new CfnWaitConditionHandle(stack, `Extra${i}`);
    expect(() => templateOf(stack)).toThrow(/stack production-network has \d+ resources and \d+ bytes, allowed are 400 and 800000 \(StackTooLarge\)/);
  });

  test('beyond 800 KB is refused as well', () => {
    const stack = new NetworkStack(testApp(), plan);
    new CfnOutput(stack, 'Long', { value: 'x'.repeat(800_000) });
    expect(() => templateOf(stack)).toThrow(/StackTooLarge/);
  });
});

test('the tree, the proof and the rendered platform are at hand', () => {
  const platform = shared;
  expect(Object.keys(platform.repository.files)).toContain('argocd/overlays/dpj-prod-cluster/kustomization.yaml');
  expect(platform.proof).toBe(platform.proof);
  expect(platform.proof.counts.brokenExpectations).toBe(0);
  expect(platform.rendered.clusterName).toBe('dpj-prod-cluster');
  expect(platform.vpc).toBeDefined();
  expect(platform.fileSystem).toBeDefined();
});

test('two clusters of one name in one region are refused, in two regions they are not', () => {
  const app = testApp();
  new EksPlatform(app, 'first', props());
  expect(errorsOf(() => new EksPlatform(app, 'second', props()))).toEqual([expect.stringMatching(/clusterName: platform 'first' of this app has a cluster dpj-prod-cluster in eu-west-1 already \(ClusterNameTaken\)/)]);
  expect(errorsOf(() => new EksPlatform(app, 'third', props({ region: 'eu-central-1' })))).toEqual([]);
  expect(errorsOf(() => new EksPlatform(new Stage(app, 'elsewhere'), 'fourth', props()))).toEqual([]);
});
