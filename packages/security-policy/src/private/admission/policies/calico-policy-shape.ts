import { text } from '../cel';
import { closedInWords, leavesClosed } from '../closed-ranges';
import { AdmissionContext, PolicyDefinition, rule, Scope, Validation } from '../definition';
import { WHOLE_VARIABLE } from '../pods';
import { notByPlatform } from '../principals';

/** A selector of namespaces that names them: `projectcalico.org/name == "shop-staging"`, `… in { "a", "b" }`. */
const NAMES = String.raw`^ *(projectcalico\.org/name|kubernetes\.io/metadata\.name) *(== *['"][a-z0-9-]+['"]|in *\{[a-z0-9'", -]+\}) *$`;

/** Both API groups that Calico serves its policies in. */
const GROUPS = ['crd.projectcalico.org', 'projectcalico.org'];

/**
 * What `networkPolicyShape` says of NetworkPolicies, for those of Calico, which are decided before them when their `order`
 * is lower.
 * @see https://docs.tigera.io/calico/latest/reference/resources/networkpolicy
 */
export function calicoPolicyShape({ platform, profile }: AdmissionContext): PolicyDefinition {
  return {
    scope: Scope.TENANTS,
    rules: GROUPS.map((group) => rule(group, ['*'], ['networkpolicies'])),
    conditions: [notByPlatform(platform)],
    variables: [
      WHOLE_VARIABLE,
      { name: 'spec', expression: 'has(variables.whole.spec) ? variables.whole.spec : dyn({})' },
      { name: 'sources', expression: openings('ingress', 'source') },
      { name: 'destinations', expression: openings('egress', 'destination') },
    ],
    validations: [
      invalid("!has(variables.spec.tier) || variables.spec.tier in ['', 'default']", 'other tiers belong to the platform; leave out tier'),
      ...['ingress', 'egress'].map((direction) => invalid(
        `!has(variables.spec.${direction}) || variables.spec.${direction}.all(rule, rule.action != 'Pass')`,
        `a rule of ${direction} with action Pass leaves out what the platform has closed; use Allow with a peer`)),
      ...shapeOf('variables.sources', 'a source of ingress', (block, except) => leavesClosed(block, except, profile), closedInWords(profile)),
      ...shapeOf('variables.destinations', 'a destination of egress', (block, except) => leavesClosed(block, except, profile), closedInWords(profile)),
      invalid('variables.sources.all(peer, !has(peer.nets) || peer.nets.all(net, cidr(net).prefixLength() > 0))', 'a block of ingress opens pods to every address; name the addresses that call'),
    ],
  };
}

/** CEL: the other ends of what a direction allows. */
function openings(direction: string, peer: string): string {
  return `(has(variables.spec.${direction}) ? variables.spec.${direction} : []).filter(rule, rule.action == 'Allow').map(rule, has(rule.${peer}) ? rule.${peer} : dyn({}))`;
}

function shapeOf(peers: string, what: string, closed: (block: string, except: string) => string, ranges: string): Validation[] {
  const filled = (field: string): string => `(has(peer.${field}) && size(peer.${field}) > 0)`;
  const account = "(has(peer.serviceAccounts) && ((has(peer.serviceAccounts.names) && size(peer.serviceAccounts.names) > 0) || (has(peer.serviceAccounts.selector) && peer.serviceAccounts.selector != '')))";
  return [
    invalid(`${peers}.all(peer, ${[...['nets', 'selector', 'namespaceSelector', 'services', 'domains'].map(filled), account].join(' || ')})`,
      `${what} names nobody, and so everybody; name peers by selector or nets`),
    invalid(`${peers}.all(peer, !has(peer.namespaceSelector) || peer.namespaceSelector == '' || peer.namespaceSelector.matches(${text(NAMES)}))`,
      `${what} selects namespaces of others without naming them; write namespaceSelector as projectcalico.org/name == 'name'`),
    invalid(`${peers}.all(peer, !has(peer.nets) || peer.nets.all(net, ${closed('net', '(has(peer.notNets) ? peer.notNets : [])')}))`,
      `${what} takes in the pods of others or the instance metadata service; put the closed ranges into notNets: ${ranges}`),
    invalid(`${peers}.all(peer, !has(peer.domains) || peer.domains.all(name, !name.matches('^[*.]+$')))`,
      `${what} stands for every name; write the part of it that is yours`),
  ];
}

function invalid(expression: string, message: string): Validation {
  return { expression, message, reason: 'Invalid' };
}
