import { NetworkProtocol } from '@viridial/core';
import { ENTITY_NAMES, entitiesNamed, readEndpoints, readSubject } from './cilium-selector';
import { isVersion, tellOthers } from './fields';
import { isPort, NO_PORTS, numbered, Ports, PROTOCOLS, together } from './ports';
import { Item } from '../../inventory';
import { Shape } from '../../shape';
import { show } from '../../text';
import { readBlock, readCidr } from '../block-reader';
import { Action, Direction, NETWORK_POLICY_ORDER, Peer, Policy, Rule, Tier } from '../policy';
import { PortSet } from '../port-set';

/** Cilium reads all policies together, NetworkPolicies too, and what one of them denies no other one allows. */
export const CILIUM_TIER: Tier = { name: 'Cilium', order: 1_000_000, otherwise: 'deny', denyFirst: true };

const SECTIONS: readonly { readonly field: string; readonly direction: Direction; readonly action: Action }[] = [
  { field: 'ingressDeny', direction: 'ingress', action: 'deny' },
  { field: 'ingress', direction: 'ingress', action: 'allow' },
  { field: 'egressDeny', direction: 'egress', action: 'deny' },
  { field: 'egress', direction: 'egress', action: 'allow' },
];

const SPEC = ['endpointSelector', 'enableDefaultDeny', 'description', 'labels', ...SECTIONS.map(({ field }) => field)];

/**
 * Reads a CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy: as many policies as it has specs.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/
 */
export function readCiliumPolicies(item: Item): Policy[] {
  const { shape } = item;
  if (!isVersion(item, ['cilium.io/v2'])) return [];
  tellOthers(shape, ['apiVersion', 'kind', 'metadata', 'status', 'spec', 'specs']);
  const spec = shape.child('spec');
  const specs = [...spec === undefined ? [] : [spec], ...shape.children('specs')];
  if (specs.length === 0) shape.wrong('spec', 'the policy has no spec', 'spec or specs');
  return specs.flatMap((own) => readSpec(item, own) ?? []);
}

function readSpec({ identity, namespace }: Item, spec: Shape): Policy | undefined {
  tellOthers(spec, SPEC);
  const selector = spec.child('endpointSelector');
  if (selector === undefined) {
    if (!spec.has('nodeSelector')) spec.wrong('endpointSelector', 'the policy is about nobody', 'an endpointSelector; {} for every pod');
    return undefined;
  }
  const subject = readSubject(selector, namespace);
  const defaults = spec.child('enableDefaultDeny');
  const sections = SECTIONS.map(({ field, direction, action }) => ({
    direction, rules: spec.children(field).map((rule) => readRule(rule, direction, action, namespace)),
  }));
  const rulesOf = (direction: Direction) => sections.filter((section) => section.direction === direction).flatMap(({ rules }) => rules);
  const isolates = (direction: Direction) => defaults?.flag(direction) ?? rulesOf(direction).length > 0;
  if (subject === undefined) return undefined;
  const about = (direction: Direction) => (rulesOf(direction).length > 0 || isolates(direction) ? rulesOf(direction) : undefined);
  return {
    identity,
    part: spec.path(),
    namespace,
    subjects: [subject],
    tier: CILIUM_TIER,
    order: NETWORK_POLICY_ORDER,
    ingress: about('ingress'),
    egress: about('egress'),
    isolates: { ingress: isolates('ingress'), egress: isolates('egress') },
  };
}

