import { AdmissionContext, PolicyDefinition, rule, Scope, Validation } from '../definition';
import { notByPlatform } from '../principals';

/**
 * Labels and annotations of a namespace say which policies hold it, and which pods it takes. `kubernetes.io/metadata.name`
 * is not among them: the API server itself sets it (KEP-2161).
 */
const TRUSTED: { readonly map: 'annotations' | 'labels'; readonly prefix: string; readonly why: string }[] = [
  { map: 'labels', prefix: 'viridial.com/', why: 'policies select namespaces by them' },
  { map: 'labels', prefix: 'pod-security.kubernetes.io/', why: 'they say which pods the namespace takes' },
  { map: 'annotations', prefix: 'viridial.com/', why: 'policies read from them what is allowed' },
];

/** Nobody but the platform puts on, changes or takes off what policies trust on namespaces. */
export function trustedNamespaceLabels({ platform }: AdmissionContext): PolicyDefinition {
  return {
    scope: Scope.CLUSTER,
    rules: [rule('', ['v1'], ['namespaces', 'namespaces/finalize', 'namespaces/status'])],
    conditions: [notByPlatform(platform)],
    variables: ['labels', 'annotations'].flatMap((map) => [
      { name: map, expression: `has(object.metadata.${map}) ? object.metadata.${map} : {}` },
      { name: `old_${map}`, expression: `request.operation == 'UPDATE' && has(oldObject.metadata.${map}) ? oldObject.metadata.${map} : {}` },
    ]),
    validations: TRUSTED.map(({ map, prefix, why }): Validation => ({
      expression: keptAsTheyWere(`variables.${map}`, `variables.old_${map}`, [`key.startsWith('${prefix}')`]),
      message: `${map} below ${prefix} belong to the platform, because ${why}; leave them as they are`,
      reason: 'Forbidden',
    })),
  };
}

/** CEL: whether every trusted key of two maps is in both, with one value. */
export function keptAsTheyWere(now: string, before: string, trusted: string[]): string {
  const foreign = `!(${trusted.join(' || ')})`;
  return `${now}.all(key, ${foreign} || (key in ${before} && ${before}[key] == ${now}[key])) && ${before}.all(key, ${foreign} || key in ${now})`;
}
