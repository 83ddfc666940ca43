/** What is going on with a tenant. */
export enum TenantLifecycle {
  /** It works. */
  ACTIVE = 'active',
  /**
   * Nothing new is admitted: a quota of nothing stands beside the budget. What runs keeps running, with its config maps and
   * secrets, but a pod that stops is not replaced, not even when its node is drained.
   */
  CORDONED = 'cordoned',
  /**
   * It is over: no members, no deployer, no applications, no flows, and nothing new. Namespaces and the data in them stay
   * until `deleteData` says otherwise; `RenderedTenancy.pruneSteps` says what to remove in which order.
   */
  RETIRED = 'retired',
}
