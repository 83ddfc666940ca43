// Quotas filled with objects that are there, until the next is refused, and limits met: what a dry run only asks, done.
import { setTimeout as sleep } from 'node:timers/promises';
import { ResourceBounds } from '@viridial/proof';
import { claim, pod, podSpec, service } from './belongings.mts';
import { boundsVerdict, verdictOf } from './judgement.mts';
import type { Subject } from './tenancies.mts';
import type { Decisions, Disagreement, Results, Verdict } from '../harness/experiment.mts';
import type { ControlPlane } from '../server/control-plane.mts';
import type { Resources } from '../server/resources.mts';
import { setUsed } from '../witnesses/trials.mts';

/** More objects than any quota here has room for. */
const MOST = 100;

/** How long a cache may take. */
const PATIENCE = 3000;

/** How many parts of an amount fill it. */
const PARTS = 4;

/** What was tried, and what did not come as it should. */
export interface Exhaustion {
  readonly result: Results;
  readonly failures: string[];
}

/** Fills every quota of the tenants that act, and meets every limit. */
export async function exhaust(plane: ControlPlane, resources: Resources, subject: Subject, controllers: boolean): Promise<Exhaustion> {
  const started = performance.now();
  const names = subject.actors.flatMap(({ namespaces }) => namespaces);
  const rooms = names.map((namespace) => new Room(plane, resources, subject, namespace, controllers));
  await Promise.all(rooms.map(async (room) => room.exhaust()));
  const decisions = new Map<string, Decisions>();
  for (const { decided } of rooms) {
    for (const [decider, { allowed, refused }] of decided) {
      const sum = decisions.get(decider) ?? { allowed: 0, refused: 0 };
      decisions.set(decider, { allowed: sum.allowed + allowed, refused: sum.refused + refused });
    }
  }
  const disagreements = rooms.flatMap((room) => room.disagreements);
  const sum = (of: (room: Room) => number) => rooms.reduce((total, room) => total + of(room), 0);
  return {
    failures: rooms.flatMap(({ failures }) => failures),
    result: {
      name: `objects until it is full (${subject.name})`,
      cases: sum(({ tried }) => tried),
      allowed: sum(({ admitted }) => admitted),
      discarded: 0,
      disagreements: disagreements.slice(0, 5),
      disagreeing: disagreements.length,
      decisions,
      seconds: (performance.now() - started) / 1000,
    },
  };
}

/** What came of an object: what is stored of it, or why nothing is. */
interface Made {
  readonly stored: Record<string, any> | undefined;
  readonly refusals: string[];
}

/** A namespace that is filled. */
class Room {
  readonly failures: string[] = [];
  readonly disagreements: Disagreement[] = [];
  readonly decided = new Map<string, Decisions>();
  tried = 0;
  admitted = 0;
  private readonly plane: ControlPlane;
  private readonly resources: Resources;
  private readonly namespace: string;
  private readonly controllers: boolean;
  private readonly quotas: Record<string, any>[];
  private readonly ranges: Record<string, any>[];

  constructor(plane: ControlPlane, resources: Resources, { manifests }: Subject, namespace: string, controllers: boolean) {
    this.plane = plane;
    this.resources = resources;
    this.namespace = namespace;
    this.controllers = controllers;
    const own = manifests.filter(({ metadata }) => metadata.namespace === namespace);
    this.quotas = own.filter(({ kind }) => kind === 'ResourceQuota');
    this.ranges = own.filter(({ kind }) => kind === 'LimitRange');
  }

  async exhaust(): Promise<void> {
    for (const range of this.ranges) for (const limit of range.spec.limits) await this.meet(limit);
    for (const quota of this.quotas) for (const resource of Object.keys(quota.spec.hard)) await this.fill(quota, resource);
  }

