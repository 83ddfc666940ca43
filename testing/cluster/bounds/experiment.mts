// Pods, claims, services and other objects × limit ranges and quotas: server-side dry-run against ResourceBounds.
import { ResourceBounds } from '@viridial/proof';
import { anyObject, claim, PLURALS } from './objects.mts';
import { anyRoom, BOUNDARIES, quota, range, type Room } from './rooms.mts';
import type { Experiment, Pair, Verdict } from '../harness/experiment.mts';
import { Random } from '../harness/random.mts';
import { simpler } from '../harness/shrinking.mts';
import { forEachAtOnce, type ApiClient } from '../server/api-client.mts';
import type { ControlPlane } from '../server/control-plane.mts';

interface Case {
  readonly namespace: string;
  readonly room: Room;
  readonly bounds: ResourceBounds;
  readonly object: Record<string, any>;
  readonly pair: Pair | undefined;
}

/** Rooms a boundary, and objects that are put into each random one. */
const ROOMS = 2;
const OBJECTS = 16;

/** Makes namespaces with bounds, waits until admission knows them, and makes objects. */
export async function bounds(plane: ControlPlane, seed: number, count: number): Promise<Experiment<Case>> {
  const cases = casesOf(seed, count);
  await create(plane, new Map(cases.map(({ namespace, room }) => [namespace, room])));
  return {
    name: 'objects × quotas, limits',
    deciders: BOUNDARIES.map(({ decider }) => decider),
    cases,
    pairOf: ({ pair }) => pair,
    evaluate,
    ask,
    // a server tells the first that refuses: it has to be among those that we tell
    sameReasons: ({ because }, server) => server.because.every((reason) => because.includes(reason)),
    simpler: function* (case_) {
      for (const object of simpler(case_.object)) yield { ...case_, object };
    },
    show: ({ room: { ranges, quotas }, object }) => ({ object, ranges, quotas }),
  };
}

function casesOf(seed: number, count: number): Case[] {
  const random = new Random(seed, 'bounds');
  const cases: Case[] = [];
  const add = (namespace: string, room: Room, entries: Pick<Case, 'object' | 'pair'>[]) => {
    const placed = [...room.ranges, ...room.quotas].map((object) => ({ ...object, metadata: { ...object.metadata, namespace } }));
    const own = ResourceBounds.of(placed);
    cases.push(...entries.map(({ object, pair }) => {
      const placedObject = { ...object, metadata: { ...object.metadata, namespace } };
      return { namespace, room, bounds: own, object: placedObject, pair };
    }));
  };
  const pairs = Math.ceil(count / 2 / BOUNDARIES.length / ROOMS);
  BOUNDARIES.forEach(({ decider, room: make }, index) => {
    for (let copy = 0; copy < ROOMS; copy++) {
      const { room, pair } = make(random);
      add(`bounds-${index}-${copy}`, room, Array.from({ length: pairs }, (_, place) => {
        const id = (index * ROOMS + copy) * pairs + place;
        return pair(random).map((object) => ({ object, pair: { id, decider } }));
      }).flat());
    }
  });
  for (let index = 0; index < Math.ceil(count / 2 / OBJECTS); index++) {
    add(`bounds-any-${index}`, anyRoom(random), Array.from({ length: OBJECTS }, () => ({ object: anyObject(random), pair: undefined })));
  }
  return cases;
}

function evaluate({ bounds: own, object }: Case): Verdict {
  const { allowed, denials } = own.review(object);
  const reasons = denials.map(({ rule, object: by, resource }) => [rule, by?.split('/').at(-1), resource].filter((part) => part !== undefined).join(' '));
  return { allowed, because: [...new Set(reasons)].sort(), text: denials.map(({ message }) => message).join('; ') };
}

