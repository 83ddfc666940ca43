import { Item } from './inventory';
import { Shape } from './shape';

/** The pod that an object is or makes. */
export interface PodSource {
  readonly labels: { [key: string]: string };
  readonly annotations: { [key: string]: string };

  /** The pod's spec, which knows its path below the object. */
  readonly spec: Shape;

  /** The pod's metadata, for the path of an annotation. */
  readonly metadata: Shape | undefined;
}

/**
 * Finds the pod in an object of a kind that is or embeds one.
 *
 * @returns nothing when the kind has no pod, or when the object lacks it, which is then a problem
 */
export function podOf(item: Pick<Item, 'shape' | 'judged'>): PodSource | undefined {
  const fields = item.judged?.pod;
  if (fields === undefined) return undefined;
  let pod: Shape | undefined = item.shape;
  for (const field of fields) {
    const next: Shape | undefined = pod.child(field);
    if (next === undefined) {
      if (!pod.has(field)) pod.wrong(field, 'the pod is missing', 'an object');
      return undefined;
    }
    pod = next;
  }
  const spec = pod.child('spec');
  if (spec === undefined) {
    if (!pod.has('spec')) pod.wrong('spec', 'the spec of the pod is missing', 'an object');
    return undefined;
  }
  const metadata = pod.child('metadata');
  return { spec, metadata, labels: metadata?.labels('labels') ?? {}, annotations: metadata?.labels('annotations') ?? {} };
}
