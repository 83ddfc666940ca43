import { ClusterProfile, NetworkProtocol, Problems } from '@viridial/core';
import { Connection } from './connection';
import { Endpoint } from './endpoint';
import { Inventory } from './private/inventory';
import { resolveEndpoint } from './private/network/endpoints';
import { Network } from './private/network/network';
import { PortSet } from './private/network/port-set';
import { buildTable } from './private/network/table-builder';
import { describeExplanation } from './private/network/words';
import { enumerate, show } from './private/text';
import { ReachabilityTable } from './reachability-table';

/** How policies are read. */
export interface ReachabilityOptions {
  /**
   * The cluster, whose network plugin decides what NetworkPolicy leaves open (whether pods on the host network are their
   * node, whether an `ipBlock` matches pods) and which policies there are beside it: those of Cilium, of Calico,
   * ClusterNetworkPolicy. What the plugin does not know has no effect.
   *
   * @default - the specification alone: an `ipBlock` is about addresses outside, pods on the host network are pods as any other, and policies of plugins are not read
   */
  readonly profile?: ClusterProfile;
}

/**
 * Who reaches whom, by the NetworkPolicies (networking.k8s.io/v1) of the manifests and, with a profile, by the policies of
 * its network plugin.
 *
 * A connection needs both sides: the policies that select its source for egress and those that select its destination
 * for ingress. Pods that no policy selects for a direction are open in it.
 *
 * Not judged, because no policy can change it: what a pod sends to itself, what its own node (the kubelet's probes)
 * sends to it, and answers to connections that were let in. A pod asked about itself stands for two pods alike; the
 * address of a node stands for a node on which the pod does not run.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class Reachability {
  /**
   * Reads workloads, namespaces and policies; every other kind is left alone.
   *
   * @param manifests plain objects as read from YAML
   * @param options how policies are read
   * @throws InvalidInputError with every object that is not what its kind says, and with every field of a plugin's policy that is not read
   */
  public static of(manifests: any[], options: ReachabilityOptions = {}): Reachability {
    const problems = new Problems();
    const network = Network.read(Inventory.read(manifests, problems, options.profile !== undefined), options.profile);
    problems.throwIfErrors('manifests');
    return new Reachability(network);
  }

  private constructor(private readonly network: Network) {}

  /**
   * Whether a connection succeeds.
   *
   * A workload whose running pods differ is open when one of them is; a pod whose address is not known yet is open when
   * some address that it may get is.
   *
   * @param connection the connection
   * @throws InvalidInputError when an endpoint is not in the manifests, both are addresses, or the port is none
   */
  public allows(connection: Connection): boolean {
    const { protocol, port } = this.check(connection);
    return this.open(connection.source, connection.destination).has(protocol, port);
  }

  /**
   * The ports on which the destination can be reached, as text: `every port`, `TCP 80, 8000-8999; UDP 53`, `no port`.
   *
   * @param source who opens the connection
   * @param destination who is talked to
   * @throws InvalidInputError when an endpoint is not in the manifests, or both are addresses
   */
  public openPorts(source: Endpoint, destination: Endpoint): string {
    return this.open(source, destination).toString();
  }

  /**
   * Which policies decide on a connection, in sentences for a person.
   *
   * @param connection the connection
   * @throws InvalidInputError when an endpoint is not in the manifests, both are addresses, or the port is none
   */
  public explain(connection: Connection): string[] {
    const { protocol, port } = this.check(connection);
    const [source] = this.parties('source', connection.source);
    const [destination] = this.parties('destination', connection.destination);
    return describeExplanation(this.network.explain(source, destination, protocol, port), source, destination);
  }

  /** Who reaches whom on which ports, over all workloads of the manifests. */
  public table(): ReachabilityTable {
    return ReachabilityTable._of(this.network.classes, buildTable(this.network));
  }

  private open(source: Endpoint, destination: Endpoint): PortSet {
    const sources = this.parties('source', source);
    const destinations = this.parties('destination', destination);
    if (!sources.some(({ namespace }) => namespace !== '') && !destinations.some(({ namespace }) => namespace !== '')) {
      const problems = new Problems();
      problems.error({
        code: 'NoPodInConnection',
        path: 'connection',
        message: `neither ${source.toString()} nor ${destination.toString()} is a pod`,
        allowed: 'a pod or workload on at least one side',
        cure: 'network policies are about pods; ask the firewall',
      });
      problems.throwIfErrors('connection');
    }
    return sources.flatMap((from) => destinations.map((to) => this.network.ports(from, to, 'possible'))).reduce((a, b) => a.union(b));
  }

  private parties(path: string, endpoint: Endpoint) {
    const problems = new Problems();
    const parties = resolveEndpoint(this.network, endpoint, path, problems);
    problems.throwIfErrors('connection');
    return parties;
  }

  private check({ port, protocol = NetworkProtocol.TCP }: Connection): { port: number; protocol: NetworkProtocol } {
    const problems = new Problems();
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      problems.error({ code: 'InvalidPort', path: 'port', message: `${show(port)} is not a port`, value: port, allowed: '1 to 65535' });
    }
    const protocols = Object.values(NetworkProtocol);
    if (!protocols.includes(protocol)) {
      problems.error({ code: 'InvalidProtocol', path: 'protocol', message: `${show(protocol)} is not a protocol`, value: protocol, allowed: enumerate(protocols, 'or') });
    }
    problems.throwIfErrors('connection');
    return { port, protocol };
  }
}
