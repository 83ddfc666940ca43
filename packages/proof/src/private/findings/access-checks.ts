import { Severity } from '@viridial/core';
import { finding } from './found';
import { RULES } from './rules';
import { SubjectMatter } from './subject-matter';
import { Finding } from '../../finding';
import { Binding, BOOTSTRAPPING, describeSubject, groupKey, userKey } from '../access/bindings';
import { exampleResource, exampleVerb } from '../access/examples';
import { AccessRule, readRules } from '../access/rule';
import { enumerate } from '../text';

const EVERYBODY: { readonly [subject: string]: string } = {
  [groupKey('system:authenticated')]: 'everybody with any credential, every service account of every tenant among them',
  [groupKey('system:unauthenticated')]: 'everybody who reaches the API server, without any credential',
  [userKey('system:anonymous')]: 'everybody who reaches the API server, without any credential',
  [groupKey('system:serviceaccounts')]: 'every service account of every tenant',
};

/** Roles and bindings that give more than anybody can have meant. */
export function checkAccess({ inventory, access }: SubjectMatter): Finding[] {
  const bootstrapped = new Set(inventory.items.filter(({ labels }) => labels[BOOTSTRAPPING] !== undefined).map(({ identity }) => identity));
  const roles = [...inventory.ofKind('Role'), ...inventory.ofKind('ClusterRole')].filter(({ identity }) => !bootstrapped.has(identity));
  const bindings = access.bindings.filter(({ identity }) => !bootstrapped.has(identity));
  return [
    ...roles.flatMap(({ shape, identity, kind }) => readRules(shape, identity, kind === 'Role').flatMap((rule) => judgeRule(identity, rule))),
    ...bindings.flatMap(judgeBinding),
  ];
}

function judgeRule(role: string, rule: AccessRule): Finding[] {
  const wild = [
    ...(rule.verbs.includes('*') ? ['every verb'] : []),
    ...(rule.resources.includes('*') ? ['every resource'] : []),
    ...(rule.apiGroups.includes('*') ? ['every API group'] : []),
    ...(rule.nonResourceUrls.includes('*') ? ['every path of the API server'] : []),
  ];
  if (wild.length === 0) return [];
  const everything = wild.length === 3;
  return [finding(RULES.wildcardRole, {
    object: role,
    path: rule.where.slice(role.length + 1),
    severity: everything ? Severity.ERROR : Severity.WARNING,
    why: everything ? 'the rule grants everything: it is cluster-admin by another name' : `the rule grants ${enumerate(wild)}`,
    cure: 'write out the verbs, resources and groups that are used; the audit log of the API server has them',
    witness: `${witnessOf(rule)} to whoever has it`,
  })];
}

/** Something that the rule grants and that kubectl can be asked. */
function witnessOf(rule: AccessRule): string {
  // only a rule with * grants *, so that the answer is about this rule whatever others grant
  const verb = rule.verbs.includes('*') ? "'*'" : exampleVerb(rule);
  if (rule.nonResourceUrls.length > 0) return `kubectl auth can-i ${verb} ${rule.nonResourceUrls.includes('*') ? '/logs' : rule.nonResourceUrls[0]} says yes`;
  if (rule.resources.includes('*') && (rule.apiGroups.includes('*') || rule.apiGroups.includes(''))) return `kubectl auth can-i ${verb} '*' says yes`;
  const { resource, apiGroup } = exampleResource(rule);
  if (resource === undefined) return `${verb} on every resource of ${apiGroup} is granted`;
  const [type, part] = resource.split('/');
  return `kubectl auth can-i ${verb} ${apiGroup === '' ? type : `${type}.${apiGroup}`}${part === undefined ? '' : ` --subresource ${part}`} says yes`;
}

function judgeBinding({ identity, namespace, subjects, reference, role }: Binding): Finding[] {
  const place = namespace === '' ? 'in the whole cluster' : `in ${namespace}`;
  const open = subjects.filter((subject) => Object.hasOwn(EVERYBODY, subject)).map((subject) => finding(RULES.boundToEveryone, {
    object: identity,
    path: 'subjects',
    why: `it gives ${reference} ${place} to ${subject}: ${EVERYBODY[subject]}`,
    cure: 'bind the groups or service accounts that need it, by name',
    witness: `${describeSubject(subject)} has ${reference} ${place}`,
    related: role === undefined ? [] : [role.identity],
  }));
  const missing = role !== undefined || reference.startsWith('ClusterRole system:') ? [] : [finding(RULES.bindingToMissingRole, {
    object: identity,
    path: 'roleRef',
    why: `${reference} is not in the manifests, so what it grants ${place} is not judged`,
    cure: `add ${reference} to the manifests, or correct its name`,
  })];
  const all = reference !== 'ClusterRole cluster-admin' ? [] : [finding(RULES.clusterAdminBinding, {
    object: identity,
    path: 'roleRef',
    why: `${enumerate(subjects.map(describeSubject)) || 'nobody yet'} may do everything ${place}`,
    cure: 'bind a role that says what is needed; keep cluster-admin for one break-glass identity',
    witness: `kubectl auth can-i '*' '*'${namespace === '' ? '' : ` --namespace ${namespace}`} says yes to ${describeSubject(subjects[0] ?? 'user nobody')}`,
    related: role === undefined ? [] : [role.identity],
  })];
  return [...open, ...missing, ...all];
}
