import { PodSecurityLevel } from '@viridial/core';
import { finding } from './found';
import { podSecurityReferences } from './references';
import { RULES } from './rules';
import { SubjectMatter } from './subject-matter';
import { Finding } from '../../finding';
import { Item } from '../inventory';
import { judgePod } from '../pod-security/controls';
import { ENFORCE, ENFORCE_VERSION, isAtLeast, PodSecurityLabels } from '../pod-security/namespace-labels';
import { podOf } from '../pod-source';
import { NamespaceBounds } from '../quota/bounds';
import { enumerateSome, groupBy, short } from '../text';

/** Namespaces whose labels leave something open. */
export function checkNamespaceLabels({ inventory, podSecurity, bounds, level, latestMinor }: SubjectMatter): Finding[] {
  const workloads = groupBy(inventory.workloads, ({ namespace }) => namespace);
  return inventory.ofKind('Namespace').flatMap(({ identity, name }) => {
    const labels = podSecurity.get(name)!;
    const advised = level ?? PodSecurityLevel.RESTRICTED;
    const pinned = `${ENFORCE_VERSION}=v1.${latestMinor}`;
    if (labels.level === undefined) {
      const users = usersOfPrivilege(workloads.get(name) ?? [], latestMinor);
      return [finding(RULES.podSecurityNotEnforced, {
        object: identity,
        path: `metadata.labels['${ENFORCE}']`,
        why: `namespace ${name} does not say which pods it admits${users.length === 0 ? '' : `, and ${enumerateSome(users.map(({ text }) => text), 3)} would not pass even baseline`}`,
        cure: users.length === 0
          ? `label it ${ENFORCE}=${advised} and ${pinned}; take baseline or privileged only if its workloads need it`
          : `see whether ${users.length === 1 ? 'that workload needs' : 'these workloads need'} what baseline forbids, and move what does into a namespace of its own; `
            + `then label this one ${ENFORCE}=${advised} and ${pinned}`,
        witness: weakerPod(name, undefined, bounds.get(name)),
        related: users.map(({ object }) => object),
      })];
    }
    const findings: Finding[] = [];
    if (level !== undefined && !isAtLeast(labels.level, level)) {
      findings.push(finding(RULES.podSecurityBelowLevel, {
        object: identity,
        path: `metadata.labels['${ENFORCE}']`,
        why: `namespace ${name} enforces ${labels.level}, and every namespace is to enforce ${level}`,
        cure: `set ${ENFORCE} to ${level}`,
        witness: weakerPod(name, labels.level, bounds.get(name)),
      }));
    }
    if (labels.minor === undefined && labels.level !== PodSecurityLevel.PRIVILEGED) {
      findings.push(finding(RULES.podSecurityNotPinned, {
        object: identity,
        path: `metadata.labels['${ENFORCE_VERSION}']`,
        why: `namespace ${name} enforces ${labels.level} at whatever version the API server has`,
        cure: `label it ${pinned}`,
      }));
    }
    return findings;
  });
}

/** Workloads that do what baseline forbids, each with the fields that say so. */
function usersOfPrivilege(workloads: Item[], minor: number): { readonly object: string; readonly text: string }[] {
  return workloads.flatMap((item) => {
    const pod = podOf(item);
    const violations = pod === undefined ? [] : judgePod(pod, PodSecurityLevel.BASELINE, minor);
    const fields = [...new Set(violations.map(({ path }) => path.slice(path.lastIndexOf('.') + 1)))];
    return fields.length === 0 ? [] : [{ object: item.identity, text: `${short(item.identity)} (${fields.join(', ')})` }];
  });
}

/** A pod that a level admits and the next stricter one does not; nothing where a quota keeps every pod out. */
export function weakerPod(namespace: string, level: PodSecurityLevel | undefined, bounds: NamespaceBounds | undefined): string | undefined {
  if (bounds?.closed) return undefined;
  return level === PodSecurityLevel.BASELINE
    ? `a pod in ${namespace} that runs as root is admitted`
    : `a privileged pod in ${namespace} is admitted, and is root on its node`;
}

/** Workloads whose pods do not pass what they are held to. */
export function checkWorkloads(matter: SubjectMatter): Finding[] {
  return matter.inventory.items.filter(({ judged }) => judged.pod !== undefined).flatMap((item) => {
    const held = heldTo(item.namespace, matter);
    return held === undefined ? [] : judgeWorkload(item, held);
  });
}

/** A level with the reason to judge by it. */
export interface HeldLevel {
  readonly level: PodSecurityLevel;
  readonly minor: number;

  /** Who holds the workload to it: `that namespace enforces`. */
  readonly by: string;

  /** Whether Pod Security admission itself refuses the pods. */
  readonly refused: boolean;
}

/** The findings about one workload at one level. */
export function judgeWorkload(item: Item, { level, minor, by, refused }: HeldLevel): Finding[] {
  const pod = podOf(item);
  if (pod === undefined) return [];
  const what = item.kind === 'Pod' ? 'the pod' : 'every pod of it';
  return judgePod(pod, level, minor).map(({ control, path, message, cure }) => finding(RULES.podSecurityViolation, {
    object: item.identity,
    path,
    why: message,
    cure,
    witness: `${what} is ${refused ? 'refused' : 'admitted'} in ${item.namespace}, and ${by} ${level} v1.${minor}`,
    references: podSecurityReferences(control, path),
  }));
}

function heldTo(namespace: string, { podSecurity, level, latestMinor }: SubjectMatter): HeldLevel | undefined {
  const labels: PodSecurityLabels | undefined = podSecurity.get(namespace);
  if (labels?.level !== undefined && (level === undefined || isAtLeast(labels.level, level))) {
    return { level: labels.level, minor: labels.minor ?? latestMinor, by: 'that namespace enforces', refused: true };
  }
  return level === undefined ? undefined : { level, minor: latestMinor, by: 'every workload is to pass', refused: false };
}
