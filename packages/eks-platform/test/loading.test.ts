import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

const root = path.join(__dirname, '..');

/** The props of a platform, as a consumer of the compiled package writes them. */
const PROPS = `
  const { Access, CertManager, GitOps, NodeGroup, Platform, planEks, Subnets, Tenant } = require('.');
  const props = (n) => ({
    platform: new Platform({ name: 'viridial', environments: ['dev', 'staging', 'production'], tenants: [new Tenant('shop')], addOns: [new CertManager({ email: 'ops@viridial.com' })] }),
    region: 'eu-west-1',
    access: Access.of({ administrators: ['Administrator'] }),
    subnets: Subnets.exact('10.' + n + '.0.0/16', {
      public: [1, 2, 3].map((i) => '10.' + n + '.' + i + '.0/24'), private: [10, 20, 30].map((i) => '10.' + n + '.' + i + '.0/24'),
    }),
    nodeGroups: { app: NodeGroup.of(['m5.large'], { min: 3, max: 6 }) },
    gitOps: GitOps.argoCd({ repository: 'https://github.com/viridial/platform' }),
  });`;

/** Runs a program on the compiled package, in a process of its own. */
function run(program: string): { stdout: string; stderr: string; status: number | null; signal: string | null } {
  return spawnSync(process.execPath, ['-e', PROPS + program], { cwd: root, encoding: 'utf8', timeout: 120_000 });
}

test('planning loads neither CDK nor EKS Blueprints', () => {
  const { stdout, stderr } = run(`
    planEks('dev', props(0));
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => /node_modules.(aws-cdk-lib|@aws-quickstart|@aws-cdk|cdk8s).(?!.*package.json)/.test(file))));`);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual([]);
});

test('an app with three platforms synthesizes, and its process ends by itself', () => {
  const { stdout, status, signal } = run(`
    const { App } = require('aws-cdk-lib');
    const app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
    ['dev', 'staging', 'production'].forEach((id, n) => new (require('.').EksPlatform)(app, id, { ...props(n), environments: [id] }));
    console.log(app.synth().stacks.map((stack) => stack.stackName).join(' '));`);
  expect(stdout.trim().split(' ').sort()).toEqual([
    'dev-cluster', 'dev-data', 'dev-network', 'production-cluster', 'production-data', 'production-network', 'staging-cluster', 'staging-data', 'staging-network',
  ]);
  expect({ status, signal }).toEqual({ status: 0, signal: null });
}, 120_000);
