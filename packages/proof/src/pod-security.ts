import { PodSecurityLevel, Problems } from '@viridial/core';
import { PodSecurityViolation } from './pod-security-violation';
import { groupOf, judgedKind, JUDGED_KINDS } from './private/kinds';
import { judgePod } from './private/pod-security/controls';
import { collectMinor } from './private/pod-security/version';
import { podOf } from './private/pod-source';
import { isObject, Shape } from './private/shape';
import { enumerate, show } from './private/text';

/** What a pod is held to. */
export interface PodSecurityOptions {
  /** The level of the Pod Security Standards. */
  readonly level: PodSecurityLevel;

  /**
   * The version of the standards: `v1.35`, `1.35` or `latest`. Versions newer than the newest known one are
   * judged by that one, which is also what `latest` means; it moves with releases of this package, so pin it.
   */
  readonly version: string;
}

/**
 * The Pod Security Standards, every control of baseline and restricted with its history from v1.0 to v1.37.
 *
 * Judges as the API server's Pod Security admission does, without one. Namespaces, exemptions and labels play no part
 * here; `Proof` brings them together.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export class PodSecurity {
  /**
   * What an object breaks of a level.
   *
   * Pods are judged, and every kind that embeds one: PodTemplate, ReplicationController, ReplicaSet, Deployment, StatefulSet,
   * DaemonSet, Job, CronJob. Any other kind runs no pod and breaks nothing.
   *
   * @param object a plain object as read from YAML
   * @param options the level and version it is held to
   * @returns the violations, in the order of controls and containers; none when the level allows the object
   * @throws InvalidInputError when the version is none, or the object is not what its kind says
   */
  public static evaluate(object: any, options: PodSecurityOptions): PodSecurityViolation[] {
    const problems = new Problems();
    const minor = collectMinor(problems, 'options.version', options.version);
    if (!Object.values(PodSecurityLevel).includes(options.level)) {
      problems.error({
        code: 'InvalidPodSecurityLevel',
        path: 'options.level',
        message: `${show(options.level)} is not a level of the Pod Security Standards`,
        value: options.level,
        allowed: enumerate(Object.values(PodSecurityLevel), 'or'),
      });
    }
    if (!isObject(object) || typeof object.kind !== 'string') {
      problems.error({
        code: 'MalformedObject',
        path: 'object',
        message: isObject(object) ? 'the object has no kind' : `${show(object)} is not an object`,
        allowed: 'a plain object with apiVersion, kind and metadata',
      });
    }
    problems.throwIfErrors('Pod Security evaluation');
    const { kind, apiVersion, metadata } = object;
    const judged = typeof apiVersion === 'string' ? judgedKind(kind, groupOf(apiVersion)) : Object.hasOwn(JUDGED_KINDS, kind) && JUDGED_KINDS[kind];
    if (!judged) return [];
    const place = [metadata?.namespace, metadata?.name].filter((part) => typeof part === 'string').join('/');
    const owner = `${kind} ${place}`.trimEnd();
    const pod = podOf({ judged, shape: Shape.of(object, owner, problems) });
    const violations = pod === undefined ? [] : judgePod(pod, options.level, minor!);
    problems.throwIfErrors(owner);
    return violations;
  }

  private constructor() {}
}
