import { textList } from '../cel';
import { AdmissionContext, PolicyDefinition, Scope } from '../definition';
import { lastPart } from '../image-names';
import { IMAGE_VARIABLES, POD_CONDITIONS, POD_RULES } from '../pods';

/** What runs is what was reviewed: an image has a digest, or a tag that is not moved. */
export function immutableTags({ mutableTags }: AdmissionContext): PolicyDefinition {
  const last = lastPart('image');
  return {
    scope: Scope.TENANTS,
    rules: POD_RULES,
    conditions: POD_CONDITIONS,
    variables: [
      ...IMAGE_VARIABLES,
      {
        name: 'moving',
        expression: `variables.images.filter(image, !image.contains('@') && (!${last}.contains(':') || ${last}.split(':')[1] in ${textList(['', ...mutableTags])}))`,
      },
    ],
    validations: [{
      expression: 'size(variables.moving) == 0',
      message: `an image has no tag, or one that is moved (${mutableTags.join(', ')}); write the tag of a release, or better the digest (name@sha256:…)`,
      messageExpression: "'images ' + variables.moving.join(', ') + ' may be another one tomorrow; write the tag of a release, or better the digest (name@sha256:…)'",
      reason: 'Invalid',
    }],
  };
}
