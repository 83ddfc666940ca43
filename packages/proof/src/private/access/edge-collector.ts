import { Because, Held, Holder } from './holder';
import { Place } from './places';
import { RightName } from './rights';
import { Terrain } from './terrain';
import { EscalationTechnique } from '../../escalation-technique';

/** One request of a step. */
export interface Use {
  readonly because: Because;

  /** Name of the object; absent when it does not matter. */
  readonly name?: string;

  /** The namespace, where it is another one than that of the step. */
  readonly namespace?: string;
}

/** One thing that somebody can do to become more. */
export interface Edge {
  readonly technique: EscalationTechnique;

  /** The namespace it is done in; empty for the whole cluster. */
  readonly space: string;
  readonly uses: Use[];
  readonly to: Place;
}

/** Collects what somebody can do in one namespace, or in the whole cluster. */
export class EdgeCollector {
  /** What was found. */
  public readonly edges: Edge[] = [];

  constructor(
    public readonly holder: Holder,
    public readonly space: string,
    public readonly terrain: Terrain,
  ) {}

  /** How far they have a right here. */
  public right(name: RightName): Held {
    return this.holder.right(name, this.space);
  }

  /** Why they have a right on every object here. */
  public any(name: RightName): Because | undefined {
    return this.right(name).any;
  }

  /** Notes what they can do; what they can do in every namespace is not said again for one. */
  public add(technique: EscalationTechnique, to: Place, ...uses: Use[]): void {
    const here = uses.some(({ because }) => because.possession.namespace === this.space);
    if (here) this.edges.push({ technique, space: this.space, uses, to });
  }
}

