import { Finding, ProofReport } from '@viridial/proof';
import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { EksPlatform } from './eks-platform';

/** How the plugin judges. */
export interface ProofPluginProps {
  /**
   * Whether warnings fail the synthesis too.
   *
   * @default false
   */
  readonly strict?: boolean;
}

/**
 * The proof of every platform of an app as a policy validation plugin of CDK: `Validations.of(app).addPlugins(new ProofPlugin())`.
 *
 * Findings are violations of the construct of their platform, in the report of CDK beside those of other plugins. A rule is
 * acknowledged as with every plugin, by `viridial-proof::<rule>`.
 */
export class ProofPlugin implements IPolicyValidationPlugin {
  /** What the plugin is called in the report, and before `::` in acknowledgements. */
  public readonly name = 'viridial-proof';

  /**
   * Makes a plugin for `Validations.addPlugins`.
   *
   * @param props how it judges
   */
  constructor(private readonly props: ProofPluginProps = {}) {}

  /**
   * Judges what the platforms of an app render.
   *
   * @param context what CDK gives to a plugin
   */
  public validate({ appConstruct }: IPolicyValidationContext): PolicyValidationPluginReport {
    const platforms = appConstruct.node.findAll().filter((construct): construct is EksPlatform => construct instanceof EksPlatform);
    const passes = ({ ok, findings }: ProofReport) => (this.props.strict ? findings.length === 0 : ok);
    return {
      success: platforms.every(({ proof }) => passes(proof)),
      violations: platforms.flatMap(({ proof, node }) => proof.findings.map((finding) => violationOf(finding, node.path))),
      metadata: Object.fromEntries(platforms.map(({ proof, node }) => [node.path, proof.toText().split('\n')[0]])),
    };
  }
}

function violationOf({ ruleId, severity, object, path, why, cure, witness, references }: Finding, constructPath: string): PolicyViolation {
  const place = path === '' ? object : `${object} ${path}`;
  return {
    ruleName: ruleId,
    severity,
    description: `${place}: ${why}`,
    fix: cure,
    violatingResources: [{ constructPath, locations: [place] }],
    ruleMetadata: { object, ...(witness === undefined ? {} : { witness }), ...(references.length === 0 ? {} : { references: references.join(', ') }) },
  };
}
