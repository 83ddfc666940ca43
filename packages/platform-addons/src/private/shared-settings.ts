import { ClusterProfile, Quantity } from '@viridial/core';
import { Flow, FlowKind } from '@viridial/security-policy';
import type { SharedNamespaceSettings } from '@viridial/tenancy';
import type { FootprintContainer, FootprintWorkload } from '../footprint-workload';
import { WorkloadKind } from '../footprint-workload';
import type { Installation } from '../installation';
import { levelsOf } from './add-on-namespaces';

/**
 * CPU limit of a container that names none. A quota of CPU makes every container have one, and the platform's own usually
 * have none, so that an incident is not made longer by throttling.
 */
const DEFAULT_CPU = '2';

/** Nodes to count a DaemonSet on when the profile does not say how many there are. */
const USUAL_NODES = 100;

/** Objects that charts of monitoring and logging make plenty of: one ConfigMap for each dashboard. */
const OBJECTS = { configMaps: 200, secrets: 200 };

interface Sum {
  readonly cpu: Quantity;
  readonly memory: Quantity;
  readonly storage: Quantity;
  readonly pods: number;
}

/** Pods of a workload, new ones beside old ones while it is rolled out; a DaemonSet replaces its pods in place. */
function podsOf(workload: FootprintWorkload, nodes: number): number {
  return workload.kind === WorkloadKind.DAEMON_SET ? nodes : 2 * (workload.replicas ?? 1);
}

function limit(containers: FootprintContainer[], resource: string, usual: string): Quantity {
  return Quantity.sum(containers.map((container) => Quantity.parse(container.limits?.[resource] ?? usual)));
}

function demand(workload: FootprintWorkload, nodes: number): Sum {
  const pods = podsOf(workload, nodes);
  return {
    pods,
    cpu: limit(workload.containers, 'cpu', DEFAULT_CPU).times(pods),
    memory: limit(workload.containers, 'memory', '512Mi').times(pods),
    storage: workload.storage ? Quantity.parse(workload.storage).times(pods) : Quantity.zero(),
  };
}

/** Flows of all add-ons, each once, without what every namespace of a tenancy has. */
function flowsOf(installations: Installation[]): Flow[] {
  const unique = new Map<string, Flow>();
  for (const flow of installations.flatMap((installation) => installation.footprint.flows)) {
    if (flow.kind !== FlowKind.DNS) unique.set(JSON.stringify(flow), flow);
  }
  return [...unique.keys()].sort().map((key) => unique.get(key)!);
}

/**
 * What the shared namespaces of a platform must be like for the add-ons in them: the Pod Security level, the flows, and room
 * for what they bring. By the short names of the namespaces.
 */
export function sharedSettings(
  installations: Installation[], sharedNamespaces: { readonly [shared: string]: string }, profile: ClusterProfile,
): { [shared: string]: SharedNamespaceSettings } {
  const levels = levelsOf(installations);
  const nodes = profile.capacity?.nodes ?? USUAL_NODES;
  const settings: { [shared: string]: SharedNamespaceSettings } = {};
  for (const [shared, namespace] of Object.entries(sharedNamespaces)) {
    const inside = installations.filter((installation) => installation.namespace === namespace);
    if (inside.length === 0) continue;
    const sums = inside.flatMap((installation) => installation.footprint.workloads).map((workload) => demand(workload, nodes));
    settings[shared] = {
      podSecurity: levels.get(namespace),
      flows: flowsOf(inside),
      containerLimits: { defaultCpu: DEFAULT_CPU },
      budget: {
        cpu: Quantity.sum(sums.map((sum) => sum.cpu)).plus(Quantity.parse(DEFAULT_CPU)).toString(),
        memory: Quantity.sum(sums.map((sum) => sum.memory)).plus(Quantity.parse('1Gi')).toString(),
        storage: Quantity.sum(sums.map((sum) => sum.storage)).plus(Quantity.parse('10Gi')).toString(),
        pods: sums.reduce((total, sum) => total + sum.pods, 10),
        ...OBJECTS,
      },
    };
  }
  return settings;
}
