import { Permission } from '../../blast-radius-parts';
import { Access, Grant } from '../access/access';
import { describeSubject } from '../access/bindings';
import { compareText, enumerate } from '../text';

/** Everything that a service account may ask of the API server, the cluster-wide first. */
export function permissionsOf(access: Access, serviceAccount: string): Permission[] {
  const grants = access.grants({ user: undefined, groups: [], serviceAccount }, () => true);
  const found = grants.map((grant) => ({
    place: grant.binding.namespace,
    permission: {
      text: describe(grant),
      grant: { binding: grant.binding.identity, role: grant.role.identity, rule: grant.rule.where, subject: describeSubject(grant.subject) },
    },
  }));
  const byKey = new Map(found.map((own) => [JSON.stringify(own.permission), own]));
  return [...byKey.values()].sort((a, b) => compareText(a.place, b.place) || compareText(a.permission.grant.binding, b.permission.grant.binding)
    || compareText(a.permission.grant.rule, b.permission.grant.rule)).map(({ permission }) => permission);
}

function describe({ rule, binding }: Grant): string {
  const verbs = rule.verbs.includes('*') ? 'do anything to' : enumerate(rule.verbs);
  if (rule.nonResourceUrls.length > 0) return `${verbs} ${rule.nonResourceUrls.includes('*') ? 'every path' : enumerate(rule.nonResourceUrls)} of the API server`;
  const groups = rule.apiGroups.includes('*') ? ['of any API group'] : rule.apiGroups.filter((group) => group !== '').map((group) => `of ${group}`);
  const resources = rule.resources.includes('*') ? 'any resource' : enumerate(rule.resources);
  const names = rule.resourceNames.length === 0 ? '' : ` by the name ${enumerate(rule.resourceNames, 'or')}`;
  const core = rule.apiGroups.includes('') && groups.length > 0 ? ['of the core group'] : [];
  const group = [...core, ...groups].length === 0 ? '' : ` ${enumerate([...core, ...groups])}`;
  return `${verbs} ${resources}${group}${names} ${binding.namespace === '' ? 'in the whole cluster' : `in ${binding.namespace}`}`;
}
