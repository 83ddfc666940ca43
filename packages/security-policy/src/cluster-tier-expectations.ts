import { Cidr, Cni, Expectation, FlowStatement, NetworkParty, NetworkPort, Problems } from '@viridial/core';
import { ClusterTier } from './cluster-tier';
import { ClusterTierNamespace, ClusterTierProps } from './cluster-tier-props';
import { FlowKind } from './flow-kind';
import { closedPorts } from './private/closed-ports';
import { Opening, ofVersions, openingsOf } from './private/openings';
import { dialectOf } from './private/tier-dialect';

/** The instance metadata service of the clouds, and its address on EC2 for IPv6. */
const METADATA = ['169.254.169.254/32', 'fd00:ec2::254/128'].map((text) => Cidr.parse(text));

/** Namespaces of every cluster, which are part of no platform and of no tenant. */
const OF_THE_CLUSTER = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** Ports of every node that a pod could use to take it over: kubelet, and etcd where somebody put it on the node. */
const PORTS_OF_NODES = [2379, 2380, 10250];

/**
 * What a cluster tier promises, in the neutral words that `proof` judges. Unlike the promises of flows these hold
 * even beside a network policy that allows everything: judge them with one added to the manifests.
 */
export class ClusterTierExpectations {
  /**
   * The promises of a platform. Their number grows with namespaces and flows, not with pairs of tenants.
   * @param props the same that the tier was rendered from
   * @throws InvalidInputError with what `ClusterTier.render` refuses
   */
  public static of(props: ClusterTierProps): Expectation[] {
    const problems = new Problems();
    ClusterTier.collect(problems, '', props);
    const only = props.only && new Set(props.only);
    problems.throwIfErrors(`the cluster tier of platform ${props.platform}`);
    // without a tier nothing is promised beyond what the policies of the namespaces promise
    if (dialectOf(props.profile) === undefined) return [];
    const ofThePlatform = props.namespaces.filter(({ tenant }) => tenant === undefined).map(({ namespace }) => namespace);
    const view = { props, byTenant: byTenant(props), known: [...OF_THE_CLUSTER, ...ofThePlatform, ...ingressNamespace(props)] };
    return props.namespaces.filter(({ namespace }) => only?.has(namespace) ?? true).sort((a, b) => a.namespace < b.namespace ? -1 : 1)
      .flatMap((each) => [...metadata(props, each), ...(each.tenant === undefined ? [] : tenantPromises(view, each, each.tenant))])
      .map((statement) => Expectation.unreachable(statement));
  }

  private constructor() {}
}

/** What the statements of all namespaces are made from. */
interface View {
  readonly props: ClusterTierProps;
  readonly byTenant: Map<string, string[]>;
  /** Namespaces that are no tenant's. */
  readonly known: string[];
}

function byTenant({ namespaces }: ClusterTierProps): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const { namespace, tenant } of namespaces) {
    if (tenant === undefined) continue;
    const list = lists.get(tenant) ?? [];
    list.push(namespace);
    lists.set(tenant, list);
  }
  return lists;
}

function ingressNamespace({ profile }: ClusterTierProps): string[] {
  return profile.ingress?.namespace === undefined ? [] : [profile.ingress.namespace];
}

function metadata({ profile }: ClusterTierProps, { namespace, flows }: ClusterTierNamespace): FlowStatement[] {
  if (flows.some((flow) => flow.kind === FlowKind.CIDR_OUT && flow.instanceMetadata)) return [];
  return ofVersions(profile, METADATA).map((block) => ({
    source: { namespace }, destination: { cidr: block.toString() }, reason: `no policy of ${namespace} gets it the credentials of its node`,
  }));
}

function tenantPromises(view: View, { namespace, flows }: ClusterTierNamespace, tenant: string): FlowStatement[] {
  const openings = openingsOf({ namespace, flows, profile: view.props.profile });
  const own = view.byTenant.get(tenant)!;
  const harmless = new Set([...view.known, ...own]);
  return [
    ...[true, false].flatMap((into) => {
      const named = openings.filter((opening) => opening.into === into && opening.party.namespace !== undefined);
      const scraped = into ? [] : flows.filter(({ kind }) => kind === FlowKind.METRICS_OUT).map(({ ports }) => ports ?? [{}]);
      return [...otherTenants({ namespace, into }, [...harmless], named, scraped), ...otherPorts({ namespace, into }, harmless, named, scraped)];
    }),
    ...nodePorts(view.props, namespace, openings),
  ];
}

interface Side {
  readonly namespace: string;
  readonly into: boolean;
}

function otherTenants(side: Side, harmless: string[], named: Opening[], scraped: NetworkPort[][]): FlowStatement[] {
  const ports = scraped.length === 0 ? undefined : closedPorts(scraped);
  if (ports?.length === 0) return [];
  const exceptNamespaces = [...new Set([...harmless, ...named.map(({ party }) => party.namespace!)])].sort();
  return [between(side, { exceptNamespaces }, { ports, reason: `no policy opens ${side.namespace} ${side.into ? 'to' : 'towards'} tenants whom no flow names` })];
}

function otherPorts(side: Side, harmless: Set<string>, named: Opening[], scraped: NetworkPort[][]): FlowStatement[] {
  const peers = [...new Set(named.map(({ party }) => party.namespace!))].filter((peer) => !harmless.has(peer)).sort();
  return peers.flatMap((peer) => {
    const opened = named.filter(({ party }) => party.namespace === peer).map(({ ports }) => ports);
    const ports = closedPorts([...opened, ...scraped]);
    return ports.length === 0 ? [] : [between(side, { namespace: peer }, { ports, reason: `no policy opens more between ${side.namespace} and ${peer} than their flows name` })];
  });
}

function nodePorts({ profile, closeNodePorts }: ClusterTierProps, namespace: string, openings: Opening[]): FlowStatement[] {
  if (closeNodePorts === false || profile.cni === Cni.VPC_CNI) return [];
  return profile.nodeCidrs.flatMap((cidr) => {
    const node = Cidr.parse(cidr);
    const opened = openings.filter(({ into, block }) => !into && block?.overlaps(node)).map(({ ports }) => ports);
    if (opened.includes(undefined)) return [];
    const open = new Set(opened.flatMap((ports) => ports!.map(({ port }) => port)));
    const ports = PORTS_OF_NODES.filter((port) => !open.has(undefined) && !open.has(port)).map((port) => ({ port }));
    return ports.length === 0 ? [] : [{ source: { namespace }, destination: { cidr }, ports, reason: `no policy gets ${namespace} to the ports of nodes` }];
  }).sort((a, b) => a.destination.cidr < b.destination.cidr ? -1 : 1);
}

function between({ namespace, into }: Side, party: NetworkParty, said: { ports?: NetworkPort[]; reason: string }): FlowStatement {
  const own = { namespace };
  const statement = into ? { source: party, destination: own } : { source: own, destination: party };
  return { ...statement, ...(said.ports ? { ports: said.ports } : {}), reason: said.reason };
}
