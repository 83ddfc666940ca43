import { finding } from './found';
import { RULES } from './rules';
import { AcceptedFinding } from '../../accepted-finding';
import { Finding } from '../../finding';

/** A finding that is accepted, and why. */
export interface Suppressed {
  readonly finding: Finding;
  readonly reason: string;
}

/** Findings apart from those that are accepted. */
export interface Sorted {
  readonly open: Finding[];
  readonly suppressed: Suppressed[];
}

const keyOf = ({ ruleId, object }: { ruleId: string; object: string }) => JSON.stringify([ruleId, object]);

/** Takes out what is accepted; an acceptance of something that is not found is a finding itself, because it would hide the next one. */
export function applyAcceptances(findings: Finding[], accepted: AcceptedFinding[]): Sorted {
  const reasons = new Map(accepted.map((each) => [keyOf(each), each.reason]));
  const met = new Set(findings.map(keyOf));
  const missed = accepted.filter((each) => each.occasional !== true && !met.has(keyOf(each)));
  const unused = missed.map(({ ruleId, object }) => finding(RULES.unusedAcceptance, {
    object,
    why: `${ruleId} is accepted on ${object}, where it is not found`,
    cure: 'remove the acceptance',
  }));
  return {
    open: [...findings.filter((each) => !reasons.has(keyOf(each))), ...unused],
    suppressed: findings.filter((each) => reasons.has(keyOf(each))).map((each) => ({ finding: each, reason: reasons.get(keyOf(each))! })),
  };
}
