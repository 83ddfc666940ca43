import { ClusterProfile, PodSecurityLevel, Quantity } from '@viridial/core';
import { ConnectionChange, RunningRefusal } from '../../tenancy-changes-props';
import { TenantLifecycle } from '../../tenant-lifecycle';
import { compareText } from '../compare';
import { exceptionsIn, exceptionText } from '../exceptions';
import { cordonQuota, isRetired } from '../lifecycle';
import { RenderedNamespace } from '../rendered-namespace';
import { hardOf } from '../split-budget';
import { classQuota } from '../storage-classes';
import { SAID_TWICE } from './budget-changes';
import type { NamespacePair } from './changes';

/** What is known of a cluster before and after. */
export interface RefusalContext {
  readonly before: ClusterProfile;
  readonly after: ClusterProfile;
  readonly usage: { readonly [namespace: string]: { readonly [resource: string]: string } };
}

/** A namespace that is there before and after. */
interface Kept {
  readonly name: string;
  readonly before: RenderedNamespace;
  readonly after: RenderedNamespace;
}

const LEVELS = [PodSecurityLevel.PRIVILEGED, PodSecurityLevel.BASELINE, PodSecurityLevel.RESTRICTED];

/** What runs now and would be refused, stopped or cut off: what is certain first, then by namespace. */
export function refusalsOf(pairs: NamespacePair[], lost: ConnectionChange[], context: RefusalContext): RunningRefusal[] {
  const kept = pairs.flatMap(({ name, before, after }) => (before && after ? [{ name, before, after }] : []));
  const gone = pairs.filter(({ after }) => after === undefined);
  // what ends as a whole is said once, and not again for every flow of it
  const ended = new Set([...gone, ...kept.filter(({ after: { tenant } }) => tenant && isRetired(tenant.tenant))].map(({ name }) => name));
  const found = [
    ...gone.map(({ name }) => removed(name)),
    ...kept.flatMap((pair) => [...levels(pair), ...exceptions(pair), ...lifecycle(pair), ...quotas(pair, context), ...limits(pair)]),
    ...lost.filter(({ source, destination }) => !ended.has(source) && !ended.has(destination)).map(cutOff),
  ];
  return found.sort((a, b) => Number(b.certain) - Number(a.certain)
    || compareText(a.namespace, b.namespace) || compareText(a.code, b.code) || compareText(a.why, b.why));
}

function removed(namespace: string): RunningRefusal {
  return {
    code: 'NamespaceRemoved',
    namespace,
    certain: true,
    why: `${namespace} is no longer there, with whatever runs and is kept in it`,
    cure: 'retire the tenant first, and take it out of the tenancy when nothing of it is needed',
  };
}

function levels({ name, before, after }: Kept): RunningRefusal[] {
  if (LEVELS.indexOf(after.level) <= LEVELS.indexOf(before.level)) return [];
  return [{
    code: 'PodSecurityTightened',
    namespace: name,
    certain: false,
    why: `pods are held to ${after.level} instead of ${before.level}: those that run stay, those that are made anew can be refused`,
    cure: `look at the pods with kubectl label --dry-run=server --overwrite namespace ${name} pod-security.kubernetes.io/enforce=${after.level}`,
  }];
}

function exceptions({ name, before, after }: Kept): RunningRefusal[] {
  const of = ({ tenant, environment }: RenderedNamespace) => (tenant ? exceptionsIn(tenant.tenant, environment!) : []);
  const now = new Set(of(after).map(({ workload, control }) => `${workload} ${control}`));
  return of(before).filter(({ workload, control }) => !now.has(`${workload} ${control}`)).map((exception) => ({
    code: 'ExceptionRemoved', namespace: name, certain: false, why: `the exception ${exceptionText(exception)} is gone`, cure: `mend ${exception.workload} first`,
  }));
}

