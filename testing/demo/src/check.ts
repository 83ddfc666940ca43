/** One judged statement about what a target made. */
export interface Check {
  /** Stable name, such as `cdk-nag`. */
  readonly id: string;
  readonly ok: boolean;
  /** One line for a person: what was judged, with numbers; on failure what is wrong. */
  readonly detail: string;
}

/** How many of the findings of a failed check are printed; all are in the files beside the report. */
const SHOWN = 12;

/** A check that holds when there is no finding. */
export function checkOf(id: string, passed: string, findings: readonly string[]): Check {
  if (!findings.length) return { id, ok: true, detail: passed };
  const shown = findings.slice(0, SHOWN).map((finding) => `\n    ${finding}`).join('');
  const rest = findings.length > SHOWN ? `\n    and ${findings.length - SHOWN} more` : '';
  return { id, ok: false, detail: `${findings.length} finding${findings.length === 1 ? '' : 's'}:${shown}${rest}` };
}
