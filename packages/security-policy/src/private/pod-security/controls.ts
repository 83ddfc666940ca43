import { PodSecurityLevel } from '@viridial/core';
import { BASELINE_CONTROLS } from './baseline-controls';
import { Control } from './control';
import { RESTRICTED_CONTROLS } from './restricted-controls';

const CONTROLS = [...BASELINE_CONTROLS, ...RESTRICTED_CONTROLS];

const STRICTNESS = [PodSecurityLevel.PRIVILEGED, PodSecurityLevel.BASELINE, PodSecurityLevel.RESTRICTED];

/** A control by its id. */
export function controlOf(id: string): Control | undefined {
  return CONTROLS.find((control) => control.id === id);
}

/** Whether a level holds pods to at least as much as another. */
export function isAtLeast(level: PodSecurityLevel, other: PodSecurityLevel): boolean {
  return STRICTNESS.indexOf(level) >= STRICTNESS.indexOf(other);
}

/** The next level below one: what is enforced where a control of the level is given up. */
export function below(level: PodSecurityLevel): PodSecurityLevel {
  return STRICTNESS[Math.max(0, STRICTNESS.indexOf(level) - 1)];
}

/** The controls that are lost when a namespace enforces less than what is wanted, at a minor version. */
export function givenUp(wanted: PodSecurityLevel, enforced: PodSecurityLevel, minor: number): Control[] {
  return CONTROLS.filter(({ level, since }) => since <= minor && isAtLeast(wanted, level) && !isAtLeast(enforced, level));
}
