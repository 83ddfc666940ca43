import { NetworkProtocol } from '@viridial/core';
import { readPods } from './calico-selector';
import { isVersion, tellOthers } from './fields';
import { isPort, NO_PORTS, numbered, Ports, PROTOCOLS, together } from './ports';
import { Item } from '../../inventory';
import { Shape } from '../../shape';
import { show } from '../../text';
import { AddressBlock } from '../address';
import { readCidr } from '../block-reader';
import { Action, Direction, Peer, Policy, Rule, Tier } from '../policy';
import { PortSet } from '../port-set';

/** Versions in which Calico's objects come: those of its API server, and those it stores. */
export const CALICO_VERSIONS = ['projectcalico.org/v3', 'crd.projectcalico.org/v1'];

const SPEC = ['tier', 'order', 'selector', 'namespaceSelector', 'types', 'ingress', 'egress', 'performanceHints'];
const RULE = ['action', 'protocol', 'source', 'destination', 'metadata'];
const PEER = ['selector', 'namespaceSelector', 'notSelector', 'nets', 'notNets'];

const ACTIONS: { readonly [action: string]: Action | 'log' } = { Allow: 'allow', Deny: 'deny', Pass: 'pass', Log: 'log' };

/** https://www.iana.org/assignments/protocol-numbers */
const PROTOCOL_NUMBERS: { readonly [number: number]: NetworkProtocol } = {
  6: NetworkProtocol.TCP, 17: NetworkProtocol.UDP, 132: NetworkProtocol.SCTP,
};
const OTHER_PROTOCOLS = ['ICMP', 'ICMPv6', 'UDPLite'];

/**
 * Reads a NetworkPolicy or GlobalNetworkPolicy of Calico.
 *
 * @see https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy
 */
export function readCalicoPolicy(item: Item, tiers: ReadonlyMap<string, Tier>): Policy | undefined {
  const { shape, identity, namespace } = item;
  const spec = isVersion(item, CALICO_VERSIONS) ? shape.child('spec') : undefined;
  if (spec === undefined) {
    if (!shape.has('spec')) shape.wrong('spec', 'the policy has no spec', 'an object');
    return undefined;
  }
  tellOthers(spec, namespace === '' ? SPEC : SPEC.filter((field) => field !== 'namespaceSelector'));
  const home = namespace === '' ? undefined : namespace;
  const name = spec.text('tier') ?? 'default';
  const tier = tiers.get(name);
  if (tier === undefined) spec.unread('tier', `there is no Tier ${name}, so its place among the others is not known`, [...tiers.keys()].sort().join(', '), 'add the Tier to the manifests');
  const subjects = readPods(spec, { selector: 'selector', home });
  const [listedIngress, listedEgress] = [spec.children('ingress'), spec.children('egress')];
  const ingress = listedIngress.flatMap((rule) => readRule(rule, 'ingress', home) ?? []);
  const egress = listedEgress.flatMap((rule) => readRule(rule, 'egress', home) ?? []);
  const about = readTypes(spec, listedIngress.length > 0, listedEgress.length > 0);
  if (tier === undefined || subjects === undefined) return undefined;
  return {
    identity,
    namespace,
    subjects,
    tier,
    order: readNumber(spec, 'order') ?? Infinity,
    ingress: about.ingress ? ingress : undefined,
    egress: about.egress ? egress : undefined,
    isolates: { ingress: true, egress: true },
  };
}

/** A number that may have a fraction; nothing when it is not said, and then the object comes after all others. */
export function readNumber(shape: Shape, field: string): number | undefined {
  const value = shape.has(field) ? shape.value[field] : undefined;
  if (value === undefined || (typeof value === 'number' && Number.isFinite(value))) return value;
  shape.wrong(field, `${show(value)} is not a number`, 'a number');
  return undefined;
}

/** Without types a policy is about ingress, unless it has rules for egress only. */
function readTypes(spec: Shape, ingress: boolean, egress: boolean): { readonly ingress: boolean; readonly egress: boolean } {
  const types = spec.texts('types');
  types.forEach((type, index) => {
    if (type !== 'Ingress' && type !== 'Egress') spec.wrong(`types[${index}]`, `${show(type)} is not a type of policies`, 'Ingress, Egress');
  });
  if (types.length > 0) return { ingress: types.includes('Ingress'), egress: types.includes('Egress') };
  return { ingress: ingress || !egress, egress };
}

function readRule(rule: Shape, direction: Direction, home: string | undefined): Rule | undefined {
  tellOthers(rule, RULE);
  const name = rule.text('action') ?? '';
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) rule.wrong('action', `${show(rule.value.action)} is not an action`, Object.keys(ACTIONS).join(', '));
  const source = rule.child('source');
  const destination = rule.child('destination');
  const [peer, own] = direction === 'ingress' ? [source, destination] : [destination, source];
  if (source !== undefined) tellOthers(source, source === own ? PEER.slice(0, 3) : PEER);
  if (destination !== undefined) tellOthers(destination, [...(destination === own ? PEER.slice(0, 3) : PEER), 'ports', 'notPorts']);
  const peers = peer === undefined ? undefined : readPeers(peer, home);
  const pods = own === undefined || !speaksOfPods(own) ? undefined : readPods(own, { selector: 'selector', home }) ?? [];
  const { ports, notNamed } = readPorts(rule, destination);
  return action === undefined || action === 'log' ? undefined : { path: rule.path(), action, peers, own: pods, ports: ports.numbers, named: ports.named, notNamed };
}

