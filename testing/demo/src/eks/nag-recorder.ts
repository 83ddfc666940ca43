import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { IConstruct } from 'constructs';

/** One finding of a cdk-nag rule on one construct. */
export interface NagFinding {
  readonly rule: string;
  readonly path: string;
  readonly description: string;
}

/** The part of cdk-nag's pack that asks whether a finding was acknowledged; it is private in its types. */
interface AcknowledgmentGate {
  isAcknowledged(resource: IConstruct, rule: string): boolean;
}

/**
 * Runs the AwsSolutions rules of cdk-nag during synthesis and keeps what they found and what was acknowledged.
 * It reports success to the CDK, because the demo judges and prints the findings itself.
 */
export class NagRecorder implements IPolicyValidationPlugin {
  public readonly name = 'viridial-demo-cdk-nag';
  /** What nobody acknowledged. */
  public readonly findings: NagFinding[] = [];
  /** What was acknowledged, each with the construct it was found on. */
  public readonly acknowledged: NagFinding[] = [];

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const pack = new AwsSolutionsChecks(context.appConstruct, { verbose: true });
    const gate = pack as unknown as AcknowledgmentGate;
    const ask = gate.isAcknowledged.bind(pack);
    gate.isAcknowledged = (resource, rule) => {
      const acknowledged = ask(resource, rule);
      if (acknowledged) this.acknowledged.push({ rule, path: resource.node.path, description: '' });
      return acknowledged;
    };
    for (const violation of pack.validate(context).violations) {
      for (const resource of violation.violatingResources) {
        this.findings.push({ rule: violation.ruleName, path: resource.constructPath ?? resource.resourceLogicalId ?? '', description: violation.description });
      }
    }
    return { success: true, violations: [] };
  }
}
