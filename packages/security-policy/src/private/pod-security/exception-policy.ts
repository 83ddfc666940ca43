import { Control } from './control';
import { belongsTo, ExceptedWorkload } from './excepted';
import { PolicyDefinition, rule, Scope } from '../admission/definition';
import { POD_CONDITIONS, POD_VARIABLE, SPEC_VARIABLE } from '../admission/pods';

/**
 * Holds every pod of a namespace to the controls that its lowered level gives up, but the excepted workloads. Updates of
 * pods are not judged: nothing that controls look at can change in them, except that debug containers are added, which are
 * never excepted.
 * @param controls the controls that are given up
 * @param minor minor version of the standards
 * @param excepted the workloads that are excepted from a control
 */
export function exceptionPolicy(controls: Control[], minor: number, excepted: (control: Control) => ExceptedWorkload[]): PolicyDefinition {
  const variables = [
    POD_VARIABLE,
    SPEC_VARIABLE,
    { name: 'wholePod', expression: "!(has(request.subResource) && request.subResource == 'ephemeralcontainers')" },
    { name: 'security', expression: 'has(variables.spec.securityContext) ? variables.spec.securityContext : dyn({})' },
    { name: 'containers', expression: '(variables.wholePod ? variables.spec.containers : []) + (variables.wholePod && has(variables.spec.initContainers) ? variables.spec.initContainers : []) + (has(variables.spec.ephemeralContainers) ? variables.spec.ephemeralContainers : [])' },
    { name: 'securities', expression: 'variables.containers.filter(container, has(container.securityContext)).map(container, container.securityContext)' },
    { name: 'contexts', expression: '(variables.wholePod ? [variables.security] : []) + variables.securities' },
    { name: 'windows', expression: "has(variables.spec.os) && has(variables.spec.os.name) && variables.spec.os.name == 'windows'" },
    { name: 'ownUsers', expression: 'has(variables.spec.hostUsers) && variables.spec.hostUsers == false' },
  ];
  const exceptions = controls.flatMap((control) => {
    const workloads = excepted(control);
    return workloads.length === 0 ? [] : [{ name: `excepted_${control.id}`, expression: `variables.wholePod && (${workloads.map(belongsTo).join(' || ')})` }];
  });
  const isExcepted = new Set(exceptions.map(({ name }) => name));
  return {
    scope: Scope.TENANTS,
    rules: [
      rule('', ['v1'], ['pods'], ['CREATE']),
      rule('', ['v1'], ['pods/ephemeralcontainers'], ['UPDATE']),
      rule('', ['v1'], ['podtemplates', 'replicationcontrollers']),
      rule('apps', ['v1'], ['daemonsets', 'deployments', 'replicasets', 'statefulsets']),
      rule('batch', ['v1'], ['cronjobs', 'jobs']),
    ],
    conditions: POD_CONDITIONS,
    variables: [...variables, ...exceptions],
    validations: controls.map((control) => ({
      expression: isExcepted.has(`excepted_${control.id}`) ? `variables.excepted_${control.id} || (${control.keeps(minor)})` : control.keeps(minor),
      message: `Pod Security ${control.level} (${control.id}): allowed are ${control.allowed}; the exceptions of this namespace are for other workloads or controls`,
      reason: 'Forbidden',
    })),
  };
}
