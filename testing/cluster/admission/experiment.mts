// Objects × the admission catalogue: server-side dry-run against Admission.review.
import { Admission } from '@viridial/proof';
import { asAdmissionSees, carriedOver } from './as-stored.mts';
import { catalogues, type Catalogue } from './catalogue.mts';
import { install, prepare, remove, type Installed } from './installation.mts';
import { elsewhere, near, requestOf, type Request } from './requests.mts';
import type { Experiment, Pair, Verdict } from '../harness/experiment.mts';
import { Random } from '../harness/random.mts';
import { placesOf, withoutPlace } from '../harness/shrinking.mts';
import { forEachAtOnce, type Answer, type ApiClient } from '../server/api-client.mts';
import type { ControlPlane } from '../server/control-plane.mts';
import { Resources } from '../server/resources.mts';
import { tryAdmissionWitnesses } from '../witnesses/admission-witnesses.mts';
import type { Witnesses } from '../witnesses/witnesses.mts';

/** A request with what the server makes of it when no policy stands in its way. */
interface Case {
  readonly request: Request;
  /** The objects with the server's defaults, as admission sees them. */
  readonly stored: Pick<Request, 'object' | 'oldObject'>;
  readonly pair: Pair | undefined;
  /** What the catalogue promises; nothing for a request that it says nothing about. */
  readonly promised: boolean | undefined;
  readonly admission: Admission;
}

interface Draft extends Pick<Case, 'request' | 'pair' | 'promised'> {}

/** One catalogue, ready to be asked. */
export interface AdmissionRound {
  readonly experiment: Experiment<Case>;
  readonly installed: Installed;
  readonly broken: string[];
  readonly witnesses: (tried: Set<string>) => Promise<Witnesses>;
  readonly remove: () => Promise<void>;
}

/** How many catalogues there are. */
export const ROUNDS = 2;

/** Installs one catalogue after what it will be asked about. */
export async function admissionRound(plane: ControlPlane, index: number, seed: number, count: number, typeChecks: boolean): Promise<AdmissionRound> {
  const { client, version } = plane;
  const resources = new Resources(client);
  const catalogue = catalogues(`${version.major}.${version.minor}`)[index]!;
  await prepare(plane, catalogue);
  const drafts = draftsOf(catalogue, seed, count);
  const admission = Admission.of([...catalogue.policies, ...catalogue.namespaces]);
  const broken: string[] = [];
  const cases = (await forEachAtOnce(drafts, async (draft): Promise<Case | undefined> => {
    const stored = await store(client, resources, draft.request);
    if (stored === undefined && draft.promised !== undefined) broken.push(`promise about what is no object for the server: ${JSON.stringify(draft.request)}`);
    return stored === undefined ? undefined : { ...draft, stored, admission };
  })).filter((case_) => case_ !== undefined);
  const installed = await install(plane, catalogue, resources, typeChecks);
  return {
    installed,
    broken,
    witnesses: async (tried) => tryAdmissionWitnesses(client, resources, catalogue, tried),
    remove: async () => remove(plane, catalogue, resources),
    experiment: {
      name: `objects × admission (${catalogue.name})`,
      deciders: [...new Set(catalogue.promises.map(({ policy }) => policy))].sort(),
      cases,
      pairOf: ({ pair }) => pair,
      evaluate,
      ask: async (_, case_) => {
        const verdict = verdictOf(await send(client, resources, case_.request, case_.stored.oldObject));
        if (verdict !== undefined && case_.promised !== undefined && verdict.allowed !== case_.promised) {
          broken.push(`promise that the server does not keep: ${case_.promised ? 'admitted' : 'refused'} is ${JSON.stringify(case_.request)}: ${verdict.text}`);
        }
        return verdict;
      },
      // a server tells the first policy that refuses: it has to be among those that we tell
      sameReasons: ({ because }, server) => server.because.every((policy) => because.includes(policy)),
      simpler: smaller,
      show: ({ request }) => request,
    },
  };
}

