import { IManifestSource } from './manifest-source';
import { describeFinding } from './private/findings/found';
import { Proof, ProofOptions } from './proof';

/** What manifests are held to when a construct tree is validated. */
export interface ProofValidationOptions extends ProofOptions {
  /**
   * Whether warnings fail the validation too.
   *
   * @default false
   */
  readonly strict?: boolean;
}

/**
 * A proof as the validation of a construct: `chart.node.addValidation(new ProofValidation({ manifests: () => chart.toJson() }))`.
 *
 * It has the shape of `IValidation` of the package constructs, which is not needed for it.
 */
export class ProofValidation {
  private judging = false;

  /**
   * Takes the source of the manifests; they are asked for when the construct is validated.
   *
   * @param source what has the manifests
   * @param options what they are held to
   */
  constructor(private readonly source: IManifestSource, private readonly options: ProofValidationOptions = {}) {}

  /** The errors, each in one line with its cure; none when all is well. */
  public validate(): string[] {
    // a chart of cdk8s validates its whole app when it is asked for its manifests
    if (this.judging) return [];
    this.judging = true;
    try {
      const { findings, errors } = Proof.of(this.source.manifests(), this.options).report();
      return (this.options.strict ? findings : errors).map(describeFinding);
    } finally {
      this.judging = false;
    }
  }
}
