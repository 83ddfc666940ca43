import { Explanation } from './network';
import { Party } from './party';
import { Opening } from './side';
import { distinct, enumerateSome, short } from '../text';

/** Which policies decide on a connection, one sentence for each side. */
export function describeExplanation({ egress, egressPolicies, ingress, ingressPolicies }: Explanation, source: Party, destination: Party): string[] {
  const names = (policies: { identity: string }[]) => enumerateSome(policies.map(({ identity }) => short(identity)), 3);
  const sentence = (party: Party, does: string, openings: Opening[] | undefined, policies: { identity: string }[]) => {
    if (!party.isolatable) return `no policy applies to ${short(party.name)}`;
    if (openings === undefined) return `no policy restricts what ${short(party.name)} ${does}`;
    if (openings.length === 0) return `${names(policies)} restrict${policies.length === 1 ? 's' : ''} what ${short(party.name)} ${does}, and no rule lets this through`;
    return `${describeOpenings(openings)} ${openings.length === 1 ? 'lets' : 'let'} it through`;
  };
  return [
    sentence(source, 'sends', egress, egressPolicies),
    sentence(destination, 'receives', ingress, ingressPolicies),
  ];
}

/** `NetworkPolicy shop/web at spec.ingress[0]`. */
export function describeOpenings(openings: Opening[]): string {
  return enumerateSome(distinct(openings.map(({ policy, rule }) => `${short(policy.identity)} at ${rule.path}`)), 3);
}
