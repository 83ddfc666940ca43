import { Quantity } from '@viridial/core';
import { addTo, fillFrom, raiseTo, readResourceList, ResourceList } from './resource-list';
import { Shape } from '../shape';

/** A container of a pod with what it asks for. */
export interface ContainerResources {
  readonly name: string;
  readonly requests: ResourceList;
  readonly limits: ResourceList;

  /** An init container: it runs before the others, or beside them when it is a sidecar. */
  readonly init: boolean;
  readonly sidecar: boolean;
}

/** What a pod asks for, container by container and as a whole. */
export interface PodResources {
  readonly containers: ContainerResources[];

  /** What the pod states as a whole (`spec.resources`); empty when it states nothing. */
  readonly requests: ResourceList;
  readonly limits: ResourceList;
  readonly overhead: ResourceList;
}

/** What a pod may state as a whole, beside huge pages, which are not read here. */
const POD_LEVEL = ['cpu', 'memory'];

/** Reads a pod as the API server fills it in: a request that is missing is the limit, of a container or of the pod. */
export function readPodResources(spec: Shape): PodResources {
  const containers = (['initContainers', 'containers'] as const).flatMap((field) => spec.children(field).map((shape) => {
    const init = field === 'initContainers';
    return { name: shape.text('name') ?? '', ...readRequirements(shape), init, sidecar: init && shape.text('restartPolicy') === 'Always' };
  }));
  for (const { requests, limits } of containers) fillFrom(requests, limits);
  const own = readRequirements(spec);
  const pod = { containers, requests: podLevel(own.requests), limits: podLevel(own.limits), overhead: readResourceList(spec, 'overhead') };
  if (pod.limits.size > 0) {
    fillFrom(pod.requests, podLevel(total(containers, 'requests')));
    fillFrom(pod.requests, pod.limits);
  }
  return pod;
}

function readRequirements(holder: Shape): { requests: ResourceList; limits: ResourceList } {
  const resources = holder.child('resources');
  return { requests: readResourceList(resources, 'requests'), limits: readResourceList(resources, 'limits') };
}

function podLevel(list: ResourceList): ResourceList {
  return new Map([...list].filter(([name]) => POD_LEVEL.includes(name)));
}

/** Whether the pod states something as a whole, so that its containers need not. */
export function statesAsAWhole({ requests, limits }: PodResources): boolean {
  return requests.size + limits.size > 0;
}

/** What the pod asks for as a whole, without the overhead of its runtime. */
export function totalOf(pod: PodResources, what: 'requests' | 'limits'): ResourceList {
  const sum = total(pod.containers, what);
  for (const [name, quantity] of pod[what]) sum.set(name, quantity);
  return sum;
}

/** What the pod asks for together with the overhead of its runtime, which is counted on a limit only where there is one. */
export function chargedOf(pod: PodResources, what: 'requests' | 'limits'): ResourceList {
  const sum = totalOf(pod, what);
  const counted = what === 'requests' ? pod.overhead : new Map([...pod.overhead].filter(([name]) => !(sum.get(name) ?? Quantity.zero()).isZero));
  addTo(sum, counted);
  return sum;
}

/**
 * The larger of what runs together and what the heaviest moment of starting takes: each init container runs beside the
 * sidecars before it.
 *
 * @see https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/753-sidecar-containers
 */
function total(containers: ContainerResources[], what: 'requests' | 'limits'): ResourceList {
  const running: ResourceList = new Map();
  const sidecars: ResourceList = new Map();
  const starting: ResourceList = new Map();
  for (const container of containers) {
    const own = container[what];
    if (!container.init || container.sidecar) addTo(running, own);
    if (!container.init) continue;
    if (container.sidecar) addTo(sidecars, own);
    const moment: ResourceList = new Map(sidecars);
    if (!container.sidecar) addTo(moment, own);
    raiseTo(starting, moment);
  }
  raiseTo(running, starting);
  return running;
}
