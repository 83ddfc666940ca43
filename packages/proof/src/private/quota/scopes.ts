import { PodResources } from './pod-resources';
import { Shape } from '../shape';

/** One scope of a ResourceQuota: what an object has to be like to be counted. */
export interface Scope {
  readonly name: string;
  readonly operator: string;
  readonly values: string[];
}

/** What scopes look at. */
export interface Scoped {
  readonly spec: Shape;
  readonly pod: PodResources;
}

/** Reads `scopes` and `scopeSelector`; every one of them has to match. */
export function readScopes(spec: Shape): Scope[] {
  return [
    ...spec.texts('scopes').map((name) => ({ name, operator: 'Exists', values: [] })),
    ...(spec.child('scopeSelector')?.children('matchExpressions') ?? []).map((expression) => ({
      name: expression.text('scopeName') ?? '', operator: expression.text('operator') ?? '', values: expression.texts('values'),
    })),
  ];
}

/**
 * Whether a pod is in a scope.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes
 */
export function podIsIn(scope: Scope, { spec, pod }: Scoped): boolean {
  switch (scope.name) {
    case 'Terminating': return terminates(spec);
    case 'NotTerminating': return !terminates(spec);
    case 'BestEffort': return isBestEffort(pod);
    case 'NotBestEffort': return !isBestEffort(pod);
    case 'PriorityClass': return selects(scope, [spec.text('priorityClassName') ?? ''].filter((name) => name !== ''));
    case 'CrossNamespacePodAffinity': return looksIntoOtherNamespaces(spec);
    default: return false;
  }
}

/** Whether a PersistentVolumeClaim is in a scope: the only one it can be in is the class of its attributes. */
export function claimIsIn(scope: Scope, spec: Shape | undefined): boolean {
  return scope.name === 'VolumeAttributesClass' && selects(scope, [spec?.text('volumeAttributesClassName') ?? ''].filter((name) => name !== ''));
}

/** Label selector semantics over a name that is there or not: `NotIn` matches what has none. */
function selects({ operator, values }: Scope, names: string[]): boolean {
  switch (operator) {
    case 'Exists': return names.length > 0;
    case 'DoesNotExist': return names.length === 0;
    case 'In': return names.some((name) => values.includes(name));
    case 'NotIn': return !names.some((name) => values.includes(name));
    default: return false;
  }
}

function terminates(spec: Shape): boolean {
  return (spec.whole('activeDeadlineSeconds') ?? -1) >= 0;
}

/** Nobody asks for CPU or memory, neither a container nor the pod as a whole. */
function isBestEffort({ containers, requests, limits }: PodResources): boolean {
  const holders = requests.size + limits.size > 0 ? [{ requests, limits }] : containers;
  return holders.every((holder) => [holder.requests, holder.limits].every((list) => ['cpu', 'memory'].every((name) => list.get(name)?.isZero ?? true)));
}

function looksIntoOtherNamespaces(spec: Shape): boolean {
  const affinity = spec.child('affinity');
  return ['podAffinity', 'podAntiAffinity'].some((field) => {
    const own = affinity?.child(field);
    const terms = [
      ...own?.children('requiredDuringSchedulingIgnoredDuringExecution') ?? [],
      ...(own?.children('preferredDuringSchedulingIgnoredDuringExecution') ?? []).flatMap((weighted) => weighted.child('podAffinityTerm') ?? []),
    ];
    return terms.some((term) => term.texts('namespaces').length > 0 || term.has('namespaceSelector'));
  });
}
