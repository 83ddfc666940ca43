import { Labels } from '@viridial/core';
import { listOf } from '../cel';
import { closedInWords, leavesClosed } from '../closed-ranges';
import { AdmissionContext, PolicyDefinition, rule, Scope, Validation } from '../definition';
import { notByPlatform } from '../principals';

/**
 * Network policies only ever add: one rule without peers in a tenant's own policy takes back what the platform has closed.
 * A tenant may open pods to pods of its namespace, to namespaces by name and to addresses outside the cluster.
 */
export function networkPolicyShape({ platform, profile }: AdmissionContext): PolicyDefinition {
  return {
    scope: Scope.TENANTS,
    rules: [rule('networking.k8s.io', ['v1'], ['networkpolicies'])],
    conditions: [notByPlatform(platform)],
    variables: [
      { name: 'ingress', expression: listOf('object.spec', 'ingress') },
      { name: 'egress', expression: listOf('object.spec', 'egress') },
    ],
    validations: [
      ...each((rules, peers, direction) => [
        invalid(`${rules}.all(rule, has(rule.${peers}) && size(rule.${peers}) > 0)`,
          `a rule of ${direction} without ${peers} opens pods ${peers} everywhere; name peers in ${peers}`),
        invalid(`${rules}.all(rule, !has(rule.${peers}) || rule.${peers}.all(peer, !has(peer.namespaceSelector) || ${namesNamespaces('peer.namespaceSelector')}))`,
          `a peer of ${direction} selects namespaces of others without naming them; name each by the label ${Labels.NAMESPACE_NAME}`),
        invalid(`${rules}.all(rule, !has(rule.${peers}) || rule.${peers}.all(peer, !has(peer.ipBlock) || ${leavesClosed('peer.ipBlock.cidr', listOf('peer.ipBlock', 'except'), profile)}))`,
          `a block of ${direction} takes in the pods of others or the instance metadata service; put the closed ranges into except: ${closedInWords(profile)}`),
      ]),
      invalid('variables.ingress.all(rule, !has(rule.from) || rule.from.all(peer, !has(peer.ipBlock) || cidr(peer.ipBlock.cidr).prefixLength() > 0))',
        'a block of ingress opens pods to every address; name the addresses that call'),
    ],
  };
}

/** CEL: whether a selector of namespaces names them. */
function namesNamespaces(selector: string): string {
  const label = `'${Labels.NAMESPACE_NAME}'`;
  const byExpression = `has(${selector}.matchExpressions) && ${selector}.matchExpressions.exists(entry, entry.key == ${label} && entry.operator == 'In')`;
  return `((has(${selector}.matchLabels) && ${label} in ${selector}.matchLabels) || (${byExpression}))`;
}

function each(make: (rules: string, peers: string, direction: string) => Validation[]): Validation[] {
  return [...make('variables.ingress', 'from', 'ingress'), ...make('variables.egress', 'to', 'egress')];
}

function invalid(expression: string, message: string): Validation {
  return { expression, message, reason: 'Invalid' };
}
