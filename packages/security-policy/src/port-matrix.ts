import { ClusterProfile, Cni, Distribution, KubernetesName, Problems } from '@viridial/core';
import { PodRouting } from './pod-routing';
import { PortProtocol, PortRule } from './port-rule';
import { cniRows, routingsOf } from './private/cni-port-rows';
import { controlPlaneRows, ingressRows, nodeRows, PortChoices } from './private/port-rows';

/** What a port matrix cannot read from the profile. */
export interface PortMatrixProps {
  /**
   * How pod traffic crosses nodes.
   * @default - `NATIVE` with the VPC CNI, and with kube-router where it is the whole network and not only k3s' policy controller; else `VXLAN`
   */
  readonly podRouting?: PodRouting;
  /**
   * Whether nodes encrypt their traffic with WireGuard.
   * @default false
   */
  readonly wireguard?: boolean;
  /**
   * Opens SSH of every node to the networks of the administrators.
   * @default - true for kubeadm and k3s; other nodes have no SSH to offer or are the provider's
   */
  readonly ssh?: boolean;
  /**
   * Opens the API server to the provider's load balancer. Exposes it to whoever reaches the load balancer, which most
   * providers cannot put a firewall before.
   * @default false
   */
  readonly apiServerBehindLoadBalancer?: boolean;
  /**
   * Ports on which pods serve webhooks, opened to a managed control plane that calls pods by their address.
   * @default - none
   */
  readonly webhookPorts?: number[];
  /**
   * Rules of add-ons, such as the port of node-exporter.
   * @default - none
   */
  readonly additional?: PortRule[];
}

/**
 * Which ports the nodes of a cluster open, and to whom: narrow, complete, and with one rule for each flow between
 * nodes. etcd, kubelet and CNI ports are open from node to node only. The dialects of firewalls are written by the
 * packages of the grounds that own them.
 */
export class PortMatrix {
  /**
   * Computes the matrix of a cluster.
   * @param profile the cluster
   * @param props what the profile does not say
   * @throws InvalidInputError when the network plugin has no such routing, or an additional rule is wrong or its id is taken
   */
  public static of(profile: ClusterProfile, props: PortMatrixProps = {}): PortMatrix {
    const selfManaged = [Distribution.KUBEADM, Distribution.K3S, Distribution.TALOS].includes(profile.distribution);
    const choices: PortChoices = {
      profile,
      selfManaged,
      routing: props.podRouting ?? defaultRouting(profile),
      wireguard: props.wireguard ?? false,
      ssh: props.ssh ?? [Distribution.KUBEADM, Distribution.K3S].includes(profile.distribution),
      apiServerBehindLoadBalancer: props.apiServerBehindLoadBalancer ?? false,
      webhookPorts: [...new Set(props.webhookPorts ?? [])].sort((a, b) => a - b),
    };
    const additional = props.additional ?? [];
    const rules = [...controlPlaneRows(choices), ...nodeRows(choices), ...cniRows(choices), ...ingressRows(choices), ...additional];
    collect(choices, rules, rules.length - additional.length);
    return new PortMatrix(rules);
  }

  private readonly sorted: PortRule[];

  private constructor(rules: PortRule[]) {
    this.sorted = [...rules].sort((a, b) => a.id < b.id ? -1 : 1);
  }

  /** The rules, by id. */
  public get rules(): PortRule[] {
    return [...this.sorted];
  }
}

function defaultRouting({ cni, distribution }: ClusterProfile): PodRouting {
  return cni === Cni.VPC_CNI || (cni === Cni.KUBE_ROUTER && distribution !== Distribution.K3S) ? PodRouting.NATIVE : PodRouting.VXLAN;
}

function collect({ profile, routing }: PortChoices, rules: PortRule[], firstAdditional: number): void {
  const problems = new Problems();
  const possible = routingsOf(profile);
  if (!possible.includes(routing)) {
    problems.error({
      code: 'PodRoutingNotOnCni',
      path: 'podRouting',
      message: `${profile.cni} on ${profile.distribution} does not send the traffic of pods over ${routing}`,
      value: routing,
      allowed: possible.join(', '),
      cure: 'name the routing that the network plugin is configured for',
    });
  }
  const seen = new Set<string>();
  rules.forEach((rule, index) => {
    const path = index < firstAdditional ? rule.id : `additional[${index - firstAdditional}]`;
    KubernetesName.collectDnsLabel(problems, `${path}.id`, rule.id, 'port rule id');
    if (seen.has(rule.id)) {
      problems.error({
        code: 'PortRuleTaken', path: `${path}.id`, message: `there is a rule ${rule.id} already`, value: rule.id, cure: 'give the rule another id',
      });
    }
    seen.add(rule.id);
    collectPorts(problems, path, rule);
  });
  problems.throwIfErrors('the port matrix');
}

function collectPorts(problems: Problems, path: string, { protocol, fromPort, toPort }: PortRule): void {
  const withoutPorts = [PortProtocol.ANY, PortProtocol.ICMP, PortProtocol.IPIP].includes(protocol);
  const last = toPort ?? fromPort;
  const isPort = (port: number | undefined): port is number => Number.isInteger(port) && port! >= 1 && port! <= 65535;
  const right = withoutPorts ? last === undefined : isPort(fromPort) && isPort(last) && fromPort <= last;
  if (right) return;
  problems.error({
    code: 'InvalidPort',
    path: `${path}.fromPort`,
    message: withoutPorts ? `protocol ${protocol} has no ports` : `${fromPort} to ${last} is no range of ports`,
    value: fromPort,
    allowed: withoutPorts ? 'no ports' : '1 to 65535, first port at most the last',
    cure: 'name the ports that the workload listens on',
  });
}
