import { AccessStatement, Expectation } from '@viridial/core';
import fc from 'fast-check';
import { AccessReview, Finding } from '../../../src';
import { clusterRole, clusterRoleBinding, role, roleBinding, rule } from '../../fixtures/access';
import { judged } from '../../fixtures/proofs';

const reason = 'least privilege';
const mayNot = (statement: Omit<AccessStatement, 'reason'>) => Expectation.mayNot({ ...statement, reason });
const may = (statement: Omit<AccessStatement, 'reason'>) => Expectation.may({ ...statement, reason });
const objects = (findings: Finding[]) => findings.map(({ object }) => object.replace('.rbac.authorization.k8s.io', ''));

const developers = [role('shop/developer', rule(['get', 'list'], ['pods', 'pods/log']), rule(['create'], ['deployments'], ['apps'])), roleBinding('shop/developers', 'developer', 'group:shop')];

describe('may', () => {
  test('holds when a rule grants it', () => {
    expect(judged(developers, may({ groups: ['shop'], verb: 'get', resource: 'pods', namespace: 'shop' }))).toEqual([]);
    expect(judged(developers, may({ groups: ['shop'], verb: 'get', resource: 'pods', subresource: 'log', namespace: 'shop' }))).toEqual([]);
    expect(judged([], may({ groups: ['system:masters'], verb: 'get', resource: 'pods', namespace: 'shop' }))).toEqual([]);
  });

  test('a missing rule names the binding that gives something else', () => {
    expect(judged(developers, may({ groups: ['shop'], verb: 'create', resource: 'statefulsets', apiGroup: 'apps', namespace: 'shop' }))).toEqual([expect.objectContaining({
      ruleId: 'AccessMissing',
      object: 'RoleBinding.rbac.authorization.k8s.io shop/developers',
      why: 'the policy says that group shop may create statefulsets.apps in shop (least privilege), but RoleBinding shop/developers gives them something else',
      cure: 'add verb create on statefulsets.apps to a role they have there',
      witness: 'kubectl auth can-i create statefulsets.apps --namespace shop --as somebody --as-group shop says no',
      related: ['Role.rbac.authorization.k8s.io shop/developer'],
    })]);
  });

  test('a binding that grants it to others is named, because one subject more is all it takes', () => {
    const statement = may({ groups: ['blog'], verb: 'get', resource: 'pods', namespace: 'shop' });
    expect(judged([...developers, roleBinding('shop/root', 'cluster:cluster-admin', 'user:root')], statement)).toEqual([expect.objectContaining({
      object: 'RoleBinding.rbac.authorization.k8s.io shop/developers',
      path: 'subjects',
      cure: 'add group blog to the subjects of RoleBinding shop/developers, which grants it to others',
    })]);
  });

  test('a missing binding names the namespace', () => {
    expect(judged([], may({ user: 'alice', groups: ['shop'], verb: 'create', resource: 'pods', subresource: 'exec', namespace: 'shop' }))).toEqual([expect.objectContaining({
      object: 'Namespace shop',
      why: 'the policy says that user alice of shop may create pods/exec in shop (least privilege), but no binding in shop names them',
      cure: 'bind a role with that rule to user alice of shop in shop',
      witness: 'kubectl auth can-i create pods --subresource exec --namespace shop --as alice --as-group shop says no',
    })]);
  });

  test('without a namespace only a grant for the whole cluster holds', () => {
    const statement = may({ serviceAccount: 'shop/web', verb: 'get', resource: 'nodes' });
    const nodes = clusterRole('nodes', [rule(['get'], ['nodes'])]);
    expect(judged([nodes, clusterRoleBinding('nodes', 'nodes', 'serviceaccount:shop/web')], statement)).toEqual([]);
    expect(judged([nodes, roleBinding('shop/nodes', 'cluster:nodes', 'serviceaccount:shop/web')], statement)).toEqual([expect.objectContaining({
      object: 'the cluster',
      witness: 'kubectl auth can-i get nodes --all-namespaces --as system:serviceaccount:shop:web says no',
    })]);
  });

  test('a wildcard asks for everything at once', () => {
    const statement = may({ groups: ['shop'], verb: '*', resource: 'pods', namespace: 'shop' });
    expect(judged(developers, statement)).toHaveLength(1);
    expect(judged([role('shop/all', rule(['*'], ['pods'])), roleBinding('shop/all', 'all', 'group:shop')], statement)).toEqual([]);
  });

  test('whoever is not anonymous is authenticated', () => {
    const everybody = [clusterRole('reader', [rule(['get'], ['pods'])]), clusterRoleBinding('readers', 'reader', 'group:system:authenticated')];
    expect(judged(everybody, may({ user: 'alice', verb: 'get', resource: 'pods', namespace: 'shop' }))).toEqual([]);
    expect(judged(everybody, may({ user: 'system:anonymous', verb: 'get', resource: 'pods', namespace: 'shop' }))).toHaveLength(1);
  });
});

