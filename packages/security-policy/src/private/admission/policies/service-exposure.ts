import { AdmissionAnnotations } from '../../../admission-annotations';
import { hasKey } from '../cel';
import { AdmissionContext, PolicyDefinition, rule, Scope, Validation } from '../definition';
import { changes, notUpdatedByControllers } from '../principals';

/** The outside reaches pods through the ingress, where hosts are owned, and not past it. */
export function serviceExposure({ openings }: AdmissionContext): PolicyDefinition {
  const allowed = `${hasKey('namespaceObject', 'annotations', AdmissionAnnotations.LOAD_BALANCERS)} && namespaceObject.metadata.annotations['${AdmissionAnnotations.LOAD_BALANCERS}'] == 'allowed'`;
  return {
    scope: Scope.TENANTS,
    rules: [rule('', ['v1'], ['services'])],
    conditions: [notUpdatedByControllers(), changes()],
    variables: [{ name: 'type', expression: "has(object.spec.type) ? object.spec.type : 'ClusterIP'" }],
    validations: [
      ...(openings.nodePorts ? [] : [invalid("variables.type != 'NodePort'", 'a port would be open on every node; use an Ingress, and type ClusterIP')]),
      ...(openings.externalNames ? [] : [invalid("variables.type != 'ExternalName'", 'a name could lead into other namespaces; call the name itself instead of a Service of type ExternalName')]),
      invalid(
        '!has(object.spec.externalIPs) || size(object.spec.externalIPs) == 0',
        'traffic of the whole cluster to these addresses would go to the Service (CVE-2020-8554); remove externalIPs'),
      invalid(`variables.type != 'LoadBalancer' || (${allowed})`, 'load balancers are not allowed in this namespace; use an Ingress, and type ClusterIP'),
      ...(openings.loadBalancersForEverybody ? [] : narrowLoadBalancers()),
    ],
  };
}

function narrowLoadBalancers(): Validation[] {
  return [
    invalid(
      "variables.type != 'LoadBalancer' || (has(object.spec.loadBalancerSourceRanges) && size(object.spec.loadBalancerSourceRanges) > 0)",
      'the load balancer would be open to everybody; name who may call it in loadBalancerSourceRanges'),
    invalid(
      "variables.type != 'LoadBalancer' || !has(object.spec.loadBalancerSourceRanges) || object.spec.loadBalancerSourceRanges.all(range, cidr(range.trim()).prefixLength() > 0)",
      'the load balancer would be open to everybody; take the range with prefix length 0 out of loadBalancerSourceRanges'),
  ];
}

function invalid(expression: string, message: string): Validation {
  return { expression, message, reason: 'Invalid' };
}
