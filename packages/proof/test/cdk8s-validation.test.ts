import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Expectation, InvalidInputError, PodSecurityLevel } from '@viridial/core';
import { Cdk8sValidation } from '../src';
import { clusterRole, rule } from './fixtures/access';
import { namespace, policy, sealedNamespace } from './fixtures/cluster';

const folder = mkdtempSync(join(tmpdir(), 'viridial-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the command line of cdk8s 2.207 gives to a plugin. */
class Context {
  public readonly violations: any[] = [];
  public readonly lines: string[] = [];
  public status: string | undefined;
  public metadata: any;
  public readonly manifests: string[];
  public readonly logger = { log: (line: string) => this.lines.push(line) };
  public readonly report = {
    addViolation: (violation: any) => this.violations.push(violation),
    submit: (status: string, metadata: any) => Object.assign(this, { status, metadata }),
  };

  constructor(files: { [name: string]: any[] }) {
    this.manifests = Object.entries(files).map(([name, objects]) => {
      const path = join(folder, name);
      writeFileSync(path, objects.map((object) => JSON.stringify(object)).join('\n---\n'));
      return path;
    });
  }
}

function validated(files: { [name: string]: any[] }, properties: any = {}): Context {
  const context = new Context(files);
  new Cdk8sValidation(properties).validate(context);
  return context;
}

test('hands in a violation for each finding, with the file of the object and the name that cdk8s knows its construct by', () => {
  const { violations, status, metadata, lines, manifests } = validated({ 'a.yaml': [sealedNamespace('shop')], 'b.yaml': [namespace('blog')] });
  expect(violations).toEqual([{
    ruleName: 'PodSecurityNotEnforced',
    recommendation: 'namespace blog does not say which pods it admits; for instance: a privileged pod in blog is admitted, and is root on its node',
    fix: expect.stringContaining('label it pod-security.kubernetes.io/enforce=restricted'),
    violatingResources: [{ resourceName: 'blog', locations: ["Namespace blog metadata.labels['pod-security.kubernetes.io/enforce']"], manifestPath: manifests[1] }],
  }]);
  expect([status, metadata, lines]).toEqual(['failure', { errors: '1', warnings: '0' }, ['1 error in 2 objects.']]);
});

test('warnings fail it only when that is asked for', () => {
  const files = { 'a.yaml': [clusterRole('ops', [rule(['*'], ['pods'])])] };
  expect([validated(files).status, validated(files, { strict: true }).status]).toEqual(['success', 'failure']);
});

test('takes level, cluster, promises and acceptances from the properties', () => {
  const files = { 'a.yaml': [sealedNamespace('shop'), policy('shop/deny', { policyTypes: ['Ingress', 'Egress'] })] };
  const rules = (properties: any) => validated(files, properties).violations.map(({ ruleName }) => ruleName);
  expect(rules({ level: 'restricted' })).toEqual(['PodSecurityBelowLevel']);
  expect(rules({ level: 'restricted', accepted: [{ ruleId: 'PodSecurityBelowLevel', object: 'Namespace shop', reason: 'it is old' }] })).toEqual([]);
  const statement = Expectation.podSecurity({ namespace: 'shop', level: PodSecurityLevel.RESTRICTED, version: 'v1.36', reason: 'tenants are strangers' });
  expect(rules({ expectations: [statement.toJson()], profile: { distribution: 'kubeadm', cni: 'calico', version: '1.36' } })).toEqual(['PodSecurityNotKept']);
});

test('what is wrong with the properties is told all together', () => {
  let found: string[] = [];
  try {
    new Cdk8sValidation({
      level: 'strict', levels: 1, strict: 'yes', accepted: [{}], profile: { version: 'x' }, expectations: [{ kind: 'may', verb: 'get', resource: 'pods', reason: 'r' }, { kind: 'never' }],
    } as any);
  } catch (error) {
    found = InvalidInputError.problemsOf(error).map(({ path, code }) => `${path} ${code}`);
  }
  expect(found).toEqual(expect.arrayContaining(['level InvalidPodSecurityLevel', 'levels UnknownProperty', 'strict InvalidProperty', 'accepted InvalidProperty', 'expectations[0] NoSubject', 'expectations[1] InvalidProperty']));
  expect(found.some((text) => text.startsWith('profile'))).toBe(true);
});

test('a file that is no manifest is an error', () => {
  const context = new Context({ 'c.yaml': [{ replicas: 3 }] });
  expect(() => new Cdk8sValidation().validate(context)).toThrow('is no Kubernetes object');
  expect(context.status).toBeUndefined();
});
