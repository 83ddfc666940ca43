import { PolicyDefinition, Scope } from '../definition';
import { CONTAINERS_VARIABLE, IMAGE_VOLUMES_VARIABLE, POD_CONDITIONS, POD_RULES, POD_VARIABLE, SPEC_VARIABLE } from '../pods';

/**
 * Credentials are asked for in every namespace: an image that a node has already can otherwise be run by a tenant who may
 * not pull it. An image by digest is no exception to that, but cannot be a different one, which is what most clusters want.
 */
export function pullPolicy(): PolicyDefinition {
  return {
    scope: Scope.TENANTS,
    rules: POD_RULES,
    conditions: POD_CONDITIONS,
    variables: [POD_VARIABLE, SPEC_VARIABLE, CONTAINERS_VARIABLE, IMAGE_VOLUMES_VARIABLE],
    validations: [
      {
        expression: "variables.containers.all(container, (has(container.image) && container.image.contains('@')) || (has(container.imagePullPolicy) && container.imagePullPolicy == 'Always'))",
        message: 'a container may run what a node has under the name of its image; set imagePullPolicy to Always, or name the image by its digest',
        reason: 'Invalid',
      },
      {
        expression: "variables.imageVolumes.all(image, (has(image.reference) && image.reference.contains('@')) || (has(image.pullPolicy) && image.pullPolicy == 'Always'))",
        message: 'a volume may hold what a node has under the name of its image; set pullPolicy of the volume to Always, or name the image by its digest',
        reason: 'Invalid',
      },
    ],
  };
}
