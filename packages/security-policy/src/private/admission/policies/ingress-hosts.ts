import { AdmissionAnnotations } from '../../../admission-annotations';
import { factList, textList } from '../cel';
import { PolicyDefinition, rule, Scope, Validation } from '../definition';
import { WHOLE_VARIABLE } from '../pods';
import { notUpdatedByControllers } from '../principals';

/** Annotations by which an Ingress, a Service or a route claims further names. */
const HOST_ANNOTATIONS = [
  'external-dns.alpha.kubernetes.io/hostname', // https://kubernetes-sigs.github.io/external-dns/latest/docs/annotations/annotations/
  'external-dns.alpha.kubernetes.io/internal-hostname',
  'nginx.ingress.kubernetes.io/server-alias', // https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
];

/** Kinds of the Gateway API that name hosts. */
const ROUTES = ['grpcroutes', 'httproutes', 'tlsroutes'];

/**
 * Every host has one owner. Without an owner, whoever writes first, or writes the longer path, gets the traffic of others.
 * Annotations name hosts too, so that an update is judged when they change.
 */
export function ingressHosts(): PolicyDefinition {
  return {
    scope: Scope.TENANTS,
    rules: [
      rule('networking.k8s.io', ['v1'], ['ingresses']),
      rule('', ['v1'], ['services']),
      rule('gateway.networking.k8s.io', ['*'], ['gateways', ...ROUTES]),
    ],
    conditions: [notUpdatedByControllers(), {
      name: 'changes-hosts',
      expression: `request.operation == 'CREATE' || dyn(object).spec != dyn(oldObject).spec || ${annotations('object')} != ${annotations('oldObject')}`,
    }],
    variables: [
      WHOLE_VARIABLE,
      { name: 'owned', expression: factList(AdmissionAnnotations.INGRESS_HOSTS, []) },
      { name: 'annotated', expression: `has(object.metadata.annotations) ? ${textList(HOST_ANNOTATIONS)}.filter(key, key in object.metadata.annotations).map(key, object.metadata.annotations[key].split(',').map(host, host.trim())) : []` },
      { name: 'rules', expression: "object.kind == 'Ingress' && has(variables.whole.spec.rules) ? variables.whole.spec.rules : []" },
      { name: 'tls', expression: "object.kind == 'Ingress' && has(variables.whole.spec.tls) ? variables.whole.spec.tls : []" },
      { name: 'listeners', expression: "object.kind == 'Gateway' && has(variables.whole.spec.listeners) ? variables.whole.spec.listeners : []" },
      { name: 'isRoute', expression: `request.resource.resource in ${textList(ROUTES)}` },
      { name: 'hostnames', expression: 'variables.isRoute && has(variables.whole.spec.hostnames) ? variables.whole.spec.hostnames : []' },
    ],
    validations: [...everyHostNamed(), ...everyHostOwned()],
  };
}

function annotations(object: string): string {
  return `(has(${object}.metadata.annotations) ? ${object}.metadata.annotations : {})`;
}

function everyHostNamed(): Validation[] {
  return [
    invalid("variables.rules.all(rule, has(rule.host) && rule.host != '')", 'a rule without host answers for every host; set host of each rule'),
    invalid("object.kind != 'Ingress' || !has(variables.whole.spec.defaultBackend)", 'a default backend answers for hosts of others; remove defaultBackend and write a rule with a host'),
    invalid('variables.tls.all(entry, has(entry.hosts) && size(entry.hosts) > 0)', 'a certificate without hosts is used for every host; set hosts of each entry of tls'),
    invalid("variables.listeners.all(listener, has(listener.hostname) && listener.hostname != '')", 'a listener without hostname answers for every host; set hostname of each listener'),
    invalid('!variables.isRoute || size(variables.hostnames) > 0', 'a route without hostnames answers for every host of its gateway; set hostnames'),
  ];
}

function everyHostOwned(): Validation[] {
  const messageExpression = "'the hosts of this namespace are: ' + (size(variables.owned) == 0 ? 'none' : variables.owned.join(', ')) + '; use one of them, or ask the platform team for another'";
  const owned = (expression: string): Validation => ({
    expression,
    message: 'a host belongs to somebody else; use one of the hosts of the namespace, or ask the platform team for another',
    messageExpression,
    reason: 'Forbidden',
  });
  return [
    owned(`variables.rules.all(rule, !has(rule.host) || ${isOwned('rule.host')})`),
    owned(`variables.tls.all(entry, !has(entry.hosts) || entry.hosts.all(host, ${isOwned('host')}))`),
    owned(`variables.listeners.all(listener, !has(listener.hostname) || ${isOwned('listener.hostname')})`),
    owned(`variables.hostnames.all(host, ${isOwned('host')})`),
    owned(`variables.annotated.all(hosts, hosts.all(host, ${isOwned('host')}))`),
  ];
}

/** CEL: whether a host is on the list, as itself or with one label more than a wildcard. */
function isOwned(host: string): string {
  const below = `${host}.endsWith(own.substring(1)) && !${host}.substring(0, size(${host}) - size(own) + 1).contains('.')`;
  return `variables.owned.exists(own, own != '' && (own == ${host} || (own.startsWith('*.') && ${below})))`;
}

function invalid(expression: string, message: string): Validation {
  return { expression, message, reason: 'Invalid' };
}
