import { Cidr, FlowStatement, NetworkParty } from '@viridial/core';
import { Flow } from '../flow';
import { FlowKind } from '../flow-kind';
import { NetworkPolicyProps } from '../network-policies';
import { closedPorts } from './closed-ports';
import { METADATA_RANGES, PRIVATE_NETWORKS } from './cluster-ranges';
import { internetSamples, Opening, ofVersions } from './openings';

/** The instance metadata service of the clouds, and its address on EC2 for IPv6. */
const METADATA = ['169.254.169.254/32', 'fd00:ec2::254/128'].map((text) => Cidr.parse(text));

/** Addresses, and ports of them, that stay closed although the flows open something. */
export function closedAddresses(props: NetworkPolicyProps, openings: Opening[]): FlowStatement[] {
  return [
    ...metadata(props), ...internet(props, openings), ...exceptions(props, openings),
    ...otherPorts(props, openings, true), ...otherPorts(props, openings, false),
    ...besideBlocks(props, openings, true), ...besideBlocks(props, openings, false),
  ];
}

function metadata({ namespace, flows, profile }: NetworkPolicyProps): FlowStatement[] {
  if (flows.some((flow) => flow.kind === FlowKind.CIDR_OUT && flow.instanceMetadata)) return [];
  return ofVersions(profile, METADATA).map((block) => ({
    source: { namespace }, destination: { cidr: block.toString() }, reason: `${namespace} does not get the credentials of its node`,
  }));
}

function internet({ namespace, profile, flows }: NetworkPolicyProps, openings: Opening[]): FlowStatement[] {
  const own = { namespace };
  const samples = (into: boolean): NetworkParty[] =>
    Cidr.difference(internetSamples(profile), blocksOf(openings, into)).map((block) => ({ cidr: block.toString() }));
  const asked = flows.some((flow) => flow.kind === FlowKind.INTERNET);
  return [
    ...(asked ? [] : samples(false)).map((destination) => ({ source: own, destination, reason: `${namespace} does not call the internet` })),
    ...samples(true).map((source) => ({ source, destination: own, reason: `the internet does not call ${namespace}` })),
  ];
}

/** What every internet flow of the namespace leaves closed: a part of each block that no other flow opens stands for it. */
function exceptions(props: NetworkPolicyProps, openings: Opening[]): FlowStatement[] {
  const { namespace, flows, profile } = props;
  const asked = flows.filter((flow) => flow.kind === FlowKind.INTERNET);
  if (asked.length === 0) return [];
  const opened = blocksOf(openings, false);
  return ofVersions(profile, closedBlocks(props, asked)).flatMap((block) => Cidr.difference([block], opened).slice(0, 1)).map((part) => ({
    source: { namespace }, destination: { cidr: part.toString() }, reason: `${part.toString()} is not the internet, or ${namespace} asked to keep it closed`,
  }));
}

function closedBlocks({ profile }: NetworkPolicyProps, asked: Flow[]): Cidr[] {
  const cluster = [...profile.nodeCidrs, ...profile.serviceCidrs, ...profile.apiServerCidrs].map((text) => Cidr.parse(text));
  const everyone = asked.some((flow) => flow.privateNetworks) ? [] : PRIVATE_NETWORKS;
  // what one flow excepts another may open
  const own = asked.length === 1 ? (asked[0].except ?? []).map((text) => Cidr.parse(text)) : [];
  return Cidr.summarise([...cluster, ...everyone, ...own]);
}

/** The other half of the next larger block around each block that a flow opens: a block that is too wide opens it. */
function besideBlocks(props: NetworkPolicyProps, openings: Opening[], into: boolean): FlowStatement[] {
  const { namespace, profile, flows } = props;
  const opened = blocksOf(openings, into);
  const asked = into ? [] : flows.filter((flow) => flow.kind === FlowKind.INTERNET);
  const pods = [...profile.podCidrs, ...profile.serviceCidrs].map((text) => Cidr.parse(text));
  const internetLeaves = [...closedBlocks(props, asked), ...METADATA_RANGES];
  const left = opened.filter((block) => block.prefix > 0)
    .flatMap((block) => Cidr.difference([otherHalf(block)], opened).slice(0, 1))
    .filter((part) => !pods.some((pod) => pod.overlaps(part)) && (asked.length === 0 || internetLeaves.some((range) => range.contains(part))));
  return [...new Set(left.map((part) => part.toString()))].sort().map((cidr) => {
    const [source, destination] = into ? [{ cidr }, { namespace }] : [{ namespace }, { cidr }];
    return { source, destination, reason: `no flow names ${cidr}, which lies beside what one names` };
  });
}

/** The block of the same size that makes up the next larger one together with this one. */
function otherHalf(block: Cidr): Cidr {
  const around = Cidr.parse(`${block.address}/${block.prefix - 1}`, { allowHostBits: true });
  return Cidr.difference([around], [block])[0];
}

/** Ports of addresses that no flow from or to an address opens, for each of these addresses. */
function otherPorts({ namespace }: NetworkPolicyProps, openings: Opening[], into: boolean): FlowStatement[] {
  const addressed = openings.filter(({ into: direction, party }) => direction === into && party.cidr !== undefined);
  const ports = closedPorts(addressed.map((opening) => opening.ports));
  if (ports.length === 0) return [];
  return [...new Set(addressed.map(({ party }) => party.cidr!))].sort().map((cidr) => {
    const [source, destination] = into ? [{ cidr }, { namespace }] : [{ namespace }, { cidr }];
    return { source, destination, ports, reason: `no flow names these ports between ${namespace} and ${cidr}` };
  });
}

function blocksOf(openings: Opening[], into: boolean): Cidr[] {
  return openings.flatMap((opening) => opening.into === into ? opening.block ?? [] : []);
}
