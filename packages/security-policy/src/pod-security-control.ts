/**
 * Controls of the Pod Security Standards, by the ids that the API server gives them.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum PodSecurityControl {
  /** Baseline: the AppArmor profile is that of the runtime, or one of the node's. */
  APP_ARMOR_PROFILE = 'appArmorProfile',
  /** Baseline: no capabilities beyond those of the runtime. */
  CAPABILITIES_BASELINE = 'capabilities_baseline',
  /** Baseline: no namespaces of the host. */
  HOST_NAMESPACES = 'hostNamespaces',
  /** Baseline: no paths of the host. */
  HOST_PATH_VOLUMES = 'hostPathVolumes',
  /** Baseline: no ports of the host. */
  HOST_PORTS = 'hostPorts',
  /** Baseline, from 1.34 on: probes and lifecycle hooks call no other host. */
  HOST_PROBES_AND_HOST_LIFECYCLE = 'hostProbesAndHostLifecycle',
  /** Baseline: no privileged containers. */
  PRIVILEGED = 'privileged',
  /** Baseline: the masks over /proc stay. */
  PROC_MOUNT = 'procMount',
  /** Baseline: SELinux types of containers, no user, no role. */
  SE_LINUX_OPTIONS = 'seLinuxOptions',
  /** Baseline: seccomp is not switched off. */
  SECCOMP_PROFILE_BASELINE = 'seccompProfile_baseline',
  /** Baseline: only kernel parameters that stay in the pod. */
  SYSCTLS = 'sysctls',
  /** Baseline: no processes of a Windows host. */
  WINDOWS_HOST_PROCESS = 'windowsHostProcess',
  /** Restricted: no more privileges than at the start. */
  ALLOW_PRIVILEGE_ESCALATION = 'allowPrivilegeEscalation',
  /** Restricted: all capabilities dropped, at most NET_BIND_SERVICE added. */
  CAPABILITIES_RESTRICTED = 'capabilities_restricted',
  /** Restricted, from 1.35 on: the masks over /proc stay in user namespaces too. */
  PROC_MOUNT_RESTRICTED = 'procMount_restricted',
  /** Restricted: only volumes that hold nothing of the node. */
  RESTRICTED_VOLUMES = 'restrictedVolumes',
  /** Restricted: somebody else than root. */
  RUN_AS_NON_ROOT = 'runAsNonRoot',
  /** Restricted: nobody asks for user 0. */
  RUN_AS_USER = 'runAsUser',
  /** Restricted: seccomp is switched on. */
  SECCOMP_PROFILE_RESTRICTED = 'seccompProfile_restricted',
}

/** Kinds of workloads that an exception can be for. */
export enum ExceptedKind {
  /** A pod without a controller. */
  POD = 'Pod',
  /** A Deployment, with its ReplicaSets and pods. */
  DEPLOYMENT = 'Deployment',
  /** A ReplicaSet without a Deployment, with its pods. */
  REPLICA_SET = 'ReplicaSet',
  /** A StatefulSet, with its pods. */
  STATEFUL_SET = 'StatefulSet',
  /** A DaemonSet, with its pods. */
  DAEMON_SET = 'DaemonSet',
  /** A Job, with its pods. */
  JOB = 'Job',
  /** A CronJob, with its Jobs and pods. */
  CRON_JOB = 'CronJob',
  /** A ReplicationController, with its pods. */
  REPLICATION_CONTROLLER = 'ReplicationController',
}
