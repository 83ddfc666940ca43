import { Severity } from '@viridial/core';
import { binding, bound, policy } from '../../fixtures/policies';
import { reportOf } from '../../fixtures/proofs';

const found = (manifests: any[]) => reportOf(manifests).findings.map(({ ruleId, severity, object, path }) => `${severity === Severity.ERROR ? 'error' : 'warning'} ${ruleId} ${object.replace(/^[^ ]+ /, '')} ${path}`.trim());
const kind = { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } };

describe('policies and bindings in themselves', () => {
  test('that refuse what they should have no finding', () => {
    expect(found(bound(['true']))).toEqual([]);
    expect(found(bound(['params == null'], kind, { paramRef: { name: 'x', parameterNotFoundAction: 'Deny' } }))).toEqual([]);
  });

  test('a policy needs a binding, and a binding its policy', () => {
    expect(found([policy('guard', ['true'])])).toEqual(['error PolicyWithoutBinding guard']);
    expect(found([binding('guard')])).toEqual(['error BindingToMissingPolicy guard-everywhere spec.policyName']);
  });

  test('a binding that does not deny, and failures that are ignored, are warned of', () => {
    expect(found(bound(['true'], { failurePolicy: 'Ignore' }, { validationActions: ['Audit'] }))).toEqual([
      'warning BindingNotRefusing guard-everywhere spec.validationActions', 'warning FailureIgnored guard spec.failurePolicy',
    ]);
  });

  test('parameters need both sides', () => {
    expect(found(bound(['params == null'], kind))).toEqual(['error ParamsMismatch guard-everywhere spec.paramRef']);
    expect(found(bound(['true'], {}, { paramRef: { name: 'x', parameterNotFoundAction: 'Deny' } }))).toEqual(['error ParamsMismatch guard-everywhere spec.paramRef']);
  });

  test('every expression has to compile, and to yield what its place asks for', () => {
    const spec = {
      matchConditions: [{ name: 'a', expression: 'variables.x' }],
      variables: [{ name: 'x', expression: 'nope' }],
      validations: [{ expression: 'object.spec.flag' }, { expression: 'true', messageExpression: '1' }],
      auditAnnotations: [{ key: 'k', valueExpression: 'true' }],
    };
    expect(found(bound([], spec))).toEqual([
      'error ExpressionNotCompiling guard spec.auditAnnotations[0].valueExpression',
      'error ExpressionNotCompiling guard spec.matchConditions[0].expression',
      'error ExpressionNotCompiling guard spec.validations[0].expression',
      'error ExpressionNotCompiling guard spec.validations[1].messageExpression',
      'error ExpressionNotCompiling guard spec.variables[0].expression',
    ]);
    expect(reportOf(bound(['object.spec.flag'])).findings[0].why).toBe('an API server does not take the expression: must evaluate to bool but got dyn');
  });
});
