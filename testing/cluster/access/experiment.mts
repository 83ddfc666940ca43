// Users, groups and service accounts × roles and bindings × requests: SubjectAccessReview against AccessReview.allows.
import { AccessReview, type AccessRequest } from '@viridial/proof';
import { NAMES, NAMESPACES, RESOURCES, twinRoles, URLS, VERBS, world, type Asker } from './world.mts';
import type { Experiment, Pair, Verdict } from '../harness/experiment.mts';
import { Random } from '../harness/random.mts';
import { forEachAtOnce, type ApiClient } from '../server/api-client.mts';
import type { ControlPlane } from '../server/control-plane.mts';

interface Case {
  readonly manifests: Record<string, any>[];
  readonly review: AccessReview;
  readonly request: AccessRequest;
  readonly pair: Pair | undefined;
}

/** Requests that are put to one world. */
const REQUESTS = 24;

/** Plural and path of what a world is made of. */
const PLURALS: Readonly<Record<string, string>> = { Role: 'roles', ClusterRole: 'clusterroles', RoleBinding: 'rolebindings', ClusterRoleBinding: 'clusterrolebindings' };

/** Makes worlds on the server, waits until it knows them, and makes requests. */
export async function access(plane: ControlPlane, seed: number, count: number, aggregation: boolean): Promise<Experiment<Case>> {
  const random = new Random(seed, 'access');
  const cases: Case[] = [];
  for (let id = 0; cases.length < count; id++) cases.push(...(id % 13 === 12 ? asked(`world-${id}`, random, aggregation) : twins(id, random)));
  await create(plane, [...new Set(cases.flatMap(({ manifests }) => manifests))]);
  return {
    name: 'requests × roles',
    deciders: VERBS,
    cases,
    pairOf: ({ pair }) => pair,
    evaluate: ({ review, request }) => {
      const grants = review.grantsOf(request).map(({ binding, rule }) => `${binding}: ${rule}`);
      const allowed = review.allows(request);
      return { allowed, because: allowed ? [] : [request.verb], text: grants.join('; ') || (allowed ? 'by group' : 'no rule grants it') };
    },
    ask: async (client, { request }) => ask(client, request),
    sameReasons: () => true,
    simpler: () => [],
    show: ({ request, manifests }) => ({ request, manifests: aboutAsker(request, manifests) }),
  };
}

/** Somebody whose role has the verb, and somebody whose role lacks it. */
function twins(id: number, random: Random): Case[] {
  const { manifests, verb, rule, namespace, askers } = twinRoles(`twin-${id}`, VERBS[id % VERBS.length]!, random);
  const review = AccessReview.of(manifests);
  const [resource, subresource] = rule.resources[0].split('/');
  const anywhere = random.chance(0.5) ? NAMESPACES[0] : undefined;
  return askers.map((asker) => ({
    manifests,
    review,
    request: { ...asker, verb, apiGroup: rule.apiGroups[0], resource, subresource, namespace: namespace ?? anywhere, name: rule.resourceNames?.[0] },
    pair: { id, decider: verb },
  }));
}

/** Requests near the rules of a world: those of a rule, with a field changed now and then. */
function asked(id: string, random: Random, aggregation: boolean): Case[] {
  const { manifests, askers } = world(id, random, aggregation);
  const review = AccessReview.of(manifests);
  const rules: Record<string, any>[] = manifests.flatMap((object) => object.rules ?? []);
  return Array.from({ length: REQUESTS }, () => {
    const request = near(random.pick(rules), random.pick(askers), random);
    return { manifests, review, request, pair: undefined };
  });
}

