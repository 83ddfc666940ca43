import { AdmissionAudit } from './admission-audit';
import { AdmissionDenial } from './admission-denial';

/** What admission policies say about a request. */
export interface AdmissionDecision {
  /** Whether the request goes through. */
  readonly allowed: boolean;

  /** Why not, sorted by policy, binding and place; the API server tells the first one only. */
  readonly denials: AdmissionDenial[];

  /** What the API server warns of. */
  readonly warnings: string[];

  /** What goes into the audit event. */
  readonly audits: AdmissionAudit[];
}
