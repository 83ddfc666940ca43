import { PolicyDefinition, Scope } from '../definition';
import { LASTING_CONTAINERS_VARIABLE, POD_CONDITIONS, POD_VARIABLE, SPEC_VARIABLE, WHOLE_POD_RULES } from '../pods';

/**
 * Every container says what it needs and what it may take, for itself or through its pod. Containers of `kubectl debug`
 * cannot: Kubernetes has no resources for them. A request that is missing is as large as the limit.
 */
export function boundedContainers(): PolicyDefinition {
  return {
    scope: Scope.TENANTS,
    rules: WHOLE_POD_RULES,
    conditions: POD_CONDITIONS,
    variables: [POD_VARIABLE, SPEC_VARIABLE, LASTING_CONTAINERS_VARIABLE],
    validations: ['cpu', 'memory'].map((resource) => ({
      expression: `${has('variables.spec', 'limits', resource)} || variables.containers.all(container, ${has('container', 'limits', resource)})`,
      message: `a container has no ${resource} limit; set resources.limits.${resource} of every container (requests are as large where they are not set)`,
      reason: 'Invalid',
    })),
  };
}

function has(owner: string, bound: string, resource: string): string {
  return `(has(${owner}.resources) && has(${owner}.resources.${bound}) && '${resource}' in ${owner}.resources.${bound})`;
}