function near(rule: Record<string, any>, asker: Asker, random: Random): AccessRequest {
  const verb = random.chance(0.2) ? random.pick(VERBS) : random.pick<string>(rule.verbs);
  if (rule.nonResourceURLs !== undefined) {
    const url = random.pick<string>(rule.nonResourceURLs).replace(/\*$/, random.pick(['', 'x', '/deep']));
    return { ...asker, verb, nonResourceUrl: random.chance(0.2) || url === '' ? random.pick(URLS) : url };
  }
  const [group, listed] = random.chance(0.3) ? random.pick(RESOURCES) : [random.pick<string>(rule.apiGroups), random.pick<string>(rule.resources)];
  const [resource, subresource] = listed.split('/');
  return {
    ...asker,
    verb,
    apiGroup: group,
    resource,
    subresource: random.chance(0.1) ? 'status' : subresource,
    namespace: random.chance(0.85) ? random.pick(NAMESPACES) : undefined,
    name: random.chance(0.5) ? random.pick([...rule.resourceNames ?? [], ...NAMES]) : undefined,
  };
}

/** The bindings that could be about somebody, and the roles that they could lead to. */
function aboutAsker({ user, groups = [], serviceAccount }: AccessRequest, manifests: Record<string, any>[]): Record<string, any>[] {
  const account = serviceAccount?.replace('/', ':');
  const names = [user, ...groups, serviceAccount?.split('/')[1], account === undefined ? undefined : `system:serviceaccount:${account}`];
  const bindings = manifests.filter(({ subjects = [] }) => subjects.some(({ name }: { name: string }) => names.includes(name)));
  const roles = new Set(bindings.map(({ roleRef }) => roleRef.name as string));
  return [...bindings, ...manifests.filter(({ roleRef, kind, metadata }) => roleRef === undefined && (kind === 'ClusterRole' || roles.has(metadata.name)))];
}

/** Puts a request to the authorizer. */
export async function ask(client: ApiClient, request: AccessRequest): Promise<Verdict> {
  const { user, groups = [], serviceAccount, verb, apiGroup, resource, subresource, name, namespace, nonResourceUrl } = request;
  const [home, account] = serviceAccount?.split('/') ?? [];
  const who = serviceAccount === undefined ? { user, groups } : {
    user: `system:serviceaccount:${home}:${account}`, groups: ['system:serviceaccounts', `system:serviceaccounts:${home}`, 'system:authenticated'],
  };
  const what = nonResourceUrl === undefined
    ? { resourceAttributes: { verb, group: apiGroup, resource, subresource, name, namespace } }
    : { nonResourceAttributes: { verb, path: nonResourceUrl } };
  const { status } = await client.must('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', { body: { spec: { ...who, ...what } } });
  const allowed = status.allowed === true;
  return { allowed, because: allowed ? [] : [verb], text: status.reason ?? '' };
}

async function create(plane: ControlPlane, manifests: Record<string, any>[]): Promise<void> {
  const { client } = plane;
  await forEachAtOnce(NAMESPACES, async (name) => client.must('POST', '/api/v1/namespaces', { body: { metadata: { name } } }));
  // bindings name roles that have to be there before them
  for (const binding of [false, true]) {
    await forEachAtOnce(manifests.filter(({ kind }) => kind.endsWith('Binding') === binding), async (object) => {
      const place = object.metadata.namespace === undefined ? '' : `namespaces/${object.metadata.namespace}/`;
      await client.must('POST', `/apis/rbac.authorization.k8s.io/v1/${place}${PLURALS[object.kind]}`, { body: object });
    });
  }
  // the authorizer reads caches: once it knows an object that was made after all others, it knows them
  const last = { user: 'access-last', verb: 'get', resource: 'pods', namespace: undefined };
  await client.must('POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
    body: { metadata: { name: 'access-last' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'access-last' }] },
  });
  await plane.until('the authorizer knows the bindings', async () => (await ask(client, last)).allowed);
  const aggregated = manifests.filter((object) => object.aggregationRule !== undefined);
  await plane.until('roles are aggregated', async () => {
    const rules = await forEachAtOnce(aggregated, async ({ metadata }) => (await client.must('GET', `/apis/rbac.authorization.k8s.io/v1/clusterroles/${metadata.name}`)).rules);
    return rules.every((own) => own !== null && own !== undefined && own.length > 0);
  });
}
