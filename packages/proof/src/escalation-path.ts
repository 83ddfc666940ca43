import { AccessGrant } from './access-grant';
import { AccessRequest } from './access-request';
import { EscalationTarget } from './escalation-target';
import { EscalationTechnique } from './escalation-technique';
import { describeRequests } from './private/access/escalation-words';
import { distinct, enumerate, short } from './private/text';

/** One step of an escalation. */
export interface EscalationStep {
  /** How it is done. */
  readonly technique: EscalationTechnique;

  /** Who does it: `group shop`, `service account shop/operator`. */
  readonly actor: string;

  /**
   * What is asked of the API server, in this order. All of it is authorised, in later steps to whoever the step before made
   * of the subject. None for what is done on a node, past the API server.
   */
  readonly requests: AccessRequest[];

  /** The rules because of which the requests are authorised, one for each of them. */
  readonly grants: AccessGrant[];

  /** What comes of it: `a token of service account shop/operator`. */
  readonly yields: string;
}

/** How a subject becomes more than its rules say. */
export class EscalationPath {
  /**
   * @internal
   */
  public static _of(subject: string, targetKind: EscalationTarget, target: string, steps: EscalationStep[]): EscalationPath {
    return new EscalationPath(subject, targetKind, target, steps);
  }

  private readonly ownSteps: EscalationStep[];

  private constructor(
    /** Who starts: `group shop`, `service account shop/web`, `user alice`. */
    public readonly subject: string,

    /** What sort of thing they become. */
    public readonly targetKind: EscalationTarget,

    /** What they become: `cluster-admin`, `root on a node`, `service account shop/operator`. */
    public readonly target: string,

    steps: EscalationStep[],
  ) {
    this.ownSteps = steps;
  }

  /** The steps, at least one. */
  public get steps(): EscalationStep[] {
    return [...this.ownSteps];
  }

  /** How it begins. */
  public get technique(): EscalationTechnique {
    return this.ownSteps[0].technique;
  }

  /** The path as a plain object. */
  public toJson(): any {
    const { subject, targetKind, target, ownSteps } = this;
    return JSON.parse(JSON.stringify({ subject, targetKind, target, steps: ownSteps }));
  }

  /** The path as lines for a person: who becomes what, and the steps. */
  public toString(): string {
    const steps = this.ownSteps.map(({ actor, requests, grants, yields }, index) => {
      const asks = requests.length === 0 ? '' : ` may ${describeRequests(requests)}`;
      const because = grants.length === 0 ? '' : ` (by ${enumerate(distinct(grants.map(({ binding }) => short(binding))))})`;
      return `  ${index + 1}. ${actor}${asks}${because}${asks === '' ? ' takes' : ', which yields'} ${yields}`;
    });
    return [`${this.subject} can become ${this.target}:`, ...steps].join('\n');
  }
}
