import { LocalPolicy, Network } from './network';
import { Party } from './party';
import { Direction, PodSelection, Rule } from './policy';
import { LabelMap, Selector } from './selector';

/** What the pods of a namespace have to do with another side. */
export interface ProbeQuestion {
  readonly namespace: string;

  /** Direction of the connection at these pods. */
  readonly direction: Direction;

  /** Namespace of the other side; absent when that is an address. */
  readonly other: string | undefined;

  /** Labels that the pods have to have. */
  readonly podLabels: LabelMap;
}

/**
 * Pods that somebody could create in a namespace, one for each way in which policies could treat them.
 *
 * Whether a connection of two pods gets through depends on which policies of their own namespaces select them, and on
 * which rules of the other side name them. Where policies only ever allow, a pod that opens something needs to match one
 * selector of each sort, so one pod for each such pair stands for all, and one that no policy selects. Where policies
 * deny, or stand in tiers, there is one pod for each way to match some selectors and not the others.
 */
export function probesFor(network: Network, question: ProbeQuestion): Party[] {
  const { namespace, podLabels } = question;
  const selectors = selectorsAbout(network, question);
  const asked = Selector.ofLabels(podLabels);
  const labels = selectors.additive ? undefined : everyWay(distinct([...selectors.own, ...selectors.others, ...selectors.isolating]), asked);
  const probes = (labels ?? fewWays(selectors, asked)).map((own) => network.probe(namespace, own, true));
  return [...new Map(probes.map((probe) => [probe.key, probe])).values()];
}

/** The selectors on which it depends how pods fare. */
interface Selectors {
  /** Policies only ever allow, in one tier. */
  readonly additive: boolean;

  /** Pods that policies of their own are about, as far as they speak of the other side. */
  readonly own: Selector[];

  /** Pods that rules of the other side name. */
  readonly others: Selector[];

  /** Pods that only have what rules allow them. */
  readonly isolating: Selector[];
}

function selectorsAbout(network: Network, { namespace, direction, other }: ProbeQuestion): Selectors {
  const self = network.labelsOf(namespace);
  const across = other === undefined ? undefined : network.labelsOf(other);
  const back = direction === 'ingress' ? 'egress' : 'ingress';
  const local = network.policiesIn(namespace).filter(({ policy }) => policy[direction] !== undefined);
  const remote = other === undefined ? [] : network.policiesIn(other).filter(({ policy }) => policy[back] !== undefined);
  const speaking = local.filter(({ policy }) => policy[direction]!.some((rule) => couldMean(rule, across)));
  const narrowed = local.flatMap(({ policy }) => policy[direction]!.flatMap(({ own = [] }) => own))
    .filter(({ namespaces }) => namespaces.matches(self));
  const named = remote.flatMap(({ policy }) => policy[back]!.flatMap(({ peers }) => peers ?? []))
    .flatMap(({ pods }) => (pods?.namespaces.matches(self) ? [pods.pods] : []));
  return {
    additive: isAdditive(local, direction) && isAdditive(remote, back),
    own: distinct([...speaking.flatMap(({ pods }) => pods), ...narrowed.map(({ pods }) => pods)]),
    others: distinct(named),
    isolating: distinct(local.filter(({ policy }) => policy.isolates[direction]).flatMap(({ pods }) => pods)),
  };
}

function isAdditive(local: LocalPolicy[], direction: Direction): boolean {
  return new Set(local.map(({ policy }) => policy.tier)).size < 2
    && local.every(({ policy }) => policy.isolates[direction] && policy[direction]!.every(({ action, own }) => action === 'allow' && own === undefined));
}

/** Labels that match one selector of each sort, and those that no policy selects. */
function fewWays({ own, others, isolating }: Selectors, asked: Selector): LabelMap[] {
  return distinct([Selector.EVERYTHING, ...others]).flatMap((ofOther) => {
    const either = asked.and(ofOther);
    const matching = distinct([Selector.EVERYTHING, ...own]).map((ofOwn) => either.and(ofOwn).sample());
    return [...matching, outsideOf(isolating, either)].filter((labels) => labels !== undefined);
  });
}

/** Labels for each way to match some of the selectors and not the others; nothing when there are too many to tell. */
function everyWay(selectors: Selector[], asked: Selector): LabelMap[] | undefined {
  const found = new Map<string, LabelMap>();
  let attempts = 0;
  const search = (index: number, sofar: Selector): void => {
    if (++attempts > MOST_ATTEMPTS) return;
    const labels = sofar.sample();
    if (labels === undefined) return;
    if (index < selectors.length) {
      for (const next of [selectors[index], ...selectors[index].opposites()]) search(index + 1, sofar.and(next));
    } else {
      const way = selectors.map((selector) => selector.matches(labels)).join();
      if (!found.has(way)) found.set(way, labels);
    }
  };
  search(0, asked);
  return attempts > MOST_ATTEMPTS ? undefined : [...found.values()];
}

/** Whether a rule may be about pods of a namespace with these labels or, without them, about addresses. */
function couldMean({ peers }: Rule, across: LabelMap | undefined): boolean {
  return peers === undefined || peers.some((peer) => peer.pods === undefined || (across !== undefined && reaches(peer.pods, across)));
}

function reaches({ namespaces }: PodSelection, across: LabelMap): boolean {
  return namespaces.matches(across);
}

/** Looking for a way around policies stops after this many attempts; manifests of people need a handful. */
const MOST_ATTEMPTS = 2000;

/** Labels that fulfil a selector and that no policy selects: for each policy one requirement is broken, all of them at once. */
function outsideOf(policies: Selector[], base: Selector): LabelMap | undefined {
  let attempts = 0;
  const search = (index: number, broken: Selector): LabelMap | undefined => {
    if (++attempts > MOST_ATTEMPTS) return undefined;
    const labels = broken.sample();
    if (labels === undefined || index === policies.length) return labels;
    for (const opposite of policies[index].opposites()) {
      const found = search(index + 1, broken.and(opposite));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return policies.some(({ matchesEverything }) => matchesEverything) ? undefined : search(0, base);
}

function distinct(selectors: Selector[]): Selector[] {
  return [...new Map(selectors.map((selector) => [selector.key, selector])).values()];
}
