import { Network } from './network';
import { Party } from './party';
import { Direction, Peer, Policy, Rule } from './policy';
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
 * which rules of the other side name them. Allowing is additive, so a pod that opens something needs to match only one selector
 * of each sort; one pod for each such pair stands for all pods. Pods that no policy of their own namespace selects are
 * looked for as well.
 */
export function probesFor(network: Network, { namespace, direction, other, podLabels }: ProbeQuestion): Party[] {
  const policies = network.policiesIn(namespace).filter((policy) => policy[direction] !== undefined);
  const across = other === undefined ? undefined : { namespace: other, labels: network.labelsOf(other) };
  const own = policies.filter((policy) => policy[direction]!.some((rule) => couldMean(rule, policy, across))).map(({ pods }) => pods);
  const back = direction === 'ingress' ? 'egress' : 'ingress';
  const self = { namespace, labels: network.labelsOf(namespace) };
  const named = other === undefined ? [] : network.policiesIn(other).flatMap((policy) => (policy[back] ?? []).flatMap(({ peers }) => (peers ?? [])
    .filter((peer) => peer.block === undefined && means(peer, policy, self))
    .map(({ pods }) => pods)));
  const asked = Selector.ofLabels(podLabels);
  const probes = new Map<string, Party>();
  const add = (labels: LabelMap | undefined) => {
    if (labels === undefined) return;
    const probe = network.probe(namespace, labels, true);
    probes.set(probe.key, probe);
  };
  for (const ofOther of distinct([Selector.EVERYTHING, ...named])) {
    const either = asked.and(ofOther);
    for (const ofOwn of distinct([Selector.EVERYTHING, ...own])) add(either.and(ofOwn).sample());
    add(outsideOf(distinct(policies.map(({ pods }) => pods)), either));
  }
  return [...probes.values()];
}

/** A namespace with its labels. */
interface Across {
  readonly namespace: string;
  readonly labels: LabelMap;
}

/** Whether a rule may be about pods of a namespace or, without one, about addresses. */
function couldMean({ peers }: Rule, policy: Policy, across: Across | undefined): boolean {
  return peers === undefined || peers.some((peer) => peer.block !== undefined || (across !== undefined && means(peer, policy, across)));
}

function means({ namespaces }: Peer, policy: Policy, across: Across): boolean {
  return namespaces?.matches(across.labels) ?? policy.namespace === across.namespace;
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
