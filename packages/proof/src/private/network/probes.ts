import { Network } from './network';
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
 * which rules of the other side name them. A pod that opens something needs to match one selector of each sort, and none
 * that something is denied to; one pod for each such pair stands for all pods. Pods that no policy of their own namespace
 * selects are looked for as well.
 */
export function probesFor(network: Network, { namespace, direction, other, podLabels }: ProbeQuestion): Party[] {
  const self = network.labelsOf(namespace);
  const across = other === undefined ? undefined : network.labelsOf(other);
  const local = network.policiesIn(namespace).filter(({ policy }) => policy[direction] !== undefined);
  const opening = local.filter(({ policy }) => policy[direction]!.some((rule) => rule.action !== 'deny' && couldMean(rule, across)));
  const denying = local.filter(({ policy }) => policy[direction]!.some((rule) => rule.action === 'deny' && couldMean(rule, across)));
  const back = direction === 'ingress' ? 'egress' : 'ingress';
  const peers = (denies: boolean) => (other === undefined ? [] : network.policiesIn(other).flatMap(({ policy }) => (policy[back] ?? [])
    .filter(({ action }) => (action === 'deny') === denies)
    .flatMap((rule) => (rule.peers ?? []).flatMap(({ pods }) => (pods?.namespaces.matches(self) ? [pods.pods] : [])))));
  const restricted = local.flatMap(({ policy }) => policy[direction]!.flatMap(({ own = [] }) => own)).filter(({ namespaces }) => namespaces.matches(self));
  const hurdles = distinct([...denying.flatMap(({ pods }) => pods), ...peers(true)]);
  const asked = Selector.ofLabels(podLabels);
  const probes = new Map<string, Party>();
  const add = (labels: LabelMap | undefined) => {
    if (labels === undefined) return;
    const probe = network.probe(namespace, labels, true);
    probes.set(probe.key, probe);
  };
  const own = distinct([Selector.EVERYTHING, ...opening.flatMap(({ pods }) => pods), ...restricted.map(({ pods }) => pods)]);
  for (const ofOther of distinct([Selector.EVERYTHING, ...peers(false)])) {
    const either = asked.and(ofOther);
    for (const ofOwn of own) {
      const wanted = either.and(ofOwn);
      add(wanted.sample());
      if (hurdles.length > 0) add(around(hurdles, wanted));
    }
    add(outsideOf(distinct(local.flatMap(({ pods }) => pods)), either));
  }
  return [...probes.values()];
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

/** Labels that fulfil a selector and as few of others as can be, taken one by one. */
function around(hurdles: Selector[], base: Selector): LabelMap | undefined {
  const passed = hurdles.reduce((left, hurdle) => hurdle.opposites().map((opposite) => left.and(opposite))
    .find((narrower) => narrower.sample() !== undefined) ?? left, base);
  return passed.sample();
}

function distinct(selectors: Selector[]): Selector[] {
  return [...new Map(selectors.map((selector) => [selector.key, selector])).values()];
}
