import { PodSecurityLevel, Problems } from '@viridial/core';
import { collectMinor } from './version';
import { Item } from '../inventory';
import { enumerate, show } from '../text';

/** Label that says which level a namespace enforces. */
export const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** Label that says at which version. */
export const ENFORCE_VERSION = 'pod-security.kubernetes.io/enforce-version';

/** What a namespace enforces. */
export interface PodSecurityLabels {
  /** The level; absent when no label says it. */
  readonly level: PodSecurityLevel | undefined;

  /** The version as its label has it: `v1.36`; absent when there is none, which means `latest`. */
  readonly version: string | undefined;

  /** Minor version that the label pins; absent for `latest` and for no label. */
  readonly minor: number | undefined;
}

/** Reads the labels of a Namespace; one that Pod Security admission refuses is a problem. */
export function readPodSecurityLabels({ labels, shape }: Item): PodSecurityLabels {
  const level = Object.values(PodSecurityLevel).find((known) => known === labels[ENFORCE]);
  if (labels[ENFORCE] !== undefined && level === undefined) {
    shape.wrong(`metadata.labels['${ENFORCE}']`, `${show(labels[ENFORCE])} is not a level of Pod Security`, enumerate(Object.values(PodSecurityLevel), 'or'));
  }
  const version = labels[ENFORCE_VERSION];
  if (version === undefined || version === 'latest') return { level, version, minor: undefined };
  const problems = new Problems();
  const minor = /^v/.test(version) ? collectMinor(problems, '', version) : undefined;
  if (minor === undefined) shape.wrong(`metadata.labels['${ENFORCE_VERSION}']`, `${show(version)} is not a version of Pod Security`, "'v1.35' or 'latest'");
  return { level, version, minor };
}

/** Whether the first level is as strict as the second, or stricter. */
export function isAtLeast(level: PodSecurityLevel, other: PodSecurityLevel): boolean {
  const levels = Object.values(PodSecurityLevel);
  return levels.indexOf(level) >= levels.indexOf(other);
}
