import { Proof } from '../src';

const role = (name: string) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules: [{ apiGroups: [''], resources: ['*'], verbs: ['*'] }],
});
const accepted = { ruleId: 'WildcardRole', object: 'ClusterRole.rbac.authorization.k8s.io operator', reason: 'the operator installs whatever the tree holds' };

test('what is accepted is no finding, and is listed with its reason in text, JSON and SARIF', () => {
  const open = Proof.of([role('operator')]).report();
  expect(open.findings.map(({ ruleId }) => ruleId)).toContain('WildcardRole');
  const report = Proof.of([role('operator')], { accepted: [accepted] }).report();
  expect(report.findings).toEqual([]);
  expect(report.ok).toBe(true);
  expect(report.accepted).toEqual([accepted]);
  expect(report.toText()).toContain('the operator installs whatever the tree holds');
  expect(report.toJson().accepted).toEqual([accepted]);
  const results = report.toSarif().runs[0].results;
  expect(results.length).toBeGreaterThan(0);
  expect(results.every((result: any) => result.suppressions[0].justification === accepted.reason)).toBe(true);
});

test('accepted is one rule on one object: the same rule on another object stays a finding', () => {
  const report = Proof.of([role('operator'), role('other')], { accepted: [accepted] }).report();
  expect(new Set(report.findings.map(({ object }) => object))).toEqual(new Set(['ClusterRole.rbac.authorization.k8s.io other']));
});

test('an acceptance of what is not found is a warning, because it would hide the next one', () => {
  const report = Proof.of([], { accepted: [accepted] }).report();
  expect(report.ok).toBe(true);
  expect(report.findings).toHaveLength(1);
  expect(report.findings[0]).toMatchObject({ ruleId: 'UnusedAcceptance', severity: 'warning', object: accepted.object });
});

test('what is found only now and then is accepted without being found', () => {
  const acceptance = { ruleId: 'WildcardRole', object: 'ClusterRole.rbac.authorization.k8s.io ops', reason: 'because' };
  expect(Proof.of([], { accepted: [acceptance] }).report().findings.map(({ ruleId }) => ruleId)).toEqual(['UnusedAcceptance']);
  expect(Proof.of([], { accepted: [{ ...acceptance, occasional: true }] }).report().findings).toEqual([]);
});
