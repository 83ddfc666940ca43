import { PodSecurityLevel } from '@viridial/core';
import { Breach, Control, subject } from './control';
import { PodView, securityContexts } from './pod-view';

/** Kernel parameters that are namespaced and isolated, by the minor version that took them in. */
const SAFE_SYSCTLS: { readonly since: number; readonly names: string[] }[] = [
  {
    since: 0,
    names: [
      'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start',
      'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range',
    ],
  },
  { since: 27, names: ['net.ipv4.ip_local_reserved_ports'] },
  { since: 29, names: ['net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes'] },
  { since: 32, names: ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'] },
  { since: 37, names: ['net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat'] },
];

/** Only kernel parameters that stay inside the pod. */
export const sysctls: Control = {
  id: 'sysctls',
  level: PodSecurityLevel.BASELINE,
  wordings: SAFE_SYSCTLS.map(({ since }) => {
    const safe = new Set(SAFE_SYSCTLS.filter((step) => step.since <= since).flatMap(({ names }) => names));
    return { since, judge: (pod) => unsafeSysctls(pod, safe) };
  }),
};

function unsafeSysctls({ security }: PodView, safe: Set<string>): Breach[] {
  return (security?.children('sysctls') ?? []).filter((entry) => !safe.has(entry.text('name') ?? '')).map((entry) => ({
    path: entry.path('name'),
    message: `the pod sets the kernel parameter ${entry.text('name') ?? '(without a name)'}, which is not in the safe set of this version`,
    cure: 'remove it from securityContext.sysctls, or set it on the node',
  }));
}

/** Sources of volumes that hold nothing of the node. `image` came with Kubernetes 1.33 but counts at every version. */
const SAFE_VOLUMES = new Set(['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret']);

/** Volumes of the safe sources only. A volume without a source becomes an emptyDir on the server. */
export const restrictedVolumes: Control = {
  id: 'restrictedVolumes',
  level: PodSecurityLevel.RESTRICTED,
  wordings: [{
    since: 0,
    judge: ({ spec }) => spec.children('volumes').flatMap((volume) => Object.keys(volume.value)
      .filter((field) => field !== 'name' && volume.has(field) && !SAFE_VOLUMES.has(field))
      .map((field) => ({
        path: volume.path(field),
        message: `volume "${volume.text('name')}" is of type ${field}`,
        cure: field === 'hostPath'
          ? 'use a PersistentVolumeClaim, an emptyDir or a projected volume instead'
          : 'reach such storage through a PersistentVolumeClaim',
      }))),
  }],
  overrides: ['hostPathVolumes'],
};

/** Every container is made to run as somebody else than root. */
export const runAsNonRoot: Control = {
  id: 'runAsNonRoot',
  level: PodSecurityLevel.RESTRICTED,
  wordings: [
    { since: 0, judge: perhapsRoot },
    { since: 35, judge: (pod) => (pod.ownUserNamespace ? [] : perhapsRoot(pod)) },
  ],
};

function perhapsRoot({ security, containers }: PodView): Breach[] {
  const ofPod = security?.flag('runAsNonRoot');
  const breaches: Breach[] = ofPod !== false ? [] : [{
    path: security!.path('runAsNonRoot'),
    message: 'the pod lets its containers run as root',
    cure: 'set securityContext.runAsNonRoot of the pod to true',
  }];
  for (const { name, shape, security: own } of containers) {
    const flag = own?.flag('runAsNonRoot');
    if (flag ?? ofPod) continue;
    breaches.push({
      path: own?.path('runAsNonRoot') ?? shape.path('securityContext.runAsNonRoot'),
      message: flag === false ? `container "${name}" says that it may run as root` : `nothing keeps container "${name}" from running as root`,
      cure: flag === false ? 'set securityContext.runAsNonRoot of the container to true' : 'set securityContext.runAsNonRoot of the pod to true',
      container: name,
    });
  }
  return breaches;
}

/** Nobody asks for user 0. */
export const runAsUser: Control = {
  id: 'runAsUser',
  level: PodSecurityLevel.RESTRICTED,
  wordings: [
    { since: 23, judge: root },
    { since: 35, judge: (pod) => (pod.ownUserNamespace ? [] : root(pod)) },
  ],
};

function root(pod: PodView): Breach[] {
  return securityContexts(pod).filter(({ security }) => security.whole('runAsUser') === 0).map(({ security, container }) => ({
    path: security.path('runAsUser'),
    message: `${subject(container)} runs as user 0`,
    cure: 'set runAsUser to a number above 0, or leave it to the image',
    container,
  }));
}
