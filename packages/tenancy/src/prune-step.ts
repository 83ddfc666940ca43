/** One thing to remove of a retired tenant, in the order of the list it is in. */
export interface PruneStep {
  /** The tenant. */
  readonly tenant: string;
  /** The namespace. */
  readonly namespace: string;
  /** What is removed and why now, in words. */
  readonly what: string;
  /** Objects that the tenancy no longer renders, and that a GitOps engine prunes; empty for what the tenant made itself. */
  readonly prunes: string[];
  /**
   * A command that removes it.
   * @default - a GitOps engine, or whoever applies the tenancy, prunes it
   */
  readonly command?: string;
  /** Whether data is lost with it. Steps that lose data are only there when the tenant says `deleteData`. */
  readonly deletesData: boolean;
}
