import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';
import { ValidationException } from '@viridial/eks-platform';

/** What the validator said of some templates. */
export interface TemplateValidation {
  readonly findings: string[];
  /** How many findings each exception covered, in the order of the exceptions. */
  readonly excluded: number[];
}

/** Validates templates with the CloudFormation validator, in which warnings count as errors. */
export function validateTemplates(files: readonly string[], exceptions: readonly ValidationException[]): TemplateValidation {
  const engine = new RegoEngine();
  const findings: string[] = [];
  const excluded = exceptions.map(() => 0);
  try {
    for (const file of files) {
      const report = engine.validateStandard(new TemplateFile(file), { strict: true, severityLevel: 'WARN' });
      if (report.status !== 'OK') findings.push(`${file}: the validator did not come to an end (${report.status})`);
      for (const diagnostic of report.diagnostics) {
        const resource = diagnostic.entity?.logicalId ?? '';
        const exception = exceptions.findIndex((candidate) => candidate.ruleId === diagnostic.ruleId && candidate.logicalId === resource);
        if (exception >= 0) excluded[exception]! += 1;
        else findings.push(`${file.split('/').at(-1)!} ${resource} ${diagnostic.ruleId}: ${diagnostic.message}`);
      }
    }
  } finally {
    engine.free();
  }
  return { findings, excluded };
}