/** The promises themselves, pairs that are one step apart of which one is refused by one policy alone, and requests near promises. */
function draftsOf(catalogue: Catalogue, seed: number, count: number): Draft[] {
  const random = new Random(seed, 'admission', catalogue.name);
  const admission = Admission.of([...catalogue.policies, ...catalogue.namespaces]);
  const drafts: Draft[] = catalogue.promises.map((promise, index) => ({ request: requestOf(promise, `promise-${index}`), pair: undefined, promised: promise.allowed }));
  const policies = [...new Set(catalogue.promises.map(({ policy }) => policy))].sort();
  const refusers = (request: Request) => [...new Set(judge(admission, request, request).denials.map(({ policy }) => policy))];
  const pairs = Math.ceil(count * 0.65 / 2 / policies.length);
  policies.forEach((policy, place) => {
    const own = catalogue.promises.filter((promise) => promise.policy === policy);
    for (let copy = 0, tries = 0; copy < pairs && tries < pairs * 40; tries++) {
      const id = place * 1000 + copy;
      const base = requestOf(random.pick(own), `pair-${id}`);
      const first = random.chance(0.5) ? base : near(base, catalogue, random);
      const second = random.chance(0.25) ? elsewhere(first) : near(first, catalogue, random);
      const [one, other] = [refusers(first), refusers(second)];
      const decided = (refused: string[], admitted: string[]) => admitted.length === 0 && refused.length === 1 && refused[0] === policy;
      if (!decided(one, other) && !decided(other, one)) continue;
      copy++;
      for (const request of [first, second]) drafts.push({ request, pair: { id, decider: policy }, promised: undefined });
    }
  });
  // a few are none that the server takes
  for (let index = 0; drafts.length < count * 1.15; index++) {
    const base = requestOf(random.pick(catalogue.promises), `near-${index}`);
    const step = near(base, catalogue, random);
    drafts.push({ request: random.chance(0.5) ? step : near(step, catalogue, random), pair: undefined, promised: undefined });
  }
  return drafts.map((draft, index) => ({ ...draft, request: named(draft.request, `case-${catalogue.name}-${index}`) }));
}

/** Less of a new object, and the same less of what the server makes of it. */
function* smaller(case_: Case): Generator<Case> {
  const { request, stored } = case_;
  if (request.operation !== 'CREATE') return;
  for (const place of placesOf(request.object)) {
    if (place[0] === 'kind' || place[0] === 'apiVersion' || place.join() === 'metadata') continue;
    const less = <T extends Pick<Request, 'object'>>(holder: T): T => ({ ...holder, object: withoutPlace(holder.object, place) });
    yield { ...case_, request: less(request), stored: less(stored) };
  }
}

function named(request: Request, name: string): Request {
  const own = (object: Record<string, any> | undefined) => (object === undefined ? undefined : { ...object, metadata: { ...object.metadata, name } });
  return { ...request, object: own(request.object), oldObject: own(request.oldObject) };
}

function judge(admission: Admission, { operation, subresource, user, groups }: Request, { object, oldObject }: Pick<Request, 'object' | 'oldObject'>) {
  return admission.review({ operation, object, oldObject, subresource, userInfo: { username: user, groups }, dryRun: true });
}

function evaluate({ admission, request, stored }: Case): Verdict {
  const { allowed, denials } = judge(admission, request, stored);
  return { allowed, because: [...new Set(denials.map(({ policy }) => policy))].sort(), text: denials.map(({ message }) => message).join('; ') };
}

function verdictOf({ status, body }: Answer): Verdict | undefined {
  if (status < 300) return { allowed: true, because: [], text: '' };
  const text = String(body?.message);
  const [, policy] = /ValidatingAdmissionPolicy '([^']+)' with binding/.exec(text) ?? [];
  if (policy !== undefined) return { allowed: false, because: [policy], text };
  throw new Error(`a dry-run was answered with ${status}: ${text}`);
}

/** Puts a request to the server, which stores nothing. */
export async function send(client: ApiClient, resources: Resources, request: Request, before: Record<string, any> | undefined): Promise<Answer> {
  const { operation, object, oldObject, subresource, user, groups } = request;
  const as = { user, groups };
  const part = subresource === undefined ? '' : `/${subresource}`;
  if (operation === 'CREATE') return client.send('POST', `${await resources.collection(object!)}?dryRun=All`, { body: object, as });
  const place = `${await resources.place((object ?? oldObject)!)}${part}?dryRun=All`;
  if (operation === 'DELETE') return client.send('DELETE', place, { as });
  return client.send('PUT', place, { body: carriedOver(oldObject, object, before), as });
}

/** Lets the server fill in its defaults while no policy is there; nothing for what it does not take. */
export async function store(client: ApiClient, resources: Resources, request: Request): Promise<Case['stored'] | undefined> {
  const made = request.oldObject === undefined ? undefined : await client.send('POST', await resources.collection(request.oldObject), { body: request.oldObject });
  if (made !== undefined && made.status >= 300) return undefined;
  if (request.operation === 'DELETE') return { object: undefined, oldObject: made!.body };
  const { status, body } = await send(client, resources, request, made?.body);
  return status >= 300 ? undefined : { object: asAdmissionSees(request.object, body), oldObject: made?.body };
}
