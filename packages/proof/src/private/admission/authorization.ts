import { Access, keysOf, MASTERS, Subject } from '../access/access';
import { groupKey } from '../access/bindings';
import { grants } from '../access/rule';
import { Ask } from '../cel/library/authorizer';

/**
 * Answers the questions of expressions by the roles and bindings of the manifests.
 *
 * @param access the roles and bindings
 * @param user who makes the request
 */
export function asker(access: Access, user: { readonly [field: string]: any }): Ask {
  const own: Subject = { user: user.username, groups: user.groups, serviceAccount: undefined };
  return ({ serviceAccount, verb, path, group = '', resource = '', subresource, namespace = '', name = '' }) => {
    const subject = serviceAccount === undefined ? own : { user: undefined, groups: [], serviceAccount };
    if (keysOf(subject).includes(groupKey(MASTERS))) return { allowed: true, reason: '' };
    const asked = { verb, apiGroup: group, resource: subresource ? `${resource}/${subresource}` : resource, name, nonResourceUrl: path };
    const granted = access.grants(subject, (within) => within === '' || (path === undefined && within === namespace)).find(({ rule }) => grants(rule, asked));
    return { allowed: granted !== undefined, reason: granted === undefined ? '' : `RBAC: allowed by ${granted.binding.identity} of ${granted.role.identity}` };
  };
}
