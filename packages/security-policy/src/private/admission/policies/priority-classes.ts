import { AdmissionAnnotations } from '../../../admission-annotations';
import { factList } from '../cel';
import { AdmissionContext, PolicyDefinition, Scope } from '../definition';
import { POD_CONDITIONS, POD_VARIABLE, SPEC_VARIABLE, WHOLE_POD_RULES } from '../pods';

/** A pod of a higher class pushes pods of others off a full node. */
export function priorityClasses({ priorityClasses: everywhere }: AdmissionContext): PolicyDefinition {
  return {
    scope: Scope.TENANTS,
    rules: WHOLE_POD_RULES,
    conditions: POD_CONDITIONS,
    variables: [POD_VARIABLE, SPEC_VARIABLE, { name: 'classes', expression: factList(AdmissionAnnotations.PRIORITY_CLASSES, everywhere) }],
    validations: [{
      expression: "!has(variables.spec.priorityClassName) || variables.spec.priorityClassName == '' || variables.spec.priorityClassName in variables.classes",
      message: 'the priority class is not allowed here; remove priorityClassName, or use one of the priority classes of the namespace',
      messageExpression: "'priority class ' + string(variables.spec.priorityClassName) + ' is not allowed here; ' + (size(variables.classes) == 0 || variables.classes == [''] ? 'remove priorityClassName' : 'allowed: ' + variables.classes.join(', '))",
      reason: 'Forbidden',
    }],
  };
}