  /** More than the maximum is refused, and who says nothing gets the defaults. */
  private async meet({ type, max = {}, default: limits, defaultRequest }: Record<string, any>): Promise<void> {
    for (const resource of Object.keys(max)) {
      const amount = twice(max[resource]);
      const object = type === 'PersistentVolumeClaim' ? claim(this.namespace, 'above', amount) : this.pod('above', { limits: { [resource]: amount } });
      const { refusals } = await this.make(object, `maximum of ${resource}`);
      if (!refusals.includes(`Maximum ${resource}`)) this.failures.push(`${this.namespace}: ${amount} of ${resource} is above the maximum ${max[resource]}, and ${refusals.join(', ') || 'nothing'} refuses it`);
    }
    if (type !== 'Container') return;
    const { stored } = await this.make(this.pod('silent', undefined), 'defaults');
    const given = stored?.spec.containers[0].resources;
    if (JSON.stringify(sorted(given)) !== JSON.stringify(sorted({ limits, requests: defaultRequest }))) {
      this.failures.push(`${this.namespace}: a pod that says nothing gets ${JSON.stringify(given)}, not ${JSON.stringify({ limits, requests: defaultRequest })}`);
    }
    await this.remove(stored === undefined ? [] : [stored]);
  }

  /** Objects until one is refused; where one goes, another has room. */
  private async fill(quota: Record<string, any>, resource: string): Promise<void> {
    const made: Record<string, any>[] = [];
    const reason = `Exceeded ${quota.metadata.name} ${resource}`;
    const before = await this.used(quota, resource);
    let refusals: string[] = [];
    for (let index = 0; refusals.length === 0 && index < MOST; index++) {
      const tried = await this.make(this.filler(resource, quota.spec.hard[resource], `fill-${index}`), resource);
      refusals = tried.refusals;
      if (tried.stored !== undefined) made.push(tried.stored);
    }
    if (!refusals.includes(reason)) this.failures.push(`${this.namespace}: after ${made.length} objects ${refusals.join(', ') || 'nothing'} refuses the next, not ${reason}`);
    const [first, ...others] = made;
    if (first !== undefined && this.controllers) {
      const object = this.filler(resource, quota.spec.hard[resource], 'again');
      await this.remove([first]);
      await this.plane.until(`${resource} of ${this.namespace} are counted again`, async () => (await this.judge(object)).allowed);
      const again = await this.make(object, resource);
      if (again.stored === undefined) this.failures.push(`${this.namespace}: there is no room for ${resource} after one went: ${again.refusals.join(', ')}`);
      else others.push(again.stored);
    }
    await this.remove(this.controllers ? others : made);
    // what is counted once more while the next is made would be wrong for a while
    let last = '';
    await this.plane.until(`${resource} of ${this.namespace} are free again`, async () => {
      const { metadata: { resourceVersion }, status } = await this.plane.client.must('GET', await this.resources.place(quota));
      const quiet = resourceVersion === last;
      last = resourceVersion;
      return quiet && status.used[resource] === before;
    });
  }

  /** What the evaluator says of an object, by what is rendered and what is used now. */
  private async judge(object: Record<string, any>): Promise<Verdict> {
    const quotas = await Promise.all(this.quotas.map(async (quota) => {
      const { status: { used } } = await this.plane.client.must('GET', await this.resources.place(quota));
      return { ...quota, status: { hard: quota.spec.hard, used } };
    }));
    return boundsVerdict(ResourceBounds.of([...quotas, ...this.ranges]).review(object).denials);
  }

  /** Puts an object there, and asks the evaluator what comes of it. */
  private async make(object: Record<string, any>, decider: string): Promise<Made> {
    const { client } = this.plane;
    const evaluator = await this.judge(object);
    const collection = await this.resources.collection(object);
    let answer = await client.send('POST', collection, { body: object });
    // admission reads a cache of what is used, which follows what is counted within tenths of a second
    for (const deadline = performance.now() + PATIENCE; evaluator.allowed && answer.status === 403 && performance.now() < deadline; await sleep(50)) {
      answer = await client.send('POST', collection, { body: object });
    }
    const server = verdictOf(answer);
    this.tried++;
    const decisions = this.decided.get(decider) ?? { allowed: 0, refused: 0 };
    this.decided.set(decider, decisions);
    if (server.allowed) {
      this.admitted++;
      decisions.allowed++;
    } else {
      decisions.refused++;
    }
    const agreed = server.allowed === evaluator.allowed && server.because.every((reason) => evaluator.because.includes(reason));
    if (!agreed) this.disagreements.push({ object, evaluator, server });
    if (server.allowed && answer.status >= 300) throw new Error(`${JSON.stringify(object)} was answered with ${answer.status}: ${answer.body?.message}`);
    return { stored: server.allowed ? { apiVersion: object.apiVersion, kind: object.kind, ...answer.body } : undefined, refusals: evaluator.because };
  }