function speaksOfPods(shape: Shape): boolean {
  return ['selector', 'namespaceSelector', 'notSelector'].some((field) => shape.text(field));
}

/** Who is meant; nothing for everybody. What is said of labels and what is said of addresses has to hold together. */
function readPeers(shape: Shape, home: string | undefined): Peer[] | undefined {
  const pods = speaksOfPods(shape) ? readPods(shape, { selector: 'selector', home })?.map((own): Peer => ({ pods: own })) ?? [] : undefined;
  // only what is not to be selected: whoever is no pod is not selected either
  const onlyNot = home === undefined && pods !== undefined && !shape.text('selector') && !shape.text('namespaceSelector');
  const labelled: Peer[] | undefined = onlyNot ? [...pods, { strangers: true }] : pods;
  const blocks = readBlocks(shape);
  if (blocks === undefined) return labelled;
  return labelled === undefined ? blocks.map((block) => ({ block })) : labelled.flatMap((peer) => blocks.map((block) => ({ ...peer, block })));
}

function readBlocks(shape: Shape): AddressBlock[] | undefined {
  const read = (field: string) => shape.texts(field).flatMap((text, index) => readCidr(shape, `${field}[${index}]`, text, true) ?? []);
  const given = ['nets', 'notNets'].filter((field) => Array.isArray(shape.value[field]) && shape.value[field].length > 0);
  if (given.length === 0) return undefined;
  const except = read('notNets');
  const ranges = given.includes('nets') ? read('nets') : EVERYWHERE;
  return ranges.map((range) => ({ range, except: except.filter(({ version }) => version === range.version) }));
}

const EVERYWHERE = [{ version: 4, first: 0n, last: 2n ** 32n - 1n }, { version: 6, first: 0n, last: 2n ** 128n - 1n }];

/** The ports of the destination; names that are not meant are kept apart, because they are other numbers on each pod. */
function readPorts(rule: Shape, destination: Shape | undefined): { readonly ports: Ports; readonly notNamed: Rule['notNamed'] } {
  const protocols = readProtocols(rule);
  const all = { numbers: protocols.length === PROTOCOLS.length ? PortSet.ALL : numbered(protocols).numbers, named: [] };
  if (destination === undefined) return { ports: all, notNamed: undefined };
  const lists = (['ports', 'notPorts'] as const).map((field) => {
    const values: unknown = destination.value[field];
    const list = Array.isArray(values) ? values : [];
    if (list.length > 0 && !rule.has('protocol')) rule.wrong('protocol', `${field} without a protocol`, 'TCP, UDP or SCTP');
    return list.map((value, index) => readPort(destination, `${field}[${index}]`, value, protocols));
  });
  const [wanted, unwanted] = lists;
  const { numbers, named } = wanted.length === 0 ? all : together(wanted);
  const not = together(unwanted);
  return { ports: { numbers: numbers.minus(not.numbers), named }, notNamed: not.named.length === 0 ? undefined : not.named };
}

/** A port is a number, a range `1:2`, or a name. */
function readPort(shape: Shape, field: string, value: unknown, protocols: NetworkProtocol[]): Ports {
  const text = String(value);
  const [first, last] = text.includes(':') ? text.split(':').map(Number) : [Number(text), Number(text)];
  if (isPort(first) && isPort(last) && first <= last) return numbered(protocols, first, last);
  if (typeof value === 'string' && /[a-z]/i.test(value) && !value.includes(':')) return { numbers: PortSet.NONE, named: protocols.map((protocol) => ({ name: value, protocol })) };
  shape.wrong(field, `${show(value)} is not a port`, '1 to 65535, a range 1:2, or the name of a container port');
  return NO_PORTS;
}

/** The protocols that are told apart here; none for ICMP and its like, of which nothing is said here. */
function readProtocols(rule: Shape): NetworkProtocol[] {
  if (!rule.has('protocol')) return PROTOCOLS;
  const { protocol } = rule.value;
  const number = Number(protocol);
  if (Number.isInteger(number) && number >= 1 && number <= 255) return PROTOCOL_NUMBERS[number] === undefined ? [] : [PROTOCOL_NUMBERS[number]];
  const known = PROTOCOLS.find((own) => own === String(protocol).toUpperCase());
  if (known !== undefined) return [known];
  if (!OTHER_PROTOCOLS.includes(String(protocol))) rule.wrong('protocol', `${show(protocol)} is not a protocol`, [...PROTOCOLS, ...OTHER_PROTOCOLS, '1 to 255'].join(', '));
  return [];
}
