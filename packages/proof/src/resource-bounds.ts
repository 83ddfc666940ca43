import { Problems } from '@viridial/core';
import { Inventory, Item, opened } from './private/inventory';
import { groupOf, judgedKind } from './private/kinds';
import { podOf } from './private/pod-source';
import { applyDefaults, judgeClaimByRange, judgePodByRange, LimitRange, readLimitRange, requestsAboveLimits } from './private/quota/limit-range';
import { count, Counted, judgeByQuotas } from './private/quota/namespace-quotas';
import { readPodResources } from './private/quota/pod-resources';
import { Quota, readQuota } from './private/quota/quota';
import { readResourceList } from './private/quota/resource-list';
import { isObject, Shape } from './private/shape';
import { compareText, groupBy, show } from './private/text';
import { ResourceBoundsDecision } from './resource-bounds-decision';
import { ResourceBoundsDenial } from './resource-bounds-denial';

/**
 * What the ResourceQuotas and LimitRanges of the manifests let in.
 *
 * Decides about the creation of an object as the API server's LimitRanger and ResourceQuota admission do: defaults are filled
 * in, then limit ranges judge pods and claims, then quotas judge everything. What is used already is what `status.used` of a
 * quota says, or else what the other manifests count as.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export class ResourceBounds {
  /**
   * Reads quotas and limit ranges, and everything that counts against quotas.
   *
   * @param manifests plain objects as read from YAML
   * @throws InvalidInputError with every object that is not what its kind says
   */
  public static of(manifests: any[]): ResourceBounds {
    const problems = new Problems();
    const inventory = Inventory.read(manifests, problems);
    const quotas = byNamespace(inventory.ofKind('ResourceQuota'), readQuota);
    const ranges = byNamespace(inventory.ofKind('LimitRange'), readLimitRange);
    const present = readPresent(manifests, quotas, problems);
    problems.throwIfErrors('manifests');
    return new ResourceBounds(quotas, ranges, present);
  }

  private constructor(
    private readonly quotas: Map<string, Quota[]>,
    private readonly ranges: Map<string, LimitRange[]>,
    private readonly present: Map<string, Counted[]>,
  ) {}

  /**
   * Whether one more object is let in.
   *
   * A workload is judged as an object, which quotas count by `count/…`; its pods are judged by `reviewPodOf`.
   *
   * @param object a plain object as read from YAML; without a namespace it lands in `default`
   * @throws InvalidInputError when it is not what its kind says
   */
  public review(object: any): ResourceBoundsDecision {
    return decide(object, (shape, problems) => {
      const namespace = namespaceOf(object);
      const ranges = this.ranges.get(namespace) ?? [];
      const core = groupOf(object.apiVersion) === '';
      const spec = shape.child('spec');
      if (core && object.kind === 'Pod' && spec !== undefined) return this.judgePod(object, shape, spec);
      const added = count(object, shape);
      problems.throwIfErrors(`${object.kind}`);
      const byRanges = core && object.kind === 'PersistentVolumeClaim'
        ? ranges.flatMap((range) => judgeClaimByRange(range, readResourceList(spec?.child('resources'), 'requests')))
        : [];
      return { added, denials: [...byRanges, ...this.judgeByQuotas(namespace, added)] };
    });
  }

  /**
   * Whether one more pod of a workload is let in, as its controller would create it: the API server takes the workload whatever
   * its pods ask for, and refuses the pods.
   *
   * @param workload a Deployment or any other kind that embeds a pod
   * @throws InvalidInputError when it embeds none
   */
  public reviewPodOf(workload: any): ResourceBoundsDecision {
    return decide(workload, (shape) => {
      const judged = judgedKind(workload.kind, groupOf(workload.apiVersion));
      const source = judged?.pod === undefined ? undefined : podOf({ judged, shape });
      if (source === undefined) {
        shape.wrong('kind', `${workload.kind} makes no pods`, 'a kind with a pod template');
        return undefined;
      }
      const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { ...workload.metadata }, spec: source.spec.value };
      return this.judgePod(pod, shape, source.spec);
    });
  }

  private judgePod(object: any, shape: Shape, spec: Shape): Judged {
    const namespace = namespaceOf(object);
    const pod = readPodResources(spec);
    const ranges = this.ranges.get(namespace) ?? [];
    for (const range of ranges) applyDefaults(range, pod);
    const own = object.kind === shape.value.kind ? shape : Shape.of(object, 'Pod', new Problems());
    const added = count(object, own, pod);
    const byRanges = ranges.flatMap((range) => judgePodByRange(range, pod));
    return { added, denials: [...requestsAboveLimits(pod), ...byRanges, ...this.judgeByQuotas(namespace, added)] };
  }

  private judgeByQuotas(namespace: string, added: Counted): ResourceBoundsDenial[] {
    return judgeByQuotas(this.quotas.get(namespace) ?? [], this.present.get(namespace) ?? [], added);
  }
}

/** What came of one object. */
interface Judged {
  readonly added: Counted;
  readonly denials: ResourceBoundsDenial[];
}

function decide(object: any, judge: (shape: Shape, problems: Problems) => Judged | undefined): ResourceBoundsDecision {
  const problems = new Problems();
  if (!isObject(object) || typeof object.kind !== 'string' || typeof object.apiVersion !== 'string') {
    problems.error({
      code: 'MalformedObject',
      path: 'object',
      message: isObject(object) ? 'the object has no kind or apiVersion' : `${show(object)} is not an object`,
      allowed: 'a plain object with apiVersion, kind and metadata',
    });
    problems.throwIfErrors('review of resource bounds');
  }
  const owner = `${object.kind} ${[object.metadata?.namespace, object.metadata?.name].filter((part) => typeof part === 'string').join('/')}`.trimEnd();
  const judged = judge(Shape.of(object, owner, problems), problems);
  problems.throwIfErrors(owner);
  const { added, denials } = judged!;
  const counted = [...added.usage].filter(([, amount]) => !amount.isZero).map(([name, amount]): [string, string] => [name, amount.toString()]);
  const usage = Object.fromEntries(counted.sort((one, other) => compareText(one[0], other[0])));
  return { allowed: denials.length === 0, denials, usage };
}

function byNamespace<T>(items: Item[], read: (item: Item) => T): Map<string, T[]> {
  return new Map([...groupBy(items, ({ namespace }) => namespace)].map(([namespace, own]) => [namespace, own.map(read)]));
}

/** What counts against quotas, in the namespaces that have some. */
function readPresent(manifests: any[], quotas: Map<string, Quota[]>, problems: Problems): Map<string, Counted[]> {
  const counted = opened(manifests).flatMap((object) => {
    if (!isObject(object) || typeof object.kind !== 'string' || typeof object.apiVersion !== 'string') return [];
    const namespace = namespaceOf(object);
    if (!quotas.has(namespace)) return [];
    return [{ namespace, own: count(object, Shape.of(object, `${object.kind} ${namespace}/${object.metadata?.name ?? ''}`, problems)) }];
  });
  return new Map([...groupBy(counted, ({ namespace }) => namespace)].map(([namespace, entries]) => [namespace, entries.map(({ own }) => own)]));
}

function namespaceOf({ metadata }: { [key: string]: any }): string {
  return isObject(metadata) && typeof metadata.namespace === 'string' && metadata.namespace !== '' ? metadata.namespace : 'default';
}
