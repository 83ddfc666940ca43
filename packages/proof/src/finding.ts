import { Severity } from '@viridial/core';

/** One thing that is wrong with the manifests, or that an expectation says otherwise. */
export interface Finding {
  /** Stable name of the rule, in PascalCase: `PodSecurityViolation`. Suppressions rely on it. */
  readonly ruleId: string;

  /** An error is a hole or something a cluster refuses; a warning is unwise. */
  readonly severity: Severity;

  /** The object to change: `Deployment.apps shop/web`. Where something is missing, what lacks it: `Namespace shop`. */
  readonly object: string;

  /** Property path in the object; empty for the object as a whole. */
  readonly path: string;

  /** What is wrong, a sentence without capital and period. */
  readonly why: string;

  /** What to change, as an order. */
  readonly cure: string;

  /**
   * Something concrete that succeeds and should not, or fails and should succeed: a connection, a pod, a request.
   *
   * @default - there is nothing to try
   */
  readonly witness?: string;

  /** Other objects that take part, sorted. */
  readonly related: string[];

  /** Where the rule comes from: CIS Kubernetes Benchmark 1.12 section 5, NSA/CISA hardening guide, multi-tenancy benchmark, Pod Security controls. */
  readonly references: string[];
}
