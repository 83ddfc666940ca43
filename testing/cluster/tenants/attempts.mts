// Everybody who has a role with two tenants does what the roles promise and tries what the multi-tenancy benchmark forbids:
// real requests as the one who asks, of which the server stores nothing, against the evaluators together.
import { TenantRoles, type TenantRole } from '@viridial/security-policy';
import { belongings, CLUSTER_KINDS, forbidden, selfService } from './belongings.mts';
import { evaluatorsOf, judge, send, verdictOf, type Act } from './judgement.mts';
import type { Actor, Member, Subject } from './tenancies.mts';
import { FREE } from '../admission/catalogue.mts';
import type { Experiment, Verdict } from '../harness/experiment.mts';
import { forEachAtOnce, type ApiClient } from '../server/api-client.mts';
import type { Resources } from '../server/resources.mts';

/** Somebody tries something. */
export interface Attempt {
  readonly check: string;
  readonly member: Member;
  readonly act: Act;
}

/** What is there of each kind before anybody acts. */
const KEPT = 'kept';

/** Checks that forbid nothing, or not everything. */
const PROMISED = 'what roles promise';
const SELF_SERVICE = 'OPS-3, OPS-4 self-service';
const MANAGED = 'CPI-2 what is managed';

const READ = ['get', 'list'];
const CHANGE = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** The acts, and what the server made of them. */
export interface Attempts {
  readonly experiment: Experiment<Attempt>;
  readonly tally: Tally;
}

/** Makes what they act on, and the acts; policies have to come after this, because nothing stands in its way yet. */
export async function attempts(client: ApiClient, resources: Resources, subject: Subject): Promise<Attempts> {
  const acts = new Acts(client, resources);
  const cases: Attempt[] = [];
  for (const [index, actor] of subject.actors.entries()) {
    const others = subject.actors.filter((other) => other !== actor);
    const groups: [string, Act[]][] = [
      ['CPI-1 whole cluster', clusterActs()],
      [MANAGED, await acts.onManaged(subject, actor)],
      ...await acts.onForbidden(actor),
      [SELF_SERVICE, await acts.creations(actor.namespaces.flatMap((namespace) => selfService(namespace, 'own')))],
      [PROMISED, [...await acts.onBelongings(actor, actor.namespaces), ...partActs(actor.namespaces)]],
      ['TI-2 another tenant', [
        ...(await Promise.all(others.map(async (other) => acts.onBelongings(other, other.namespaces)))).flat(),
        ...await acts.onBelongings(actor, subject.platformNamespaces),
        ...partActs([...others.flatMap(({ namespaces }) => namespaces), ...subject.platformNamespaces]),
        ...await acts.creations(others.flatMap(({ namespaces }) => namespaces).flatMap((namespace) => selfService(namespace, `by-${index}`))),
      ]],
    ];
    for (const member of actor.members) for (const [check, own] of groups) cases.push(...own.map((act) => ({ check, member, act })));
  }
  const evaluators = evaluatorsOf(subject);
  const judged = await forEachAtOnce(cases, async ({ member, act }) => judge(evaluators, member, act, resources));
  const verdicts = new Map(cases.map((each, index) => [each, judged[index]!]));
  const roles = subject.actors.flatMap(({ members }) => members.map(({ role }) => role));
  const tally = new Tally([...new Set(roles)], subject.manifests.some(({ metadata }) => metadata.name === TenantRoles.selfServiceClusterRoleName()));
  const experiment: Experiment<Attempt> = {
    name: `acts of members (${subject.name})`,
    deciders: [],
    cases,
    pairOf: () => undefined,
    evaluate: (each) => verdicts.get(each)!,
    ask: async (_, attempt) => tally.note(attempt, verdictOf(await send(client, resources, attempt.member.as, attempt.act))),
    // a server tells the first that refuses: it has to be among those that we tell
    sameReasons: ({ because }, server) => server.because.every((reason) => because.includes(reason)),
    simpler: () => [],
    show,
  };
  return { experiment, tally };
}

function show({ check, member, act: { verb, target, subresource, object } }: Attempt): Record<string, unknown> {
  return { check, role: member.role, ...member.asker, verb, subresource, object: object ?? target };
}

