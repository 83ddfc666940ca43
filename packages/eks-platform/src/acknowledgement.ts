/** One finding of a rule pack that is known and accepted, for one construct. */
export interface Acknowledgement {
  /** Path of the construct, below which the finding is accepted. */
  readonly path: string;

  /** Exact id of the finding, such as `AwsSolutions-IAM5[Resource::*]`. */
  readonly id: string;

  /** Why it is accepted. */
  readonly reason: string;
}
