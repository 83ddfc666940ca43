import { AccessStatement } from '@viridial/core';

/**
 * Whether bindings allow a request, by the text of the RBAC API for rules without resource names: a second reading that
 * knows nothing of the renderer. A namespace of `undefined` asks for the whole cluster.
 */
export function allows(manifests: any[], statement: AccessStatement, namespace: string | undefined): boolean {
  const roles = new Map(manifests.filter(({ kind }) => kind === 'ClusterRole').map((role) => [role.metadata.name, role.rules]));
  return manifests
    .filter(({ kind, metadata }) => kind === 'ClusterRoleBinding' || (kind === 'RoleBinding' && metadata.namespace === namespace))
    .filter(({ subjects }) => subjects.some((subject: any) => isSubject(subject, statement)))
    .some(({ roleRef }) => roles.get(roleRef.name).some((rule: any) => covers(rule, statement)));
}

function isSubject(subject: any, { user, groups = [], serviceAccount }: AccessStatement): boolean {
  switch (subject.kind) {
    case 'User': return subject.name === user;
    case 'Group': return groups.includes(subject.name);
    default: return `${subject.namespace}/${subject.name}` === serviceAccount;
  }
}

function covers(rule: any, { verb, apiGroup = '', resource, subresource }: AccessStatement): boolean {
  const has = (list: string[], text: string): boolean => list.includes(text) || list.includes('*');
  return has(rule.verbs, verb) && has(rule.apiGroups, apiGroup) && has(rule.resources, subresource === undefined ? resource : `${resource}/${subresource}`);
}
