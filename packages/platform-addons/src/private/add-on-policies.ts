import { ClusterProfile, Labels, NetworkPort, NetworkProtocol } from '@viridial/core';
import { Flow, FlowKind, NetworkPolicyProps } from '@viridial/security-policy';
import type { Tenant } from '@viridial/tenancy';
import type { Installation } from '../installation';

/** What the network policies of add-on namespaces are made from. */
export interface AddOnPolicyInput {
  readonly platformName: string;
  readonly profile: ClusterProfile;
  /** Namespaces that are ours to close: those that only add-ons live in. */
  readonly namespaces: string[];
  readonly installations: Installation[];
  readonly tenants: Tenant[];
  /** Namespaces of the tenants on this cluster, by tenant. */
  readonly tenantNamespaces: { readonly [tenant: string]: string[] };
}

/** A namespace that is closed but for its flows. */
export interface ClosedNamespace {
  /** Where its flows come from, for the paths of problems. */
  readonly path: string;
  readonly policy: NetworkPolicyProps;
}

/** Somebody who calls pods of other namespaces, and from where. */
interface Caller {
  readonly namespace: string;
  readonly flow: Flow;
}

/** Everybody on the platform who says that he calls pods of another namespace. */
function callers(input: AddOnPolicyInput): Caller[] {
  const ofTenants = input.tenants.flatMap((tenant) => (input.tenantNamespaces[tenant.name] ?? [])
    .flatMap((namespace) => tenant.flows.map((flow) => ({ namespace, flow }))));
  const ofAddOns = input.installations.flatMap(({ namespace, footprint }) => footprint.flows.map((flow) => ({ namespace, flow })));
  return [...ofTenants, ...ofAddOns];
}

/** Ports that pods of a namespace listen on over TCP, sorted, each once. */
function listening(inside: Installation[]): NetworkPort[] {
  const ports = inside.flatMap(({ footprint }) => footprint.workloads)
    .flatMap((workload) => workload.containers)
    .flatMap((container) => container.ports ?? [])
    .filter((port) => (port.protocol ?? NetworkProtocol.TCP) === NetworkProtocol.TCP)
    .map(({ port }) => port);
  return [...new Set(ports)].sort((a, b) => a - b).map((port) => ({ port }));
}

/** The other side of what callers say: a flow out of one namespace is a flow into the other. */
function answers(namespace: string, inside: Installation[], everybody: Caller[]): Flow[] {
  return everybody.filter((caller) => caller.namespace !== namespace).flatMap((caller): Flow[] => {
    const { flow } = caller;
    if (flow.kind === FlowKind.NAMESPACE_OUT && flow.namespace === namespace) {
      return [Flow.namespaceIn({
        namespace: caller.namespace, ports: flow.ports, podLabels: flow.peerPodLabels, peerPodLabels: flow.podLabels, reason: flow.reason,
      })];
    }
    const ports = listening(inside);
    if (flow.kind === FlowKind.METRICS_OUT && ports.length > 0) {
      return [Flow.metricsIn({ fromNamespace: caller.namespace, ports, reason: flow.reason })];
    }
    return [];
  });
}

function once(flows: Flow[]): Flow[] {
  const unique = new Map(flows.map((flow) => [JSON.stringify(flow), flow]));
  return [...unique.keys()].sort().map((key) => unique.get(key)!);
}

/**
 * What is open in every namespace of add-ons, and nothing else: what the footprints of its add-ons name, and what others on the
 * platform say that they call there. Ready to be rendered, and to be promised.
 */
export function addOnFlows(input: AddOnPolicyInput): ClosedNamespace[] {
  const everybody = callers(input);
  return [...input.namespaces].sort().map((namespace) => {
    const inside = input.installations.filter((installation) => installation.namespace === namespace);
    const flows = once([
      Flow.sameNamespace({ reason: 'the pods of an add-on work together' }),
      ...inside.flatMap(({ footprint }) => footprint.flows),
      ...answers(namespace, inside, everybody),
    ]);
    const path = `addOns.${inside.map(({ name }) => name).sort().join('+')}.flows`;
    return { path, policy: { namespace, flows, profile: input.profile, labels: { [Labels.PLATFORM]: input.platformName } } };
  });
}