function readRule(rule: Shape, direction: Direction, action: Action, namespace: string): Rule {
  const side = direction === 'ingress' ? 'from' : 'to';
  const members = ['Endpoints', 'Entities', 'CIDR', 'CIDRSet'].map((member) => side + member);
  tellOthers(rule, [...members, 'toPorts']);
  const given = members.filter((member) => rule.has(member));
  const filled = given.filter((member) => !Array.isArray(rule.value[member]) || rule.value[member].length > 0);
  if (filled.length > 1) rule.wrong(filled[1], `${filled.join(' and ')} are in one rule, which Cilium refuses`, 'one of them in a rule');
  const toPorts = rule.children('toPorts');
  // a rule that says neither who nor which ports is about nobody; it isolates and does nothing else
  const everybody = given.length === 0 && toPorts.length > 0;
  const ports = toPorts.length === 0 ? { numbers: PortSet.ALL, named: [] } : together(toPorts.map(readPorts));
  return {
    path: rule.path(),
    action,
    peers: everybody ? undefined : readPeers(rule, filled[0], namespace),
    ports: ports.numbers,
    named: ports.named,
  };
}

/** Who is meant; nothing for everybody. An empty list means nobody. */
function readPeers(rule: Shape, member: string | undefined, namespace: string): Peer[] | undefined {
  switch (member?.replace(/^(from|to)/, '')) {
    case 'Endpoints': return rule.children(member!).flatMap((endpoint) => readEndpoints(endpoint, namespace));
    case 'CIDR': return rule.texts(member!).flatMap((text, index) => {
      const range = readCidr(rule, `${member}[${index}]`, text, true);
      return range === undefined ? [] : [{ block: { range, except: [] } }];
    });
    case 'CIDRSet': return rule.children(member!).flatMap((set) => {
      tellOthers(set, ['cidr', 'except']);
      const block = set.has('cidr') ? readBlock(set) : undefined;
      return block === undefined ? [] : [{ block }];
    });
    case 'Entities': return readEntities(rule, member!);
    default: return [];
  }
}

function readEntities(rule: Shape, member: string): Peer[] | undefined {
  const names = rule.texts(member);
  const entities = names.flatMap((name, index) => {
    const known = entitiesNamed(name);
    if (known === undefined && name !== 'all') rule.wrong(`${member}[${index}]`, `${show(name)} is not an entity`, ENTITY_NAMES.join(', '));
    return known ?? [];
  });
  return names.includes('all') ? undefined : [{ entities: [...new Set(entities)] }];
}

function readPorts(shape: Shape): Ports {
  tellOthers(shape, ['ports']);
  const ports = shape.children('ports');
  if (ports.length === 0 && !shape.has('rules')) shape.unread('ports', 'toPorts without ports is not read', 'at least one port', 'leave out toPorts when every port is meant');
  return together(ports.map(readPort));
}

/** A port is text, `0` is every port, and a protocol that is not said is any. */
function readPort(shape: Shape): Ports {
  tellOthers(shape, ['port', 'endPort', 'protocol']);
  const protocols = readProtocols(shape);
  const text = shape.text('port');
  if (text === undefined) {
    if (!shape.has('port')) shape.wrong('port', 'the port is missing', 'the number of a port as text, or the name of a container port');
    return NO_PORTS;
  }
  const last = shape.whole('endPort') ?? 0;
  if (/[a-z]/i.test(text)) return { numbers: PortSet.NONE, named: protocols.map((protocol) => ({ name: text.toLowerCase(), protocol })) };
  const first = Number(text);
  if (text === '0') return numbered(protocols);
  if (!isPort(first) || (last !== 0 && (!isPort(last) || last < first))) {
    shape.wrong(isPort(first) ? 'endPort' : 'port', `${isPort(first) ? last : show(text)} is not a port`, isPort(first) ? `${first} to 65535` : '0 to 65535 as text, or the name of a container port');
    return NO_PORTS;
  }
  return numbered(protocols, first, last === 0 ? first : last);
}

function readProtocols(shape: Shape): NetworkProtocol[] {
  const text = (shape.text('protocol') ?? 'ANY').toUpperCase();
  if (text === 'ANY') return PROTOCOLS;
  const protocol = PROTOCOLS.find((known) => known === text);
  if (protocol !== undefined) return [protocol];
  shape.unread('protocol', `protocol ${show(text)} is not read`, `ANY, ${PROTOCOLS.join(', ')}`);
  return [];
}
