import { PodSecurityLevel } from './pod-security-level';

/** A namespace refuses pods that do not pass a Pod Security level. */
export interface PodSecurityStatement {
  /** The namespace. */
  readonly namespace: string;

  /** The level that is enforced. */
  readonly level: PodSecurityLevel;

  /** The version of the standard, pinned: `v1.35`. */
  readonly version: string;

  /** Why the policy says so, in a sentence. */
  readonly reason: string;
}

/** A namespace cannot take the whole cluster: it has a quota on CPU, memory and pods, and a LimitRange with defaults. */
export interface BoundedStatement {
  /** The namespace. */
  readonly namespace: string;

  /** Why the policy says so, in a sentence. */
  readonly reason: string;
}