  private async used(quota: Record<string, any>, resource: string): Promise<string> {
    return (await this.plane.client.must('GET', await this.resources.place(quota))).status.used[resource];
  }

  private async remove(objects: readonly Record<string, any>[]): Promise<void> {
    const { client } = this.plane;
    for (const object of objects) {
      const place = await this.resources.place(object);
      // the controller that watches over claims in use does not run
      if (object.kind === 'PersistentVolumeClaim') await client.must('PATCH', place, { body: { metadata: { finalizers: null } }, contentType: 'application/merge-patch+json' });
      await client.must('DELETE', `${place}?gracePeriodSeconds=0&propagationPolicy=Background`);
    }
    // nothing counts what went
    if (!this.controllers) for (const quota of this.quotas) await setUsed(client, quota, {});
  }

  /** An object of which some are as much as there may be. */
  private filler(resource: string, hard: string, name: string): Record<string, any> {
    const [, side, amount] = /^(requests|limits)\.(cpu|memory|ephemeral-storage)$/.exec(resource) ?? [];
    if (amount !== undefined) return this.pod(name, side === 'limits' ? { limits: { [amount]: part(hard) } } : { requests: { [amount]: part(hard) }, limits: { [amount]: part(hard) } });
    const metadata = { name, namespace: this.namespace };
    switch (resource) {
      case 'pods': case 'count/pods': return this.pod(name, {});
      case 'requests.storage': return claim(this.namespace, name, part(hard));
      case 'persistentvolumeclaims': return claim(this.namespace, name, '1Mi');
      case 'services': return service(this.namespace, name, {});
      case 'services.nodeports': return service(this.namespace, name, { type: 'NodePort' });
      case 'services.loadbalancers': return service(this.namespace, name, { type: 'LoadBalancer' });
      case 'configmaps': return { apiVersion: 'v1', kind: 'ConfigMap', metadata };
      case 'secrets': return { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque' };
      case 'count/jobs.batch': return { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template: { spec: { ...podSpec(IMAGE), restartPolicy: 'Never' } } } };
      default: throw new Error(`nobody knows how to fill ${resource}`);
    }
  }

  private pod(name: string, resources: Record<string, any> | undefined): Record<string, any> {
    const modest = { requests: { cpu: '1m', memory: '1Mi' }, limits: { cpu: '1m', memory: '1Mi' } };
    const asked = resources === undefined ? {} : {
      requests: { ...modest.requests, ...resources.requests },
      limits: { ...modest.limits, ...resources.limits },
    };
    return pod(this.namespace, name, podSpec(IMAGE, { resources: asked }));
  }
}

const IMAGE = 'registry.example.com/web:1.0';

/** A part of an amount of which a few fill it. */
export function part(quantity: string): string {
  return scaled(quantity, 1 / PARTS);
}

/** Twice as much. */
export function twice(quantity: string): string {
  return scaled(quantity, 2);
}

/** In thousandths, which every unit has. */
function scaled(quantity: string, factor: number): string {
  const [, number, unit] = /^(\d+)(m|[KMGT]i)?$/.exec(quantity) ?? [];
  if (number === undefined) throw new Error(`nobody knows how much ${quantity} is`);
  const amount = Number(number) * factor;
  if (unit === undefined) return `${Math.max(1, Math.floor(amount * 1000))}m`;
  return unit === 'm' ? `${Math.max(1, Math.floor(amount))}m` : `${Math.max(1, Math.floor(amount * 1024))}${LOWER[unit]}`;
}

const LOWER: Readonly<Record<string, string>> = { Ki: '', Mi: 'Ki', Gi: 'Mi', Ti: 'Gi' };

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, own]) => own !== undefined).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, own]) => [key, sorted(own)]));
}
