import { ContainerResources, PodResources, readPodResources, statesAsAWhole } from './pod-resources';
import { exceeded, Quota, unstated } from './quota';
import { addTo } from './resource-list';
import { claimIsIn, podIsIn } from './scopes';
import { claimUsage, computeUsage, countsOf, isOfPods, MANDATORY, podUsage, serviceUsage, Usage } from './usage';
import { ResourceBoundsDenial } from '../../resource-bounds-denial';
import { groupOf } from '../kinds';
import { Shape } from '../shape';
import { compareText } from '../text';

/** An object with what quotas look at. */
export interface Counted {
  readonly kind: string;
  readonly usage: Usage;
  readonly spec: Shape | undefined;

  /** What the pod asks for; absent for other objects. */
  readonly pod: PodResources | undefined;
}

/** Reads what an object counts as; a pod may come with its defaults filled in. */
export function count(object: { [key: string]: any }, shape: Shape, filledIn?: PodResources): Counted {
  const spec = shape.child('spec');
  const kind = groupOf(object.apiVersion) === '' ? object.kind : '';
  if (kind === 'Pod' && spec !== undefined) {
    const pod = filledIn ?? readPodResources(spec);
    const phase = shape.child('status')?.text('phase') ?? '';
    return { kind, spec, pod, usage: podUsage(pod, phase === 'Succeeded' || phase === 'Failed') };
  }
  if (kind === 'PersistentVolumeClaim') return { kind, spec, pod: undefined, usage: claimUsage(spec, shape.child('metadata')) };
  if (kind === 'Service') return { kind, spec, pod: undefined, usage: serviceUsage(spec) };
  return { kind, spec, pod: undefined, usage: countsOf(object) };
}

/** Whether a quota counts an object at all. */
function counts({ hard, scopes }: Quota, { kind, usage, spec, pod }: Counted): boolean {
  const about = (resource: string) => usage.has(resource) || (pod !== undefined && isOfPods(resource));
  if (![...hard.keys()].some(about)) return false;
  if (pod !== undefined) return scopes.every((scope) => podIsIn(scope, { spec: spec!, pod }));
  return scopes.every((scope) => kind === 'PersistentVolumeClaim' && claimIsIn(scope, spec));
}

/** What the quotas of a namespace say about one more object beside those that are there. */
export function judgeByQuotas(quotas: Quota[], present: Counted[], added: Counted): ResourceBoundsDenial[] {
  return quotas.filter((quota) => counts(quota, added)).flatMap((quota) => {
    const missing = added.pod === undefined || statesAsAWhole(added.pod) ? new Map<string, string[]>() : notStated(quota, added.pod.containers);
    const used: Usage = new Map();
    for (const other of present) if (counts(quota, other)) addTo(used, other.usage);
    return [...unstated(quota, missing), ...exceeded(quota, used, added.usage)];
  });
}

/** Containers that do not state what the quota counts, by resource. */
function notStated({ hard }: Quota, containers: ContainerResources[]): Map<string, string[]> {
  const missing = new Map<string, string[]>();
  for (const resource of MANDATORY.filter((name) => hard.has(name)).sort(compareText)) {
    const silent = containers.filter(({ requests, limits }) => !computeUsage(requests, limits).has(resource)).map(({ name }) => name);
    if (silent.length > 0) missing.set(resource, silent);
  }
  return missing;
}
