import { Cni } from '@viridial/core';
import { isVersion, tellOthers } from './fields';
import { isPort, NO_PORTS, numbered, Ports, PROTOCOLS, together } from './ports';
import { Item } from '../../inventory';
import { Shape } from '../../shape';
import { show } from '../../text';
import { readCidr } from '../block-reader';
import { Action, Direction, Peer, PodSelection, Policy, Rule, Tier } from '../policy';
import { PortSet } from '../port-set';
import { Selector } from '../selector';

/** Policies before all others. Order and name are those that Calico gives the tier. */
export const ADMIN_TIER: Tier = { name: 'kube-admin', order: 1000, otherwise: 'pass', denyFirst: false };

/** Policies for what no NetworkPolicy is about. */
export const BASELINE_TIER: Tier = { name: 'kube-baseline', order: 10_000_000, otherwise: 'pass', denyFirst: false };

const ACTIONS: { readonly [action: string]: Action } = { Accept: 'allow', Deny: 'deny', Pass: 'pass' };

const STANDARD = 'policy.networking.k8s.io/v1alpha2';

/** What Amazon EKS installs: the same but for the words for ports (aws/amazon-network-policy-controller-k8s, pkg/crd/crds.yaml). */
const AMAZON = 'networking.k8s.aws/v1alpha1';

/**
 * Reads a ClusterNetworkPolicy.
 *
 * @param item the object
 * @param cni the network plugin: Calico knows neither nodes nor ports by name
 * @see https://github.com/kubernetes-sigs/network-policy-api/blob/main/apis/v1alpha2/clusternetworkpolicy_types.go
 */
export function readClusterNetworkPolicy(item: Item, cni: Cni): Policy | undefined {
  const { shape, identity } = item;
  const spec = isVersion(item, [item.judged.dialect === 'Amazon' ? AMAZON : STANDARD]) ? shape.child('spec') : undefined;
  if (spec === undefined) {
    if (!shape.has('spec')) shape.wrong('spec', 'the policy has no spec', 'an object');
    return undefined;
  }
  tellOthers(spec, ['tier', 'priority', 'subject', 'ingress', 'egress']);
  const name = spec.text('tier') ?? '';
  const tier = name === 'Admin' ? ADMIN_TIER : name === 'Baseline' ? BASELINE_TIER : undefined;
  if (tier === undefined) spec.wrong('tier', `${show(spec.value.tier)} is not a tier`, 'Admin, Baseline');
  const priority = spec.whole('priority');
  if (priority === undefined || priority < 0 || priority > 1000) spec.wrong('priority', `${show(spec.value.priority)} is not a priority`, '0 to 1000');
  const subject = spec.child('subject');
  if (subject === undefined) spec.wrong('subject', 'the policy is about nobody', 'namespaces or pods');
  const subjects = subject === undefined ? [] : readPods(subject, 'subject');
  const ingress = spec.children('ingress').flatMap((rule) => readRule(rule, 'ingress', cni, item) ?? []);
  const egress = spec.children('egress').flatMap((rule) => readRule(rule, 'egress', cni, item) ?? []);
  if (tier === undefined) return undefined;
  return {
    identity,
    namespace: '',
    subjects,
    tier,
    order: priority ?? 0,
    ingress: ingress.length > 0 ? ingress : undefined,
    egress: egress.length > 0 ? egress : undefined,
    isolates: { ingress: false, egress: false },
  };
}

function readRule(rule: Shape, direction: Direction, cni: Cni, { judged }: Item): Rule | undefined {
  const side = direction === 'ingress' ? 'from' : 'to';
  const amazon = judged.dialect === 'Amazon';
  tellOthers(rule, ['name', 'action', side, amazon ? 'ports' : 'protocols']);
  const name = rule.text('action') ?? '';
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) rule.wrong('action', `${show(rule.value.action)} is not an action`, Object.keys(ACTIONS).join(', '));
  const listed = rule.children(side);
  if (listed.length === 0) rule.wrong(side, 'the rule names nobody', 'at least one peer');
  const peers = listed.flatMap((peer) => readPeer(peer, direction, cni));
  const entries = rule.children(amazon ? 'ports' : 'protocols').map((entry) => (amazon ? readAmazonPort(entry) : readProtocol(entry, cni)));
  const ports = entries.length === 0 ? { numbers: PortSet.ALL, named: [] } : together(entries);
  return action === undefined ? undefined : { path: rule.path(), action, peers, ports: ports.numbers, named: ports.named };
}

