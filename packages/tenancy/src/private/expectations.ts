import { AccessStatement, ClusterProfile, Expectation } from '@viridial/core';
import { AdmissionExpectations, AdmissionNamespace, FlowExpectations, TenantRole } from '@viridial/security-policy';
import { compareText, sortedOnce } from './compare';
import { isRetired } from './lifecycle';
import { sharedTierPromises } from './network-tier';
import type { RenderInput } from './render';
import { plainFlows, RenderedNamespace } from './rendered-namespace';
import { GIVE_ROLES, NEVER, NOT_OUTSIDE, PROMISES, Request, SELF_SERVICE, stronger } from './role-promises';
import { Subject, subjectKey } from './subject';

/** What the rendered tenancy promises. The number of statements grows with namespaces and members, never with pairs of them. */
export function expectationsOf(namespaces: RenderedNamespace[], input: RenderInput, rights: AllRights): Expectation[] {
  const { admission } = input.guards;
  return [
    ...namespaces.flatMap((namespace) => namespacePromises(namespace, input.profile)),
    ...sharedTierPromises(input),
    ...(admission ? AdmissionExpectations.of({ ...admission, namespaces: held(namespaces) }) : []),
    ...[...rights.keys()].sort(compareText).flatMap((key) => subjectPromises(rights.get(key)!, (name) => rights.get(key)!.roles.has(name))),
  ];
}

/**
 * What some namespaces promise. Of a subject that has roles elsewhere too it is said what it may do in these, and that it has
 * no role where nobody gave it one. Of admission policies, which are the same for all, only the plainest is said.
 */
export function expectationsIn(namespaces: RenderedNamespace[], input: RenderInput, rights: AllRights, deployerHome: string): Expectation[] {
  const names = new Set(namespaces.map(({ name }) => name));
  const { admission } = input.guards;
  return [
    ...namespaces.flatMap((namespace) => namespacePromises(namespace, input.profile)),
    ...(admission ? AdmissionExpectations.plainest({ ...admission, namespaces: held(namespaces) }) : []),
    ...subjectKeys(namespaces, deployerHome).flatMap((key) => subjectPromises(rights.get(key)!, (name) => names.has(name))),
  ];
}

function held(namespaces: RenderedNamespace[]): AdmissionNamespace[] {
  return namespaces.flatMap(({ admission }) => (admission ? [admission()] : []));
}

function namespacePromises(namespace: RenderedNamespace, profile: ClusterProfile): Expectation[] {
  const { name, bounds, guarded } = namespace;
  const level = namespace.enforced ?? namespace.level;
  return [
    Expectation.podSecurity({
      namespace: name, level, version: `v${profile.version.minorText}`, reason: `pods of ${name} are held to ${level}`,
    }),
    ...(bounds ? [Expectation.bounded({ namespace: name, reason: `${name} cannot take more of the cluster than its budget` })] : []),
    ...FlowExpectations.of({ namespace: name, flows: plainFlows(namespace), profile }),
    ...(guarded?.() ?? []),
  ];
}

/** More namespaces than anybody reads in a sentence. */
const MANY = 8;

/** A subject, and its strongest role in each namespace where it has one. */
export interface Rights {
  readonly subject: Subject;
  readonly roles: Map<string, TenantRole>;
  /** The namespaces of `roles`, sorted; shared by all statements, because a subject may be with thousands of tenants. */
  readonly namespaces: string[];
  /** Those of them where it keeps members and network policies itself. */
  readonly selfService: string[];
}

/** All subjects of a tenancy by their key. */
export type AllRights = Map<string, Rights>;

/** Who has which role where. */
export function rightsOf(namespaces: RenderedNamespace[], deployerHome: string): AllRights {
  const bySubject: AllRights = new Map();
  for (const namespace of namespaces) {
    for (const { subject, role } of grantsIn(namespace, deployerHome)) {
      const key = subjectKey(subject);
      const rights = bySubject.get(key) ?? { subject, roles: new Map<string, TenantRole>(), namespaces: [], selfService: [] };
      if (!rights.roles.has(namespace.name)) rights.namespaces.push(namespace.name);
      if (role === TenantRole.ADMIN && namespace.tenant?.tenant.selfService) rights.selfService.push(namespace.name);
      rights.roles.set(namespace.name, stronger(rights.roles.get(namespace.name) ?? role, role));
      bySubject.set(key, rights);
    }
  }
  for (const { namespaces: own } of bySubject.values()) own.sort(compareText);
  return bySubject;
}

/** The keys of all subjects that have a role in one of the namespaces, in one order. */
export function subjectKeys(namespaces: RenderedNamespace[], deployerHome: string): string[] {
  return sortedOnce(namespaces.flatMap((namespace) => grantsIn(namespace, deployerHome).map(({ subject }) => subjectKey(subject))));
}

function grantsIn({ name, members, tenant }: RenderedNamespace, deployerHome: string): { subject: Subject; role: TenantRole }[] {
  if (tenant === undefined || isRetired(tenant.tenant)) return [];
  return [{ subject: { kind: 'ServiceAccount', namespace: deployerHome, name }, role: TenantRole.DEPLOYER }, ...members];
}

function subjectPromises({ subject, roles, namespaces: own, selfService }: Rights, isMeant: (namespace: string) => boolean): Expectation[] {
  const who = statementSubject(subject);
  const name = subject.namespace === undefined ? subject.name : `${subject.namespace}/${subject.name}`;
  const elsewhere = own.length > MANY ? `${own.length} namespaces` : own.join(', ');
  const say = (request: Request, where: Partial<AccessStatement>, reason: string): AccessStatement => ({ ...who, ...request, ...where, reason });
  return [
    ...own.filter(isMeant).flatMap((namespace) => {
      const role = roles.get(namespace)!;
      return [
        ...PROMISES[role].may.map((request) => Expectation.may(say(request, { namespace }, `${name} is ${role} of ${namespace}`))),
        ...PROMISES[role].mayNot.map((request) => Expectation.mayNot(say(request, { namespace }, `${name} is no more than ${role} of ${namespace}`))),
      ];
    }),
    ...NEVER.map((request) => Expectation.mayNot(say(request, { exceptNamespaces: [] }, `nobody of a tenant may ${textOf(request)}, and ${name} is one`))),
    ...[...SELF_SERVICE, GIVE_ROLES].map((request) => Expectation.mayNot(say(request, { exceptNamespaces: [...selfService].sort(compareText) }, `${name} keeps no ${request.resource} where nobody said so`))),
    ...selfService.filter(isMeant).flatMap((namespace) => SELF_SERVICE.map((request) => (
      Expectation.may(say(request, { namespace }, `administrators of ${namespace} keep ${request.resource} themselves`))))),
    ...NOT_OUTSIDE.map((request) => Expectation.mayNot(say(request, { exceptNamespaces: own }, `${name} has no role outside ${elsewhere}`))),
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