/** What came of the acts, by whom they were refused. */
export class Tally {
  readonly broken: string[] = [];
  private readonly reasons = new Map<string, Map<string, number>>();
  private readonly allowed = new Map<string, number>();
  private readonly roles: readonly TenantRole[];
  private readonly keepsOwn: boolean;

  /**
   * @param roles roles that somebody has
   * @param keepsOwn whether somebody has the right to change what is managed, so that admission alone is in the way
   */
  constructor(roles: readonly TenantRole[], keepsOwn: boolean) {
    this.roles = roles;
    this.keepsOwn = keepsOwn;
  }

  /** Notes what the server says, and returns it. */
  note(attempt: Attempt, verdict: Verdict): Verdict {
    const { check, member: { role }, act: { verb } } = attempt;
    const mayHappen = [PROMISED, SELF_SERVICE].includes(check) || (check === MANAGED && READ.includes(verb));
    if (verdict.allowed && !mayHappen) this.broken.push(`the server lets happen what the benchmark forbids: ${JSON.stringify(show(attempt))}`);
    if (verdict.allowed && check === PROMISED) this.allowed.set(role, (this.allowed.get(role) ?? 0) + 1);
    const reasons = this.reasons.get(check) ?? new Map<string, number>();
    this.reasons.set(check, reasons);
    for (const reason of verdict.because) reasons.set(guardOf(reason), (reasons.get(guardOf(reason)) ?? 0) + 1);
    return verdict;
  }

  /** Checks that say nothing: of pods and services those that roles alone refuse, of roles those that may nothing. */
  get silent(): string[] {
    const held = [...this.reasons].filter(([check]) => /^(CPI-[3-6]|HI-|DI-|FNS-)/.test(check) || (check === MANAGED && this.keepsOwn));
    return [
      ...held.filter(([, reasons]) => ![...reasons.keys()].some((guard) => guard !== 'roles')).map(([check]) => `nobody gets past roles to try ${check}`),
      ...this.roles.filter((role) => !this.allowed.has(role)).map((role) => `the role ${role} may nothing`),
    ];
  }

  /** How many acts each guard refused. */
  get text(): string {
    const sums = new Map<string, number>();
    for (const reasons of this.reasons.values()) for (const [guard, count] of reasons) sums.set(guard, (sums.get(guard) ?? 0) + count);
    return [...sums].map(([guard, count]) => `${guard} ${count}`).join(', ');
  }
}

/** Which guard a reason is of. */
function guardOf(reason: string): string {
  return ['roles', 'pod security'].includes(reason) ? reason : reason.startsWith('viridial-') ? 'admission policies' : 'bounds';
}

/** Acts on objects that are there. */
class Acts {
  private readonly stored = new Map<string, Promise<Record<string, any> | undefined>>();
  private readonly client: ApiClient;
  private readonly resources: Resources;

  constructor(client: ApiClient, resources: Resources) {
    this.client = client;
    this.resources = resources;
  }

  /** Everything that can be done to what applications are made of. */
  async onBelongings(actor: Actor, namespaces: readonly string[]): Promise<Act[]> {
    const kept = namespaces.flatMap((namespace) => belongings(actor, namespace, KEPT));
    const wanted = namespaces.flatMap((namespace) => belongings(actor, namespace, 'wanted'));
    return [...(await forEachAtOnce(kept, async (object) => this.on(object))).flat(), ...await this.creations(wanted)];
  }

  /** Everything that can be done to what the platform manages for a tenant. */
  async onManaged({ manifests }: Subject, { namespaces }: Actor): Promise<Act[]> {
    const managed = manifests.filter(({ kind, metadata }) => namespaces.includes(metadata.namespace ?? (kind === 'Namespace' ? metadata.name : undefined)));
    return (await forEachAtOnce(managed, async (object) => {
      const [acts, creation] = [await this.on(object), await this.creation(object)];
      const freed = { metadata: { labels: Object.fromEntries(Object.keys(object.metadata.labels).map((key) => [key, null])) } };
      const before = (await this.keep(object))!;
      return [...acts, creation, { verb: 'patch', target: object, object: freed, before, seen: { ...before, metadata: { ...before.metadata, labels: undefined } } }];
    })).flat();
  }