describe('may not', () => {
  test('holds when no binding grants it', () => {
    expect(judged(developers, mayNot({ groups: ['shop'], verb: 'delete', resource: 'pods', namespace: 'shop' }))).toEqual([]);
    expect(judged(developers, mayNot({ groups: ['shop'], verb: 'get', resource: 'pods', namespace: 'blog' }))).toEqual([]);
    expect(judged(developers, mayNot({ groups: ['blog'], verb: '*', resource: '*' }))).toEqual([]);
  });

  test('names binding, subject and rule, with a question to the cluster', () => {
    expect(judged(developers, mayNot({ groups: ['shop'], verb: 'create', resource: 'deployments', apiGroup: 'apps', namespace: 'shop' }))).toEqual([expect.objectContaining({
      ruleId: 'AccessOpen',
      object: 'RoleBinding.rbac.authorization.k8s.io shop/developers',
      why: 'the policy says that group shop may not create deployments.apps in shop (least privilege), but the binding gives group shop the Role developer, whose rule grants create deployments.apps',
      cure: 'take group shop out of the binding, or narrow Role shop/developer rules[1]',
      witness: 'kubectl auth can-i create deployments.apps --namespace shop --as somebody --as-group shop says yes',
      related: ['Role.rbac.authorization.k8s.io shop/developer'],
    })]);
  });

  test('of an aggregated role the part with the rule is named too', () => {
    const [finding] = judged([roleBinding('shop/editors', 'cluster:edit', 'group:shop')], mayNot({ groups: ['shop'], verb: 'impersonate', resource: 'serviceaccounts', namespace: 'shop' }));
    expect(finding.related).toEqual(['ClusterRole.rbac.authorization.k8s.io edit', 'ClusterRole.rbac.authorization.k8s.io system:aggregate-to-edit']);
  });

  test('a wildcard means anything at all, and the worst of it is the witness', () => {
    const [finding] = judged([roleBinding('shop/editors', 'cluster:edit', 'group:shop')], mayNot({ groups: ['shop'], verb: '*', resource: '*', namespace: 'shop' }));
    expect(finding.why).toMatch(/group shop may not do anything in shop .*ClusterRole edit, \d+ rules of which grant such things, get secrets among them$/);
    expect(finding.witness).toBe('kubectl auth can-i get secrets --namespace shop --as somebody --as-group shop says yes');
    expect(judged(developers, mayNot({ groups: ['shop'], verb: '*', resource: 'pods', namespace: 'shop' }))[0].why).toContain('may not do anything to pods');
    expect(judged(developers, mayNot({ groups: ['shop'], verb: 'get', resource: '*', namespace: 'shop' }))[0].why).toContain('may not get anything');
  });

  test('a wildcard resource without a group is about every group, and with one about that group', () => {
    expect(judged(developers, mayNot({ groups: ['shop'], verb: 'create', resource: '*', namespace: 'shop' }))).toHaveLength(1);
    expect(judged(developers, mayNot({ groups: ['shop'], verb: 'create', resource: '*', apiGroup: 'apps', namespace: 'shop' }))).toHaveLength(1);
    expect(judged(developers, mayNot({ groups: ['shop'], verb: 'create', resource: '*', apiGroup: 'batch', namespace: 'shop' }))).toEqual([]);
  });

  test('a rule with a wildcard is tempting', () => {
    const everything = [clusterRole('all', [rule(['*'], ['*'], ['*'])]), clusterRoleBinding('all', 'all', 'user:alice')];
    expect(judged(everything, mayNot({ user: 'alice', verb: '*', resource: '*' }))[0].witness).toBe('kubectl auth can-i delete secrets --all-namespaces --as alice says yes');
  });

  test('every resource of one group is asked about as such', () => {
    const manifests = [role('shop/jobs', rule(['delete'], ['*'], ['batch'])), roleBinding('shop/jobs', 'jobs', 'group:shop')];
    expect(judged(manifests, mayNot({ groups: ['shop'], verb: '*', resource: '*', namespace: 'shop' }))[0].witness)
      .toBe('kubectl auth can-i delete jobs.batch --namespace shop --as somebody --as-group shop says yes');
    const unknown = [role('shop/widgets', rule(['delete'], ['*'], ['example.com'])), roleBinding('shop/widgets', 'widgets', 'group:shop')];
    expect(judged(unknown, mayNot({ groups: ['shop'], verb: '*', resource: '*', namespace: 'shop' }))[0].witness).toBe('group shop may delete anything of example.com in shop');
  });

  test('a rule for one object by name counts', () => {
    const manifests = [role('shop/one', rule(['get'], ['secrets'], [''], ['database'])), roleBinding('shop/one', 'one', 'serviceaccount:blog/web')];
    expect(judged(manifests, mayNot({ serviceAccount: 'blog/web', verb: 'get', resource: 'secrets', namespace: 'shop' }))[0].witness)
      .toBe('kubectl auth can-i get secrets/database --namespace shop --as system:serviceaccount:blog:web says yes');
  });

  test('subresources count when they are meant', () => {
    const statement = (resource: string, subresource?: string) => mayNot({ groups: ['shop'], verb: 'get', resource, subresource, namespace: 'shop' });
    expect(judged(developers, statement('pods', 'log'))).toHaveLength(1);
    expect(judged(developers, statement('pods', 'exec'))).toEqual([]);
    expect(judged(developers, statement('*', 'log'))).toHaveLength(1);
    expect(judged(developers, statement('*', 'scale'))).toEqual([]);
    expect(judged(developers, statement('pods', '*'))).toHaveLength(1);
  });

  test('everywhere but in some namespaces', () => {
    const statement = mayNot({ groups: ['shop'], verb: '*', resource: '*', exceptNamespaces: ['shop'] });
    expect(judged(developers, statement)).toEqual([]);
    expect(objects(judged([...developers, roleBinding('blog/guests', 'cluster:view', 'group:shop')], statement))).toEqual(['RoleBinding blog/guests']);
    expect(objects(judged([...developers, clusterRoleBinding('guests', 'view', 'group:shop')], statement))).toEqual(['ClusterRoleBinding guests']);
    expect(judged([...developers, roleBinding('blog/guests', 'cluster:view', 'group:shop')], statement)[0].why).toContain('group shop may not do anything outside shop');
  });

  test('without a namespace every namespace and the cluster are meant', () => {
    const statement = mayNot({ groups: ['shop'], verb: 'get', resource: 'pods' });
    expect(objects(judged(developers, statement))).toEqual(['RoleBinding shop/developers']);
    expect(objects(judged([clusterRole('r', [rule(['get'], ['pods'])]), clusterRoleBinding('b', 'r', 'group:shop')], statement))).toEqual(['ClusterRoleBinding b']);
  });

  test('what everybody may do, the subject may do', () => {
    const everybody = [role('blog/reader', rule(['get'], ['pods'])), roleBinding('blog/readers', 'reader', 'group:system:authenticated')];
    expect(objects(judged(everybody, mayNot({ groups: ['shop'], verb: 'get', resource: 'pods', namespace: 'blog' })))).toEqual(['RoleBinding blog/readers']);
    const accounts = [role('blog/reader', rule(['get'], ['pods'])), roleBinding('blog/readers', 'reader', 'group:system:serviceaccounts:shop')];
    expect(judged(accounts, mayNot({ groups: ['shop'], verb: 'get', resource: 'pods', namespace: 'blog' }))).toEqual([]);
    expect(judged(accounts, mayNot({ serviceAccount: 'shop/web', verb: 'get', resource: 'pods', namespace: 'blog' }))).toHaveLength(1);
    const anonymous = [role('blog/reader', rule(['get'], ['pods'])), roleBinding('blog/readers', 'reader', 'group:system:unauthenticated')];
    expect(judged(anonymous, mayNot({ user: 'system:anonymous', verb: 'get', resource: 'pods', namespace: 'blog' }))).toHaveLength(1);
  });

  test('members of system:masters may, whatever the bindings say', () => {
    const [finding] = judged([], mayNot({ groups: ['system:masters'], verb: 'get', resource: 'pods' }));
    expect(finding).toMatchObject({ object: 'group system:masters', cure: 'issue credentials without that group' });
    expect(finding.references).toContain('CIS 5.1.7');
  });

  test('one binding is one finding for each subject that it names', () => {
    const manifests = [role('shop/r', rule(['get'], ['pods']), rule(['get', 'list'], ['pods'])), roleBinding('shop/b', 'r', 'group:shop', 'group:system:authenticated')];
    expect(judged(manifests, mayNot({ groups: ['shop'], verb: 'get', resource: 'pods', namespace: 'shop' })).map(({ why }) => /gives (\S+ \S+)/.exec(why)![1]))
      .toEqual(['group shop', 'group system:authenticated']);
  });
});

