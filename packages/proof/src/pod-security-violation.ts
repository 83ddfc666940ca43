import { PodSecurityLevel } from '@viridial/core';

/** One place of a pod that breaks a control of the Pod Security Standards. */
export interface PodSecurityViolation {
  /** Name of the control, as the API server's Pod Security admission calls it: `privileged`, `seccompProfile_restricted`. */
  readonly control: string;

  /** The level that has the control. A pod that is judged at restricted may break controls of baseline. */
  readonly level: PodSecurityLevel;

  /** Property path below the object: `spec.template.spec.containers[0].securityContext.privileged`. */
  readonly path: string;

  /** What is wrong, with the wrong value in it. */
  readonly message: string;

  /** What to change, as an order. */
  readonly cure: string;

  /**
   * Name of the container it is about.
   *
   * @default - it is about the pod as a whole
   */
  readonly container?: string;
}
