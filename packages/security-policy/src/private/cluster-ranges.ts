import { Cidr, ClusterProfile, IpVersion } from '@viridial/core';

/** Where clouds answer with the credentials of the node; the IPv6 address is the one of EC2. */
export const METADATA_ADDRESSES = ['169.254.169.254', 'fd00:ec2::254'];

/** Closed in every block that holds them: link-local addresses and the IPv6 address of the metadata service. */
export const METADATA_RANGES = ['169.254.0.0/16', 'fd00:ec2::254/128'].map((text) => Cidr.parse(text));

/** Link-local (RFC 3927, RFC 4291). */
export const LINK_LOCAL = ['169.254.0.0/16', 'fe80::/10'].map((text) => Cidr.parse(text));

/** Private networks: RFC 1918, carrier-grade NAT of RFC 6598, unique local IPv6 of RFC 4193. */
export const PRIVATE_NETWORKS = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].map((text) => Cidr.parse(text));

const DNS_SERVICE_INDEX = 10;

/** The ranges of a cluster as blocks; a profile has checked its texts already. */
export interface ClusterRanges {
  readonly nodes: Cidr[];
  readonly pods: Cidr[];
  readonly services: Cidr[];
  readonly apiServers: Cidr[];
  /** The addresses at which a DNS cache on every node answers; empty when there is none. */
  readonly nodeLocalDns: Cidr[];
  /** Whether pods have addresses of their own, or share subnets with nodes and other hosts (VPC CNI and other routed pod networks). */
  readonly dedicatedPods: boolean;
  /** The IP versions pods speak; both when the profile does not tell. */
  readonly versions: IpVersion[];
}

/** A profile never changes, and thousands of namespaces ask for the ranges of one. */
const READ = new WeakMap<ClusterProfile, ClusterRanges>();

/** The ranges of a profile. */
export function clusterRanges(profile: ClusterProfile): ClusterRanges {
  const known = READ.get(profile) ?? readRanges(profile);
  READ.set(profile, known);
  return known;
}

function readRanges(profile: ClusterProfile): ClusterRanges {
  const read = (texts: string[]): Cidr[] => texts.map((text) => Cidr.parse(text)).sort(Cidr.compare);
  const nodes = read(profile.nodeCidrs);
  const pods = read(profile.podCidrs);
  const services = read(profile.serviceCidrs);
  return {
    nodes,
    pods,
    services,
    apiServers: read(profile.apiServerCidrs),
    nodeLocalDns: profile.nodeLocalDns === undefined ? [] : nodeLocalDns(profile.nodeLocalDns, services),
    dedicatedPods: !pods.some((pod) => nodes.some((node) => node.overlaps(pod))),
    versions: versionsOf(pods) ?? versionsOf(services) ?? [IpVersion.IPV4, IpVersion.IPV6],
  };
}

/**
 * kubeadm, k3s, Talos and EKS all give the DNS service the tenth address of the service range
 * (kubeadm constants `GetDNSIP`); node-local DNS listens on it beside its own address.
 */
function nodeLocalDns(text: string, services: Cidr[]): Cidr[] {
  const address = hostBlock(text);
  const service = services.find((cidr) => cidr.version === address.version);
  return service === undefined || service.size <= DNS_SERVICE_INDEX ? [address] : [address, hostBlock(service.host(DNS_SERVICE_INDEX))];
}

function hostBlock(address: string): Cidr {
  return Cidr.parse(`${address}/${address.includes(':') ? 128 : 32}`);
}

function versionsOf(cidrs: Cidr[]): IpVersion[] | undefined {
  const versions = [IpVersion.IPV4, IpVersion.IPV6].filter((version) => cidrs.some((cidr) => cidr.version === version));
  return versions.length === 0 ? undefined : versions;
}
