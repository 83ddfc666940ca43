import { ResourceBoundsDenial } from './resource-bounds-denial';

/** Whether quotas and limit ranges of a namespace let an object in. */
export interface ResourceBoundsDecision {
  /** Whether it is let in. */
  readonly allowed: boolean;

  /** Everything that refuses it, limit ranges first; an API server tells the first of them only. */
  readonly denials: ResourceBoundsDenial[];

  /** What the object counts as by the names that quotas use, defaults filled in: `requests.cpu` → `500m`. */
  readonly usage: { [resource: string]: string };
}
