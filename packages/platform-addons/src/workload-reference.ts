/** Names one workload, so that an installer can wait for it. */
export interface WorkloadReference {
  /** API version, such as `apps/v1`. */
  readonly apiVersion: string;
  /** Kind, such as `Deployment`. */
  readonly kind: string;
  /** Namespace it runs in. */
  readonly namespace: string;
  /** Name of the object. */
  readonly name: string;
}
