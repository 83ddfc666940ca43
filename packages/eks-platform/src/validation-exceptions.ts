/** A finding of `@aws/cloudformation-validate` that is known and accepted, for one resource. */
export interface ValidationException {
  /** Id of the rule, such as `W3005`. */
  readonly ruleId: string;

  /** Type of the resource that has the finding. */
  readonly resourceType: string;

  /** Logical id of the resource. */
  readonly logicalId: string;

  /** Why it is accepted. */
  readonly reason: string;
}

/**
 * Findings that EKS Blueprints itself causes and nothing here can cure. Whoever validates the templates strictly accepts
 * these, and no others.
 *
 * There is none: zones are written relative to the region of the stack (W3010), roles relative to its account (W9002, W9013),
 * and what CDK says twice about the order of resources is said once (W3005, `adapter/redundant-dependencies.ts`).
 */
export const VALIDATION_EXCEPTIONS: readonly ValidationException[] = [];
