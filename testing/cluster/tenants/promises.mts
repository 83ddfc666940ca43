// What a rendered tenancy promises, put to the server: rights, requests that admission judges, the level of pods, bounds.
import { ExpectationKind } from '@viridial/core';
import { AccessReview, PodSecurity, type AccessRequest } from '@viridial/proof';
import { pod, podSpec } from './belongings.mts';
import { evaluatorsOf, judgeAdmission, send, verdictOf, type Act } from './judgement.mts';
import type { Subject } from './tenancies.mts';
import { ask } from '../access/experiment.mts';
import { promisesIn } from '../admission/catalogue.mts';
import { send as sendRequest, store } from '../admission/experiment.mts';
import { elsewhere, requestOf, type Request } from '../admission/requests.mts';
import type { Experiment, Verdict } from '../harness/experiment.mts';
import { forEachAtOnce, type ApiClient, type Impersonation } from '../server/api-client.mts';
import type { Resources } from '../server/resources.mts';

/** Promises of one kind, with those that the server does not keep. */
export interface Promises<C> {
  readonly experiment: Experiment<C>;
  readonly broken: string[];
}

/** A right that is promised or denied, at one place. */
interface Right {
  readonly request: AccessRequest;
  readonly promised: boolean;
}

/**
 * Every promise of rights. Those about all other namespaces are tried in the cluster itself, and in namespaces of the platform
 * and of tenants: in more of them for the members who act.
 */
export function rights({ name, manifests, expectations, actors, platformNamespaces }: Subject): Promises<Right> {
  const review = AccessReview.of(manifests);
  const anywhere = [undefined, 'default', 'kube-system', ...platformNamespaces, ...actors.flatMap(({ namespaces }) => namespaces)];
  const few = [undefined, ...platformNamespaces.slice(-1), ...actors.flatMap(({ namespaces }) => namespaces.slice(0, 1))];
  const acting = new Set(actors.flatMap(({ members }) => members.map(({ asker }) => JSON.stringify(asker))));
  const cases = expectations.flatMap(({ kind, access }): Right[] => {
    if (access === undefined) return [];
    const { exceptNamespaces, namespace, reason: _, ...request } = access;
    const { user, groups, serviceAccount } = request;
    const candidates = acting.has(JSON.stringify({ user, groups, serviceAccount })) ? anywhere : few;
    const elsewhereThan = (own: readonly string[]) => candidates.filter((place) => place === undefined || !own.includes(place));
    const places = exceptNamespaces === undefined ? [namespace] : elsewhereThan(exceptNamespaces);
    return places.map((place) => ({ request: { ...request, namespace: place }, promised: kind === ExpectationKind.MAY }));
  });
  const broken: string[] = [];
  return {
    broken,
    experiment: {
      ...PLAIN,
      name: `promised rights (${name})`,
      cases,
      evaluate: ({ request }) => rightVerdict(review.allows(request)),
      ask: async (client, { request, promised }) => {
        const { allowed } = await ask(client, request);
        if (allowed !== promised) broken.push(`the server ${allowed ? 'grants' : 'denies'} what is promised to be ${promised ? 'granted' : 'denied'}: ${JSON.stringify(request)}`);
        return rightVerdict(allowed);
      },
      show: ({ request }) => request,
    },
  };
}

function rightVerdict(allowed: boolean): Verdict {
  return { allowed, because: allowed ? [] : ['roles'], text: '' };
}

/** A request that is promised to be admitted or refused. */
interface Judged {
  readonly request: Request;
  readonly act: Act;
  readonly before: Record<string, any> | undefined;
  readonly promised: boolean;
}

/** Promises of admission, and what takes away the objects that they are about. */
interface AdmissionPromises extends Promises<Judged> {
  readonly clear: () => Promise<void>;
}

const VERBS: Readonly<Record<string, string>> = { CREATE: 'create', UPDATE: 'update', DELETE: 'delete' };

/** Every promise of admission; made before the policies are there, which see objects with the defaults of the server. */
export async function requests(client: ApiClient, resources: Resources, subject: Subject): Promise<AdmissionPromises> {
  const evaluators = evaluatorsOf(subject);
  const broken: string[] = [];
  const cases = (await forEachAtOnce(promisesIn(subject.expectations), async (promise, index): Promise<Judged | undefined> => {
    const request = requestOf(promise, `promise-${index}`);
    const stored = await store(client, resources, request) ?? await storeElsewhere(client, resources, request);
    if (stored === undefined) {
      broken.push(`promise about what the server does not take: ${JSON.stringify(request)}`);
      return undefined;
    }
    const { operation, subresource, object, oldObject } = request;
    const act = { verb: VERBS[operation]!, target: (object ?? oldObject)!, seen: stored.object, before: stored.oldObject, subresource };
    return { request, act, before: stored.oldObject, promised: promise.allowed };
  })).filter((case_) => case_ !== undefined);
  return {
    broken,
    // bounds and bindings among them would count
    clear: async () => {
      for (const { before } of cases) if (before !== undefined && before.kind !== 'Namespace') await client.must('DELETE', `${await resources.place(before)}?gracePeriodSeconds=0`);
    },
    experiment: {
      ...PLAIN,
      name: `promised admission (${subject.name})`,
      cases,
      evaluate: ({ request: { user, groups }, act }) => judgeAdmission(evaluators, { user, groups }, act),
      ask: async (_, { request, before, promised }) => {
        const answer = await sendRequest(client, resources, request, before);
        const verdict = verdictOf(answer);
        // where quotas or the level of pods refuse, policies are not asked
        const byPolicy = !verdict.allowed && verdict.because.every((reason) => reason.startsWith('viridial-'));
        if (promised ? byPolicy : verdict.allowed) broken.push(`the server ${verdict.allowed ? 'admits' : 'refuses'} what is promised to be ${promised ? 'admitted' : 'refused'}: ${JSON.stringify(request)}: ${verdict.text}`);
        return verdict;
      },
      show: ({ request }) => request,
    },
  };
}

