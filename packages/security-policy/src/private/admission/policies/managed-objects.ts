import { Labels } from '@viridial/core';
import { hasKey } from '../cel';
import { AdmissionContext, PolicyDefinition, rule, Scope } from '../definition';
import { NODES, notByPlatform } from '../principals';

/**
 * What the platform manages is changed by nobody else. The selector looks at the object as it was and as it would be, so
 * the label can be neither put on nor taken off. Kubelets delete pods of their node, whoever they belong to. Whoever
 * reports the state of an object may: but a write of `status` or `finalize` can change labels too.
 */
export function managedObjects({ platform }: AdmissionContext): PolicyDefinition {
  return {
    scope: Scope.CLUSTER,
    rules: [rule('*', ['*'], ['*', '*/status', 'namespaces/finalize', 'pods/ephemeralcontainers', 'pods/resize'], ['CREATE', 'UPDATE', 'DELETE'])],
    objectSelector: { matchExpressions: [{ key: Labels.MANAGED, operator: 'Exists' }] },
    conditions: [notByPlatform(platform, [NODES])],
    variables: [
      { name: 'managed', expression: `request.operation != 'CREATE' && ${hasKey('oldObject', 'labels', Labels.MANAGED)}` },
      { name: 'reportsState', expression: "has(request.subResource) && request.subResource in ['finalize', 'status'] && has(object.metadata.labels) && object.metadata.labels == oldObject.metadata.labels" },
    ],
    validations: [
      {
        expression: '!variables.managed || variables.reportsState',
        message: `the object is managed by the platform (label ${Labels.MANAGED}); ask the platform team to change it where it is declared`,
        messageExpression: `request.kind.kind + ' ' + request.name + ' is managed by the platform (label ${Labels.MANAGED}); ask the platform team to change it where it is declared'`,
        reason: 'Forbidden',
      },
      {
        expression: `variables.managed || request.operation == 'DELETE' || !${hasKey('object', 'labels', Labels.MANAGED)}`,
        message: `the label ${Labels.MANAGED} belongs to the platform; leave it out`,
        reason: 'Forbidden',
      },
    ],
  };
}
