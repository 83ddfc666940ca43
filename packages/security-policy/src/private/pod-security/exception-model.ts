import { ClusterFeature, KubernetesName, PodSecurityLevel, Problems } from '@viridial/core';
import { Control } from './control';
import { below, controlOf, givenUp, isAtLeast } from './controls';
import { PodSecurityException, PodSecurityExceptionsProps } from '../../pod-security-exception';

/** Exceptions that were checked, and what follows from them. */
export interface ExceptionModel {
  readonly wanted: PodSecurityLevel;
  readonly enforced: PodSecurityLevel;
  readonly version: string;
  readonly minor: number;
  /** In one order, each once. */
  readonly exceptions: PodSecurityException[];
  /** The controls that the enforced level gives up. */
  readonly controls: Control[];
  /** The exceptions from a control, those that come along included. */
  readonly exceptedFrom: (control: Control) => PodSecurityException[];
}

/** Checks the exceptions of a namespace. */
export function exceptionModel(problems: Problems, props: PodSecurityExceptionsProps): ExceptionModel {
  const { profile, level: wanted, namespace, today } = props;
  const minor = Number(profile.version.minorText.split('.')[1]);
  KubernetesName.collectDnsLabel(problems, 'namespace', namespace, 'namespace');
  const dated = collectDate(problems, 'today', today);
  props.exceptions.forEach((exception, index) => collectException(problems, `exceptions[${index}]`, exception, { wanted, minor, today: dated ? today : undefined }));
  if (props.exceptions.length > 0 && !profile.supports(ClusterFeature.VALIDATING_ADMISSION_POLICY)) {
    problems.error({
      code: 'FeatureMissing',
      path: 'profile',
      message: `Kubernetes ${profile.version.minorText} has no admission policies, so that nothing would hold the other workloads of the namespace`,
      value: ClusterFeature.VALIDATING_ADMISSION_POLICY,
      cure: 'use a cluster from Kubernetes 1.30 on, or a namespace of its own for the workload',
    });
  }
  const byText = new Map(props.exceptions.map((exception) => [[exception.kind, exception.name, exception.control, exception.expires, exception.reason].join(' '), exception]));
  const exceptions = [...byText.keys()].sort().map((key) => byText.get(key)!);
  const levels = exceptions.map(({ control }) => controlOf(control)).filter((control) => control !== undefined).map(({ level }) => below(level));
  const enforced = levels.reduce((lowest, level) => (isAtLeast(level, lowest) ? lowest : level), wanted);
  return {
    wanted,
    enforced,
    version: profile.version.minorText,
    minor,
    exceptions,
    controls: givenUp(wanted, enforced, minor),
    exceptedFrom: ({ id }) => exceptions.filter(({ control }) => control === id || controlOf(control)?.implies?.includes(id)),
  };
}

interface Circumstances {
  readonly wanted: PodSecurityLevel;
  readonly minor: number;
  readonly today?: string;
}

function collectException(problems: Problems, path: string, exception: PodSecurityException, { wanted, minor, today }: Circumstances): void {
  const { name, control: id, reason, expires } = exception;
  KubernetesName.collectDnsSubdomain(problems, `${path}.name`, name, 'workload name');
  const control = controlOf(id);
  if (control === undefined) {
    problems.error({ code: 'UnknownControl', path: `${path}.control`, message: `'${id}' is no control of the Pod Security Standards`, value: id, cure: 'use a member of PodSecurityControl' });
  } else if (!isAtLeast(wanted, control.level) || control.since > minor) {
    problems.error({
      code: 'ExceptionNotNeeded',
      path: `${path}.control`,
      message: control.since > minor ? `${id} came with Kubernetes 1.${control.since}` : `${id} is a control of ${control.level}, and the namespace is held to ${wanted}`,
      value: id,
      cure: 'take the exception away',
    });
  }
  if (reason.trim() === '') {
    problems.error({ code: 'ExceptionWithoutReason', path: `${path}.reason`, message: `nobody will know why ${name} may break ${id}`, cure: 'write the reason in a sentence' });
  }
  if (collectDate(problems, `${path}.expires`, expires) && today !== undefined && expires < today) {
    problems.error({
      code: 'ExceptionExpired',
      path: `${path}.expires`,
      message: `the exception of ${exception.kind} ${name} from ${id} ended on ${expires}`,
      value: expires,
      allowed: `${today} or later`,
      cure: `make ${name} keep ${id} and take the exception away, or decide again and write a new date`,
    });
  }
}

/** A date of the calendar, as ISO 8601 writes it; then dates are ordered like texts. */
function collectDate(problems: Problems, path: string, date: string): boolean {
  const [year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)?.slice(1).map(Number) ?? [0, 0, 0];
  const days = [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (day >= 1 && day <= (days[month - 1] ?? 0)) return true;
  problems.error({ code: 'InvalidDate', path, message: `'${date}' is no date`, value: date, allowed: "a day of the calendar, as '2026-12-31'" });
  return false;
}
