import { Cidr, NetworkProtocol, Problems } from '@viridial/core';
import { AddressBlock, AddressRange, rangeOf } from './address';
import { Direction, NamedPort, Peer, Policy, Rule } from './policy';
import { PortSet } from './port-set';
import { Selector } from './selector';
import { Item } from '../inventory';
import { Shape } from '../shape';
import { show } from '../text';

/**
 * Reads a NetworkPolicy v1 as the API server does, and refuses what it refuses.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export function readPolicy({ shape, identity, namespace }: Item): Policy | undefined {
  const spec = shape.child('spec');
  if (spec === undefined) {
    if (!shape.has('spec')) shape.wrong('spec', 'the policy has no spec', 'an object');
    return undefined;
  }
  const podSelector = spec.child('podSelector');
  const types = spec.texts('policyTypes');
  types.forEach((type, index) => {
    if (type !== 'Ingress' && type !== 'Egress') spec.wrong(`policyTypes[${index}]`, `${show(type)} is not a policy type`, 'Ingress, Egress');
  });
  const ingress = readRules(spec, 'ingress', 'from');
  const egress = readRules(spec, 'egress', 'to');
  // without policyTypes a policy is about ingress, and about egress only when it has rules for it
  const says = (type: string) => (types.length > 0 ? types.includes(type) : type === 'Ingress' || egress.length > 0);
  return {
    identity,
    namespace,
    pods: podSelector === undefined ? Selector.EVERYTHING : Selector.read(podSelector),
    ingress: says('Ingress') ? ingress : undefined,
    egress: says('Egress') ? egress : undefined,
  };
}

function readRules(spec: Shape, direction: Direction, side: 'from' | 'to'): Rule[] {
  return spec.children(direction).map((rule) => {
    const peers = rule.children(side);
    const ports = rule.children('ports').map(readPort);
    return {
      path: rule.path(),
      peers: peers.length === 0 ? undefined : peers.flatMap(readPeer),
      ports: ports.length === 0 ? PortSet.ALL : ports.reduce((set, { numbers }) => set.union(numbers), PortSet.NONE),
      named: ports.flatMap(({ name }) => (name === undefined ? [] : [name])),
    };
  });
}

function readPeer(peer: Shape): Peer[] {
  const namespaces = peer.child('namespaceSelector');
  const pods = peer.child('podSelector');
  const block = peer.child('ipBlock');
  if ((block === undefined) === (namespaces === undefined && pods === undefined)) {
    peer.wrong('', block === undefined ? 'the peer names nobody' : 'the peer has an ipBlock beside a selector', 'either ipBlock, or podSelector and namespaceSelector');
    return [];
  }
  if (block !== undefined) {
    const read = readBlock(block);
    return read === undefined ? [] : [{ namespaces: undefined, pods: Selector.EVERYTHING, block: read }];
  }
  return [{
    namespaces: namespaces === undefined ? undefined : Selector.read(namespaces),
    pods: pods === undefined ? Selector.EVERYTHING : Selector.read(pods),
    block: undefined,
  }];
}

function readBlock(shape: Shape): AddressBlock | undefined {
  const range = readCidr(shape, 'cidr', shape.text('cidr'));
  if (range === undefined) return undefined;
  const except = shape.texts('except').flatMap((text, index) => {
    const part = readCidr(shape, `except[${index}]`, text);
    if (part === undefined) return [];
    const inside = part.version === range.version && part.first >= range.first && part.last <= range.last;
    if (inside && part.last - part.first < range.last - range.first) return [part];
    shape.wrong(`except[${index}]`, `${text} is not a part of ${shape.text('cidr')}`, 'a smaller block inside cidr');
    return [];
  });
  return { range, except };
}

/** API servers before 1.36 take blocks with host bits, so they are not refused here; they mean the block they lie in. */
function readCidr(shape: Shape, field: string, text: string | undefined): AddressRange | undefined {
  const problems = new Problems();
  const cidr = text === undefined ? undefined : Cidr.collect(problems, field, text, { allowHostBits: true });
  if (cidr !== undefined) return rangeOf(cidr);
  const [problem] = problems.errors;
  shape.wrong(field, problem?.message ?? 'the block has no cidr', problem?.allowed ?? 'a CIDR', problem?.cure);
  return undefined;
}

function readPort(shape: Shape): { numbers: PortSet; name?: NamedPort } {
  const nothing = { numbers: PortSet.NONE };
  const text = shape.text('protocol') ?? NetworkProtocol.TCP;
  const protocol = Object.values(NetworkProtocol).find((known) => known === text);
  if (protocol === undefined) {
    shape.wrong('protocol', `${show(text)} is not a protocol of network policies`, Object.values(NetworkProtocol).join(', '));
    return nothing;
  }
  const port = shape.value.port ?? undefined;
  const last = shape.whole('endPort');
  if (last !== undefined && !(isPort(port) && isPort(last) && last >= port)) {
    shape.wrong('endPort', `endPort ${last} does not end a range that starts at port ${show(port)}`, 'a number of at least port, beside a port that is a number');
    return nothing;
  }
  if (port === undefined) return { numbers: PortSet.of(protocol) };
  if (isPort(port)) return { numbers: PortSet.of(protocol, port, last ?? port) };
  if (typeof port === 'string' && /[a-z]/i.test(port)) return { numbers: PortSet.NONE, name: { name: port, protocol } };
  shape.wrong('port', `${show(port)} is not a port`, '1 to 65535, or the name of a container port');
  return nothing;
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535;
}
