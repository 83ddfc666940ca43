import { Cni, Severity } from '@viridial/core';
import { finding } from './found';
import { RULES } from './rules';
import { SubjectMatter } from './subject-matter';
import { Finding } from '../../finding';
import { speaks } from '../network/dialects/read-dialects';
import { Network, WorkloadClass } from '../network/network';
import { Direction } from '../network/policy';
import { count, distinct, enumerate, enumerateSome, short } from '../text';

/** API groups of network plugins whose policies are counted and not read. */
const DIALECTS = /\.(cilium\.io|crd\.projectcalico\.org|projectcalico\.org|policy\.networking\.k8s\.io|networking\.k8s\.aws)$/;

/** Kinds among the unknown ones that restrict or open connections. */
export function dialectsOf(unknown: { [kind: string]: number }): string[] {
  return Object.keys(unknown).filter((kind) => DIALECTS.test(kind));
}

/** Workloads that no policy protects. */
export function checkIsolation({ inventory, network }: SubjectMatter): Finding[] {
  const dialects = dialectsOf(inventory.unknown);
  const unread = dialects.length === 0 ? '' : `, unless the objects of kind ${enumerate(dialects.map((kind) => kind.split('.')[0]))} do, which are not read here`;
  return network.namespaces.flatMap((namespace) => {
    const classes = network.classesIn(namespace).filter(({ selectable }) => selectable);
    const workloads = classes.flatMap(({ members }) => members);
    if (workloads.length === 0) return [];
    const object = `Namespace ${namespace}`;
    const isolated = (direction: Direction) => classes.filter((own) => network.side(own, direction)?.isolates ?? false);
    if (isolated('ingress').length + isolated('egress').length === 0) {
      const others = network.policiesIn(namespace).map(({ policy }) => short(policy.identity));
      const denied = others.length === 0 ? '' : `: ${enumerateSome(distinct(others), 3)} only ${others.length === 1 ? 'decides' : 'decide'} about some of them`;
      return [finding(RULES.namespaceWithoutNetworkPolicy, {
        object,
        severity: dialects.length === 0 ? Severity.ERROR : Severity.WARNING,
        why: `nothing restricts the connections of ${count(workloads.length, 'workload')} in ${namespace}${denied}${unread}`,
        cure: 'add a NetworkPolicy with an empty podSelector and policyTypes Ingress and Egress, and then one policy for each connection that is needed, DNS first',
        witness: others.length === 0 ? `a pod in any namespace reaches ${short(workloads[0])} on every port` : strangerReaches(network, classes),
        related: workloads,
      })];
    }
    return (['ingress', 'egress'] as const).flatMap((direction): Finding[] => {
      const closed = new Set(isolated(direction));
      const open = classes.filter((own) => !closed.has(own)).flatMap(({ members }) => members).sort();
      return open.length === 0 ? [] : [finding(RULES.workloadNotIsolated, {
        object,
        why: `no policy ${network.policiesIn(namespace).length === 0 ? 'isolates' : 'selects'} ${enumerateSome(open.map(short), 3)} for ${direction}${unread}`,
        cure: `add a NetworkPolicy with an empty podSelector and policyTypes [${direction === 'ingress' ? 'Ingress' : 'Egress'}] to ${namespace}`,
        witness: WITNESS[direction](short(open[0])),
        related: [...open, ...network.policiesIn(namespace).map(({ policy }) => policy.identity)],
      })];
    });
  });
}

/** Somebody whom nobody speaks of reaches one of the workloads; nothing when even he does not. */
function strangerReaches(network: Network, classes: WorkloadClass[]): string | undefined {
  const stranger = network.probe('default', {});
  const reached = classes.map((own) => ({ own, ports: network.ports(stranger, own, 'certain') })).find(({ ports }) => !ports.isEmpty);
  if (reached === undefined) return undefined;
  const { protocol, port } = reached.ports.first()!;
  return `${stranger.name} reaches ${short(reached.own.name)} on ${reached.ports.isAll ? 'every port' : `${protocol} ${port}`}`;
}

/** Policies that the network plugin does not know, and pods that it leaves alone. */
export function checkPlugin({ inventory, profile }: SubjectMatter): Finding[] {
  if (profile === undefined) return [];
  const plugin = profile.cniVersion === undefined ? profile.cni : `${profile.cni} ${profile.cniVersion}`;
  const unknown = inventory.dialects.filter(({ judged }) => !speaks(profile, judged.dialect!));
  const inert = unknown.map(({ identity, judged, group }) => finding(RULES.policyWithoutEffect, {
    object: identity,
    why: `${short(identity)} has no effect: the network plugin of the cluster, ${plugin}, does not act on ${identity.startsWith('ClusterNetworkPolicy.') ? `ClusterNetworkPolicies of ${group}` : `policies of ${judged.dialect}`}`,
    cure: identity.startsWith('ClusterNetworkPolicy.')
      ? 'say it in policies that the plugin knows, or give the profile the version of a plugin that has them'
      : 'say it in policies that the plugin knows, or leave it out',
  }));
  const alone = profile.cni === Cni.VPC_CNI ? inventory.ofKind('Pod').filter(({ object }) => !isOwned(object)) : [];
  const unowned = alone.map(({ identity }) => finding(RULES.podBeyondPolicies, {
    object: identity,
    why: `no controller owns ${short(identity)}, and ${plugin} applies policies to pods of controllers only`,
    cure: 'have a controller make the pod: a Deployment, a StatefulSet, a Job',
    witness: WITNESS.ingress(short(identity)),
  }));
  return [...inert, ...unowned];
}

/** https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html (considerations) */
function isOwned({ metadata: { ownerReferences } }: { [key: string]: any }): boolean {
  return Array.isArray(ownerReferences) && ownerReferences.length > 0;
}

const WITNESS: { readonly [direction in Direction]: (workload: string) => string } = {
  ingress: (workload) => `${workload} accepts connections from every pod and address, on every port`,
  egress: (workload) => `${workload} opens connections to every address, on every port`,
};
