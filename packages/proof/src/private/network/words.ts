import { Explanation } from './network';
import { Party } from './party';
import { Opening, Verdict } from './side';
import { distinct, enumerateSome, short } from '../text';

/** Which policies decide on a connection, one sentence for each side. */
export function describeExplanation({ egress, ingress }: Explanation, source: Party, destination: Party): string[] {
  return [describeVerdict(source, 'sends', egress), describeVerdict(destination, 'receives', ingress)];
}

/** What becomes of a connection at one side, a sentence without capital and period. */
export function describeVerdict(party: Party, does: 'sends' | 'receives', verdict: Verdict | undefined): string {
  const what = `what ${short(party.name)} ${does}`;
  if (!party.isolatable) return `no policy applies to ${short(party.name)}`;
  if (verdict === undefined) return `no policy restricts ${what}`;
  const { allowed, by, policies } = verdict;
  const names = enumerateSome(distinct(policies.map(({ identity }) => short(identity))), 3);
  if (by.length > 0) return `${describeOpenings(by)} ${by.length === 1 ? VERBS[`${allowed}`].one : VERBS[`${allowed}`].many} it${allowed ? ' through' : ''}`;
  if (allowed) return `no rule of ${names} is about it, and nothing else restricts ${what}`;
  return `${names} restrict${policies.length === 1 ? 's' : ''} ${what}, and no rule lets this through`;
}

const VERBS = { true: { one: 'lets', many: 'let' }, false: { one: 'denies', many: 'deny' } };

/** `NetworkPolicy shop/web at spec.ingress[0]`. */
export function describeOpenings(openings: Opening[]): string {
  return enumerateSome(distinct(openings.map(({ policy, rule }) => `${short(policy.identity)} at ${rule.path}`)), 3);
}
