import { NagFinding } from './nag-recorder';

/** What may be accepted with a reason; all else has to be cured (reference: the table of decided findings). */
const ACCEPTABLE = /^AwsSolutions-(IAM4\[|IAM5\[|L1$|VPC3$)/;

/** A finding that was accepted, and why. */
export interface AcceptedFinding {
  readonly path: string;
  readonly id: string;
  readonly reason: string;
}

/** What is wrong with the findings and with what was accepted. */
export function nagFindings(open: readonly NagFinding[], accepted: readonly AcceptedFinding[]): string[] {
  return [
    ...open.map(({ rule, path, description }) => `${rule} at ${path}: ${description}`),
    ...accepted.filter(({ id }) => !ACCEPTABLE.test(id)).map(({ id, path }) => `${id} at ${path} may not be accepted`),
    ...accepted.filter(({ reason }) => reason.length < 20).map(({ id, path }) => `${id} at ${path} is accepted without a reason`),
  ];
}
