// One kind of question that is put to an evaluator of ours and to the API server.
import { shrink } from './shrinking.mts';
import { forEachAtOnce, type ApiClient } from '../server/api-client.mts';

/** An answer with the names of what refused. */
export interface Verdict {
  readonly allowed: boolean;
  /** Names of controls, limits, policies …; sorted, each once. */
  readonly because: string[];
  /** The answer as its giver says it. */
  readonly text: string;
}

/** Two cases that differ in one field, so that one is allowed and the other refused because of a decider. */
export interface Pair {
  readonly id: number;
  readonly decider: string;
  /** What else refuses the refused one, because no server takes the one without the other. */
  readonly company?: readonly string[];
}

/** A kind of question; `C` is one case. */
export interface Experiment<C> {
  readonly name: string;

  /** What has to decide cases each way. */
  readonly deciders: readonly string[];

  readonly cases: readonly C[];

  pairOf(case_: C): Pair | undefined;

  evaluate(case_: C): Verdict;

  /** @returns nothing when the server does not take the object for one of its kind, so that there is no verdict */
  ask(client: ApiClient, case_: C): Promise<Verdict | undefined>;

  /** Whether reasons agree as well as the verdicts do. */
  sameReasons(evaluator: Verdict, server: Verdict, case_: C): boolean;

  /** Smaller cases of the same shape. */
  simpler(case_: C): Iterable<C>;

  /** What a person needs to try the case. */
  show(case_: C): unknown;
}

/** One case about which they disagree, made as small as it gets. */
export interface Disagreement {
  readonly object: unknown;
  readonly evaluator: Verdict;
  readonly server: Verdict;
}

/** How often a decider decided. */
export interface Decisions {
  allowed: number;
  refused: number;
}

/** What came of an experiment. */
export interface Results {
  readonly name: string;
  readonly cases: number;
  readonly allowed: number;
  /** Cases that the server did not take for objects of their kind. */
  readonly discarded: number;
  readonly disagreements: Disagreement[];
  /** How many disagreed, those included that are not shown. */
  readonly disagreeing: number;
  readonly decisions: ReadonlyMap<string, Decisions>;
  readonly seconds: number;
}

/** Disagreements that are made small and shown; the others are mostly the same one. */
const SHOWN = 5;

interface Judged<C> {
  readonly case_: C;
  readonly evaluator: Verdict;
  readonly server: Verdict;
}

/** Asks both about every case. */
export async function run<C>(experiment: Experiment<C>, client: ApiClient): Promise<Results> {
  const started = performance.now();
  const answers = await forEachAtOnce(experiment.cases, async (case_) => experiment.ask(client, case_));
  const judged: Judged<C>[] = experiment.cases.flatMap((case_, index) => {
    const server = answers[index];
    return server === undefined ? [] : [{ case_, server, evaluator: experiment.evaluate(case_) }];
  });
  const wrong = judged.filter((each) => disagree(experiment, each));
  const disagreements: Disagreement[] = [];
  for (const each of wrong.slice(0, SHOWN)) disagreements.push(await smallest(experiment, client, each));
  return {
    name: experiment.name,
    cases: judged.length,
    allowed: judged.filter(({ server }) => server.allowed).length,
    discarded: experiment.cases.length - judged.length,
    disagreements,
    disagreeing: wrong.length,
    decisions: decisionsOf(experiment, judged),
    seconds: (performance.now() - started) / 1000,
  };
}

function disagree<C>(experiment: Experiment<C>, { evaluator, server, case_ }: Judged<C>): boolean {
  return evaluator.allowed !== server.allowed || !experiment.sameReasons(evaluator, server, case_);
}

async function smallest<C>(experiment: Experiment<C>, client: ApiClient, { case_, evaluator, server }: Judged<C>): Promise<Disagreement> {
  let last = { evaluator, server };
  const small = await shrink(case_, (object) => experiment.simpler(object), async (candidate) => {
    try {
      const asked = await experiment.ask(client, candidate);
      if (asked === undefined) return false;
      const judged = { case_: candidate, server: asked, evaluator: experiment.evaluate(candidate) };
      if (!disagree(experiment, judged)) return false;
      last = judged;
      return true;
    } catch {
      return false; // what is no object of its kind any more says nothing
    }
  });
  return { object: experiment.show(small), ...last };
}

/** A pair counts for its decider when one of the two is allowed and the other refused by the decider and nothing but its company. */
export function decisionsOf<C>(
  experiment: Pick<Experiment<C>, 'deciders' | 'pairOf'>,
  judged: readonly { readonly case_: C; readonly server: Verdict }[],
): Map<string, Decisions> {
  const decisions = new Map<string, Decisions>(experiment.deciders.map((decider) => [decider, { allowed: 0, refused: 0 }]));
  const halves = new Map<number, { readonly pair: Pair; readonly verdicts: Verdict[] }>();
  for (const { case_, server } of judged) {
    const pair = experiment.pairOf(case_);
    if (pair === undefined) continue;
    if (!halves.has(pair.id)) halves.set(pair.id, { pair, verdicts: [] });
    halves.get(pair.id)!.verdicts.push(server);
  }
  for (const { pair: { decider, company = [] }, verdicts } of halves.values()) {
    const allowed = verdicts.filter((verdict) => verdict.allowed).length;
    const alone = (because: string[]) => because.includes(decider) && because.every((name) => name === decider || company.includes(name));
    const refused = verdicts.filter((verdict) => !verdict.allowed && alone(verdict.because)).length;
    if (allowed === 0 || refused === 0) continue;
    if (!decisions.has(decider)) decisions.set(decider, { allowed: 0, refused: 0 });
    decisions.get(decider)!.allowed += allowed;
    decisions.get(decider)!.refused += refused;
  }
  return decisions;
}
