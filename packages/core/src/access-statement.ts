/** Somebody does something to a resource of the API. At least one of `user`, `groups` and `serviceAccount` is set. */
export interface AccessStatement {
  /**
   * Name of the user.
   *
   * @default - any member of the groups, or the service account
   */
  readonly user?: string;

  /**
   * Groups the user is in, beside those that the API server adds.
   *
   * @default - none
   */
  readonly groups?: string[];

  /**
   * The service account that acts, as `namespace/name`.
   *
   * @default - a person acts
   */
  readonly serviceAccount?: string;

  /** The verb: `get`, `create`, `impersonate`; `*` for every verb. */
  readonly verb: string;

  /**
   * API group of the resource.
   *
   * @default '' - the core group
   */
  readonly apiGroup?: string;

  /** The resource in the plural: `pods`; `*` for every resource. */
  readonly resource: string;

  /**
   * The part of the resource: `exec`, `log`, `token`.
   *
   * @default - the resource itself
   */
  readonly subresource?: string;

  /**
   * The namespace it happens in.
   *
   * @default - the whole cluster, or what `exceptNamespaces` says
   */
  readonly namespace?: string;

  /**
   * In no namespace other than these, and not on cluster-wide resources; for `mayNot` without `namespace`.
   *
   * @default - `namespace`, or the whole cluster
   */
  readonly exceptNamespaces?: string[];

  /** Why the policy says so, in a sentence. */
  readonly reason: string;
}
