import { Labels, NetworkProtocol } from '@viridial/core';
import { readBlock } from './block-reader';
import { Direction, NETWORK_POLICY_ORDER, NETWORK_POLICY_TIER, NamedPort, Peer, Policy, Rule, Tier } from './policy';
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
export function readPolicy({ shape, identity, namespace }: Item, tier: Tier = NETWORK_POLICY_TIER): Policy | undefined {
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
  const home = Selector.ofLabels({ [Labels.NAMESPACE_NAME]: namespace });
  const ingress = readRules(spec, 'ingress', 'from', home);
  const egress = readRules(spec, 'egress', 'to', home);
  // without policyTypes a policy is about ingress, and about egress only when it has rules for it
  const says = (type: string) => (types.length > 0 ? types.includes(type) : type === 'Ingress' || egress.length > 0);
  return {
    identity,
    namespace,
    subjects: [{ namespaces: home, pods: podSelector === undefined ? Selector.EVERYTHING : Selector.read(podSelector) }],
    tier,
    order: NETWORK_POLICY_ORDER,
    ingress: says('Ingress') ? ingress : undefined,
    egress: says('Egress') ? egress : undefined,
    isolates: { ingress: true, egress: true },
  };
}

function readRules(spec: Shape, direction: Direction, side: 'from' | 'to', home: Selector): Rule[] {
  return spec.children(direction).map((rule) => {
    const peers = rule.children(side);
    const ports = rule.children('ports').map(readPort);
    return {
      path: rule.path(),
      action: 'allow',
      peers: peers.length === 0 ? undefined : peers.flatMap((peer) => readPeer(peer, home)),
      ports: ports.length === 0 ? PortSet.ALL : ports.reduce((set, { numbers }) => set.union(numbers), PortSet.NONE),
      named: ports.flatMap(({ name }) => (name === undefined ? [] : [name])),
    };
  });
}

function readPeer(peer: Shape, home: Selector): Peer[] {
  const namespaces = peer.child('namespaceSelector');
  const pods = peer.child('podSelector');
  const block = peer.child('ipBlock');
  if ((block === undefined) === (namespaces === undefined && pods === undefined)) {
    peer.wrong('', block === undefined ? 'the peer names nobody' : 'the peer has an ipBlock beside a selector', 'either ipBlock, or podSelector and namespaceSelector');
    return [];
  }
  if (block !== undefined) {
    const read = readBlock(block);
    return read === undefined ? [] : [{ block: read }];
  }
  return [{
    pods: {
      namespaces: namespaces === undefined ? home : Selector.read(namespaces),
      pods: pods === undefined ? Selector.EVERYTHING : Selector.read(pods),
    },
  }];
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
