import { PortProtocol, PortRule, PortSource, PortTarget } from '@viridial/security-policy';
import { coveredBy, trafficOf } from './traffic';
import { NetworkAclDirection, NetworkAclEntryPlan, NetworkAclPlan } from '../plan/firewall-plan';
import { NetworkPlan, SubnetUse } from '../plan/network-plan';

const WORLD = '0.0.0.0/0';
const RDP = 3389;

/** Ports from which connections are made: those of NAT gateways and of load balancers (VPC user guide, "Ephemeral ports"). */
const EPHEMERAL = { fromPort: 1024, toPort: 65535 };

/** Numbers of a purpose begin here and go in steps, so that somebody finds room between them. */
const PURPOSE = 1000;
const STEP = 10;

type Draft = Omit<NetworkAclEntryPlan, 'direction' | 'number'>;

/** Numbers the entries of each purpose; a purpose keeps its numbers whatever the others have. */
function numbered(direction: NetworkAclDirection, purposes: Draft[][]): NetworkAclEntryPlan[] {
  return purposes.flatMap((drafts, purpose) => drafts.map((draft, index) => (
    { direction, number: (purpose + 1) * PURPOSE + index * STEP, ...draft }
  )));
}

function cidrsOf(network: NetworkPlan, use: SubnetUse): string[] {
  return network.subnets.filter((subnet) => subnet.use === use).map((subnet) => subnet.cidr);
}

/** Nodes, control plane, mount targets and pods. The pods' range as a whole is one entry, however many zones there are. */
function insideOf(network: NetworkPlan): string[] {
  return [...cidrsOf(network, SubnetUse.PRIVATE), ...(network.secondaryCidr === undefined ? [] : [network.secondaryCidr])];
}

/** Rows of some sources, for each of the blocks; those that another row covers are left out, because quotas are small. */
function fromRows(matrix: readonly PortRule[], sources: PortSource[], cidrs: readonly string[]): Draft[] {
  const rows = matrix.filter((row) => sources.includes(row.source)).map((row) => ({ id: row.id, ...trafficOf(row), reason: row.reason }));
  return rows.filter((row) => !coveredBy(row, rows)).flatMap(({ id: _, reason, ...traffic }) => (
    cidrs.map((cidr) => ({ allow: true, ...traffic, cidr, reason }))
  ));
}

/** A port for administrators that lies in the ephemeral range: no answer of a connection is worth opening it to the world. */
function denied(protocol: PortProtocol, fromPort: number, toPort: number, reason: string): Draft {
  return { allow: false, protocol, fromPort, toPort, cidr: WORLD, reason };
}

const NO_RDP = [PortProtocol.TCP, PortProtocol.UDP].map((protocol) => denied(protocol, RDP, RDP, 'nobody opens a remote desktop from outside'));

/** Ports of nodes that only the cluster itself may call, such as the kubelet's. */
function deniedNodePorts(matrix: readonly PortRule[]): Draft[] {
  const ports = new Map<string, Draft>();
  for (const { target, source, protocol, fromPort, toPort = fromPort } of matrix) {
    if (fromPort === undefined || toPort === undefined || toPort < EPHEMERAL.fromPort) continue;
    if (target === PortTarget.POD || ![PortSource.NODES, PortSource.CONTROL_PLANE].includes(source)) continue;
    ports.set(`${protocol} ${fromPort} ${toPort}`, denied(protocol, fromPort, toPort, 'only the cluster itself calls this port of a node'));
  }
  return [...ports.values()];
}

/** A network ACL forgets what went out: answers have to be let in like anything else. */
const ANSWERS: Draft[] = [
  { allow: true, protocol: PortProtocol.TCP, ...EPHEMERAL, cidr: WORLD, reason: 'answers to connections that went out' },
  { allow: true, protocol: PortProtocol.UDP, ...EPHEMERAL, cidr: WORLD, reason: 'answers to what went out' },
  { allow: true, protocol: PortProtocol.ICMP, icmp: { type: 3, code: 4 }, cidr: WORLD, reason: 'senders learn the size of packets that the way carries' },
];

/** What may go out is said by network policies, pod by pod; here go answers to anybody as well, on ports that nobody knows before. */
const OUTBOUND = numbered(NetworkAclDirection.OUTBOUND, [[
  { allow: true, protocol: PortProtocol.ANY, cidr: WORLD, reason: 'connections to anywhere, and answers to what came in' },
]]);

function publicAcl(network: NetworkPlan, ingressCidrs: readonly string[]): NetworkAclPlan {
  const balancer = (port: number, reason: string) => ingressCidrs.map((cidr) => (
    { allow: true, protocol: PortProtocol.TCP, fromPort: port, toPort: port, cidr, reason }
  ));
  return {
    name: 'public',
    uses: [SubnetUse.PUBLIC],
    entries: [
      ...numbered(NetworkAclDirection.INBOUND, [
        insideOf(network).map((cidr) => ({ allow: true, protocol: PortProtocol.ANY, cidr, reason: 'nodes and pods go out through NAT gateways, and answer load balancers' })),
        balancer(443, 'requests to load balancers'),
        balancer(80, 'requests that load balancers redirect to HTTPS'),
        [],
        NO_RDP,
        ANSWERS,
      ]),
      ...OUTBOUND,
    ],
  };
}

function privateAcl(network: NetworkPlan, matrix: readonly PortRule[], adminNetworks: readonly string[]): NetworkAclPlan {
  return {
    name: 'private',
    uses: [SubnetUse.PRIVATE, ...(network.secondaryCidr === undefined ? [] : [SubnetUse.PODS])],
    entries: [
      ...numbered(NetworkAclDirection.INBOUND, [
        fromRows(matrix, [PortSource.NODES, PortSource.CONTROL_PLANE], insideOf(network)),
        fromRows(matrix, [PortSource.LOAD_BALANCER], cidrsOf(network, SubnetUse.PUBLIC)),
        fromRows(matrix, [PortSource.ADMIN_NETWORKS], adminNetworks),
        fromRows(matrix, [PortSource.WORLD], [WORLD]),
        [...NO_RDP, ...deniedNodePorts(matrix)],
        ANSWERS,
      ]),
      ...OUTBOUND,
    ],
  };
}

/**
 * Writes the port matrix as network ACLs, one for the public and one for the private subnets. They know no groups and no
 * connections: they keep out what no subnet has any business with, and the security groups do the rest.
 *
 * The resolver of the VPC, the metadata service and the time service are never filtered (VPC user guide, "Network ACL basics").
 *
 * @param network the subnets
 * @param matrix rows of the matrix
 * @param openings blocks of administrators and of those who reach the load balancers
 */
export function planNetworkAcls(
  network: NetworkPlan, matrix: readonly PortRule[], openings: { readonly adminNetworks: string[]; readonly ingressCidrs: string[] },
): NetworkAclPlan[] {
  return [privateAcl(network, matrix, openings.adminNetworks), publicAcl(network, openings.ingressCidrs)];
}
