import { PolicyDefinition, rule, Scope } from '../definition';
import { LASTING_CONTAINERS_VARIABLE, POD_CONDITIONS, POD_VARIABLE, SPEC_VARIABLE, WHOLE_POD_RULES } from '../pods';

/**
 * Every container says what it needs and what it may take, for itself or through its pod. Containers of `kubectl debug`
 * cannot: Kubernetes has no resources for them. A request that is missing is as large as the limit; a limit of 0 is none.
 */
export function boundedContainers(): PolicyDefinition {
  return {
    scope: Scope.TENANTS,
    rules: [...WHOLE_POD_RULES, rule('', ['v1'], ['pods/resize'], ['UPDATE'])],
    conditions: POD_CONDITIONS,
    variables: [POD_VARIABLE, SPEC_VARIABLE, LASTING_CONTAINERS_VARIABLE],
    validations: ['cpu', 'memory'].map((resource) => ({
      expression: `${isLimited('variables.spec', resource)} || variables.containers.all(container, ${isLimited('container', resource)})`,
      message: `a container has no ${resource} limit; set resources.limits.${resource} of every container (requests are as large where they are not set)`,
      reason: 'Invalid',
    })),
  };
}

function isLimited(owner: string, resource: string): string {
  const limits = `${owner}.resources.limits`;
  return `(has(${owner}.resources) && has(${limits}) && '${resource}' in ${limits} && quantity(string(${limits}['${resource}'])).isGreaterThan(quantity('0')))`;
}
