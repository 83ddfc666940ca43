import { AccessStatement } from '@viridial/core';
import { finding } from './found';
import { RULES } from './rules';
import { SubjectMatter } from './subject-matter';
import { Finding } from '../../finding';
import { Access, Grant, keysOf, MASTERS, Subject } from '../access/access';
import { describeSubject, groupKey } from '../access/bindings';
import { exampleResource, exampleVerb } from '../access/examples';
import { AccessRule, grants, RuleRequest, touches } from '../access/rule';
import { compareText, distinct, enumerateSome, groupBy, short } from '../text';

/**
 * Judges statements about requests.
 *
 * Whoever is no anonymous user is in `system:authenticated`. `May` asks as the API server is asked: `*` stands for every verb
 * or resource at once. `May not` asks for anything at all: `*` stands for any verb or resource, and a rule for one object by
 * name counts. Without a namespace `may` is about the whole cluster, `may not` about every namespace and the cluster.
 */
export class AccessJudge {
  private readonly access: Access;

  constructor({ access }: SubjectMatter) {
    this.access = access;
  }

  /** Requests that are authorised although they should not be; one finding for each binding that does it. */
  public mayNot(statement: AccessStatement): Finding[] {
    const subject = subjectOf(statement);
    const request = requestOf(statement);
    const anyGroup = statement.resource === '*' && statement.apiGroup === undefined;
    const except = new Set(statement.exceptNamespaces);
    const forbidden = (namespace: string) => namespace === '' || (statement.namespace === undefined ? !except.has(namespace) : namespace === statement.namespace);
    const found = this.access.grants(subject, forbidden).filter(({ rule }) => touches(rule, request, anyGroup));
    const masters = keysOf(subject).includes(groupKey(MASTERS)) ? [finding(RULES.accessOpen, {
      object: `group ${MASTERS}`,
      why: `${describeStatement(statement, 'may not')} (${statement.reason}), but members of ${MASTERS} may do everything, whatever the bindings say`,
      cure: 'issue credentials without that group',
      references: ['CIS 5.1.7'],
    })] : [];
    const byBinding = groupBy(sorted(found), ({ binding, subject: own }) => `${binding.identity} ${own}`);
    return [...masters, ...[...byBinding.values()].map((own) => this.opened(statement, request, own))];
  }

  /** Requests that are refused although they should not be. */
  public may(statement: AccessStatement): Finding[] {
    const subject = subjectOf(statement);
    if (keysOf(subject).includes(groupKey(MASTERS))) return [];
    const { namespace } = statement;
    const own = this.access.grants(subject, (place) => place === '' || place === namespace);
    const request = requestOf(statement);
    if (own.some(({ rule }) => grants(rule, request))) return [];
    const bindings = distinct(own.map(({ binding }) => binding.identity));
    const place = namespace === undefined ? 'for the whole cluster' : `in ${namespace}`;
    const has = bindings.length === 0 ? `no binding ${place} names them` : `${enumerateSome(bindings.map(short), 3)} give${bindings.length === 1 ? 's' : ''} them something else`;
    const near = this.access.bindingsIn(namespace ?? '')
      .find(({ role }) => role !== undefined && role.name !== 'cluster-admin' && role.rules.some((rule) => grants(rule, request)));
    const nobody = namespace === undefined ? 'the cluster' : `Namespace ${namespace}`;
    return [finding(RULES.accessMissing, {
      object: near?.identity ?? (bindings.length === 1 ? bindings[0] : nobody),
      path: near === undefined ? '' : 'subjects',
      why: `${describeStatement(statement, 'may')} (${statement.reason}), but ${has}`,
      cure: near !== undefined ? `add ${describeWho(statement)} to the subjects of ${short(near.identity)}, which grants it to others`
        : bindings.length === 0 ? `bind a role with that rule to ${describeWho(statement)} ${place}`
          : `add verb ${statement.verb} on ${showResource(statement)} to a role they have there`,
      witness: `${canI(statement, statement.verb, kubectlResource(statement, ''), namespace)} says no`,
      related: [...bindings, ...own.map(({ role }) => role.identity)],
    })];
  }

  private opened(statement: AccessStatement, request: RuleRequest, own: Grant[]): Finding {
    const [{ binding, role, subject }] = own;
    const examples = own.map(({ rule }) => exampleOf(rule, request)).sort((a, b) => a.rank - b.rank);
    const [worst] = examples;
    const place = binding.namespace === '' ? statement.namespace : binding.namespace;
    const rules = own.map(({ rule }) => rule.where);
    const gives = rules.length === 1 ? `, whose rule grants ${worst.text}` : `, ${rules.length} rules of which grant such things, ${worst.text} among them`;
    return finding(RULES.accessOpen, {
      object: binding.identity,
      path: 'subjects',
      why: `${describeStatement(statement, 'may not')} (${statement.reason}), but the binding gives ${describeSubject(subject)} the ${binding.reference}${gives}`,
      cure: `take ${describeSubject(subject)} out of the binding${rules.length === 1 ? `, or narrow ${short(rules[0])}` : ', or bind a smaller role'}`,
      witness: worst.question === undefined
        ? `${describeSubject(subject)} may ${worst.text}${place === undefined ? '' : ` in ${place}`}`
        : `${canI(statement, worst.question.verb, worst.question.what, place)} says yes`,
      related: [role.identity, ...rules.map((where) => where.replace(/ rules\[\d+\]$/, ''))],
    });
  }
}

