import { AdmissionOperation, AdmissionStatement, Expectation } from '@viridial/core';
import { binding, bound, configMap, EVERYTHING, namespaceOf, podOf, policy } from '../../fixtures/policies';
import { judged } from '../../fixtures/proofs';

const reason = 'nobody runs as root on a node';
const bad = podOf({}, { hostNetwork: true });
const expressions = ['!object.spec.?hostNetwork.orValue(false)'];
const create = (object: any, more: Partial<AdmissionStatement> = {}): AdmissionStatement => ({ operation: AdmissionOperation.CREATE, object, reason, ...more });
const refused = (manifests: any[], statement = create(bad)) => judged(manifests, Expectation.refused(statement));
const admitted = (manifests: any[], statement = create(podOf())) => judged(manifests, Expectation.admitted(statement));

describe('what should be refused', () => {
  test('is, when one policy with a binding that denies objects', () => {
    expect(refused(bound(expressions))).toEqual([]);
  });

  test('is refused by an expression that fails, too', () => {
    expect(refused(bound(['object.spec.nope == 1']))).toEqual([]);
  });

  test('is not refused by a policy that no API server takes', () => {
    expect(refused(bound(['object.spec.hostNetwork = false']))).toMatchObject([{ object: 'ValidatingAdmissionPolicy.admissionregistration.k8s.io guard', path: 'spec.validations[0].expression' }]);
    expect(refused([...bound(['object.spec.hostNetwork = false']), policy('second', ['false']), binding('second')])).toEqual([]);
  });

  test('blames the binding that only warns, with the request that goes through', () => {
    expect(refused(bound(expressions, {}, { validationActions: ['Warn', 'Audit'] }))).toMatchObject([{
      ruleId: 'AdmissionOpen',
      object: 'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io guard-everywhere',
      path: 'spec.validationActions',
      why: 'The policy says that admission refuses CREATE of Pod shop/web by anybody (nobody runs as root on a node), and ValidatingAdmissionPolicy guard objects '
        + '(failed expression: !object.spec.?hostNetwork.orValue(false)), but the binding has only the validationActions Warn and Audit, which refuse nothing',
      witness: `kubectl create --dry-run=server --filename=- <<< '${JSON.stringify(bad)}' succeeds`,
      related: ['ValidatingAdmissionPolicy.admissionregistration.k8s.io guard'],
    }]);
  });

  test('blames the policy whose failure is ignored', () => {
    expect(refused(bound(['object.spec.nope == 1'], { failurePolicy: 'Ignore' }))).toMatchObject([{ object: 'ValidatingAdmissionPolicy.admissionregistration.k8s.io guard', path: 'spec.failurePolicy' }]);
  });

  test('blames the policy that no binding puts to use', () => {
    expect(refused([policy('guard', expressions)])).toMatchObject([{ object: 'ValidatingAdmissionPolicy.admissionregistration.k8s.io guard', path: '' }]);
  });

  test('blames the field that leaves the request out', () => {
    const services = { resourceRules: [{ ...EVERYTHING, resources: ['services'] }] };
    const blamed = (manifests: any[]) => refused(manifests).map(({ object, path }) => `${object.replace(/\.[^ ]+/, '')} ${path}`);
    expect(blamed(bound(expressions, { matchConstraints: services }))).toEqual(['ValidatingAdmissionPolicy guard spec.matchConstraints']);
    expect(blamed(bound(expressions, {}, { matchResources: services }))).toEqual(['ValidatingAdmissionPolicyBinding guard-everywhere spec.matchResources']);
    expect(blamed(bound(expressions, { matchConditions: [{ name: 'c', expression: 'false' }] }))).toEqual(['ValidatingAdmissionPolicy guard spec.matchConditions']);
  });

  test('blames the one policy that is asked and has no objection', () => {
    expect(refused(bound(['true']))).toMatchObject([{ object: 'ValidatingAdmissionPolicy.admissionregistration.k8s.io guard', path: 'spec.validations' }]);
  });

  test('blames the binding of a policy that is gone, or names the object when there is nothing at all', () => {
    expect(refused([binding('guard')])).toMatchObject([{ object: 'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io guard-everywhere' }]);
    expect(refused([])).toMatchObject([{ object: 'Pod shop/web', cure: 'add a ValidatingAdmissionPolicy that refuses it, and a binding with validationActions Deny' }]);
  });

  test('depends on who asks', () => {
    const manifests = bound(["request.userInfo.username == 'system:serviceaccount:platform:deployer' || 'platform' in request.userInfo.groups"]);
    expect(refused(manifests, create(bad, { user: 'alice', groups: ['shop'] }))).toEqual([]);
    const [found] = refused(manifests, create(bad, { user: 'bob', groups: ['platform'] }));
    expect(found.witness).toMatch(/^kubectl create --dry-run=server --as=bob --as-group=platform /);
  });

  test('is tried with a command for every operation', () => {
    const witness = (statement: AdmissionStatement) => refused([], statement)[0].witness;
    expect(witness({ operation: AdmissionOperation.DELETE, oldObject: bad, reason })).toBe('kubectl delete --dry-run=server pod/web --namespace=shop succeeds');
    expect(witness({ operation: AdmissionOperation.UPDATE, object: bad, oldObject: podOf(), subresource: 'status', reason })).toMatch(/^kubectl replace --dry-run=server --subresource=status /);
    expect(witness({ operation: AdmissionOperation.CONNECT, object: { apiVersion: 'v1', kind: 'PodExecOptions', metadata: { name: 'web', namespace: 'shop' } }, subresource: 'exec', reason }))
      .toBe('kubectl exec web --namespace=shop succeeds');
  });

  test('looks up the Namespace and the parameters among the manifests', () => {
    const manifests = [
      ...bound(["namespaceObject.metadata.labels['team'] == params.data.team"], { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } }, { paramRef: { name: 'teams', namespace: 'shop', parameterNotFoundAction: 'Deny' } }),
      configMap('teams', { team: 'b' }), namespaceOf('shop', { team: 'a' }),
    ];
    expect(refused(manifests)).toEqual([]);
  });
});

describe('what should go through', () => {
  test('does, when nobody objects, or those who do only warn', () => {
    expect(admitted(bound(expressions))).toEqual([]);
    expect(admitted(bound(['false'], {}, { validationActions: ['Warn'] }))).toEqual([]);
  });

  test('blames the validation that refuses it', () => {
    expect(admitted(bound(['true', 'false']))).toMatchObject([{
      ruleId: 'AdmissionBlocked',
      object: 'ValidatingAdmissionPolicy.admissionregistration.k8s.io guard',
      path: 'spec.validations[1]',
      why: 'The policy says that admission lets through CREATE of Pod shop/web by anybody (nobody runs as root on a node), but ValidatingAdmissionPolicy guard refuses it: failed expression: false',
    }]);
  });

  test('says when something goes wrong, and blames the binding for parameters that are not there', () => {
    expect(admitted(bound(['object.nope == 1']))[0].why).toContain('refuses it because something goes wrong: expression');
    const absent = bound(['true'], { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } }, { paramRef: { name: 'x', parameterNotFoundAction: 'Deny' } });
    expect(admitted(absent)).toMatchObject([{ object: 'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io guard-everywhere', path: 'spec.paramRef' }]);
  });
});
