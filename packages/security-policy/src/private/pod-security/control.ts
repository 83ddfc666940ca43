import { PodSecurityLevel } from '@viridial/core';
import { PodSecurityControl } from '../../pod-security-control';

/**
 * A control in CEL. Expressions use these variables: `pod` and `spec` of the request; `security`, the pod's own security
 * context; `containers` that are judged, with `securities`, their contexts; `contexts`, all of them; `wholePod`, false
 * when only debug containers are new; `windows`; `ownUsers`, whether the pod has a user namespace.
 */
export interface Control {
  readonly id: PodSecurityControl;
  readonly level: PodSecurityLevel;
  /** First minor version that has the control. */
  readonly since: number;
  /** Whether what is judged keeps the control, by its wording of a minor version. */
  readonly keeps: (minor: number) => string;
  /** What is allowed. */
  readonly allowed: string;
  /** Controls that a workload cannot keep when it is excepted from this one. */
  readonly implies?: PodSecurityControl[];
}

/** The relaxations for pods in user namespaces came with 1.35 (KEP-127). */
export function unlessOwnUsers(minor: number, expression: string): string {
  return minor >= 35 ? `variables.ownUsers || (${expression})` : expression;
}
