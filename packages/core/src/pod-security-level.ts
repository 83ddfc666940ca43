/**
 * How much a pod may ask of its node.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum PodSecurityLevel {
  /** Everything, up to root on the node. */
  PRIVILEGED = 'privileged',

  /** No known way to more privileges; the default of most workloads passes. */
  BASELINE = 'baseline',

  /** Hardened: not root, no capabilities, seccomp on. */
  RESTRICTED = 'restricted',
}
