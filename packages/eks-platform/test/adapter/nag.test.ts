import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Access } from '../../src/access';
import { EksPlatform } from '../../src/adapter/eks-platform';
import { EksPlatformProps } from '../../src/eks-platform-props';
import { props } from '../fixtures/platform';

/** What the reference says may be accepted with a reason; everything else must be cured. */
const MAY_BE_ACCEPTED = /^AwsSolutions-(IAM4|IAM5|L1|VPC3)(\[|$)/;

let outdir: string;
beforeEach(() => { outdir = mkdtempSync(path.join(tmpdir(), 'nag-')); });
afterEach(() => rmSync(outdir, { recursive: true, force: true }));

/** Findings of all violations in a report of CDK, as `rule construct`. */
function findings(value: any): string[] {
  if (Array.isArray(value)) return value.flatMap(findings);
  if (value === null || typeof value !== 'object') return [];
  const own = (value.violations ?? []).flatMap((violation: any) => (violation.violatingConstructs ?? violation.violatingResources ?? [])
    .map((construct: any) => `${violation.ruleName} ${construct.constructPath}`));
  return [...own, ...Object.entries(value).filter(([key]) => key !== 'violations').flatMap(([, child]) => findings(child))];
}

function judge(changes: Partial<EksPlatformProps>, change: (platform: EksPlatform) => void = () => {}) {
  const app = new App({ outdir, context: { 'aws:cdk:disable-asset-staging': true } });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const platform = new EksPlatform(app, 'production', props(changes));
  change(platform);
  const exitCode = process.exitCode;
  const silent = jest.spyOn(console, 'error').mockImplementation(() => {});
  app.synth({ errorOnDuplicateSynth: false });
  silent.mockRestore();
  process.exitCode = exitCode;
  return { platform, findings: findings(JSON.parse(readFileSync(path.join(outdir, 'validation-report.json'), 'utf8'))) };
}

test.each<[string, Partial<EksPlatformProps>]>([
  ['the architecture decision', { access: Access.of({ administrators: ['Administrator'] }) }],
  ['a range for pods', { secondaryCidr: '100.64.0.0/16' }],
  ['a public endpoint with a list of addresses, and zones of Route 53 by their ids', { access: Access.of({ publicEndpointCidrs: ['203.0.113.7/32'] }), hostedZoneIds: ['Z2FDTNDATAQYW2'] }],
  ['networks of administrators, and load balancers for some', { access: Access.of({ networks: ['192.168.0.0/16'] }), ingressCidrs: ['203.0.113.0/24'] }],
  ['no network ACLs', { networkAcls: false }],
  ['an account that is known', { account: '123456789012' }],
])('AwsSolutions finds nothing in a platform with %s but what is accepted by name', (_, changes) => {
  const judged = judge(changes);
  // EKS1 says what the access options say: the endpoint is open, for a list of addresses
  expect(judged.findings.filter((finding) => !(changes.access?.publicEndpoint && finding.startsWith('AwsSolutions-EKS1')))).toEqual([]);
});

test('only findings that nothing here can cure are accepted, each on one construct and with a reason', () => {
  const { platform } = judge({});
  expect(platform.acknowledgements.length).toBeGreaterThan(20);
  for (const { path: construct, id, reason } of platform.acknowledgements) {
    expect(id).toMatch(MAY_BE_ACCEPTED);
    expect(construct).toMatch(id === 'AwsSolutions-VPC3' ? /^production\/network\/(private|public)-acl$/ : /^production\/cluster\/.+/);
    expect(reason.length).toBeGreaterThan(30);
  }
});

test('what a user adds is judged like everything else', () => {
  const { findings: found } = judge({}, (platform) => {
    new Role(platform.clusterStack, 'Custom', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') })
      .addToPolicy(new PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
  });
  expect(found).toContainEqual(expect.stringContaining('AwsSolutions-IAM5[Action::s3:*] production/cluster/Custom'));
});
