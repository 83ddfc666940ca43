import { Problems } from '@viridial/core';
import { Cdk8sValidationProperties } from './cdk8s-validation-properties';
import { ManifestFiles } from './manifest-files';
import { Inventory } from './private/inventory';
import { readProperties } from './private/validation-properties';
import { Proof } from './proof';
import { ProofValidationOptions } from './proof-validation';

/**
 * A proof as validation plugin of the cdk8s command line, which runs it in `cdk8s synth`. In `cdk8s.yaml`:
 *
 *     validations:
 *       - package: '@viridial/proof'
 *         version: 1.0.0
 *         class: Cdk8sValidation
 *         properties:
 *           level: baseline
 *
 * It has the shape of a `Validation` of the package cdk8s-cli, which is not needed for it.
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/#validations
 */
export class Cdk8sValidation {
  private readonly options: ProofValidationOptions;

  /**
   * Takes what `cdk8s.yaml` says under `properties`.
   *
   * @param properties what manifests are held to
   * @throws InvalidInputError with everything that is wrong with the properties
   */
  constructor(properties: Cdk8sValidationProperties = {}) {
    this.options = readProperties(properties);
  }

  /**
   * Judges the manifests of an app and hands in the report.
   *
   * @param context what the command line gives a plugin: `manifests` are paths of files, `report` takes violations, `logger` lines
   * @throws InvalidInputError when a file holds something that is no manifest
   */
  public validate(context: any): void {
    const files: ManifestFiles[] = context.manifests.map((path: string) => ManifestFiles.read(path));
    const manifests = files.flatMap((own) => own.manifests());
    const report = Proof.of(manifests, this.options).report();
    const places = placesOf(files);
    for (const { ruleId, object, path, why, cure, witness } of report.findings) {
      context.report.addViolation({
        ruleName: ruleId,
        recommendation: `${why}${witness === undefined ? '' : `; for instance: ${witness}`}`,
        fix: cure,
        violatingResources: [{
          resourceName: object.replace(/^.*[ /]/, ''),
          locations: [path === '' ? object : `${object} ${path}`],
          manifestPath: places.get(object) ?? context.manifests[0] ?? '',
        }],
      });
    }
    const failed = this.options.strict ? report.findings.length > 0 : !report.ok;
    context.logger.log(report.toText().split('\n')[0]);
    context.report.submit(failed ? 'failure' : 'success', { errors: `${report.errors.length}`, warnings: `${report.warnings.length}` });
  }
}

/** The file of each object that evaluators read. */
function placesOf(files: ManifestFiles[]): Map<string, string> {
  return new Map(files.flatMap((own) => own.files.flatMap((file) => (
    Inventory.read(own.manifestsOf(file), new Problems()).items.map(({ identity }) => [identity, file] as const)))));
}
