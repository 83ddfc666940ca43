import { Severity } from '@viridial/core';
import { finding } from './found';
import { RULES } from './rules';
import { SubjectMatter } from './subject-matter';
import { Finding } from '../../finding';
import { Direction } from '../network/policy';
import { count, enumerate, enumerateSome, short } from '../text';

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
    const classes = network.classesIn(namespace).filter(({ isolatable }) => isolatable);
    const workloads = classes.flatMap(({ members }) => members);
    if (workloads.length === 0) return [];
    const object = `Namespace ${namespace}`;
    if (network.policiesIn(namespace).length === 0) {
      return [finding(RULES.namespaceWithoutNetworkPolicy, {
        object,
        severity: dialects.length === 0 ? Severity.ERROR : Severity.WARNING,
        why: `nothing restricts the connections of ${count(workloads.length, 'workload')} in ${namespace}${unread}`,
        cure: 'add a NetworkPolicy with an empty podSelector and policyTypes Ingress and Egress, and then one policy for each connection that is needed, DNS first',
        witness: `a pod in any namespace reaches ${short(workloads[0])} on every port`,
        related: workloads,
      })];
    }
    return (['ingress', 'egress'] as const).flatMap((direction): Finding[] => {
      const open = classes.filter((own) => network.side(own, direction) === undefined).flatMap(({ members }) => members).sort();
      return open.length === 0 ? [] : [finding(RULES.workloadNotIsolated, {
        object,
        why: `no policy selects ${enumerateSome(open.map(short), 3)} for ${direction}${unread}`,
        cure: `add a NetworkPolicy with an empty podSelector and policyTypes [${direction === 'ingress' ? 'Ingress' : 'Egress'}] to ${namespace}`,
        witness: WITNESS[direction](short(open[0])),
        related: [...open, ...network.policiesIn(namespace).map(({ identity }) => identity)],
      })];
    });
  });
}

const WITNESS: { readonly [direction in Direction]: (workload: string) => string } = {
  ingress: (workload) => `${workload} accepts connections from every pod and address, on every port`,
  egress: (workload) => `${workload} opens connections to every address, on every port`,
};
