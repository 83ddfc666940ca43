import { Severity } from '@viridial/core';
import { dialectsOf } from './network-checks';
import { RULES_BY_ID } from './rules';
import { AcceptedFinding } from '../../accepted-finding';
import { Finding } from '../../finding';
import { ProofCounts } from '../../proof-counts';
import { bullet, wrap } from '../paragraphs';
import { capitalise, compareText, count, enumerate, groupBy, short } from '../text';

/** A chapter about more objects than this is no longer read; programs have them all in toJson. */
const MOST_OBJECTS = 25;

/** The report as a colleague would write it down: what to do first, why, how to see it, and where the rule comes from. */
export function writeReport(findings: Finding[], accepted: AcceptedFinding[], counts: ProofCounts): string {
  const errors = findings.filter(({ severity }) => severity === Severity.ERROR);
  const warnings = findings.filter(({ severity }) => severity === Severity.WARNING);
  const explained = new Set(errors.map(({ ruleId }) => ruleId));
  return [
    headline(errors.length, warnings.length, counts),
    ...section('Errors: put these right first.', errors, new Set()),
    ...section('Warnings: worth a look.', warnings, explained),
    ...acceptances(accepted),
    ...scope(counts),
  ].join('\n') + '\n';
}

function headline(errors: number, warnings: number, counts: ProofCounts): string {
  const objects = Object.values(counts.judged).reduce((a, b) => a + b, 0);
  const kept = counts.expectations - counts.brokenExpectations;
  const expectations = counts.expectations === 0 ? '' : counts.brokenExpectations === 0
    ? ` ${counts.expectations === 1 ? 'The expectation holds' : `All ${counts.expectations.toLocaleString('en-US')} expectations hold`}.`
    : ` ${counts.expectations === 1 ? 'The expectation does not hold' : `${kept} of ${count(counts.expectations, 'expectation')} hold${kept === 1 ? 's' : ''}`}.`;
  if (errors + warnings === 0) return `${count(objects, 'object')} judged, nothing to put right.${expectations}`;
  const found = [errors > 0 ? count(errors, 'error') : '', warnings > 0 ? count(warnings, 'warning') : ''].filter((part) => part !== '');
  return `${capitalise(enumerate(found))} in ${count(objects, 'object')}.${expectations}`;
}

/** Rules that were explained above are not explained again. */
function section(title: string, findings: Finding[], explained: Set<string>): string[] {
  if (findings.length === 0) return [];
  const chapters = [...groupBy(findings, ({ ruleId }) => ruleId)].flatMap(([id, own]) => chapter(id, own, explained.has(id)));
  return ['', title, ...chapters];
}

/** The findings of a rule; what is to be done about several objects alike is said once, at the end. */
function chapter(id: string, findings: Finding[], explained: boolean): string[] {
  const rule = RULES_BY_ID.get(id)!;
  const references = [...new Set(findings.flatMap((own) => own.references))];
  const objects = [...groupBy(findings, ({ object }) => object)];
  const others = objects.length - MOST_OBJECTS;
  const [{ cure }] = findings;
  const alike = objects.length > 1 && findings.every((own) => own.cure === cure);
  return [
    '',
    `${rule.title} [${id}]`,
    ...(explained ? [] : wrap(rule.help, '  ')),
    ...objects.slice(0, MOST_OBJECTS).flatMap(([object, own]) => paragraph(object, own, !alike)),
    ...(others > 0 ? ['', `  … and ${count(others, 'more object')} like these.`] : []),
    ...(alike ? ['', ...wrap(`To do, for each of them: ${cure}.`, '  ')] : []),
    ...(references.length === 0 ? [] : wrap(`See ${citations(references)}.`, '  ')),
  ];
}

/** What there is to say about one object; an instance that several findings share is given once, at the end. */
function paragraph(object: string, findings: Finding[], cures: boolean): string[] {
  const [{ witness: shared }] = findings;
  const together = findings.length > 1 && findings.every(({ witness }) => witness === shared);
  const instance = (witness: string | undefined) => (witness === undefined ? [] : bullet(' ', `For instance: ${witness}.`));
  return [
    '',
    `  ${short(object)}`,
    ...findings.flatMap(({ path, why, cure, witness }) => [
      ...bullet('-', `${capitalise(why)}.`),
      ...(path === '' ? [] : [`      at ${path}`]),
      ...(together ? [] : instance(witness)),
      ...(cures ? bullet(' ', `To do: ${cure}.`) : []),
    ]),
    ...(together ? instance(shared) : []),
  ];
}

/** `CIS 5.2.2, 5.2.6; MTB-PL1-BC-CPI-5`: items of one source together. */
function citations(references: string[]): string {
  const inOrder = (reference: string) => reference.replace(/\d+/g, (digits) => digits.padStart(4, '0')); // 5.1.2 before 5.1.13
  const sorted = [...references].sort((a, b) => compareText(inOrder(a), inOrder(b)));
  const bySource = groupBy(sorted, (reference) => /^(CIS|PSS|NSA\/CISA) /.exec(reference)?.[1] ?? 'MTB');
  return [...bySource].map(([source, own]) => (source === 'MTB' ? own.join(', ') : `${source} ${own.map((reference) => reference.slice(source.length + 1)).join(', ')}`)).join('; ');
}

/** What is known and was accepted, so that nobody takes its absence above for its absence. */
function acceptances(accepted: AcceptedFinding[]): string[] {
  if (accepted.length === 0) return [];
  return [
    '',
    `Accepted, with reasons: ${accepted.length}.`,
    ...accepted.flatMap(({ ruleId, object, reason }) => bullet('-', `${ruleId} on ${short(object)}: ${reason}.`)),
  ];
}

/** What the verdict does not cover, policies of network plugins before all. */
function scope({ unknown }: ProofCounts): string[] {
  const kinds = Object.keys(unknown);
  if (kinds.length === 0) return [];
  const dialects = dialectsOf(unknown);
  const others = kinds.filter((kind) => !dialects.includes(kind));
  const list = (names: string[]) => names.map((kind) => `${unknown[kind].toLocaleString('en-US')} ${kind}`).join(', ');
  return [
    '',
    ...(dialects.length === 0 ? [] : wrap(`Not read: ${list(dialects)}. They restrict or open connections too, and this verdict knows nothing of it.`, '')),
    ...(others.length === 0 ? [] : wrap(`Not judged: ${list(others)}.`, '')),
  ];
}
