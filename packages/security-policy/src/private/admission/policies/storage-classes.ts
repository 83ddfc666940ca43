import { AdmissionAnnotations } from '../../../admission-annotations';
import { factList } from '../cel';
import { AdmissionContext, PolicyDefinition, rule, Scope, Validation } from '../definition';
import { POD_CONDITIONS, WHOLE_POD_RULES, WHOLE_VARIABLE } from '../pods';

/**
 * Claims name a class that is meant for tenants, and get a new volume from it. A claim that names a volume, or no class at
 * all, can be bound to what another tenant has left behind.
 */
export function storageClasses({ storageClasses: everywhere }: AdmissionContext): PolicyDefinition {
  return {
    scope: Scope.TENANTS,
    rules: [rule('', ['v1'], ['persistentvolumeclaims']), ...WHOLE_POD_RULES],
    conditions: POD_CONDITIONS,
    variables: [
      WHOLE_VARIABLE,
      { name: 'before', expression: "request.operation == 'UPDATE' ? dyn(oldObject) : dyn({})" },
      { name: 'classes', expression: factList(AdmissionAnnotations.STORAGE_CLASSES, everywhere) },
      { name: 'isClaim', expression: "object.kind == 'PersistentVolumeClaim'" },
      { name: 'pod', expression: podOrNothing() },
      { name: 'volumes', expression: 'has(variables.pod.spec) && has(variables.pod.spec.volumes) ? variables.pod.spec.volumes : []' },
      { name: 'ephemeral', expression: 'variables.volumes.filter(volume, has(volume.ephemeral) && has(volume.ephemeral.volumeClaimTemplate)).map(volume, volume.ephemeral.volumeClaimTemplate.spec)' },
      { name: 'templates', expression: "object.kind == 'StatefulSet' && has(variables.whole.spec.volumeClaimTemplates) ? variables.whole.spec.volumeClaimTemplates.map(claim, claim.spec) : []" },
      { name: 'claims', expression: '(variables.isClaim ? [variables.whole.spec] : []) + variables.templates + variables.ephemeral' },
    ],
    validations: [
      {
        ...forbidden("variables.claims.all(claim, !has(claim.storageClassName) || (claim.storageClassName != '' && claim.storageClassName in variables.classes))",
          'a claim names a storage class that is not allowed here; use one of the storage classes of the namespace'),
        messageExpression: "'the storage classes of this namespace are: ' + (size(variables.classes) == 0 ? 'none' : variables.classes.join(', ')) + '; set storageClassName to one of them'",
      },
      // the API server has put in the default class by now, where there is one; in templates it does so later
      forbidden('!variables.isClaim || has(variables.whole.spec.storageClassName)', 'the claim names no storage class and the cluster has no default; set storageClassName'),
      forbidden(
        "variables.claims.all(claim, !has(claim.volumeName) || claim.volumeName == '' || (request.operation == 'UPDATE' && variables.isClaim && has(variables.before.spec.volumeName) && claim.volumeName == variables.before.spec.volumeName))",
        'a claim asks for a volume that is there already and may hold data of others; remove volumeName'),
      forbidden(
        "variables.claims.all(claim, !has(claim.dataSourceRef) || !has(claim.dataSourceRef.namespace) || claim.dataSourceRef.namespace == '' || claim.dataSourceRef.namespace == request.namespace)",
        'a claim copies data of another namespace; use a data source of this one'),
    ],
  };
}

function podOrNothing(): string {
  return [
    "object.kind == 'PersistentVolumeClaim' ? dyn({})",
    "object.kind == 'Pod' ? dyn(object)",
    "object.kind == 'CronJob' ? dyn(object).spec.jobTemplate.spec.template",
    "object.kind == 'PodTemplate' ? dyn(object).template",
    'dyn(object).spec.template',
  ].join(' : ');
}

function forbidden(expression: string, message: string): Validation {
  return { expression, message, reason: 'Forbidden' };
}
