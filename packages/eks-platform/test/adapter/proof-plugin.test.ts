import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Severity } from '@viridial/core';
import { App, Validations } from 'aws-cdk-lib';
import { EksPlatform } from '../../src/adapter/eks-platform';
import { ProofPlugin } from '../../src/adapter/proof-plugin';
import { props } from '../fixtures/platform';

let outdir: string;
let exitCode: typeof process.exitCode;
beforeEach(() => {
  outdir = mkdtempSync(path.join(tmpdir(), 'proof-'));
  exitCode = process.exitCode;
});
afterEach(() => {
  rmSync(outdir, { recursive: true, force: true });
  process.exitCode = exitCode;
});

/** Synthesizes an app with the plugin; the proof of its platform has findings of these severities. */
function synthesize(severities: Severity[], plugin = new ProofPlugin(), change: (app: App) => void = () => {}) {
  const app = new App({ outdir, context: { 'aws:cdk:disable-asset-staging': true } });
  Validations.of(app).addPlugins(plugin);
  const platform = new EksPlatform(app, 'production', props());
  const finding = { object: 'ClusterRole.rbac.authorization.k8s.io ops', path: 'rules[0]', why: 'the rule grants every verb', cure: 'write out the verbs', related: [], references: ['CIS 5.1.3'] };
  const findings = severities.map((severity) => ({ ruleId: 'WildcardRole', severity, ...finding }));
  if (severities.length > 0) {
    jest.spyOn(platform, 'proof', 'get').mockReturnValue({ findings, ok: !severities.includes(Severity.ERROR), toText: () => '1 finding.\n' } as any);
  }
  change(app);
  const silent = jest.spyOn(console, 'error').mockImplementation(() => {});
  process.exitCode = 0;
  app.synth({ errorOnDuplicateSynth: false });
  silent.mockRestore();
  const { pluginReports } = JSON.parse(readFileSync(path.join(outdir, 'validation-report.json'), 'utf8'));
  return { failed: process.exitCode === 1, report: pluginReports.find((own: any) => JSON.stringify(own).includes('viridial-proof')), platform };
}

test('a platform that keeps what it promises passes', () => {
  const { failed, report, platform } = synthesize([]);
  expect([failed, report?.violations ?? []]).toEqual([false, []]);
  const context = { templatePaths: [], appConstruct: platform.node.root };
  expect(new ProofPlugin().validate(context)).toEqual({ success: true, violations: [], metadata: { production: platform.proof.toText().split('\n')[0] } });
});

test('a finding is a violation of the construct of its platform, and fails the synthesis', () => {
  const { failed, report } = synthesize([Severity.ERROR]);
  expect(failed).toBe(true);
  expect(report).toMatchObject({ pluginName: 'viridial-proof', conclusion: 'failure', metadata: { production: '1 finding.' } });
  expect(report.violations).toMatchObject([{
    ruleName: 'WildcardRole',
    description: 'ClusterRole.rbac.authorization.k8s.io ops rules[0]: the rule grants every verb',
    suggestedFix: 'write out the verbs',
    severity: 'error',
    ruleMetadata: { object: 'ClusterRole.rbac.authorization.k8s.io ops', references: 'CIS 5.1.3' },
    violatingConstructs: [{ constructPath: 'production' }],
  }]);
});

test('warnings fail it only when that is asked for', () => {
  expect(synthesize([Severity.WARNING]).failed).toBe(false);
  expect(synthesize([Severity.WARNING], new ProofPlugin({ strict: true })).failed).toBe(true);
});

test('a rule is acknowledged as with every plugin of CDK', () => {
  const { failed, report } = synthesize([Severity.ERROR], new ProofPlugin(), (app) => Validations.of(app).acknowledge({ id: 'viridial-proof::WildcardRole', reason: 'the operator is known' }));
  expect(failed).toBe(false);
  expect(JSON.stringify(report)).toContain('the operator is known');
});

test('an app without a platform passes', () => {
  expect(new ProofPlugin().validate({ templatePaths: [], appConstruct: new App({ outdir }) })).toEqual({ success: true, violations: [], metadata: {} });
});
