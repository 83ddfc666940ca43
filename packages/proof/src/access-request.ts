/** Somebody asks the API server to do something to a resource, or to answer on a path. */
export interface AccessRequest {
  /**
   * Name of the user. Groups that the API server would add to it, `system:authenticated` above all, are not added here.
   *
   * @default - the groups or the service account ask
   */
  readonly user?: string;

  /**
   * Groups of whoever asks.
   *
   * @default - none but those that a service account has
   */
  readonly groups?: string[];

  /**
   * The service account that asks, as `namespace/name` or `system:serviceaccount:namespace:name`. It is a member of
   * `system:serviceaccounts`, `system:serviceaccounts:<namespace>` and `system:authenticated`.
   *
   * @default - a person asks
   */
  readonly serviceAccount?: string;

  /** The verb: `get`, `create`, `impersonate`. `*` asks for every verb at once, which only a rule with `*` grants. */
  readonly verb: string;

  /**
   * API group of the resource.
   *
   * @default '' - the core group
   */
  readonly apiGroup?: string;

  /**
   * The resource in the plural: `pods`. `*` asks for every resource at once, which only a rule with `*` grants.
   *
   * @default - the request is about `nonResourceUrl`
   */
  readonly resource?: string;

  /**
   * The part of the resource: `exec`, `log`, `token`.
   *
   * @default - the resource itself
   */
  readonly subresource?: string;

  /**
   * Name of the object.
   *
   * @default - every object, or one that does not exist yet; a rule with resourceNames does not grant that
   */
  readonly name?: string;

  /**
   * The namespace.
   *
   * @default - the whole cluster, which only a ClusterRoleBinding grants
   */
  readonly namespace?: string;

  /**
   * A path of the API server that is no resource: `/healthz`.
   *
   * @default - the request is about `resource`
   */
  readonly nonResourceUrl?: string;
}
