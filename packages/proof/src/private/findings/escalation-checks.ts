import { AccessStatement, Expectation, Severity } from '@viridial/core';
import { ESCALATION_ADVICE } from './escalation-advice';
import { finding } from './found';
import { RULES } from './rules';
import { SubjectMatter } from './subject-matter';
import { AccessRequest } from '../../access-request';
import { EscalationPath, EscalationStep } from '../../escalation-path';
import { EscalationTarget } from '../../escalation-target';
import { EscalationTechnique } from '../../escalation-technique';
import { Finding } from '../../finding';
import { keysOf, Subject } from '../access/access';
import { askKubectl, describeRequests } from '../access/escalation-words';
import { FoundPath } from '../access/escalations';

const { ADMISSION, CLUSTER_ADMIN, NODE, OBJECTS } = EscalationTarget;

/** Rights that are given so that something is deployed; what they lead to is hardly meant with them. */
const EVERYDAY: EscalationTechnique[] = [EscalationTechnique.POD_CREATION, EscalationTechnique.POD_ENTRY, EscalationTechnique.HOST_ACCESS];

const EVERYBODY = /^(group system:|user system:anonymous$)/;

/** Who can become more than their rules say, unless the policy means them to. */
export function checkEscalations({ escalations, podSecurity }: SubjectMatter, expectations: Expectation[]): Finding[] {
  const meant = expectations.map(({ kind, access }) => (kind === 'may' ? access : undefined)).filter((access): access is AccessStatement => access !== undefined);
  return escalations.all
    .filter(({ path, edge }) => path.technique !== EscalationTechnique.HOST_ACCESS || edge.space === '' || podSecurity.get(edge.space)?.level !== undefined)
    .filter((found) => !meant.some((statement) => isMeant(statement, found)))
    .map(judge);
}

function judge({ path, edge, key }: FoundPath): Finding {
  const [first] = path.steps;
  const { possession } = edge.uses.map(({ because }) => because).find((because) => because.possession.subject === key)!;
  const { cure, references } = ESCALATION_ADVICE[path.technique];
  const outOfBounds = (path.targetKind === CLUSTER_ADMIN || path.targetKind === NODE) && edge.space !== '';
  return finding(RULES.escalationPath, {
    object: possession.binding!.identity,
    path: 'subjects',
    severity: outOfBounds || EVERYBODY.test(key) ? Severity.ERROR : Severity.WARNING,
    why: `${path.subject} can become ${end(path)}: ${path.steps.map((step, index) => describeStep(step, index, path)).join('; ')}`,
    cure: cure(path.steps.length > 1 || path.targetKind === EscalationTarget.SUBJECT ? 'that is stronger than its users' : undefined),
    witness: witnessOf(first, path),
    related: [possession.role.identity, ...path.steps.slice(1).flatMap(({ grants }) => grants.map(({ binding }) => binding))],
    references,
  });
}

/** Everything that the first step takes, so that it is gone with any of it. */
function witnessOf({ requests }: EscalationStep, { technique }: EscalationPath): string {
  const namespace = requests[requests.length - 1].namespace;
  const pod = technique === EscalationTechnique.HOST_ACCESS && namespace ? [`a privileged pod in ${namespace} is admitted`] : [];
  return [...requests.map((request) => `${askKubectl(request)} says yes`), ...pod].join(', and ');
}

function end({ targetKind, target }: EscalationPath): string {
  if (targetKind === CLUSTER_ADMIN) return 'cluster-admin';
  return targetKind === OBJECTS || targetKind === ADMISSION ? `more than its rules say, ${target}` : target;
}

function describeStep({ actor, requests, yields }: EscalationStep, index: number, { subject, steps, targetKind }: EscalationPath): string {
  const last = index > 0 && index === steps.length - 1 && targetKind === CLUSTER_ADMIN ? 'is cluster-admin' : `has ${yields}`;
  if (requests.length === 0) return `${actor} ${last === 'is cluster-admin' ? `takes ${yields}, and so ${last}` : `takes ${yields}`}`;
  const who = index === 0 ? 'it' : actor === subject ? 'with that it' : actor.startsWith('whoever') ? actor : 'that one';
  return `${who} may ${describeRequests(requests)}, and so ${last}`;
}

/** Whether the policy promises the first step itself; with what is given for daily work it does not mean where that can lead. */
function isMeant({ verb, apiGroup = '', resource, subresource, namespace, ...who }: AccessStatement, { path, edge, key }: FoundPath): boolean {
  const subject: Subject = { user: who.user, groups: [...who.groups ?? []], serviceAccount: who.serviceAccount };
  if (!keysOf(subject).includes(key)) return false;
  const everything = verb === '*' && resource === '*';
  if (EVERYDAY.includes(path.technique) && !everything) return false;
  if (namespace !== undefined && namespace !== edge.space) return false;
  return path.steps[0].requests.some((request: AccessRequest) => (verb === '*' || verb === request.verb)
    && (resource === '*' || ((request.apiGroup ?? '') === apiGroup && resource === request.resource && subresource === request.subresource)));
}