  /** What the benchmark forbids of pods and services, in each namespace. */
  async onForbidden(actor: Actor): Promise<[check: string, acts: Act[]][]> {
    const wanted = actor.namespaces.flatMap((namespace) => forbidden(actor, namespace));
    return forEachAtOnce(wanted, async ([check, object]) => [check, [await this.creation(object)]]);
  }

  /** Creations, each seen as the server would store it. */
  async creations(objects: readonly Record<string, any>[]): Promise<Act[]> {
    return forEachAtOnce(objects, async (object) => this.creation(object));
  }

  /** A creation; what is refused here already is seen as it would be in a namespace that nothing holds. */
  async creation(object: Record<string, any>): Promise<Act> {
    const act: Act = { verb: 'create', target: object, object };
    const { status, body } = await send(this.client, this.resources, undefined, act);
    if (status < 300) return { ...act, seen: body };
    if (status === 409) return { ...act, seen: await this.keep(object) };
    const elsewhere = { ...object, metadata: { ...object.metadata, namespace: FREE } };
    const seen = (await this.client.must('POST', `${await this.resources.collection(elsewhere)}?dryRun=All`, { body: elsewhere }));
    return { ...act, seen: { ...seen, metadata: { ...seen.metadata, namespace: object.metadata.namespace } } };
  }

  private async on(object: Record<string, any>): Promise<Act[]> {
    const before = await this.keep(object);
    if (before === undefined) return [...READ, 'update', 'patch', 'delete'].map((verb) => ({ verb, target: object }));
    const edited = { ...before, metadata: { ...before.metadata, annotations: { ...before.metadata.annotations, edited: 'by somebody' } } };
    const { resourceVersion: _, managedFields: __, ...metadata } = edited.metadata; // whoever is faster would win
    return [
      ...READ.map((verb) => ({ verb, target: object })),
      { verb: 'update', target: object, object: { ...edited, metadata }, seen: edited, before },
      { verb: 'patch', target: object, object: { metadata: { annotations: { edited: 'by somebody' } } }, seen: edited, before },
      { verb: 'delete', target: object, before },
    ];
  }

  /** The object as it is stored; made when it is not there; nothing where there is no room for it. */
  private async keep(object: Record<string, any>): Promise<Record<string, any> | undefined> {
    const place = await this.resources.place(object);
    if (!this.stored.has(place)) this.stored.set(place, this.make(object, place));
    return this.stored.get(place)!;
  }

  private async make(object: Record<string, any>, place: string): Promise<Record<string, any> | undefined> {
    const there = await this.client.send('GET', place);
    if (there.status === 200) return there.body;
    const { status, body } = await this.client.send('POST', await this.resources.collection(object), { body: object });
    if (status < 300) return body;
    if (/exceeded quota|violates PodSecurity/.test(body?.message)) return undefined;
    throw new Error(`${place} was answered with ${status}: ${body?.message}`);
  }
}

/** What nobody of a tenant may do to the cluster, whether it is there or not. */
function clusterActs(): Act[] {
  const target = ([apiVersion, kind]: readonly [string, string]) => ({ apiVersion, kind, metadata: { name: 'default' } });
  return [
    ...CLUSTER_KINDS.flatMap((kind) => [...READ, ...CHANGE].map((verb) => ({ verb, target: target(kind) }))),
    ...['Secret', 'Pod', 'ConfigMap', 'ServiceAccount'].map((kind) => ({ verb: 'list', target: { apiVersion: 'v1', kind, metadata: {} } })),
  ];
}

/** Parts of objects that are more than the object. */
function partActs(namespaces: readonly string[]): Act[] {
  return namespaces.flatMap((namespace) => {
    const of = (kind: string, name: string) => ({ apiVersion: 'v1', kind, metadata: { name, namespace } });
    return [
      { verb: 'get', target: of('Pod', KEPT), subresource: 'log' },
      { verb: 'create', target: of('Pod', KEPT), subresource: 'exec' },
      { verb: 'create', target: of('Pod', KEPT), subresource: 'portforward' },
      { verb: 'create', target: of('Pod', KEPT), subresource: 'attach' },
      { verb: 'get', target: of('Pod', KEPT), subresource: 'proxy' },
      { verb: 'get', target: of('Service', KEPT), subresource: 'proxy' },
      { verb: 'create', target: of('ServiceAccount', 'default'), subresource: 'token' },
    ];
  });
}