describe('agreement with the review', () => {
  const VERBS = ['get', 'delete', '*'];
  const anyRule = fc.record({ verbs: fc.subarray(VERBS, { minLength: 1 }), resources: fc.subarray(['pods', 'pods/log', '*'], { minLength: 1 }), apiGroups: fc.subarray(['', 'apps'], { minLength: 1 }) })
    .map(({ verbs, resources, apiGroups }) => rule(verbs, resources, apiGroups));
  const world = fc.record({ rules: fc.array(anyRule, { maxLength: 2 }), cluster: fc.boolean() }).map(({ rules, cluster }) => [
    clusterRole('own', rules), cluster ? clusterRoleBinding('own', 'own', 'user:alice') : roleBinding('shop/own', 'cluster:own', 'user:alice'),
  ]);

  test('plain statements are broken exactly when the API server answers otherwise', () => {
    fc.assert(fc.property(world, fc.constantFrom('get', 'delete', 'list'), fc.constantFrom('pods', 'secrets'), fc.constantFrom('shop', 'blog'), (manifests, verb, resource, namespace) => {
      const allowed = AccessReview.of(manifests).allows({ user: 'alice', verb, resource, namespace });
      expect(judged(manifests, may({ user: 'alice', verb, resource, namespace })).length === 0).toBe(allowed);
      expect(judged(manifests, mayNot({ user: 'alice', verb, resource, namespace })).length > 0).toBe(allowed);
    }));
  });

  test('a statement about anything is broken when one about something is', () => {
    fc.assert(fc.property(world, fc.constantFrom('get', 'delete'), fc.constantFrom('pods', 'secrets'), (manifests, verb, resource) => {
      const something = judged(manifests, mayNot({ user: 'alice', verb, resource, namespace: 'shop' })).length > 0;
      return !something || judged(manifests, mayNot({ user: 'alice', verb: '*', resource: '*', namespace: 'shop' })).length > 0;
    }));
  });
});
