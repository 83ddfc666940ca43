import { ClusterProfileProps, PodSecurityLevel } from '@viridial/core';
import { AcceptedFinding } from './accepted-finding';

/** What `cdk8s.yaml` says under `properties` about the validation. */
export interface Cdk8sValidationProperties {
  /**
   * The least Pod Security level: `baseline`, `restricted`.
   *
   * @default - whatever each namespace enforces
   */
  readonly level?: PodSecurityLevel;

  /**
   * The cluster, as `ClusterProfile.of` takes it.
   *
   * @default - network policies by the specification alone
   */
  readonly profile?: ClusterProfileProps;

  /**
   * What the policy promises, in the form of `Expectation.toJson`: `kind` and the fields of its statement.
   *
   * @default - only what is wrong in itself is found
   */
  readonly expectations?: any[];

  /**
   * What is known and has a reason.
   *
   * @default - nothing is accepted
   */
  readonly accepted?: AcceptedFinding[];

  /**
   * Whether warnings fail the synthesis too.
   *
   * @default false
   */
  readonly strict?: boolean;
}
