import { isEverything } from './coverage';
import { EdgeCollector, Use } from './edge-collector';
import { Place, rolePlace, rolesOf, rootBy } from './places';
import { AccessRole } from './roles';
import { rightOn } from './terrain';
import { EscalationTechnique } from '../../escalation-technique';

const { ROLE_BINDING, ROLE_ESCALATION } = EscalationTechnique;

/**
 * Giving oneself rules that one does not have. The API server refuses that unless the verbs `bind` or `escalate` are
 * granted, so that writing roles and bindings alone is no escalation.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update
 */
export function roleEdges(collector: EdgeCollector): void {
  create(collector);
  change(collector);
  if (collector.space === '') escalateClusterRoles(collector);
  escalateRoles(collector);
}

function create(collector: EdgeCollector): void {
  const { space, terrain } = collector;
  if (space === '') {
    const cluster = collector.any('createClusterRoleBindings');
    if (cluster !== undefined) bindClusterRoles(collector, { because: cluster }, '');
  }
  const inNamespace = collector.any('createRoleBindings');
  if (inNamespace === undefined) return;
  // whoever may do it everywhere does it where the control plane has its service accounts
  const use: Use = { because: inNamespace, namespace: space || 'kube-system' };
  bindClusterRoles(collector, use, space || 'kube-system');
  const { any, named } = collector.right('bindRoles');
  if (any !== undefined) {collector.add(ROLE_BINDING, rolesOf(space), { because: inNamespace }, { because: any });} else {
    for (const [name, because] of named) {
      const spaces = space === '' ? [...terrain.rolesIn.keys()] : [space];
      for (const own of spaces) {
        const role = terrain.role('Role', name, own);
        if (role === undefined) continue;
        collector.add(ROLE_BINDING, rolePlace(role.identity, own), { because: inNamespace, namespace: own }, { because, name, namespace: own });
      }
    }
  }
}

function bindClusterRoles(collector: EdgeCollector, use: Use, namespace: string): void {
  const { any, named } = collector.right('bindClusterRoles');
  const names = any === undefined ? [...named.keys()] : ['cluster-admin'];
  for (const name of names) {
    const role = collector.terrain.role('ClusterRole', name, '');
    if (role !== undefined) collector.add(ROLE_BINDING, having(role, namespace), use, { because: any ?? named.get(name)!, name, namespace });
  }
}

/** Adding oneself to a binding that is there. */
function change(collector: EdgeCollector): void {
  const { space, terrain } = collector;
  const write = collector.right(space === '' ? 'changeClusterRoleBindings' : 'changeRoleBindings');
  const clusterRoles = collector.right('bindClusterRoles');
  const roles = collector.right('bindRoles');
  const strongest = rightOn(clusterRoles, 'cluster-admin');
  const own = rightOn(write, 'cluster-admin');
  // every API server makes the binding of cluster-admin to system:masters
  if (space === '' && own !== undefined && strongest !== undefined) {
    collector.add(ROLE_BINDING, rootBy('role'), { because: own, name: 'cluster-admin' }, { because: strongest, name: 'cluster-admin' });
  }
  const any = clusterRoles.any !== undefined || roles.any !== undefined;
  const named = [...[...clusterRoles.named.keys()].map((name) => `ClusterRole ${name}`), ...[...roles.named.keys()].map((name) => `Role ${name}`)];
  const bindings = any ? terrain.access.bindingsIn(space) : named.flatMap((text) => terrain.bindingsOf(text, space));
  for (const { identity, reference, role, namespace } of bindings) {
    const name = identity.replace(/^.*[ /]/, '');
    const [kind, roleName] = reference.split(' ');
    const writes = rightOn(write, name);
    const binds = rightOn(kind === 'ClusterRole' ? clusterRoles : roles, roleName);
    if (role === undefined || writes === undefined || binds === undefined) continue;
    collector.add(ROLE_BINDING, having(role, namespace), { because: writes, name, namespace }, { because: binds, name: roleName, namespace });
  }
}

/** Writing anything into a ClusterRole that one has; rights on ClusterRoles are for the whole cluster or none. */
function escalateClusterRoles(collector: EdgeCollector): void {
  const { holder } = collector;
  const escalate = collector.right('escalateClusterRoles');
  const write = collector.right('changeClusterRoles');
  for (const { role } of holder.at('')) {
    const writes = rightOn(write, role.name);
    const escalates = rightOn(escalate, role.name);
    if (writes !== undefined && escalates !== undefined) {
      return collector.add(ROLE_ESCALATION, rootBy('role'), { because: writes, name: role.name }, { because: escalates, name: role.name });
    }
  }
  // what is labelled for an aggregated role becomes part of it
  const make = collector.any('createClusterRoles');
  if (make !== undefined && escalate.any !== undefined && holder.at('').some(({ role }) => role.selectors !== undefined)) {
    collector.add(ROLE_ESCALATION, rootBy('role'), { because: make }, { because: escalate.any });
  }
}

function escalateRoles(collector: EdgeCollector): void {
  const { holder, space } = collector;
  const escalate = collector.right('escalateRoles');
  const write = collector.right('changeRoles');
  const everything = collector.terrain.role('ClusterRole', 'cluster-admin', '')!;
  for (const { role } of space === '' ? [] : holder.at(space)) {
    if (role.namespace !== space) continue;
    const writes = rightOn(write, role.name);
    const escalates = rightOn(escalate, role.name);
    if (writes !== undefined && escalates !== undefined) {
      return collector.add(ROLE_ESCALATION, having(everything, space), { because: writes, name: role.name }, { because: escalates, name: role.name });
    }
  }
  const all = (['createRoles', 'escalateRoles', 'createRoleBindings', 'bindRoles'] as const).map((right) => collector.any(right));
  const namespace = space || 'kube-system';
  const uses = all.flatMap((because): Use[] => (because === undefined ? [] : [{ because, namespace }]));
  if (uses.length === all.length) collector.add(ROLE_ESCALATION, having(everything, namespace), ...uses);
}

function having(role: AccessRole, namespace: string): Place {
  return namespace === '' && isEverything(role.rules) ? rootBy('role') : rolePlace(role.identity, namespace);
}
