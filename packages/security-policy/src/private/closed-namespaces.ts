import { FlowStatement, NetworkParty, NetworkPort, NetworkProtocol } from '@viridial/core';
import { FlowKind } from '../flow-kind';
import { NetworkPolicyProps } from '../network-policies';
import { closedPorts } from './closed-ports';
import { DNS_NAMESPACE, Opening, reachesPods } from './openings';

/** A namespace that every cluster has and that nothing guards: what is open to everybody is open to it. */
const FOREIGN = 'default';

/** Namespaces, pods and ports of them that stay closed although the flows open something. */
export function closedNamespaces(props: NetworkPolicyProps, openings: Opening[]): FlowStatement[] {
  return [true, false].flatMap((into) => {
    const same = openings.filter((opening) => opening.into === into);
    const view: View = {
      props,
      into,
      named: same.filter((opening) => opening.party.namespace !== undefined),
      everywhere: same.filter((opening) => reachesPods(opening, props.profile)).map((opening) => opening.ports),
      scraped: into ? [] : props.flows.filter((flow) => flow.kind === FlowKind.METRICS_OUT).map((flow) => flow.ports ?? [{}]),
    };
    return [...otherNamespaces(view), ...foreignPods(view), ...otherPodsAndPorts(view)];
  });
}

/** The openings of one direction. */
interface View {
  readonly props: NetworkPolicyProps;
  readonly into: boolean;
  /** Those that name a namespace. */
  readonly named: Opening[];
  /** Ports that blocks of addresses open for pods of any namespace. */
  readonly everywhere: (NetworkPort[] | undefined)[];
  /** Ports that are open to every namespace of the platform. */
  readonly scraped: NetworkPort[][];
}

/** Namespaces that no flow names. A scraper calls every namespace of its platform, so nothing can be said of its egress. */
function otherNamespaces(view: View): FlowStatement[] {
  const { props: { namespace }, into, named, scraped } = view;
  if (scraped.length > 0) return [];
  const party = { exceptNamespaces: [...new Set([namespace, ...named.map((opening) => opening.party.namespace!)])].sort() };
  return closed(view, party, into ? `nobody calls ${namespace} whom no flow names` : `${namespace} calls nobody whom no flow names`);
}

/** Pods of a foreign namespace, with each set of labels that a flow trusts in its own. */
function foreignPods(view: View): FlowStatement[] {
  const { props: { namespace }, into, named } = view;
  if (namespace === FOREIGN || named.some(({ party }) => party.namespace === FOREIGN)) return [];
  const reason = into ? `pods of other namespaces do not call ${namespace}, whatever labels they have`
    : `${namespace} does not call pods of other namespaces, whatever labels they have`;
  const trusted = named.filter(({ party }) => party.namespace !== namespace).map(({ party }) => party.podLabels);
  const labels = new Map([undefined, ...trusted].map((podLabels) => [JSON.stringify(podLabels ?? {}), podLabels]));
  return [...labels.keys()].sort().flatMap((key) => closed(view, { namespace: FOREIGN, podLabels: labels.get(key) }, reason));
}

/** Other pods of a namespace of which a flow names some, and ports that no flow names. */
function otherPodsAndPorts(view: View): FlowStatement[] {
  const { props: { namespace }, named, everywhere } = view;
  const byPeer = new Map<string, Opening[]>();
  for (const opening of named) {
    const list = byPeer.get(opening.party.namespace!) ?? [];
    list.push(opening);
    byPeer.set(opening.party.namespace!, list);
  }
  byPeer.delete(namespace);
  return [...byPeer.keys()].sort().flatMap((peer) => {
    const openings = byPeer.get(peer)!;
    const scraped = peer === DNS_NAMESPACE ? [] : view.scraped;
    const ports = closedPorts([...openings.map((opening) => opening.ports), ...scraped, ...everywhere]);
    const labels = scraped.length > 0 ? undefined : otherLabels(openings);
    return [
      ...(ports.length === 0 ? [] : [between(view, { namespace: peer }, { ports, reason: `no flow names these ports between ${namespace} and ${peer}` })]),
      ...(labels === undefined ? [] : closed(view, { namespace: peer, podLabels: labels }, `no flow names these pods of ${peer}`)),
    ];
  });
}

/** Labels that pods have whom no flow names, where every flow chooses by labels. */
function otherLabels(openings: Opening[]): { [key: string]: string } | undefined {
  const chosen = openings.map(({ party }) => Object.entries(party.podLabels ?? {}));
  if (chosen.some((labels) => labels.length === 0)) return undefined;
  return Object.fromEntries(chosen.flat().map(([key]) => [key, 'nobody-named']).sort());
}

/** Ports that flows open to pods whom they name, and that no block of addresses opens for all pods. */
function ownPorts({ named, everywhere }: View): NetworkPort[] {
  if (everywhere.includes(undefined)) return [];
  const opens = (other: NetworkPort, port: NetworkPort) => protocolOf(other) === protocolOf(port) && (other.port ?? port.port) === port.port;
  const open = (port: NetworkPort) => everywhere.some((ports) => ports!.some((other) => opens(other, port)));
  const closedOnes = named.flatMap(({ ports }) => ports ?? []).filter((port) => port.port !== undefined && !open(port));
  const beside = new Set(closedPorts(everywhere).map((port) => `${protocolOf(port)} ${port.port}`));
  const byText = new Map(closedOnes.map((port) => [`${protocolOf(port)} ${port.port}`, port]));
  return [...byText.keys()].filter((text) => !beside.has(text)).sort().map((text) => byText.get(text)!);
}

function protocolOf({ protocol = NetworkProtocol.TCP }: NetworkPort): NetworkProtocol {
  return protocol;
}

/** A party that no flow opens: on every port, or on the ports that no block of addresses opens for all pods. */
function closed(view: View, party: NetworkParty, reason: string): FlowStatement[] {
  if (view.everywhere.length === 0) return [between(view, party, { reason })];
  const ports = [...closedPorts(view.everywhere), ...ownPorts(view)];
  return ports.length === 0 ? [] : [between(view, party, { ports, reason })];
}

function between({ props: { namespace }, into }: View, party: NetworkParty, said: { ports?: NetworkPort[]; reason: string }): FlowStatement {
  const own = { namespace };
  return into ? { source: party, destination: own, ...said } : { source: own, destination: party, ...said };
}
