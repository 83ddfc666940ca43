import { PodSecurityLevel } from '@viridial/core';
import { PROC_MASKED, profilesKept } from './baseline-controls';
import { Control, unlessOwnUsers } from './control';
import { PodSecurityControl } from '../../pod-security-control';
import { textList } from '../admission/cel';

/** Fields of a volume that hold nothing of the node, and its name. */
const SAFE_VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'name', 'persistentVolumeClaim', 'projected', 'secret'];

/**
 * The controls that the level restricted adds.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export const RESTRICTED_CONTROLS: Control[] = [
  restricted(PodSecurityControl.ALLOW_PRIVILEGE_ESCALATION, 'allowPrivilegeEscalation false in every container', () =>
    unlessWindows('variables.containers.all(container, has(container.securityContext) && has(container.securityContext.allowPrivilegeEscalation) && container.securityContext.allowPrivilegeEscalation == false)')),
  restricted(PodSecurityControl.CAPABILITIES_RESTRICTED, 'containers that drop ALL capabilities and add NET_BIND_SERVICE at most', () =>
    unlessWindows("variables.containers.all(container, has(container.securityContext) && has(container.securityContext.capabilities) && has(container.securityContext.capabilities.drop) && 'ALL' in container.securityContext.capabilities.drop && (!has(container.securityContext.capabilities.add) || container.securityContext.capabilities.add.all(capability, capability == 'NET_BIND_SERVICE')))")),
  restricted(PodSecurityControl.PROC_MOUNT_RESTRICTED, 'procMount Default', () => PROC_MASKED, 35),
  restricted(PodSecurityControl.RESTRICTED_VOLUMES, `volumes of the types ${SAFE_VOLUMES.filter((field) => field !== 'name').join(', ')}`, () =>
    `!variables.wholePod || !has(variables.spec.volumes) || variables.spec.volumes.all(volume, volume.all(field, field in ${textList(SAFE_VOLUMES)}))`),
  restricted(PodSecurityControl.RUN_AS_NON_ROOT, 'runAsNonRoot true, of the pod or of every container', (minor) => {
    const ofPod = '(has(variables.security.runAsNonRoot) && variables.security.runAsNonRoot == true)';
    const ofContainer = `(has(container.securityContext) && has(container.securityContext.runAsNonRoot) ? container.securityContext.runAsNonRoot == true : ${ofPod})`;
    return unlessOwnUsers(minor, `(!variables.wholePod || !has(variables.security.runAsNonRoot) || variables.security.runAsNonRoot == true) && variables.containers.all(container, ${ofContainer})`);
  }),
  restricted(PodSecurityControl.RUN_AS_USER, 'users above 0', (minor) =>
    unlessOwnUsers(minor, 'variables.contexts.all(context, !has(context.runAsUser) || context.runAsUser != 0)')),
  restricted(PodSecurityControl.SECCOMP_PROFILE_RESTRICTED, 'seccomp profile RuntimeDefault or Localhost, of the pod or of every container', () =>
    unlessWindows(`${profilesKept('seccompProfile')} && ((has(variables.security.seccompProfile) && has(variables.security.seccompProfile.type) && variables.security.seccompProfile.type in ['Localhost', 'RuntimeDefault']) || variables.containers.all(container, has(container.securityContext) && has(container.securityContext.seccompProfile)))`)),
];

/** What Windows does not know is not asked of pods that say they are for it. */
function unlessWindows(expression: string): string {
  return `variables.windows || (${expression})`;
}

function restricted(id: PodSecurityControl, allowed: string, keeps: (minor: number) => string, since: number = 0): Control {
  return { id, level: PodSecurityLevel.RESTRICTED, since, allowed, keeps };
}