function readPeer(peer: Shape, direction: Direction, cni: Cni): Peer[] {
  tellOthers(peer, direction === 'ingress' ? ['namespaces', 'pods'] : ['namespaces', 'pods', 'networks', 'nodes']);
  if (peer.has('networks') && direction === 'egress') {
    return peer.texts('networks').flatMap((text, index) => {
      const range = readCidr(peer, `networks[${index}]`, text);
      return range === undefined ? [] : [{ block: { range, except: [] } }];
    });
  }
  if (peer.has('nodes') && direction === 'egress') return readNodes(peer, cni);
  if (!peer.has('namespaces') && !peer.has('pods') && Object.keys(peer.value).length > 0) return [];
  return readPods(peer, 'peer').map((pods) => ({ pods }));
}

/** Nodes are not in the manifests, so only all of them can be meant. */
function readNodes(peer: Shape, cni: Cni): Peer[] {
  const nodes = peer.child('nodes');
  if (nodes === undefined) return [];
  if (cni === Cni.CALICO) peer.unread('nodes', 'Calico does not know nodes as peers', 'networks with the addresses of the nodes');
  else if (!Selector.read(nodes).matchesEverything) peer.unread('nodes', 'nodes are not read by their labels', '{}, which is every node');
  else return [{ entities: ['remote-node', 'host'] }];
  return [];
}

/** Pods by `namespaces`, or by `pods`; never those on the host network. */
function readPods(shape: Shape, what: string): PodSelection[] {
  if (shape.has('namespaces') === shape.has('pods')) {
    shape.wrong('', `the ${what} is ${shape.has('pods') ? 'named twice' : 'nobody'}`, 'either namespaces or pods');
    return [];
  }
  const namespaces = shape.child('namespaces');
  if (namespaces !== undefined) return [{ namespaces: Selector.read(namespaces), pods: Selector.EVERYTHING }];
  const pods = shape.child('pods');
  if (pods === undefined) return [];
  tellOthers(pods, ['namespaceSelector', 'podSelector']);
  const read = (field: string) => {
    const selector = pods.child(field);
    return selector === undefined ? Selector.EVERYTHING : Selector.read(selector);
  };
  return [{ namespaces: read('namespaceSelector'), pods: read('podSelector') }];
}

function readProtocol(shape: Shape, cni: Cni): Ports {
  tellOthers(shape, ['tcp', 'udp', 'sctp', 'destinationNamedPort']);
  const name = shape.text('destinationNamedPort');
  if (name !== undefined) {
    if (cni !== Cni.CALICO) return { numbers: PortSet.NONE, named: PROTOCOLS.map((protocol) => ({ name, protocol })) };
    shape.unread('destinationNamedPort', 'Calico does not know ports of these policies by name', 'the number of the port');
    return NO_PORTS;
  }
  const protocol = PROTOCOLS.find((known) => shape.has(known.toLowerCase()));
  if (protocol === undefined) {
    shape.wrong('', 'the protocol is none', 'tcp, udp, sctp or destinationNamedPort');
    return NO_PORTS;
  }
  const own = shape.child(protocol.toLowerCase());
  if (own === undefined) return NO_PORTS;
  tellOthers(own, ['destinationPort']);
  const port = own.child('destinationPort');
  return port === undefined ? numbered([protocol]) : readPort(port, protocol);
}

/** `portNumber`, `portRange` or `namedPort`, each with its protocol. */
function readAmazonPort(shape: Shape): Ports {
  tellOthers(shape, ['portNumber', 'portRange', 'namedPort']);
  const name = shape.text('namedPort');
  if (name !== undefined) return { numbers: PortSet.NONE, named: PROTOCOLS.map((protocol) => ({ name, protocol })) };
  const number = shape.child('portNumber');
  const range = number ?? shape.child('portRange');
  const [first, last] = number === undefined ? [range?.whole('start'), range?.whole('end')] : [number.whole('port'), number.whole('port')];
  const protocol = PROTOCOLS.find((known) => known === (range?.text('protocol') ?? PROTOCOLS[0]));
  if (protocol !== undefined && isPort(first) && isPort(last) && first <= last) return numbered([protocol], first, last);
  shape.wrong('', `${show(shape.value)} is not a port`, 'portNumber with protocol and port, portRange with protocol, start and end, or namedPort');
  return NO_PORTS;
}

function readPort(port: Shape, protocol: (typeof PROTOCOLS)[number]): Ports {
  tellOthers(port, ['number', 'range']);
  const range = port.child('range');
  const [first, last] = range === undefined ? [port.whole('number'), port.whole('number')] : [range.whole('start'), range.whole('end')];
  if (isPort(first) && isPort(last) && first <= last) return numbered([protocol], first, last);
  port.wrong('', `${show(port.value)} is not a port`, 'number from 1 to 65535, or range with start and end');
  return NO_PORTS;
}
