import { AdmissionContext, PolicyDefinition, Scope, Validation } from '../definition';
import { LASTING_CONTAINERS_VARIABLE, POD_CONDITIONS, POD_VARIABLE, SPEC_VARIABLE, WHOLE_POD_RULES } from '../pods';

/** Taints of the nodes that run the control plane. */
const CONTROL_PLANE_TAINTS = "['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master']";

/**
 * Pods stay away from their node, in every namespace of a tenant and whatever its Pod Security level: host namespaces,
 * ports and paths, and what Pod Security leaves open, which node a pod lands on.
 */
export function hostAccess({ openings, userNamespaces }: AdmissionContext): PolicyDefinition {
  return {
    scope: Scope.TENANTS,
    rules: WHOLE_POD_RULES,
    conditions: POD_CONDITIONS,
    variables: [POD_VARIABLE, SPEC_VARIABLE, LASTING_CONTAINERS_VARIABLE],
    validations: [
      ...['hostNetwork', 'hostPID', 'hostIPC'].map((field) => invalid(
        `!has(variables.spec.${field}) || variables.spec.${field} == false`,
        `the pod joins a namespace of its node; remove ${field}`)),
      invalid(
        'variables.containers.all(container, !has(container.ports) || container.ports.all(port, !has(port.hostPort) || port.hostPort == 0))',
        'a container takes a port of its node; remove hostPort and reach the pod through a Service'),
      invalid(
        '!has(variables.spec.volumes) || variables.spec.volumes.all(volume, !has(volume.hostPath))',
        'a volume is a path of the node; use a PersistentVolumeClaim, an emptyDir or a projected volume'),
      ...(openings.choiceOfNodes ? [] : choiceOfNodes()),
      ...(userNamespaces
        ? [invalid('has(variables.spec.hostUsers) && variables.spec.hostUsers == false', 'root of the pod is root of the node; set hostUsers to false')]
        : []),
    ],
  };
}

function choiceOfNodes(): Validation[] {
  return [
    invalid(
      // a pod that is scheduled has a node, which is no choice of its owner
      "(request.operation == 'UPDATE' && object.kind == 'Pod') || !has(variables.spec.nodeName) || variables.spec.nodeName == ''",
      'the pod passes by the scheduler, and by the taints of the node; remove nodeName'),
    invalid(
      `!has(variables.spec.tolerations) || variables.spec.tolerations.all(toleration, has(toleration.key) && toleration.key != '' && !(toleration.key in ${CONTROL_PLANE_TAINTS}))`,
      'the pod tolerates the taints of control-plane nodes, or all taints; name the taints of the nodes that are meant for it'),
  ];
}

function invalid(expression: string, message: string): Validation {
  return { expression, message, reason: 'Invalid' };
}
