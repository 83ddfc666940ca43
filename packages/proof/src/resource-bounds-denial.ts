/** One reason why quotas or limit ranges refuse an object. */
export interface ResourceBoundsDenial {
  /**
   * What refuses: `LimitRange shop/defaults`, `ResourceQuota shop/budget`.
   *
   * @default - the object contradicts itself once the defaults are filled in
   */
  readonly object?: string;

  /**
   * What it does not keep: `Minimum`, `Maximum` or `Ratio` of a LimitRange; `Unstated` when a quota counts what a container
   * does not state, `Exceeded` when the quota is used up; `RequestAboveLimit`.
   */
  readonly rule: string;

  /** The resource, as the LimitRange or ResourceQuota names it: `cpu`, `requests.memory`, `count/deployments.apps`. */
  readonly resource: string;

  /** What is wrong, with the numbers in it. */
  readonly message: string;

  /** What to change, as an order. */
  readonly cure: string;
}
