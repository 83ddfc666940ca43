import { Cidr, ClusterProfile, NetworkProtocol } from '@viridial/core';
import { ReachedAddresses } from '../../blast-radius-parts';
import { ReachabilityPair } from '../../reachability-pair';
import { AddressRange, rangeOf, showAddress } from '../network/address';
import { Network } from '../network/network';
import { Party } from '../network/party';
import { PortSet } from '../network/port-set';
import { compareText } from '../text';

/** What pods reach, by the policies. */
export interface Reached {
  readonly workloads: ReachabilityPair[];
  readonly addresses: ReachedAddresses[];

  /** Ports of public addresses. */
  readonly internet: PortSet;

  /** Ports of addresses of private networks: nodes, databases, offices. */
  readonly around: PortSet;

  /** Ports of the service that gives credentials of the node. */
  readonly metadata: PortSet;

  /** Whether the API server is reached; absent when its addresses are not known. */
  readonly apiServer: boolean | undefined;
}

const EVERYTHING = ['0.0.0.0/0', '::/0'].map(range);

/** Addresses that are not of the internet (https://www.iana.org/assignments/iana-ipv4-special-registry, and -ipv6-). */
const PRIVATE = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', '224.0.0.0/3',
  '::/8', 'fc00::/7', 'fe80::/10', 'ff00::/8',
].map(range);

/** Private networks, in which what belongs to the cluster is as a rule. */
const AROUND = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].map(range);

/** The metadata services of the large clouds. */
const METADATA = ['169.254.169.254/32', 'fd00:ec2::254/128'].map(range);

/** What pods reach; whichever of them is asked. */
export function reachedBy(network: Network, pods: Party[], self: string, profile: ClusterProfile | undefined): Reached {
  const [{ namespace }] = pods;
  const open = (other: Party) => union(pods.map((pod) => network.ports(pod, other, 'possible')));
  const outside = (to: AddressRange) => union(network.outside(to, namespace).map(open));
  const stretches = EVERYTHING.flatMap((all) => stretchesOf(all, network.outside(all, namespace), open));
  return {
    workloads: network.classes.flatMap((own) => {
      const ports = open(own);
      return ports.isEmpty ? [] : own.members.filter((member) => member !== self)
        .map((member) => ({ source: self, destination: member, ports: ports.ranges(), portsText: ports.toString() }));
    }).sort((a, b) => compareText(a.destination, b.destination)),
    addresses: stretches.filter(({ ports }) => !ports.isEmpty).map(({ version, first, last, ports }) => (
      { first: showAddress({ version, value: first }), last: showAddress({ version, value: last }), portsText: ports.toString() })),
    internet: union(stretches.filter((stretch) => !PRIVATE.some((own) => within(stretch, own))).map(({ ports }) => ports)),
    around: union(AROUND.map(outside)),
    metadata: union(METADATA.map(outside)),
    apiServer: profile === undefined || profile.apiServerCidrs.length === 0 ? undefined
      : profile.apiServerCidrs.some((cidr) => outside(range(cidr)).has(NetworkProtocol.TCP, profile.apiServerPort)),
  };
}

interface Stretch extends AddressRange {
  readonly ports: PortSet;
}

/** Neighbouring addresses with the same ports together. */
function stretchesOf({ version, last }: AddressRange, parties: Party[], open: (party: Party) => PortSet): Stretch[] {
  const starts = parties.flatMap((party) => party.addresses.map(({ value }) => ({ first: value, ports: open(party) })))
    .sort((a, b) => (a.first < b.first ? -1 : 1));
  const stretches: Stretch[] = [];
  starts.forEach(({ first, ports }, index) => {
    const end = index + 1 < starts.length ? starts[index + 1].first - 1n : last;
    const before = stretches[stretches.length - 1];
    if (before?.ports.key === ports.key) stretches[stretches.length - 1] = { ...before, last: end };
    else stretches.push({ version, first, last: end, ports });
  });
  return stretches;
}

function within(inner: AddressRange, outer: AddressRange): boolean {
  return inner.version === outer.version && inner.first >= outer.first && inner.last <= outer.last;
}

function union(sets: PortSet[]): PortSet {
  return sets.reduce((all, own) => all.union(own), PortSet.NONE);
}

function range(cidr: string): AddressRange {
  return rangeOf(Cidr.parse(cidr));
}
