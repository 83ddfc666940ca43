// npx projen test:mutation: weakens rendered platforms in every way there is and counts how many the proof finds; then writes
// the same platforms in other words, about which it must find nothing.
import { Proof, type Finding } from '@viridial/proof';
import { whyEquivalent } from './equivalence.mts';
import { called, mutantsOf, type Mutant } from './operators.mts';
import { REWRITINGS } from './rewritings.mts';
import { subjects, type Subject } from './subjects.mts';
import { table, type Row } from './table.mts';

/** Share of the mutants that mean something else which have to be found. */
const BAR = 0.95;

const started = performance.now();
const say = (text: string) => process.stdout.write(`${text}\n`);
const failures: string[] = [];
const rows = new Map<string, Row>();

function findings({ profile, expectations }: Subject, manifests: any[]): Finding[] {
  return Proof.of(manifests, { profile, expectations }).report().findings;
}

/** Whether a finding names the object, or, when it is gone, the namespace that lacks it (or what refers to it, when it was in none). */
function names({ object, related, why, cure }: Finding, { original, mutated }: Mutant): boolean {
  const { namespace, name } = original.metadata;
  const text = [object, ...related, why, cure].join('\n').replace(/([A-Za-z]+)\.[a-z0-9.]+ /g, '$1 ');
  if (text.includes(called(original))) return true;
  return mutated === undefined && text.includes(namespace ?? name);
}

function judge(subject: Subject, mutant: Mutant): void {
  const instead = mutant.mutated === undefined ? [] : [mutant.mutated];
  const mutated = subject.manifests.flatMap((object) => (object === mutant.original ? instead : [object]));
  const row = rows.get(mutant.operator) ?? { operator: mutant.operator, mutants: 0, found: 0, equivalent: 0, reasons: new Map<string, string[]>() };
  rows.set(mutant.operator, row);
  row.mutants++;
  const found = findings(subject, mutated);
  if (found.length > 0) {
    row.found++;
    if (!found.some((finding) => names(finding, mutant))) failures.push(`found without being named: ${mutant.what}: ${found[0]!.why}`);
    return;
  }
  const reason = whyEquivalent(mutant, subject.manifests, mutated, subject.profile.cni);
  if (reason === undefined) {say(`  not found: ${mutant.what}`);} else {
    row.equivalent++;
    row.reasons.set(reason, [...row.reasons.get(reason) ?? [], mutant.what]);
  }
}

for (const subject of subjects()) {
  const before = findings(subject, subject.manifests);
  if (before.length > 0) failures.push(`${subject.name} has findings before anything is changed: ${before[0]!.why}`);
  const mutants = mutantsOf(subject);
  say(`${subject.name}: ${subject.manifests.length} objects, ${subject.expectations.length} promises, ${mutants.length} mutants`);
  for (const mutant of mutants) judge(subject, mutant);
  for (const [what, rewrite] of Object.entries(REWRITINGS)) {
    const [finding] = findings(subject, rewrite(structuredClone(subject.manifests)));
    if (finding !== undefined) failures.push(`${subject.name} with ${what} has a finding: ${finding.why}`);
  }
}

const all = [...rows.values()].sort((a, b) => (a.operator < b.operator ? -1 : 1));
say(`\n${table(all)}\n`);
for (const { reasons } of all) for (const [reason, whats] of reasons) for (const what of whats) say(`  equivalent: ${what}: ${reason}`);
const total = (count: (row: Row) => number) => all.reduce((sum, row) => sum + count(row), 0);
const share = total(({ found }) => found) / total(({ mutants, equivalent }) => mutants - equivalent);
if (share < BAR) failures.push(`${(share * 100).toFixed(1)} % of the mutants are found, not ${BAR * 100} %`);
for (const failure of failures) say(`✗ ${failure}`);
const seconds = ((performance.now() - started) / 1000).toFixed(0);
say(`${failures.length > 0 ? '✗' : '✓'} mutation: ${(share * 100).toFixed(1)} % of ${total(({ mutants, equivalent }) => mutants - equivalent)} mutants found, `
  + `${total(({ equivalent }) => equivalent)} equivalent, ${Object.keys(REWRITINGS).length} rewritings without a finding, ${seconds} s`);
process.exitCode = failures.length > 0 ? 1 : 0;
