import { PodSecurityLevel } from '@viridial/core';
import { PodView } from './pod-view';

/** What a control found in one pod. */
export interface Breach {
  /** Property path below the object. */
  readonly path: string;

  /** What is wrong, with the wrong value in it. */
  readonly message: string;

  /** What to change, as an order. */
  readonly cure: string;

  /** The container it is about; absent when it is the whole pod. */
  readonly container?: string;
}

/** One wording of a control; it holds from a version on, until a newer wording takes its place. */
export interface Wording {
  /** First minor version of the standards with this wording. */
  readonly since: number;

  /** Finds the breaches in a pod. */
  readonly judge: (pod: PodView) => Breach[];
}

/** One control of the Pod Security Standards. */
export interface Control {
  /** Name of the check in the API server's Pod Security admission. */
  readonly id: string;
  readonly level: PodSecurityLevel;

  /** Wordings, oldest first. */
  readonly wordings: Wording[];

  /**
   * Controls of baseline that this one takes the place of at level restricted, from its own first version on.
   * A relaxation of this control (Windows pods) therefore relaxes them too.
   */
  readonly overrides?: string[];
}

/** `container "web"`, or the pod. */
export function subject(container: string | undefined): string {
  return container === undefined ? 'the pod' : `container "${container}"`;
}