/** What its namespace refuses without any policy has its defaults in a namespace that nothing holds. */
async function storeElsewhere(client: ApiClient, resources: Resources, request: Request): ReturnType<typeof store> {
  const namespace = (request.object ?? request.oldObject)!.metadata.namespace as string | undefined;
  if (request.operation === 'DELETE' || namespace === undefined) return undefined;
  const stored = await store(client, resources, elsewhere(request));
  if (stored === undefined) return undefined;
  const object = { ...stored.object, metadata: { ...stored.object!.metadata, namespace } };
  if (request.oldObject === undefined) return { object, oldObject: undefined };
  const { status, body } = await client.send('GET', await resources.place(request.oldObject));
  return status === 200 ? { object, oldObject: body } : undefined;
}

/** A pod in a namespace with a promise about what is in it. */
interface Tried {
  readonly act: Act;
  /** Whether the promise says that the pod is refused because of it. */
  readonly refused: boolean;
  readonly by: RegExp;
}

/** Whom no policy holds: the level of pods and bounds alone decide. */
const ADMINISTRATOR: Impersonation = { user: 'administrator', groups: ['system:masters', 'system:authenticated'] };

/** Every promise of a level and of bounds, tried with pods on both sides of it. */
export function pods(client: ApiClient, resources: Resources, subject: Subject): Promises<Tried> {
  const evaluators = evaluatorsOf(subject);
  const cases = subject.expectations.flatMap(({ podSecurityStatement, boundedStatement }): Tried[] => [
    ...(podSecurityStatement === undefined ? [] : podsOfLevels(podSecurityStatement.namespace).map((object) => ({
      act: { verb: 'create', target: object, object, seen: object },
      refused: PodSecurity.evaluate(object, { level: podSecurityStatement.level, version: podSecurityStatement.version }).length > 0,
      by: /^pod security$/,
    }))),
    ...(boundedStatement === undefined ? [] : [false, true].map((refused) => {
      const object = sizedPod(boundedStatement.namespace, refused);
      return { act: { verb: 'create', target: object, object, seen: object }, refused, by: /^(Exceeded|Maximum) / };
    })),
  ]);
  const broken: string[] = [];
  return {
    broken,
    experiment: {
      ...PLAIN,
      name: `promised levels and bounds (${subject.name})`,
      cases,
      evaluate: ({ act }) => judgeAdmission(evaluators, ADMINISTRATOR, act),
      ask: async (_, { act, refused, by }) => {
        const verdict = verdictOf(await send(client, resources, ADMINISTRATOR, act));
        const held = verdict.because.some((reason) => by.test(reason));
        // a namespace without room refuses every pod
        const full = by.test('Exceeded ') && !refused;
        if (held !== refused && !full) broken.push(`the server ${held ? 'refuses' : 'does not refuse'} ${JSON.stringify(act.object)}: ${verdict.text}`);
        return verdict;
      },
      show: ({ act }) => act.object,
    },
  };
}

/** Pods for restricted, baseline, and neither. */
function podsOfLevels(namespace: string): Record<string, any>[] {
  const image = 'registry.example.com/web:1.0';
  const strict = podSpec(image);
  return [
    pod(namespace, 'restricted', strict),
    pod(namespace, 'baseline', { ...strict, securityContext: {} }),
    pod(namespace, 'host-network', { ...strict, hostNetwork: true }),
    pod(namespace, 'host-path', { ...strict, volumes: [{ name: 'root', hostPath: { path: '/' } }] }),
    pod(namespace, 'privileged', podSpec(image, { securityContext: { privileged: true } })),
  ];
}

/** A modest pod, or one that takes more than anybody has. */
function sizedPod(namespace: string, much: boolean): Record<string, any> {
  const amounts = { cpu: much ? '10k' : '10m', memory: '16Mi' };
  return pod(namespace, 'sized', podSpec('registry.example.com/web:1.0', { resources: { requests: amounts, limits: amounts } }));
}

/** What all promises have in common: each is a case of its own. */
const PLAIN = {
  deciders: [],
  pairOf: () => undefined,
  // a server tells the first that refuses: it has to be among those that we tell
  sameReasons: ({ because }: Verdict, server: Verdict) => server.because.every((reason) => because.includes(reason)),
  simpler: () => [],
};
