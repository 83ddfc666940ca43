import { readQuantity } from './resource-list';
import { Inventory } from '../inventory';
import { Shape } from '../shape';

/** What a quota can make every container state. */
export type ComputeResource = 'requests.cpu' | 'requests.memory' | 'limits.cpu' | 'limits.memory';

/** What quotas and limit ranges of a namespace say. */
export interface NamespaceBounds {
  /** The ResourceQuotas, by identity. */
  readonly quotas: string[];

  /** The LimitRanges, by identity. */
  readonly limitRanges: string[];

  /** What quotas bound for all pods alike, as they name it: `requests.cpu`, `pods`. */
  readonly bounded: Set<string>;

  /** What limit ranges state for containers that do not. */
  readonly defaulted: Set<string>;

  /** Whether a quota lets no pod in at all, so that nothing else needs to. */
  closed: boolean;
}

/** What is said about a namespace without quotas and limit ranges. */
export function noBounds(): NamespaceBounds {
  return { quotas: [], limitRanges: [], bounded: new Set(), defaulted: new Set(), closed: false };
}

/** Other names that a ResourceQuota has for the same. */
const SYNONYMS: { readonly [key: string]: string } = { 'cpu': 'requests.cpu', 'memory': 'requests.memory', 'count/pods': 'pods' };

/**
 * Reads quotas and limit ranges.
 *
 * A quota with scopes bounds a part of the pods only, so it bounds nothing here.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function readBounds(inventory: Inventory): Map<string, NamespaceBounds> {
  const namespaces = new Map<string, NamespaceBounds>();
  const of = (namespace: string) => {
    if (!namespaces.has(namespace)) namespaces.set(namespace, noBounds());
    return namespaces.get(namespace)!;
  };
  for (const { shape, identity, namespace } of inventory.ofKind('ResourceQuota')) {
    const bounds = of(namespace);
    bounds.quotas.push(identity);
    const spec = shape.child('spec');
    const hard = spec?.child('hard');
    if (hard === undefined) continue;
    for (const key of Object.keys(hard.value)) readQuantity(hard, key);
    if (spec!.texts('scopes').length > 0 || spec!.has('scopeSelector')) continue;
    for (const key of Object.keys(hard.value)) {
      const resource = SYNONYMS[key] ?? key;
      bounds.bounded.add(resource);
      if (resource === 'pods' && readQuantity(hard, key)?.isZero) bounds.closed = true;
    }
  }
  for (const { shape, identity, namespace } of inventory.ofKind('LimitRange')) {
    const bounds = of(namespace);
    bounds.limitRanges.push(identity);
    for (const limit of shape.child('spec')?.children('limits') ?? []) {
      if (limit.text('type') !== 'Container') continue;
      for (const resource of ['cpu', 'memory']) addDefaults(bounds.defaulted, limit, resource);
    }
  }
  return namespaces;
}

/**
 * A container without a limit gets `default`, or else `max`; one without a request gets `defaultRequest`, or else the
 * limit, or else `min`, as the API server fills in a LimitRange.
 */
function addDefaults(defaulted: Set<string>, limit: Shape, resource: string): void {
  const says = (field: string) => {
    const values = limit.child(field);
    return values !== undefined && readQuantity(values, resource) !== undefined;
  };
  const limits = says('default') || says('max');
  if (limits) defaulted.add(`limits.${resource}`);
  if (says('defaultRequest') || limits || says('min')) defaulted.add(`requests.${resource}`);
}