function lifecycle({ name, before, after }: Kept): RunningRefusal[] {
  const old = before.tenant?.tenant;
  const now = after.tenant?.tenant;
  if (!old || !now || cordonQuota(now) === undefined || old.lifecycle === now.lifecycle) return [];
  const over = now.lifecycle === TenantLifecycle.RETIRED;
  return [{
    code: over ? 'TenantRetired' : 'TenantCordoned',
    namespace: name,
    certain: true,
    why: over ? 'nobody and nothing of the tenant gets in or out, and nothing new is admitted' : 'nothing new is admitted: a pod that stops is not replaced',
    cure: over ? 'follow pruneSteps' : 'move what has to go on before nodes are drained',
  }];
}

function quotas({ name, before, after }: Kept, { before: old, after: now, usage }: RefusalContext): RunningRefusal[] {
  const was = hardsOf(before, old);
  const is = hardsOf(after, now);
  return Object.keys(is).sort().flatMap((resource): RunningRefusal[] => {
    const amount = Quantity.parse(is[resource]);
    const used = usage[name]?.[resource];
    if (used !== undefined) {
      if (Quantity.parse(used).compareTo(amount) <= 0) return [];
      return [{
        code: 'QuotaBelowUse', namespace: name, certain: true, why: `${resource} is bounded to ${is[resource]} and ${used} are used: what runs stays, and nothing of it can be replaced`, cure: `use less than ${is[resource]} first, or raise the budget`,
      }];
    }
    if (SAID_TWICE.includes(resource)) return [];
    if (was[resource] !== undefined && Quantity.parse(was[resource]).compareTo(amount) <= 0) return [];
    return [{
      code: 'QuotaLowered',
      namespace: name,
      certain: false,
      why: `${resource} is bounded to ${is[resource]} ${was[resource] === undefined ? 'and was not bounded' : `instead of ${was[resource]}`}`,
      cure: 'give usage to know whether more is used',
    }];
  });
}

/** Bounds of all pods and objects alike, without the one of a cordon, which has a refusal of its own. */
function hardsOf({ bounds }: RenderedNamespace, profile: ClusterProfile): { [resource: string]: string } {
  if (bounds === undefined) return {};
  const scoped = Object.fromEntries(bounds.quota.scoped.flatMap(({ name, hard }) => Object.entries(hardOf(hard)).map(([resource, amount]) => [`${resource} of ${name}`, amount])));
  return { ...bounds.quota.hard, ...(bounds.classes ? classQuota(bounds.classes, profile) : {}), ...scoped };
}

function limits({ name, before, after }: Kept): RunningRefusal[] {
  const rows: ['cpu' | 'ephemeralStorage' | 'memory', string][] = [['cpu', 'CPU'], ['memory', 'memory'], ['ephemeralStorage', 'ephemeral storage']];
  return rows.flatMap(([resource, what]): RunningRefusal[] => {
    const old = before.bounds?.limits[resource];
    const now = after.bounds?.limits[resource];
    if (now === undefined) return [];
    const lower = (bound: 'limit' | 'max'): boolean => old === undefined || now[bound].compareTo(old[bound]) < 0;
    const refusal = (why: string, cure: string): RunningRefusal => ({ code: 'LimitRangeNarrowed', namespace: name, certain: false, why, cure });
    return [
      ...(lower('max') ? [refusal(`containers may have at most ${now.max.toString()} of ${what}${old ? ` instead of ${old.max.toString()}` : ''}: a pod with more is refused when it is made anew`, 'lower the limits of such containers first')] : []),
      ...(old && lower('limit') ? [refusal(`containers that name no limit of ${what} get ${now.limit.toString()} instead of ${old.limit.toString()} when they are made anew`, 'give containers that need more a limit of their own')] : []),
    ];
  });
}

function cutOff({ source, destination, ports }: ConnectionChange): RunningRefusal {
  const outward = /^(the |every |\d)/.test(source) || source.includes(':');
  return {
    code: 'FlowRemoved',
    namespace: (outward ? destination : source).replace(/ \(.*$/, ''),
    certain: false,
    why: `${source} no longer reaches ${destination} on ${ports}`,
    cure: 'stop using the connection first; the flow has to be named to stay',
  };
}
