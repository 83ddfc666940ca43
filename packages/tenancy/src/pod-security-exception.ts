/**
 * A control of the Pod Security Standards, by the name that the API server's Pod Security admission has for it
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
 */
export enum PodSecurityControl {
  /** AppArmor profiles other than the default. */
  APP_ARMOR_PROFILE = 'appArmorProfile',
  /** Capabilities beyond the usual ones. */
  CAPABILITIES_BASELINE = 'capabilities_baseline',
  /** Any capability but NET_BIND_SERVICE. */
  CAPABILITIES_RESTRICTED = 'capabilities_restricted',
  /** Privilege escalation. */
  ALLOW_PRIVILEGE_ESCALATION = 'allowPrivilegeEscalation',
  /** The network, processes and memory of the node. Exposes everything on the node. */
  HOST_NAMESPACES = 'hostNamespaces',
  /** Files of the node. Exposes everything on the node. */
  HOST_PATH_VOLUMES = 'hostPathVolumes',
  /** Ports of the node. */
  HOST_PORTS = 'hostPorts',
  /** Probes and lifecycle hooks to other hosts. */
  HOST_PROBES_AND_HOST_LIFECYCLE = 'hostProbesAndHostLifecycle',
  /** Privileged containers. Exposes the node. */
  PRIVILEGED = 'privileged',
  /** An unmasked `/proc`. */
  PROC_MOUNT = 'procMount',
  /** Any `/proc` but the default one. */
  PROC_MOUNT_RESTRICTED = 'procMount_restricted',
  /** Volumes of kinds that are not common. */
  RESTRICTED_VOLUMES = 'restrictedVolumes',
  /** Images that may run as root. */
  RUN_AS_NON_ROOT = 'runAsNonRoot',
  /** User 0. */
  RUN_AS_USER = 'runAsUser',
  /** SELinux options. */
  SE_LINUX_OPTIONS = 'seLinuxOptions',
  /** No seccomp profile by name. */
  SECCOMP_PROFILE_BASELINE = 'seccompProfile_baseline',
  /** No seccomp profile at all. */
  SECCOMP_PROFILE_RESTRICTED = 'seccompProfile_restricted',
  /** Kernel parameters that are not safe. */
  SYSCTLS = 'sysctls',
  /** Windows host processes. */
  WINDOWS_HOST_PROCESS = 'windowsHostProcess',
}

/** A workload that may break one control for some time, by name and with a reason. Everything else is held to the level. */
export interface PodSecurityException {
  /** The workload, as kind and name: `Deployment/legacy-importer`. */
  readonly workload: string;
  /** The control that it breaks. */
  readonly control: PodSecurityControl;
  /** Why, in a sentence for whoever reviews it. */
  readonly reason: string;
  /** The last day it is good for, as `YYYY-MM-DD`. Compared with the `date` of the tenancy, never with a clock. */
  readonly expires: string;
  /**
   * Environments in which it holds.
   * @default - all environments of the tenant
   */
  readonly environments?: string[];
}
