import { Severity } from '@viridial/core';
import { FindingRule, RULES } from './rules';
import { Finding } from '../../finding';
import { compareText, distinct, short } from '../text';

/** What a check says about one finding; the rest comes from the rule. */
export interface Found {
  readonly object: string;
  readonly path?: string;
  readonly why: string;
  readonly cure: string;
  readonly witness?: string;
  readonly related?: string[];
  readonly references?: string[];

  /** Where it is graver or lighter than the rule usually is. */
  readonly severity?: Severity;
}

/** A finding of a rule. */
export function finding(rule: FindingRule, found: Found): Finding {
  return {
    ruleId: rule.id,
    severity: found.severity ?? rule.severity,
    object: found.object,
    path: found.path ?? '',
    why: found.why,
    cure: found.cure,
    witness: found.witness,
    related: distinct((found.related ?? []).filter((other) => other !== found.object)),
    references: [...new Set([...found.references ?? [], ...rule.references])],
  };
}

const ORDER = new Map(Object.values(RULES).map(({ id }, index) => [id, index]));

/** Errors first, then by rule, object and path; each finding once. */
export function sortFindings(findings: Finding[]): Finding[] {
  const byText = new Map(findings.map((own) => [JSON.stringify([own.ruleId, own.object, own.path, own.why, own.witness]), own]));
  const rank = ({ severity }: Finding) => (severity === Severity.ERROR ? 0 : 1);
  return [...byText.values()].sort((a, b) => rank(a) - rank(b) || ORDER.get(a.ruleId)! - ORDER.get(b.ruleId)!
    || compareText(a.object, b.object) || compareText(a.path, b.path) || compareText(a.why, b.why) || compareText(a.witness ?? '', b.witness ?? ''));
}

const LABELS = new Set<string>([RULES.podSecurityNotEnforced.id, RULES.podSecurityBelowLevel.id, RULES.podSecurityNotPinned.id]);

/** Leaves out what a broken expectation says already, better, about the same object. */
export function withoutRepetition(found: Finding[]): Finding[] {
  const labelled = new Set(found.filter(({ ruleId }) => ruleId === RULES.podSecurityNotKept.id).map(({ object }) => object));
  const bounded = new Set(found.filter(({ ruleId }) => ruleId === RULES.boundsMissing.id).flatMap(({ related }) => related));
  return found.filter(({ ruleId, object, severity }) => !(LABELS.has(ruleId) && labelled.has(object))
    && !(ruleId === RULES.quotaWithoutDefaults.id && severity === Severity.WARNING && bounded.has(object)));
}

/** A finding in one line: `FlowOpen in NetworkPolicy shop/in at spec.ingress[0]: …; to do: …`. */
export function describeFinding({ ruleId, object, path, why, cure }: Finding): string {
  return `${ruleId} in ${short(object)}${path === '' ? '' : ` at ${path}`}: ${why}; to do: ${cure}`;
}