async function ask(client: ApiClient, { namespace, object }: Case): Promise<Verdict | undefined> {
  const { status, body } = await client.send('POST', `${placeOf(object, namespace)}?dryRun=All`, { body: object });
  if (status === 201) return { allowed: true, because: [], text: '' };
  const text = String(body?.message);
  const because = [...new Set(reasonsIn(text, status))].sort();
  if (because.length > 0) return { allowed: false, because, text };
  if (status === 422 || status === 400) return undefined;
  throw new Error(`a dry-run in ${namespace} was answered with ${status}: ${text}\n${JSON.stringify(object)}`);
}

/** The reasons in the words of the API server. */
export function reasonsIn(text: string, status: number): string[] {
  if (status === 422) {
    return [...text.matchAll(/must be less than or equal to (?:pod )?(\S+)? ?(?:limit|limits|request|requests)/g)].map(([, resource]) => `RequestAboveLimit ${resource ?? ''}`.trim());
  }
  const [, exceeding, requested] = /exceeded quota: ([^,]+), requested: (.+?), used:/.exec(text) ?? [];
  const [, failed, missing] = /failed quota: ([^:]+): must specify (.+)$/.exec(text) ?? [];
  return [
    ...[...text.matchAll(/(minimum|maximum) (\S+) usage per (\w+) is/g)].map(([, rule, resource, type]) => `${rule === 'minimum' ? 'Minimum' : 'Maximum'} ${type!.toLowerCase()} ${resource}`),
    ...[...text.matchAll(/(\S+) max limit to request ratio per (\w+) is/g)].map(([, resource, type]) => `Ratio ${type!.toLowerCase()} ${resource!.replace('[', '')}`),
    ...(requested?.split(',') ?? []).map((entry) => `Exceeded ${exceeding} ${entry.split('=')[0]}`),
    ...(missing?.split('; ') ?? []).map((entry) => `Unstated ${failed} ${entry.split(' ')[0]}`),
  ];
}

async function create(plane: ControlPlane, rooms: Map<string, Room>): Promise<void> {
  const { client } = plane;
  for (const name of ['high', 'low']) {
    await client.must('POST', '/apis/scheduling.k8s.io/v1/priorityclasses', { body: { metadata: { name }, value: 1000 } });
  }
  await forEachAtOnce([...rooms], async ([name, room]) => {
    await client.must('POST', '/api/v1/namespaces', { body: { metadata: { name } } });
    await client.must('POST', `/api/v1/namespaces/${name}/serviceaccounts`, { body: { metadata: { name: 'default' } } });
    for (const body of room.ranges) await client.must('POST', `/api/v1/namespaces/${name}/limitranges`, { body });
    for (const own of room.quotas) await createQuota(client, name, own);
  });
  // what admission reads are caches: once they know bounds that were made after all others, they know them
  const last = 'bounds-last';
  await client.must('POST', '/api/v1/namespaces', { body: { metadata: { name: last } } });
  await client.must('POST', `/api/v1/namespaces/${last}/limitranges`, { body: range('PersistentVolumeClaim', { max: { storage: '1' } }) });
  await createQuota(client, last, quota('last', { 'count/configmaps': '0' }));
  const refused = async (object: Record<string, any>) => (await client.send('POST', `${placeOf(object, last)}?dryRun=All`, { body: object })).status === 403;
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'probe' } };
  await plane.until('bounds are enforced', async () => await refused(configMap) && await refused(claim('2')));
}

function placeOf({ kind }: Record<string, any>, namespace: string): string {
  return `/${PLURALS[kind]!.replace('*', `namespaces/${namespace}`)}`;
}

/** Usage is what we say it is: nothing counts it here. */
async function createQuota(client: ApiClient, namespace: string, { status, ...own }: Record<string, any>): Promise<void> {
  const made = await client.must('POST', `/api/v1/namespaces/${namespace}/resourcequotas`, { body: own });
  await client.must('PUT', `/api/v1/namespaces/${namespace}/resourcequotas/${own.metadata.name}/status`, { body: { ...made, status } });
}
