import { inBlock } from './address';
import { Party } from './party';
import { Peer, PodSelection, Rule } from './policy';
import { PortSet } from './port-set';
import { Position } from './position';

/** Whether the labels of a party are those of a selection. */
export type SelectsPods = (selection: PodSelection, party: Party) => boolean;

/** Whether a party is a pod with the labels of a selection. */
export function selectsPod({ namespaces, pods }: PodSelection, party: Party): boolean {
  return party.selectable && namespaces.matches(party.namespaceLabels) && pods.matches(party.labels);
}

/** Whether a rule means a party at a position; one without a position is met by labels only. */
export function means({ peers }: Rule, party: Party, position: Position | undefined, selects: SelectsPods): boolean {
  return peers === undefined || peers.some((peer) => isMet(peer, party, position, selects));
}

function isMet({ pods, strangers, block, entities }: Peer, party: Party, position: Position | undefined, selects: SelectsPods): boolean {
  if (pods !== undefined && !selects(pods, party)) return false;
  if (strangers && party.selectable) return false;
  if (block !== undefined && (position?.address === undefined || !inBlock(position.address, block))) return false;
  return entities === undefined || entities.some((entity) => position?.entities.includes(entity));
}

/** Whether the answer of a rule depends on where the other side stands. */
export function dependsOnPosition({ peers }: Rule): boolean {
  return peers?.some(({ block, entities }) => block !== undefined || entities !== undefined) ?? false;
}

/** The ports of a rule on the pod that is talked to; a name that the pod does not have means none of them. */
export function portsOf({ action, ports, named, notNamed = [] }: Rule, destination: Party): PortSet {
  if (named.length === 0 && notNamed.length === 0) return ports;
  const numbersOf = (name: string, protocol: string) => destination.namedPorts.filter((port) => port.name === name && port.protocol === protocol)
    .reduce((set, { protocol: own, port }) => set.union(PortSet.of(own, port, port)), PortSet.NONE);
  // where it is not known what ports are called, a name that allows may be any port, and one that denies may be none
  const anything = destination.namesAnything && action === 'allow';
  const nothing = destination.namesAnything && action !== 'allow';
  const meant = named.reduce((set, { name, protocol }) => set.union(anything ? PortSet.of(protocol) : numbersOf(name, protocol)), ports);
  return notNamed.reduce((set, { name, protocol }) => set.minus(nothing ? PortSet.of(protocol) : numbersOf(name, protocol)), meant);
}
