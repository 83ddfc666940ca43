/** One reason why admission refuses a request. */
export interface AdmissionDenial {
  /** Name of the ValidatingAdmissionPolicy. */
  readonly policy: string;

  /** Name of the binding; empty when the policy cannot be set up at all. */
  readonly binding: string;

  /** Property path in the policy, or in the binding when it is the one that cannot be set up: `spec.validations[0]`. */
  readonly path: string;

  /** What the API server tells whoever asked. */
  readonly message: string;

  /** What the policy itself says: its message, the outcome of its messageExpression, or what went wrong. */
  readonly detail: string;

  /** `Forbidden`, `Invalid` or `RequestEntityTooLarge`. */
  readonly reason: string;

  /** Whether something went wrong and failurePolicy is Fail, rather than a validation not holding. */
  readonly failed: boolean;
}
