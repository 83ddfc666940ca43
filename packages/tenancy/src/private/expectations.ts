import { AccessStatement, ClusterProfile, Expectation } from '@viridial/core';
import { FlowExpectations, TenantRole } from '@viridial/security-policy';
import { compareText } from './compare';
import { plainFlows, RenderedNamespace } from './render';
import { NEVER, NOT_OUTSIDE, PROMISES, Request, stronger } from './role-promises';
import { Subject, subjectKey } from './subject';

/** What the rendered tenancy promises. The number of statements grows with namespaces and members, never with pairs of them. */
export function expectationsOf(namespaces: RenderedNamespace[], profile: ClusterProfile, deployerHome: string): Expectation[] {
  return [...namespaces.flatMap((namespace) => namespacePromises(namespace, profile)), ...accessPromises(namespaces, deployerHome)];
}

function namespacePromises(namespace: RenderedNamespace, profile: ClusterProfile): Expectation[] {
  const { name, level, bounds } = namespace;
  return [
    Expectation.podSecurity({
      namespace: name, level, version: `v${profile.version.minorText}`, reason: `pods of ${name} are held to ${level}`,
    }),
    ...(bounds ? [Expectation.bounded({ namespace: name, reason: `${name} cannot take more of the cluster than its budget` })] : []),
    ...FlowExpectations.of({ namespace: name, flows: plainFlows(namespace), profile }),
  ];
}

/** A subject, and its strongest role in each namespace where it has one. */
interface Rights {
  readonly subject: Subject;
  readonly roles: Map<string, TenantRole>;
}

function accessPromises(namespaces: RenderedNamespace[], deployerHome: string): Expectation[] {
  const bySubject = new Map<string, Rights>();
  const grant = (subject: Subject, namespace: string, role: TenantRole): void => {
    const key = subjectKey(subject);
    const rights = bySubject.get(key) ?? { subject, roles: new Map<string, TenantRole>() };
    rights.roles.set(namespace, stronger(rights.roles.get(namespace) ?? role, role));
    bySubject.set(key, rights);
  };
  for (const { name, members, tenant } of namespaces) {
    if (tenant) grant({ kind: 'ServiceAccount', namespace: deployerHome, name }, name, TenantRole.DEPLOYER);
    for (const { subject, role } of members) grant(subject, name, role);
  }
  return [...bySubject.keys()].sort(compareText).flatMap((key) => subjectPromises(bySubject.get(key)!));
}

function subjectPromises({ subject, roles }: Rights): Expectation[] {
  const who = statementSubject(subject);
  const name = subject.namespace === undefined ? subject.name : `${subject.namespace}/${subject.name}`;
  const own = [...roles.keys()].sort(compareText);
  const say = (request: Request, where: Partial<AccessStatement>, reason: string): AccessStatement => ({ ...who, ...request, ...where, reason });
  return [
    ...own.flatMap((namespace) => {
      const role = roles.get(namespace)!;
      return [
        ...PROMISES[role].may.map((request) => Expectation.may(say(request, { namespace }, `${name} is ${role} of ${namespace}`))),
        ...PROMISES[role].mayNot.map((request) => Expectation.mayNot(say(request, { namespace }, `${name} is no more than ${role} of ${namespace}`))),
      ];
    }),
    ...NEVER.map((request) => Expectation.mayNot(say(request, { exceptNamespaces: [] }, `nobody of a tenant may ${textOf(request)}, and ${name} is one`))),
    ...NOT_OUTSIDE.map((request) => Expectation.mayNot(say(request, { exceptNamespaces: own }, `${name} has no role outside ${own.join(', ')}`))),
  ];
}

function statementSubject(subject: Subject): Partial<AccessStatement> {
  switch (subject.kind) {
    case 'User': return { user: subject.name };
    case 'Group': return { groups: [subject.name] };
    case 'ServiceAccount': return { serviceAccount: `${subject.namespace}/${subject.name}` };
  }
}

function textOf({ verb, resource, subresource }: Request): string {
  return `${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}`;
}
