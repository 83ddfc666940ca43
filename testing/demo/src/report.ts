import { Check } from './check';

/** A value in the written files that a deployment fills in; it is public by construction. */
export interface Placeholder {
  /** Where it stands, relative to the target's folder. */
  readonly file: string;
  readonly value: string;
  /** What a deployment puts there. */
  readonly standsFor: string;
}

/** What one target came to. */
export interface TargetReport {
  readonly ok: boolean;
  readonly durationMs: number;
  readonly checks: Check[];
  readonly warnings: string[];
  /** Kubernetes objects and cloud resources that the target's files hold. */
  readonly objects: number;
  readonly placeholders: Placeholder[];
}

/** `dist/demo/report.json`. */
export interface DemoReport {
  readonly ok: boolean;
  readonly targets: Record<string, TargetReport>;
  /** The placeholders of all targets, their files relative to `dist/demo`. */
  readonly placeholders: Placeholder[];
}

/** A target counts as good when it was judged at all and every check holds. */
export function targetReport(outcome: Omit<TargetReport, 'ok' | 'durationMs'>, durationMs: number): TargetReport {
  return { ok: outcome.checks.length > 0 && outcome.checks.every((check) => check.ok), durationMs: Math.round(durationMs), ...outcome };
}

/** Puts the targets' reports together; none at all is not a success. */
export function demoReport(targets: Record<string, TargetReport>): DemoReport {
  const all = Object.values(targets);
  const placeholders = Object.entries(targets).flatMap(([name, target]) => target.placeholders.map((each) => ({ ...each, file: `${name}/${each.file}` })));
  return { ok: all.length > 0 && all.every((target) => target.ok), targets, placeholders };
}
