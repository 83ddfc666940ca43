/** One annotation that admission adds to the audit event of a request. */
export interface AdmissionAudit {
  /** Name of the ValidatingAdmissionPolicy. */
  readonly policy: string;

  /** Key of the annotation. */
  readonly key: string;

  /** Value of the annotation. */
  readonly value: string;
}
