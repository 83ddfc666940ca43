import { PodSecurityLevel } from '@viridial/core';
import { PodSecurityViolation } from '../../pod-security-violation';
import { PodSource } from '../pod-source';
import { allowPrivilegeEscalation, capabilitiesBaseline, capabilitiesRestricted, privileged, procMount, procMountRestricted } from './container-controls';
import { Breach, Control } from './control';
import { hostNamespaces, hostPathVolumes, hostPorts, hostProbesAndHostLifecycle, windowsHostProcess } from './host-controls';
import { restrictedVolumes, runAsNonRoot, runAsUser, sysctls } from './pod-controls';
import { PodView, viewPod } from './pod-view';
import { appArmorProfile, seccompProfileBaseline, seccompProfileRestricted, seLinuxOptions } from './profile-controls';

/** Every control of the Pod Security Standards, baseline first. */
export const CONTROLS: Control[] = [
  appArmorProfile, capabilitiesBaseline, hostNamespaces, hostPathVolumes, hostPorts, hostProbesAndHostLifecycle,
  privileged, procMount, seLinuxOptions, seccompProfileBaseline, sysctls, windowsHostProcess,
  allowPrivilegeEscalation, capabilitiesRestricted, procMountRestricted, restrictedVolumes, runAsNonRoot, runAsUser, seccompProfileRestricted,
];

/** A control with the wording that holds at one version. */
export interface HoldingControl {
  readonly control: Control;
  readonly judge: (pod: PodView) => Breach[];
}

const remembered = new Map<string, HoldingControl[]>();

/** What a pod breaks of a level; fields of the wrong type are told by the shapes it is read through. */
export function judgePod(pod: PodSource, level: PodSecurityLevel, minor: number): PodSecurityViolation[] {
  const view = viewPod(pod);
  return controlsOf(level, minor).flatMap(({ control, judge }) => (
    judge(view).map((breach) => ({ control: control.id, level: control.level, ...breach }))));
}

/** The controls that a level has at a minor version of the standards. */
export function controlsOf(level: PodSecurityLevel, minor: number): HoldingControl[] {
  const key = `${level} ${minor}`;
  let controls = remembered.get(key);
  if (controls === undefined) {
    controls = select(level, minor);
    remembered.set(key, controls);
  }
  return controls;
}

function select(level: PodSecurityLevel, minor: number): HoldingControl[] {
  if (level === PodSecurityLevel.PRIVILEGED) return [];
  const holding = CONTROLS
    .filter((control) => level === PodSecurityLevel.RESTRICTED || control.level === PodSecurityLevel.BASELINE)
    .flatMap((control): HoldingControl[] => {
      const wording = control.wordings.filter(({ since }) => since <= minor).pop();
      return wording === undefined ? [] : [{ control, judge: wording.judge }];
    });
  const overridden = new Set(holding.flatMap(({ control }) => control.overrides ?? []));
  return holding.filter(({ control }) => !overridden.has(control.id));
}
