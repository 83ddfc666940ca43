import { KubernetesName, Problems } from '@viridial/core';

/** Somebody whom a RoleBinding binds. */
export interface Subject {
  readonly kind: 'Group' | 'ServiceAccount' | 'User';
  readonly name: string;
  /** Of a service account. */
  readonly namespace?: string;
}

const KINDS: { [prefix: string]: Subject['kind'] } = { group: 'Group', serviceaccount: 'ServiceAccount', user: 'User' };

const ALLOWED = "'group:<name>', 'user:<name>', 'oidc:<group>' or 'serviceaccount:<namespace>/<name>'";

/** Reads a member; nothing when a problem was added. Groups of the identity provider get the prefix that the API server puts before them. */
export function parseSubject(problems: Problems, path: string, text: string, oidcGroupsPrefix: string): Subject | undefined {
  const match = /^(group|user|oidc|serviceaccount):(\S+)$/.exec(text);
  if (match === null) {
    problems.error({
      code: 'InvalidMember', path, message: `member '${text}' is not written as a member`, value: text, allowed: ALLOWED, cure: 'say whether it is a group, a user or a service account',
    });
    return undefined;
  }
  const [, prefix, name] = match;
  if (prefix === 'oidc') return parsePerson(problems, path, 'Group', `${oidcGroupsPrefix}${name}`);
  return prefix === 'serviceaccount' ? parseServiceAccount(problems, path, text, name) : parsePerson(problems, path, KINDS[prefix], name);
}

/** The subject as RBAC has it. */
export function rbacSubject(subject: Subject): any {
  return subject.kind === 'ServiceAccount'
    ? { kind: subject.kind, name: subject.name, namespace: subject.namespace }
    : { apiGroup: 'rbac.authorization.k8s.io', kind: subject.kind, name: subject.name };
}

/** A text that is the same for the same subject alone. */
export function subjectKey({ kind, namespace, name }: Subject): string {
  return `${kind} ${namespace ?? ''}/${name}`;
}

function parseServiceAccount(problems: Problems, path: string, text: string, name: string): Subject | undefined {
  const [namespace, account, ...rest] = name.split('/');
  if (account === undefined || rest.length > 0) {
    problems.error({
      code: 'InvalidMember', path, message: `'${text}' does not name a service account`, value: text, allowed: ALLOWED, cure: 'name the namespace of the service account as well',
    });
    return undefined;
  }
  KubernetesName.collectDnsLabel(problems, path, namespace, 'namespace of the service account');
  KubernetesName.collectDnsSubdomain(problems, path, account, 'service account');
  return { kind: 'ServiceAccount', namespace, name: account };
}

/**
 * Names below `system:` stand for whole classes of users (`system:authenticated` is everybody with an account,
 * `system:serviceaccounts` every pod of the cluster) or for the cluster's own components.
 */
function parsePerson(problems: Problems, path: string, kind: Subject['kind'], name: string): Subject | undefined {
  if (!name.startsWith('system:')) return { kind, name };
  problems.error({
    code: 'ReservedMember',
    path,
    message: `${name} stands for users that the tenant does not know`,
    value: name,
    allowed: 'users and groups outside system:',
    cure: 'name the group of the tenant, or a service account as serviceaccount:<namespace>/<name>',
  });
  return undefined;
}
