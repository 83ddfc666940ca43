import { CfnCluster } from 'aws-cdk-lib/aws-eks';
import { checkTemplate } from '../../src/adapter/template-check';
import { planEks } from '../../src/plan-eks';
import { errorsOf, props } from '../fixtures/platform';
import { templateOf, testPlatform } from '../fixtures/templates';

const plan = planEks('production', props());
const made = templateOf(testPlatform().clusterStack).toJSON();
const template = () => structuredClone(made);
const clusterOf = (json: any): any => Object.values<any>(json.Resources).find((resource) => resource.Type === 'AWS::EKS::Cluster').Properties;

test('the template that the blueprint makes is the one of the plan', () => {
  expect(errorsOf(() => checkTemplate(plan, template()))).toEqual([]);
});

test('an endpoint that the blueprint left open is found, with both values', () => {
  const json = template();
  clusterOf(json).ResourcesVpcConfig.EndpointPublicAccess = true;
  expect(errorsOf(() => checkTemplate(plan, json))).toEqual([
    'ResourcesVpcConfig.EndpointPublicAccess: the template says true, the plan false (TemplateDiffersFromPlan); '
    + 'cure: set it through the properties of EksPlatform, not through an escape hatch',
  ]);
});

test('authentication, encryption and logs are compared as well, all at once', () => {
  const json = template();
  clusterOf(json).AccessConfig.AuthenticationMode = 'API_AND_CONFIG_MAP';
  delete clusterOf(json).EncryptionConfig;
  clusterOf(json).Logging.ClusterLogging.EnabledTypes.pop();
  expect(errorsOf(() => checkTemplate(plan, json)).map((line) => line.split(':')[0])).toEqual([
    'AccessConfig.AuthenticationMode', 'EncryptionConfig.0.Resources', 'Logging.ClusterLogging.EnabledTypes',
  ]);
});

test('a template without a cluster is not the one of the plan', () => {
  expect(errorsOf(() => checkTemplate(plan, {}))[0]).toContain('');
  expect(errorsOf(() => checkTemplate(plan, {})).some((line) => line.includes('the template holds 0 clusters'))).toBe(true);
});

test('the escape hatch cannot open what the plan keeps closed: synthesis refuses', () => {
  const platform = testPlatform();
  (platform.cluster.node.defaultChild as CfnCluster).addPropertyOverride('ResourcesVpcConfig.EndpointPublicAccess', true);
  expect(() => templateOf(platform.clusterStack)).toThrow(/the template says true, the plan false/);
});

test('the escape hatch changes what the plan does not decide', () => {
  const platform = testPlatform();
  (platform.cluster.node.defaultChild as CfnCluster).addPropertyOverride('ZonalShiftConfig.Enabled', false);
  templateOf(platform.clusterStack).hasResourceProperties('AWS::EKS::Cluster', { ZonalShiftConfig: { Enabled: false } });
});
