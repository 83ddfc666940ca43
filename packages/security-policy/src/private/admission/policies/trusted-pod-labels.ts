import { textList } from '../cel';
import { AdmissionContext, PolicyDefinition, rule, Scope } from '../definition';
import { POD_VARIABLE, WHOLE_POD_RULES } from '../pods';
import { NODES, notByPlatform } from '../principals';
import { keptAsTheyWere } from './trusted-namespace-labels';

/**
 * Labels of pods that flows of the platform select by: whoever may choose them chooses what a pod may reach. Controllers
 * copy labels of templates, which are held themselves.
 */
export function trustedPodLabels({ platform, trustedPodLabels: more }: AdmissionContext): PolicyDefinition {
  const trusted = ["key.startsWith('viridial.com/')", ...(more.length === 0 ? [] : [`key in ${textList(more)}`])];
  const labels = (pod: string): string => `has(${pod}.metadata) && has(${pod}.metadata.labels) ? ${pod}.metadata.labels : {}`;
  return {
    scope: Scope.TENANTS,
    // a write of the status of a pod can change its labels too
    rules: [...WHOLE_POD_RULES, rule('', ['v1'], ['pods/status'], ['UPDATE'])],
    conditions: [notByPlatform(platform, [NODES])],
    variables: [
      POD_VARIABLE,
      { name: 'oldPod', expression: `request.operation != 'UPDATE' ? dyn({}) : ${POD_VARIABLE.expression.replace(/object/g, 'oldObject')}` },
      { name: 'labels', expression: labels('variables.pod') },
      { name: 'oldLabels', expression: labels('variables.oldPod') },
    ],
    validations: [{
      expression: keptAsTheyWere('variables.labels', 'variables.oldLabels', trusted),
      message: `labels of pods below viridial.com/${more.map((key) => `, and ${key},`).join('')} belong to the platform, because network policies select by them; leave them as they are`,
      reason: 'Forbidden',
    }],
  };
}
