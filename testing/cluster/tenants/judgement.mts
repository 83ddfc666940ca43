// One request to an API server: what the evaluators say about it together, and what the server says.
import { AccessReview, Admission, PodSecurity, ResourceBounds, type ResourceBoundsDenial } from '@viridial/proof';
import type { Member, Subject } from './tenancies.mts';
import { reasonsIn } from '../bounds/experiment.mts';
import type { Verdict } from '../harness/experiment.mts';
import type { Answer, ApiClient, Impersonation } from '../server/api-client.mts';
import type { Resources } from '../server/resources.mts';

/** What is done, with the object as it is sent, and as admission sees it once the server has filled in what is not said. */
export interface Act {
  readonly verb: string;
  /** Kind and place of what it is done to. */
  readonly target: Record<string, any>;
  readonly object?: Record<string, any>;
  /** The object with the server's defaults. */
  readonly seen?: Record<string, any>;
  /** What is stored. */
  readonly before?: Record<string, any>;
  readonly subresource?: string;
}

/** Evaluators that have read a tenancy. */
export interface Evaluators {
  readonly access: AccessReview;
  readonly admission: Admission;
  readonly bounds: ResourceBounds;
  readonly levels: ReadonlyMap<string, Record<string, string>>;
}

/** Reads a tenancy. */
export function evaluatorsOf({ manifests }: Pick<Subject, 'manifests'>): Evaluators {
  return {
    access: AccessReview.of(manifests),
    admission: Admission.of(manifests),
    bounds: ResourceBounds.of(manifests),
    levels: new Map(manifests.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels ?? {}])),
  };
}

const OPERATIONS: Readonly<Record<string, string>> = { create: 'CREATE', update: 'UPDATE', patch: 'UPDATE', delete: 'DELETE' };

/** Everything that stands in the way of somebody, by the names that the server's answer is read into as well. */
export async function judge(evaluators: Evaluators, { asker, as }: Pick<Member, 'asker' | 'as'>, act: Act, resources: Resources): Promise<Verdict> {
  const { verb, target, subresource } = act;
  const { apiGroup, resource } = await resources.names(target);
  const { name, namespace } = target.metadata;
  // a request for one namespace is about what is in it
  const place = target.kind === 'Namespace' && verb !== 'list' && verb !== 'create' ? name : namespace;
  const named = ['list', 'watch', 'create', 'deletecollection'].includes(verb) && subresource === undefined ? undefined : name;
  if (!evaluators.access.allows({ ...asker, verb, apiGroup, resource, subresource, namespace: place, name: named })) {
    return { allowed: false, because: ['roles'], text: 'no rule grants it' };
  }
  if (subresource !== undefined) return { allowed: true, because: [], text: '' };
  const verdict = judgeAdmission(evaluators, as, act);
  return mayGive(evaluators, asker, act) ? verdict : { allowed: false, because: ['roles', ...verdict.because], text: `the role cannot be given; ${verdict.text}` };
}

/** Whoever binds a role needs the right to. */
function mayGive({ access }: Evaluators, asker: Member['asker'], { verb, target, seen }: Act): boolean {
  if (target.kind !== 'RoleBinding' || seen === undefined || verb === 'delete') return true;
  const { kind, name } = seen.roleRef;
  return access.allows({ ...asker, verb: 'bind', apiGroup: 'rbac.authorization.k8s.io', resource: `${kind.toLowerCase()}s`, name, namespace: seen.metadata.namespace });
}

/** What stands in the way of somebody who has the right. */
export function judgeAdmission(evaluators: Evaluators, as: Impersonation, { verb, seen, before, subresource }: Act): Verdict {
  const operation = OPERATIONS[verb];
  if (operation === undefined || (seen ?? before) === undefined) return { allowed: true, because: [], text: '' };
  const userInfo = { username: as.user, groups: as.groups };
  const { denials } = evaluators.admission.review({ operation, object: seen, oldObject: before, subresource, userInfo, dryRun: true });
  const labels = evaluators.levels.get(seen?.metadata.namespace ?? '') ?? {};
  const level = labels['pod-security.kubernetes.io/enforce'] as Parameters<typeof PodSecurity.evaluate>[1]['level'] | undefined;
  const violations = seen?.kind === 'Pod' && level !== undefined
    ? PodSecurity.evaluate(seen, { level, version: labels['pod-security.kubernetes.io/enforce-version'] }) : [];
  const bounds = verb === 'create' && subresource === undefined ? evaluators.bounds.review(seen).denials : [];
  return {
    allowed: denials.length + violations.length + bounds.length === 0,
    because: [...new Set([
      ...denials.map(({ policy }) => policy),
      ...violations.map(() => 'pod security'),
      ...bounds.map(reasonOf),
    ])].sort(),
    text: [...denials, ...violations, ...bounds].map(({ message }) => message).join('; '),
  };
}

/** What limits and quotas say. */
export function boundsVerdict(denials: readonly ResourceBoundsDenial[]): Verdict {
  return { allowed: denials.length === 0, because: [...new Set(denials.map(reasonOf))].sort(), text: denials.map(({ message }) => message).join('; ') };
}

/** A limit by its kind alone, as the server does not name the object; a quota by its name. */
function reasonOf({ rule, object, resource }: ResourceBoundsDenial): string {
  return [rule, ...(['Exceeded', 'Unstated'].includes(rule) ? [object?.split('/').at(-1)] : []), resource].filter((part) => part !== undefined).join(' ');
}

/** Puts it to the server, which stores nothing. */
export async function send(client: ApiClient, resources: Resources, as: Impersonation | undefined, act: Act): Promise<Answer> {
  const { verb, target, object, subresource } = act;
  const part = subresource === undefined ? '' : `/${subresource}`;
  const place = async () => `${await resources.place(target)}${part}`;
  switch (verb) {
    case 'create': return client.send('POST', `${subresource === undefined ? await resources.collection(target) : await place()}?dryRun=All`, { body: object ?? target, as });
    case 'update': return client.send('PUT', `${await place()}?dryRun=All`, { body: object ?? target, as });
    case 'patch': return client.send('PATCH', `${await place()}?dryRun=All`, { body: object ?? target, as, contentType: 'application/merge-patch+json' });
    case 'delete': return client.send('DELETE', `${await place()}?dryRun=All`, { as });
    case 'deletecollection': return client.send('DELETE', `${await resources.collection(target)}?dryRun=All`, { as });
    case 'list': return client.send('GET', `${await resources.collection(target, target.metadata.namespace === undefined)}?limit=1`, { as });
    case 'get': return client.send('GET', await place(), { as });
    default: throw new Error(`nobody knows how to ${verb}`);
  }
}

/** What the server's answer says: whatever it does not refuse has gone past everything that guards. */
export function verdictOf({ status, body }: Answer): Verdict {
  const text = String(body?.message ?? '');
  const [, policy] = /ValidatingAdmissionPolicy '([^']+)' with binding/.exec(text) ?? [];
  const because = policy !== undefined ? [policy]
    : /violates PodSecurity/.test(text) ? ['pod security']
      : / cannot \w+ resource | cannot \w+ path |attempting to grant RBAC/.test(text) ? ['roles']
        : [...new Set(reasonsIn(text, status).map((reason) => reason.replace(/^(Minimum|Maximum|Ratio) \S+ /, '$1 ')))].sort();
  if (because.length > 0) return { allowed: false, because, text };
  if (status === 403) return { allowed: false, because: ['something that nobody knows'], text };
  return { allowed: true, because: [], text };
}