/** One request out of those that a rule grants and that are asked about. */
interface Example {
  /** The request as people say it: `get secrets database`. */
  readonly text: string;

  /** What makes up the question to kubectl; absent when there is no resource that kubectl is sure to know. */
  readonly question: { readonly verb: string; readonly what: string } | undefined;

  /** How tempting it is, the most tempting first. */
  readonly rank: number;
}

function exampleOf(rule: AccessRule, request: RuleRequest): Example {
  const verb = request.verb === '*' ? exampleVerb(rule) : request.verb;
  const { rank, ...listed } = exampleResource(rule);
  const { resource, apiGroup } = request.resource.startsWith('*') ? listed : request;
  const [name = ''] = rule.resourceNames;
  if (resource === undefined) return { text: `${verb} anything of ${apiGroup}`, question: undefined, rank };
  const example = { resource, apiGroup };
  return { text: `${verb} ${showResource(example)}${name === '' ? '' : ` ${name}`}`, question: { verb, what: kubectlResource(example, name) }, rank };
}

function subjectOf({ user, groups = [], serviceAccount }: AccessStatement): Subject {
  const anonymous = user === 'system:anonymous' || groups.includes('system:unauthenticated');
  return { user, serviceAccount, groups: anonymous ? [...groups, 'system:unauthenticated'] : [...groups, 'system:authenticated'] };
}

function requestOf({ verb, apiGroup = '', resource, subresource }: AccessStatement): RuleRequest {
  return { verb, apiGroup, resource: subresource ? `${resource}/${subresource}` : resource, name: '', nonResourceUrl: undefined };
}

function sorted(found: Grant[]): Grant[] {
  return [...found].sort((a, b) => compareText(a.binding.identity, b.binding.identity)
    || compareText(a.rule.where, b.rule.where) || compareText(a.subject, b.subject));
}

/** The resource of a statement or rule. */
type Resource = Pick<AccessStatement, 'resource' | 'subresource' | 'apiGroup'>;

/** A resource as people write it: `deployments.apps/scale`. */
function showResource(resource: Resource): string {
  const { type, part } = partsOf(resource);
  return part === undefined ? type : `${type}/${part}`;
}

/** A resource as kubectl takes it, for which a slash comes before a name: `secrets/database`, `pods --subresource exec`. */
function kubectlResource(resource: Resource, name: string): string {
  const { type, part } = partsOf(resource);
  return `${type === '*' ? "'*'" : type}${name === '' ? '' : `/${name}`}${part === undefined ? '' : ` --subresource ${part}`}`;
}

function partsOf({ resource, subresource, apiGroup = '' }: Resource): { type: string; part: string | undefined } {
  const [name, part] = (subresource ? `${resource}/${subresource}` : resource).split('/');
  return { type: apiGroup === '' ? name : `${name}.${apiGroup}`, part };
}

function describeStatement(statement: AccessStatement, may: string): string {
  const { verb, namespace, exceptNamespaces, resource } = statement;
  const object = resource === '*' ? 'anything' : showResource(statement);
  const what = verb !== '*' ? `${verb} ${object}` : resource === '*' ? 'do anything' : `do anything to ${object}`;
  const place = namespace !== undefined ? `in ${namespace}`
    : exceptNamespaces !== undefined ? `outside ${enumerateSome([...exceptNamespaces].sort(compareText), 4)}` : 'in the cluster';
  return `the policy says that ${describeWho(statement)} ${may} ${what} ${place}`;
}

function describeWho({ user, groups = [], serviceAccount }: AccessStatement): string {
  if (serviceAccount !== undefined) return `service account ${serviceAccount}`;
  return user === undefined ? `group ${groups.join(' and ')}` : `user ${user}${groups.length === 0 ? '' : ` of ${groups.join(' and ')}`}`;
}

/** The question as `kubectl` asks it, so that the witness can be tried on a cluster. */
function canI({ user, groups = [], serviceAccount }: AccessStatement, verb: string, what: string, namespace: string | undefined): string {
  const who = serviceAccount !== undefined ? `system:serviceaccount:${serviceAccount.replace('/', ':')}` : user ?? 'somebody';
  return [
    `kubectl auth can-i ${verb === '*' ? "'*'" : verb} ${what}`,
    namespace === undefined ? '--all-namespaces' : `--namespace ${namespace}`,
    `--as ${who}`,
    ...groups.map((group) => `--as-group ${group}`),
  ].join(' ');
}
