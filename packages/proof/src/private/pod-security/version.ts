import { Problems } from '@viridial/core';
import { show } from '../text';

/** The newest version of the standards that is written down here; newer ones and `latest` are judged by it, as an API server does. */
export const NEWEST_MINOR = 37;

/**
 * Minor version of the Pod Security Standards that a text names: `v1.35`, `1.35` or `latest`.
 *
 * @returns the minor version, at most the newest one known here; nothing when a problem was added
 */
export function collectMinor(problems: Problems, path: string, version: unknown): number | undefined {
  if (version === 'latest') return NEWEST_MINOR;
  const match = typeof version === 'string' ? /^v?1\.(0|[1-9][0-9]*)$/.exec(version) : null;
  if (match !== null) return Math.min(Number(match[1]), NEWEST_MINOR);
  problems.error({
    code: 'InvalidPodSecurityVersion',
    path,
    message: `${show(version)} is not a version of the Pod Security Standards`,
    value: version,
    allowed: "'v1.35', '1.35' or 'latest'",
    cure: 'name the minor version of the cluster',
  });
  return undefined;
}
