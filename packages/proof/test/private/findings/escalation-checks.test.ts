import { Expectation, Severity } from '@viridial/core';
import { ESCALATION_ADVICE } from '../../../src/private/findings/escalation-advice';
import { clusterRole, clusterRoleBinding, roleBinding, rule } from '../../fixtures/access';
import { deployment, namespace, sealedNamespace } from '../../fixtures/cluster';
import { everywhere, inShop, OPERATOR } from '../../fixtures/escalations';
import { findingsOf } from '../../fixtures/proofs';

const SHOP = sealedNamespace('shop');
const paths = (manifests: any[], ...expectations: Expectation[]) => findingsOf('EscalationPath', manifests, { expectations });
const tokens = rule(['create'], ['serviceaccounts/token']);

describe('a finding', () => {
  test('says how, names the binding that starts it, and has a question to the API server as witness', () => {
    expect(paths([SHOP, ...OPERATOR, ...inShop('group:shop', tokens)])).toEqual([{
      ruleId: 'EscalationPath',
      severity: Severity.WARNING,
      object: 'RoleBinding.rbac.authorization.k8s.io shop/own',
      path: 'subjects',
      why: 'group shop can become service account shop/operator: it may create serviceaccounts/token operator in shop, and so has a token of service account shop/operator',
      cure: 'take create on serviceaccounts/token out of the role, or name the service accounts with resourceNames; keep a service account that is stronger than its users in a namespace of its own',
      witness: 'kubectl auth can-i create serviceaccounts/operator --subresource token --namespace shop --as somebody --as-group shop says yes',
      related: ['Role.rbac.authorization.k8s.io shop/own'],
      references: ['CIS 5.1.13', 'NSA/CISA Role-based access control'],
    }]);
  });

  test('names later steps shortly, and the bindings that they go through', () => {
    const [{ why, related }] = paths([SHOP, ...inShop('group:shop', rule(['create'], ['pods'])), clusterRole('t', [tokens]), clusterRoleBinding('t', 't', 'serviceaccount:shop/operator')]);
    expect(why).toBe('group shop can become cluster-admin: it may create pods in shop, and so has a pod that runs as service account shop/operator; '
      + 'that one may create serviceaccounts/token clusterrole-aggregation-controller in kube-system, and so is cluster-admin');
    expect(related).toEqual(['ClusterRoleBinding.rbac.authorization.k8s.io t', 'Role.rbac.authorization.k8s.io shop/own']);
  });

  test('is about one subject and one kind of step', () => {
    const manifests = [SHOP, ...OPERATOR, ...inShop('group:shop', tokens, rule(['create'], ['pods', 'deployments'], ['', 'apps']), rule(['impersonate'], ['serviceaccounts']))];
    expect(paths(manifests).map(({ references }) => references[0]).sort()).toEqual(['CIS 5.1.13', 'CIS 5.1.4', 'CIS 5.1.8']);
  });
});

describe('it is an error', () => {
  const severities = (...manifests: any[]) => paths(manifests.flat()).map(({ severity }) => severity);

  test('when rights in a namespace lead out of it', () => {
    expect(severities(SHOP, inShop('group:shop', rule(['create'], ['pods']), rule(['patch'], ['namespaces'])))).toEqual(['error']);
    expect(severities(SHOP, OPERATOR, inShop('group:shop', tokens))).toEqual(['warning']);
    expect(severities(everywhere('serviceaccount:ops/operator', rule(['impersonate'], ['users'])))).toEqual(['warning']);
  });

  test('when everybody has them', () => {
    expect(severities(everywhere('group:system:authenticated', rule(['impersonate'], ['users'])))).toEqual(['error']);
  });
});

describe('it is none', () => {
  test('where a namespace without Pod Security is a finding already, or is not in the manifests', () => {
    const pods = inShop('group:shop', rule(['create'], ['pods']));
    expect(paths([namespace('shop'), ...pods])).toEqual([]);
    expect(paths(pods)).toEqual([]);
    expect(paths([namespace('shop', { 'pod-security.kubernetes.io/enforce': 'privileged' }), ...pods])).toHaveLength(1);
  });

  test('when the policy promises the right itself', () => {
    const manifests = [SHOP, ...OPERATOR, ...inShop('group:shop', tokens)];
    const may = { groups: ['shop'], verb: 'create', resource: 'serviceaccounts', subresource: 'token', namespace: 'shop', reason: 'they sign in for it' };
    expect(paths(manifests, Expectation.may(may))).toEqual([]);
    expect(paths(manifests, Expectation.may({ ...may, verb: '*', resource: '*', subresource: undefined }))).toEqual([]);
    for (const other of [{ groups: ['blog'] }, { namespace: 'blog' }, { verb: 'get' }, { subresource: undefined }]) expect(paths(manifests, Expectation.may({ ...may, ...other }))).toHaveLength(1);
    expect(paths(manifests, Expectation.mayNot(may))).toHaveLength(1);
  });

  test('but not because the policy promises daily work, which is not meant to lead there', () => {
    const manifests = [SHOP, ...OPERATOR, roleBinding('shop/dev', 'cluster:edit', 'group:shop'), deployment('shop/operator', {}, {}, { serviceAccountName: 'operator' })];
    const may = { groups: ['shop'], verb: 'create', resource: 'pods', namespace: 'shop', reason: 'developers deploy' };
    expect(paths(manifests, Expectation.may(may)).some(({ why }) => why.includes('create pods in shop'))).toBe(true);
    expect(paths(manifests, Expectation.may({ ...may, verb: '*', resource: '*' }))).toEqual([]);
  });
});

test('there is advice for every technique', () => {
  for (const { cure, references } of Object.values(ESCALATION_ADVICE)) {
    expect(cure()).toMatch(/^[a-z].*[^.]$/);
    for (const reference of references) expect(reference).toMatch(/^CIS 5\.[12]\.\d+$/);
  }
});
