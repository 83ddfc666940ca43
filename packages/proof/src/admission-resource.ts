/** A resource of the API server: what a path names. */
export interface AdmissionResource {
  /**
   * API group.
   *
   * @default - the group of the object
   */
  readonly apiGroup?: string;

  /**
   * Version.
   *
   * @default - the version of the object
   */
  readonly apiVersion?: string;

  /** Name in the plural: `deployments`. */
  readonly resource: string;
}
