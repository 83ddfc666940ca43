import { finding } from './found';
import { RULES } from './rules';
import { SubjectMatter } from './subject-matter';
import { Finding } from '../../finding';

/** NetworkPolicies that do not do what they say. */
export function checkPolicies({ inventory }: SubjectMatter): Finding[] {
  return inventory.ofKind('NetworkPolicy').flatMap(({ shape, identity }) => {
    const spec = shape.child('spec');
    const types = spec?.texts('policyTypes') ?? [];
    if (types.length === 0) return [];
    return ([['ingress', 'Ingress'], ['egress', 'Egress']] as const).filter(([direction, type]) => !types.includes(type) && spec!.children(direction).length > 0)
      .map(([direction, type]) => finding(RULES.rulesWithoutPolicyType, {
        object: identity,
        path: spec!.path(direction),
        why: `it has rules for ${direction}, but policyTypes does not have ${type}, so they let nothing through and isolate nothing`,
        cure: `add ${type} to spec.policyTypes, or remove spec.${direction}`,
      }));
  });
}
