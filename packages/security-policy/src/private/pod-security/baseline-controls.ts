import { PodSecurityLevel } from '@viridial/core';
import { Control, unlessOwnUsers } from './control';
import { PodSecurityControl } from '../../pod-security-control';
import { textList } from '../admission/cel';

/** Capabilities that a runtime gives by default, without NET_RAW. */
const DEFAULT_CAPABILITIES = [
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT',
];

/** Kernel parameters that stay in the pod, by the minor version that took them in. */
const SYSCTLS: [number, string[]][] = [
  [0, ['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.ping_group_range', 'net.ipv4.tcp_syncookies']],
  [27, ['net.ipv4.ip_local_reserved_ports']],
  [29, ['net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_keepalive_time']],
  [32, ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem']],
  [37, ['net.ipv4.tcp_notsent_lowat', 'net.ipv4.tcp_slow_start_after_idle']],
];

const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';

/** CEL: whether every profile of a field is the runtime's, or one of the node's. */
export function profilesKept(field: string): string {
  return `variables.contexts.all(context, !has(context.${field}) || (has(context.${field}.type) && context.${field}.type in ['Localhost', 'RuntimeDefault']))`;
}

/** CEL: whether the masks over /proc stay. */
export const PROC_MASKED = "variables.securities.all(context, !has(context.procMount) || context.procMount == 'Default')";

/**
 * The controls of the level baseline.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
 */
export const BASELINE_CONTROLS: Control[] = [
  baseline(PodSecurityControl.APP_ARMOR_PROFILE, 'AppArmor profiles RuntimeDefault and Localhost', () =>
    `${profilesKept('appArmorProfile')} && (!has(variables.pod.metadata) || !has(variables.pod.metadata.annotations) || variables.pod.metadata.annotations.all(key, !key.startsWith('${APP_ARMOR}') || variables.pod.metadata.annotations[key] in ['', 'runtime/default'] || variables.pod.metadata.annotations[key].startsWith('localhost/')))`),
  {
    ...baseline(PodSecurityControl.CAPABILITIES_BASELINE, `added capabilities ${DEFAULT_CAPABILITIES.join(', ')}`, () =>
      `variables.securities.all(context, !has(context.capabilities) || !has(context.capabilities.add) || context.capabilities.add.all(capability, capability in ${textList(DEFAULT_CAPABILITIES)}))`),
    implies: [PodSecurityControl.CAPABILITIES_RESTRICTED],
  },
  baseline(PodSecurityControl.HOST_NAMESPACES, 'pods without hostNetwork, hostPID and hostIPC', () =>
    `!variables.wholePod || (${['hostNetwork', 'hostPID', 'hostIPC'].map((field) => `(!has(variables.spec.${field}) || variables.spec.${field} == false)`).join(' && ')})`),
  {
    ...baseline(PodSecurityControl.HOST_PATH_VOLUMES, 'volumes other than hostPath', () =>
      '!variables.wholePod || !has(variables.spec.volumes) || variables.spec.volumes.all(volume, !has(volume.hostPath))'),
    implies: [PodSecurityControl.RESTRICTED_VOLUMES],
  },
  baseline(PodSecurityControl.HOST_PORTS, 'ports without hostPort', () =>
    'variables.containers.all(container, !has(container.ports) || container.ports.all(port, !has(port.hostPort) || port.hostPort == 0))'),
  baseline(PodSecurityControl.HOST_PROBES_AND_HOST_LIFECYCLE, 'probes and hooks without host', () =>
    `variables.containers.all(container, ${[...probes(), ...hooks()].join(' && ')})`, 34),
  {
    ...baseline(PodSecurityControl.PRIVILEGED, 'containers that are not privileged', () =>
      'variables.securities.all(context, !has(context.privileged) || context.privileged == false)'),
    implies: [PodSecurityControl.ALLOW_PRIVILEGE_ESCALATION],
  },
  {
    ...baseline(PodSecurityControl.PROC_MOUNT, 'procMount Default', (minor) => unlessOwnUsers(minor, PROC_MASKED)),
    implies: [PodSecurityControl.PROC_MOUNT_RESTRICTED],
  },
  baseline(PodSecurityControl.SE_LINUX_OPTIONS, 'SELinux types of containers, without user and role', (minor) => {
    const types = textList(['', 'container_init_t', 'container_kvm_t', 'container_t', ...(minor >= 31 ? ['container_engine_t'] : [])]);
    const empty = (field: string): string => `(!has(context.seLinuxOptions.${field}) || context.seLinuxOptions.${field} == '')`;
    return `variables.contexts.all(context, !has(context.seLinuxOptions) || ((!has(context.seLinuxOptions.type) || context.seLinuxOptions.type in ${types}) && ${empty('user')} && ${empty('role')}))`;
  }),
  {
    ...baseline(PodSecurityControl.SECCOMP_PROFILE_BASELINE, 'seccomp profiles RuntimeDefault and Localhost', () => profilesKept('seccompProfile')),
    implies: [PodSecurityControl.SECCOMP_PROFILE_RESTRICTED],
  },
  baseline(PodSecurityControl.SYSCTLS, 'kernel parameters of the safe set', (minor) =>
    `!variables.wholePod || !has(variables.security.sysctls) || variables.security.sysctls.all(entry, entry.name in ${textList(SYSCTLS.filter(([since]) => since <= minor).flatMap(([, names]) => names))})`),
  baseline(PodSecurityControl.WINDOWS_HOST_PROCESS, 'containers that are no processes of the host', () =>
    'variables.contexts.all(context, !has(context.windowsOptions) || !has(context.windowsOptions.hostProcess) || context.windowsOptions.hostProcess == false)'),
];

function baseline(id: PodSecurityControl, allowed: string, keeps: (minor: number) => string, since: number = 0): Control {
  return { id, level: PodSecurityLevel.BASELINE, since, allowed, keeps };
}

function probes(): string[] {
  return ['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => `(!has(container.${probe}) || (${callsNobodyElse(`container.${probe}`)}))`);
}

function hooks(): string[] {
  return ['postStart', 'preStop'].map((hook) => `(!has(container.lifecycle) || !has(container.lifecycle.${hook}) || (${callsNobodyElse(`container.lifecycle.${hook}`)}))`);
}

function callsNobodyElse(handler: string): string {
  return ['httpGet', 'tcpSocket'].map((action) => `(!has(${handler}.${action}) || !has(${handler}.${action}.host) || ${handler}.${action}.host == '')`).join(' && ');
}
