import { AdmissionAnnotations } from '../../../admission-annotations';
import { factList } from '../cel';
import { AdmissionContext, PolicyDefinition, Scope } from '../definition';
import { ANY_REGISTRY, fullNames, liesBelow, registryPrefix } from '../image-names';
import { IMAGE_VARIABLES, POD_CONDITIONS, POD_RULES } from '../pods';

/** Images come from registries that somebody has chosen to trust. */
export function allowedRegistries({ registries }: AdmissionContext): PolicyDefinition {
  return {
    scope: Scope.TENANTS,
    rules: POD_RULES,
    conditions: POD_CONDITIONS,
    variables: [
      ...IMAGE_VARIABLES,
      { name: 'registries', expression: factList(AdmissionAnnotations.REGISTRIES, registries.map(registryPrefix)) },
      { name: 'strangers', expression: `${fullNames('variables.images')}.filter(name, !variables.registries.exists(prefix, prefix != '' && ${liesBelow('name', 'prefix')}))` },
    ],
    validations: [{
      expression: `'${ANY_REGISTRY}' in variables.registries || size(variables.strangers) == 0`,
      message: 'an image comes from a registry that is not allowed here; use one of the registries of the namespace',
      messageExpression: "'images ' + variables.strangers.join(', ') + ' come from registries that are not allowed here; allowed: ' + variables.registries.join(', ')",
      reason: 'Invalid',
    }],
  };
}
