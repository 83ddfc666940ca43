import { ClusterProfile, PodSecurityLevel } from '@viridial/core';
import { ExceptedKind, PodSecurityControl } from './pod-security-control';

/** One workload may break one control, for a reason and for a time. */
export interface PodSecurityException {
  /** Kind of the workload. */
  readonly kind: ExceptedKind;
  /** Name of the workload. */
  readonly name: string;
  /** The control that it may break. What cannot be kept without it comes along: privileged containers may escalate. */
  readonly control: PodSecurityControl;
  /** Why, in a sentence. */
  readonly reason: string;
  /** The last day on which the exception holds: `2026-12-31`. */
  readonly expires: string;
}

/** The Pod Security of a namespace with exceptions. */
export interface PodSecurityExceptionsProps {
  /** Name of the namespace. */
  readonly namespace: string;
  /** The cluster. */
  readonly profile: ClusterProfile;
  /** The level that everything but the excepted workloads is held to. */
  readonly level: PodSecurityLevel;
  /** The exceptions. Their order does not matter. */
  readonly exceptions: PodSecurityException[];
  /** The day of the rendering, `2026-11-26`: exceptions that ended before it are errors. Nothing here reads a clock. */
  readonly today: string;
  /**
   * An image for the examples of promises, which other policies of the cluster allow.
   * @default 'registry.invalid/app:1.0'
   */
  readonly exampleImage?: string;
}
