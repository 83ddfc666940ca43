import { Problems } from '@viridial/core';
import { TenantRole } from '@viridial/security-policy';
import { Role } from '../role';
import { compareText } from './compare';
import { parseSubject, Subject, subjectKey } from './subject';

/** A subject with its role in one environment. */
export interface Member {
  readonly environment: string;
  readonly role: TenantRole;
  readonly subject: Subject;
}

/** What reading the members of a tenant needs to know. */
export interface MemberContext {
  readonly path: string;
  /** Environments of the tenant. */
  readonly environments: string[];
  /** The namespaces of the tenant. */
  readonly own: Set<string>;
  /** The namespaces of all tenants. */
  readonly all: Set<string>;
  /** What the API server puts before the groups of the identity provider. */
  readonly oidcGroupsPrefix: string;
}

/** The members of a tenant, environment by environment, each once. */
export function membersOf(problems: Problems, members: Role[], context: MemberContext): Member[] {
  const byKey = new Map<string, Member>();
  members.forEach((member, index) => {
    const path = `${context.path}[${index}]`;
    const subject = parseSubject(problems, path, member.member, context.oidcGroupsPrefix);
    collectEnvironments(problems, `${path}.environments`, member.environments, context.environments);
    if (subject === undefined) return;
    collectServiceAccount(problems, path, subject, member.tenantRole, context);
    for (const environment of member.environments ?? context.environments) {
      const entry = { environment, role: member.tenantRole, subject };
      byKey.set(`${environment} ${member.tenantRole} ${subjectKey(subject)}`, entry);
    }
  });
  return [...byKey.keys()].sort(compareText).map((key) => byKey.get(key)!);
}

/** Reports environments that are not among the known ones, and a list that names none. */
export function collectEnvironments(problems: Problems, path: string, named: string[] | undefined, known: string[]): void {
  if (named === undefined) return;
  if (named.length === 0) {
    problems.error({ code: 'EmptyList', path, message: 'environments is empty, so nothing is there', value: [], allowed: 'at least one', cure: 'name one, or leave environments out to mean all' });
  }
  named.forEach((environment, index) => {
    if (known.includes(environment)) return;
    problems.error({
      code: 'UnknownEnvironment',
      path: `${path}[${index}]`,
      message: `there is no environment ${environment}`,
      value: environment,
      allowed: known.join(', '),
      cure: 'correct the name, or add the environment',
    });
  });
}

/**
 * Whoever may create pods in a namespace can run them under any service account of it, so a service account in a
 * namespace of a tenant passes its rights on to that tenant's developers.
 */
function collectServiceAccount(problems: Problems, path: string, subject: Subject, role: TenantRole, { own, all }: MemberContext): void {
  const { namespace } = subject;
  if (namespace === undefined || !all.has(namespace)) return;
  if (!own.has(namespace)) {
    problems.error({
      code: 'MemberOfAnotherTenant',
      path,
      message: `service account ${namespace}/${subject.name} belongs to another tenant, whose developers would get its rights`,
      value: `${namespace}/${subject.name}`,
      cure: 'take a service account of your own, or one outside the namespaces of tenants',
    });
  } else if (role !== TenantRole.VIEWER) {
    problems.error({
      code: 'MemberEscalates',
      path,
      message: `every pod of ${namespace} could run as service account ${subject.name} and act as ${role}`,
      value: `${namespace}/${subject.name}`,
      allowed: 'viewer, for a service account in a namespace of the tenant',
      cure: 'take the deployer of the namespace, or a service account outside the namespaces of tenants',
    });
  }
}
