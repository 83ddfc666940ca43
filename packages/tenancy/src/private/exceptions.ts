import { KubernetesName, PodSecurityLevel, Problems } from '@viridial/core';
import { PodSecurityControl, PodSecurityException } from '../pod-security-exception';
import { Tenant } from '../tenant';
import { compareText } from './compare';
import { collectEnvironments } from './members';

/** Controls that only the restricted level has; a control of baseline is part of restricted as well. */
const RESTRICTED_ONLY: PodSecurityControl[] = [
  PodSecurityControl.ALLOW_PRIVILEGE_ESCALATION, PodSecurityControl.CAPABILITIES_RESTRICTED, PodSecurityControl.PROC_MOUNT_RESTRICTED,
  PodSecurityControl.RESTRICTED_VOLUMES, PodSecurityControl.RUN_AS_NON_ROOT, PodSecurityControl.RUN_AS_USER,
  PodSecurityControl.SECCOMP_PROFILE_RESTRICTED,
];

const KINDS = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];

/** What the exceptions of a tenant are checked against. */
export interface ExceptionContext {
  /** Environments of the tenant. */
  readonly environments: string[];
  /** The day, as `YYYY-MM-DD`; absent when nobody says which day it is. */
  readonly date?: string;
}

/** Checks the exceptions of a tenant. */
export function collectExceptions(problems: Problems, tenant: Tenant, { environments, date }: ExceptionContext): void {
  const seen = new Map<string, number>();
  tenant.podSecurityExceptions.forEach((exception, index) => {
    const path = `tenants.${tenant.name}.podSecurityExceptions[${index}]`;
    collectWorkload(problems, `${path}.workload`, exception.workload);
    collectReason(problems, `${path}.reason`, exception);
    collectExpiry(problems, `${path}.expires`, exception, date);
    collectControl(problems, `${path}.control`, exception.control, tenant.podSecurity);
    collectEnvironments(problems, `${path}.environments`, exception.environments, environments);
    const key = `${exception.workload} ${exception.control}`;
    if (seen.has(key)) {
      problems.error({
        code: 'DuplicateName', path, message: `${exception.workload} is excepted from ${exception.control} by podSecurityExceptions[${seen.get(key)}] already`, value: exception.workload, cure: 'say it once',
      });
    }
    seen.set(key, index);
  });
}

/** The exceptions that hold in an environment, in one order. */
export function exceptionsIn(tenant: Tenant, environment: string): PodSecurityException[] {
  return tenant.podSecurityExceptions
    .filter(({ environments }) => environments === undefined || environments.includes(environment))
    .sort((a, b) => compareText(exceptionText(a), exceptionText(b)));
}

/** Warns of exceptions where no admission policy makes them hold: the namespace still refuses the workload. */
export function collectExceptionsWithoutEffect(problems: Problems, tenants: Tenant[], isPossible: boolean): void {
  for (const tenant of tenants) {
    tenant.podSecurityExceptions.forEach(({ workload, control }, index) => {
      problems.warning({
        code: 'ExceptionWithoutEffect',
        path: `tenants.${tenant.name}.podSecurityExceptions[${index}]`,
        message: `pods of ${workload} are still refused for ${control}: Pod Security admission knows no exceptions for single workloads`,
        value: workload,
        cure: isPossible ? 'render admission policies, which then hold the other workloads to the level' : 'raise the cluster to Kubernetes 1.30 or later, whose admission policies hold the other workloads to the level',
      });
    });
  }
}

/** An exception as the annotation of a namespace has it. */
export function exceptionText({ workload, control, expires }: PodSecurityException): string {
  return `${workload}:${control}:${expires}`;
}

/** Whether a text is a day of the calendar. */
export function isDate(text: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  if (year === undefined) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Reports a day that is none. */
export function collectDate(problems: Problems, path: string, text: string): boolean {
  if (isDate(text)) return true;
  problems.error({ code: 'InvalidDate', path, message: `'${text}' is not a day`, value: text, allowed: 'a day of the calendar as YYYY-MM-DD', cure: 'write it as 2026-12-31' });
  return false;
}

function collectWorkload(problems: Problems, path: string, workload: string): void {
  const [kind, name, ...rest] = workload.split('/');
  if (rest.length === 0 && KINDS.includes(kind) && name !== undefined) {
    KubernetesName.collectDnsSubdomain(problems, path, name, 'name of the workload');
    return;
  }
  problems.error({
    code: 'InvalidWorkload', path, message: `'${workload}' does not name a workload`, value: workload, allowed: `<kind>/<name>, with one of ${KINDS.join(', ')}`, cure: 'write it as Deployment/web',
  });
}

function collectReason(problems: Problems, path: string, { workload, reason }: PodSecurityException): void {
  if (reason.trim() !== '') return;
  problems.error({ code: 'MissingReason', path, message: `nothing says why ${workload} is excepted`, value: reason, cure: 'say why, for whoever reviews it' });
}

function collectExpiry(problems: Problems, path: string, { workload, control, expires }: PodSecurityException, date: string | undefined): void {
  if (!collectDate(problems, path, expires)) return;
  if (date === undefined) {
    problems.error({
      code: 'DateMissing',
      path,
      message: `nobody says which day it is, so whether the exception of ${workload} has expired is not known`,
      value: expires,
      cure: 'give the date of the tenancy, such as new Date().toISOString().slice(0, 10)',
    });
    return;
  }
  // a day written like this sorts like the calendar
  if (!isDate(date) || date <= expires) return;
  problems.error({
    code: 'ExceptionExpired',
    path,
    message: `the exception of ${workload} from ${control} expired on ${expires}, and it is ${date}`,
    value: expires,
    allowed: `a day from ${date} on`,
    cure: `mend ${workload} and take the exception away, or have it approved again with a later day`,
  });
}

function collectControl(problems: Problems, path: string, control: PodSecurityControl, level: PodSecurityLevel): void {
  const known = Object.values(PodSecurityControl);
  if (!known.includes(control)) {
    problems.error({ code: 'UnknownControl', path, message: `there is no control ${control}`, value: control, allowed: known.join(', '), cure: 'take the control of PodSecurityControl' });
    return;
  }
  const held = level === PodSecurityLevel.RESTRICTED || (level === PodSecurityLevel.BASELINE && !RESTRICTED_ONLY.includes(control));
  if (held) return;
  problems.error({
    code: 'NothingToExcept', path, message: `the level ${level} does not have control ${control}, so every pod may break it`, value: control, cure: 'take the exception away, or raise podSecurity',
  });
}
