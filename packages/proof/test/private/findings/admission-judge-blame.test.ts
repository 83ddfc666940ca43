import { AdmissionOperation, Expectation } from '@viridial/core';
import { findingsOf } from '../../fixtures/proofs';

const API = 'admissionregistration.k8s.io/v1';
const policy = (name: string, kinds: { group: string; resource: string }, expression: string): any => ({
  apiVersion: API,
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name },
  spec: {
    matchConstraints: { resourceRules: [{ apiGroups: [kinds.group], apiVersions: ['*'], operations: ['CREATE'], resources: [kinds.resource] }] },
    validations: [{ expression }],
  },
});
const binding = (name: string): any => ({ apiVersion: API, kind: 'ValidatingAdmissionPolicyBinding', metadata: { name }, spec: { policyName: name, validationActions: ['Deny'] } });
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec: { hostNetwork: true, containers: [] } };
const refused = Expectation.refused({ operation: AdmissionOperation.CREATE, object: pod, reason: 'pods stay away from their node' });
const found = (...policies: any[]) => findingsOf('AdmissionOpen', [...policies, ...policies.map(({ metadata }) => binding(metadata.name))], { expectations: [refused] });
const identity = (name: string) => `ValidatingAdmissionPolicy.admissionregistration.k8s.io ${name}`;

const PODS = { group: '', resource: 'pods' };
const toothless = policy('host-access', PODS, 'size(object.spec.containers) < 100');

test('a policy that refuses every object of other kinds is not to blame for what one of pods lets through', () => {
  const [finding] = found(policy('cluster-wide', { group: 'example.com', resource: 'globals' }, 'false'), toothless);
  expect(finding.object).toBe(identity('host-access'));
  expect(finding.why).toContain('has no objection');
});

test('where a policy would object but leaves the request out, those that are asked are named beside it', () => {
  const [finding] = found(policy('elsewhere', { group: 'apps', resource: 'deployments' }, '!object.spec.hostNetwork'), toothless);
  expect(finding.object).toBe(identity('elsewhere'));
  expect(finding.related).toContain(identity('host-access'));
});
