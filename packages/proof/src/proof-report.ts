import { Severity } from '@viridial/core';
import { AcceptedFinding } from './accepted-finding';
import { Finding } from './finding';
import { Suppressed } from './private/findings/acceptance';
import { writeReport } from './private/findings/report-text';
import { sarifLog } from './private/findings/sarif';
import { ProofCounts } from './proof-counts';

/** What a proof found. */
export class ProofReport {
  /**
   * @internal
   */
  public static _of(findings: Finding[], suppressed: Suppressed[], counts: ProofCounts): ProofReport {
    return new ProofReport(findings, suppressed, counts);
  }

  private constructor(private readonly found: Finding[], private readonly suppressed: Suppressed[], private readonly counted: ProofCounts) {}

  /** The findings: errors first, then by rule, object and path. */
  public get findings(): Finding[] {
    return [...this.found];
  }

  /** The findings that are errors. */
  public get errors(): Finding[] {
    return this.found.filter(({ severity }) => severity === Severity.ERROR);
  }

  /** The findings that are warnings. */
  public get warnings(): Finding[] {
    return this.found.filter(({ severity }) => severity === Severity.WARNING);
  }

  /** What was found and is accepted, each with its reason; it is no finding. */
  public get accepted(): AcceptedFinding[] {
    const accepted = this.suppressed.map(({ finding: { ruleId, object }, reason }) => ({ ruleId, object, reason }));
    return [...new Map(accepted.map((each) => [JSON.stringify(each), each])).values()];
  }

  /** Whether there is no error. Warnings do not count, and neither does what is accepted. */
  public get ok(): boolean {
    return this.errors.length === 0;
  }

  /** How much was judged. */
  public get counts(): ProofCounts {
    return { ...this.counted, judged: { ...this.counted.judged }, unknown: { ...this.counted.unknown } };
  }

  /** The report for a person. */
  public toText(): string {
    return writeReport(this.found, this.accepted, this.counted);
  }

  /** The same as `toText`, so that a report can be printed as it is. */
  public toString(): string {
    return this.toText();
  }

  /** The report as a plain object: `ok`, `counts`, `findings` and `accepted`. */
  public toJson(): any {
    return JSON.parse(JSON.stringify({ ok: this.ok, counts: this.counted, findings: this.found, accepted: this.accepted }));
  }

  /** The report as a SARIF 2.1.0 log, for code scanning. Objects are logical locations; what is accepted is suppressed with its reason. */
  public toSarif(): any {
    return sarifLog(this.found, this.suppressed);
  }
}
