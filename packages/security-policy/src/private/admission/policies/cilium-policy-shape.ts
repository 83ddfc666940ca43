import { textList } from '../cel';
import { closedInWords, leavesClosed } from '../closed-ranges';
import { AdmissionContext, PolicyDefinition, rule, Scope, Validation } from '../definition';
import { WHOLE_VARIABLE } from '../pods';
import { notByPlatform } from '../principals';

/** One direction of a rule, by the fields that Cilium has for its peers. */
interface Direction {
  readonly rules: string;
  readonly word: 'from' | 'to';
  readonly peers: string[];
  /** Entities that are neither the world nor every pod. */
  readonly entities: string[];
}

/** https://docs.cilium.io/en/stable/security/policy/language/ */
const DIRECTIONS: Direction[] = [
  {
    rules: 'ingress',
    word: 'from',
    entities: ['health', 'host', 'ingress', 'kube-apiserver', 'remote-node'],
    peers: ['fromCIDR', 'fromCIDRSet', 'fromEndpoints', 'fromEntities', 'fromGroups', 'fromNodes'],
  },
  {
    rules: 'egress',
    word: 'to',
    entities: ['health', 'ingress', 'kube-apiserver'],
    peers: ['toCIDR', 'toCIDRSet', 'toEndpoints', 'toEntities', 'toFQDNs', 'toGroups', 'toServices'],
  },
];

/**
 * What `networkPolicyShape` says of NetworkPolicies, for CiliumNetworkPolicies, which Cilium adds to them. A rule with no
 * field at all opens nothing there; one with ports and no peers opens them to everybody.
 */
export function ciliumPolicyShape({ platform, profile }: AdmissionContext): PolicyDefinition {
  return {
    scope: Scope.TENANTS,
    rules: [rule('cilium.io', ['*'], ['ciliumnetworkpolicies'])],
    conditions: [notByPlatform(platform)],
    variables: [
      WHOLE_VARIABLE,
      { name: 'specs', expression: '(has(variables.whole.spec) ? [variables.whole.spec] : []) + (has(variables.whole.specs) ? variables.whole.specs : [])' },
    ],
    validations: [
      ...DIRECTIONS.flatMap((direction) => shapeOf(direction, (block, except) => leavesClosed(block, except, profile), closedInWords(profile))),
      ...egressOnly(),
    ],
  };
}

function shapeOf(direction: Direction, closed: (block: string, except: string) => string, ranges: string): Validation[] {
  const { rules, word, peers, entities } = direction;
  const named = peers.map((field) => `(has(rule.${field}) && size(rule.${field}) > 0)`).join(' || ');
  return [
    everyRule(rules, `${named} || !(has(rule.toPorts) || has(rule.icmps))`,
      `a rule of ${rules} with ports and without peers opens them ${word} everywhere; name peers`),
    everyRule(rules, `!has(rule.${word}Endpoints) || rule.${word}Endpoints.all(peer, ${namesNamespaces('peer')})`,
      `a peer of ${rules} selects pods of namespaces that it does not name; name each by k8s:io.kubernetes.pod.namespace`),
    everyRule(rules, `!has(rule.${word}Entities) || rule.${word}Entities.all(entity, entity in ${textList(entities)})`,
      `an entity of ${rules} stands for everybody, or for nodes; use peers by name, or one of ${entities.join(', ')}`),
    everyRule(rules, `!has(rule.${word}CIDR) || rule.${word}CIDR.all(block, ${withPrefix('block', (cidr) => `${closed(cidr, '[]')}${word === 'from' ? ` && cidr(${cidr}).prefixLength() > 0` : ''}`)})`,
      `a block of ${rules} takes in too much; use ${word}CIDRSet and put the closed ranges into except: ${ranges}`),
    everyRule(rules, `!has(rule.${word}CIDRSet) || rule.${word}CIDRSet.all(entry, has(entry.cidr) && ${closed('entry.cidr', '(has(entry.except) ? entry.except : [])')}${word === 'from' ? ' && cidr(entry.cidr).prefixLength() > 0' : ''})`,
      `a block of ${rules} takes in too much; write it as cidr, and put the closed ranges into except: ${ranges}`),
  ];
}

function egressOnly(): Validation[] {
  return [
    everyRule('egress', "!has(rule.toFQDNs) || rule.toFQDNs.all(name, !has(name.matchPattern) || !name.matchPattern.matches('^[*.]+$'))",
      'a pattern of toFQDNs stands for every name; write the part of it that is yours'),
    everyRule('egress', '!has(rule.toNodes)', 'a rule of egress opens nodes, and the kubelet on them; remove toNodes'),
  ];
}

/** CEL: whether the labels of a selector stay in the own namespace, or name the others. */
function namesNamespaces(selector: string): string {
  const foreign = (key: string): string => `${key}.contains('io.cilium.k8s.namespace.labels') || ${key}.startsWith('reserved')`;
  const byLabels = `!has(${selector}.matchLabels) || ${selector}.matchLabels.all(key, !(${foreign('key')}))`;
  const byExpressions = `!has(${selector}.matchExpressions) || ${selector}.matchExpressions.all(entry, !(${foreign('entry.key')}) && (!entry.key.endsWith('io.kubernetes.pod.namespace') || entry.operator == 'In'))`;
  return `(${byLabels}) && (${byExpressions})`;
}

/** Cilium takes addresses without a prefix as blocks. */
function withPrefix(block: string, make: (cidr: string) => string): string {
  return `[${block}.contains('/') ? ${block} : ${block} + (${block}.contains(':') ? '/128' : '/32')].all(whole, ${make('whole')})`;
}

function everyRule(rules: string, expression: string, message: string): Validation {
  return { expression: `variables.specs.all(spec, !has(spec.${rules}) || spec.${rules}.all(rule, ${expression}))`, message, reason: 'Invalid' };
}
