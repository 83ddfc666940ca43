import { Cidr, ClusterProfile } from '@viridial/core';
import { Flow } from '../flow';
import { FlowKind } from '../flow-kind';
import { clusterRanges, LINK_LOCAL, METADATA_ADDRESSES, METADATA_RANGES } from './cluster-ranges';
import { ClosedBlock } from './tier-model';

const METADATA = METADATA_ADDRESSES.map((address) => Cidr.parse(`${address}/${address.includes(':') ? 128 : 32}`));

/** What is closed for every pod: link-local addresses, and where clouds answer with the credentials of the node. */
const CLOSED = [...LINK_LOCAL, ...METADATA_RANGES.filter((range) => !LINK_LOCAL.some((block) => block.contains(range)))];

/** The part of these addresses that the flows of a namespace name: an agent of the node, or the metadata service itself. */
export function namedLinkLocal(flows: Flow[]): Cidr[] {
  return Cidr.summarise(flows.flatMap(({ kind, cidr, instanceMetadata }) => {
    if (kind !== FlowKind.CIDR_OUT) return [];
    const block = Cidr.parse(cidr!);
    const inside = CLOSED.flatMap((closed) => closed.contains(block) ? [block] : instanceMetadata && block.contains(closed) ? [closed] : []);
    return instanceMetadata ? inside : Cidr.difference(inside, METADATA);
  }));
}

/** The addresses that stay closed, of the IP versions that pods speak; node-local DNS is open to everybody. */
export function closedLinkLocal(profile: ClusterProfile, named: Cidr[]): ClosedBlock[] {
  const { nodeLocalDns, versions } = clusterRanges(profile);
  const open = [...nodeLocalDns, ...named];
  return CLOSED.filter(({ version }) => versions.includes(version)).flatMap((block) => {
    const except = Cidr.summarise(open.filter((hole) => block.contains(hole)));
    return Cidr.difference([block], except).length === 0 ? [] : [{ block, except }];
  });
}
