import { viewPod } from './pod-security/pod-view';
import { PodSource } from './pod-source';
import { Shape } from './shape';
import { show } from './text';

/** A way from a pod to its node. */
export interface HostAccess {
  /** Property path below the object. */
  readonly path: string;

  /** What it opens, a sentence without capital and period. */
  readonly why: string;

  /** Whether it makes root on the node out of root in the pod, without another hole. */
  readonly escapes: boolean;
}

/** Capabilities out of which root on the node is made. */
const ESCAPING = ['ALL', 'SYS_ADMIN', 'SYS_MODULE', 'SYS_PTRACE', 'SYS_RAWIO', 'SYS_BOOT', 'DAC_READ_SEARCH', 'BPF', 'MKNOD'];

/** Paths of a node that give it away even when they are only read: credentials, tokens of other pods, processes, sockets. */
const TELLING_PATHS = /^\/+$|^\/(root|proc|run|home)(\/|$)|^\/etc(\/(kubernetes|rancher|cni|shadow.*|ssh|cron.*))?\/?$|^\/etc\/kubernetes\/|^\/var\/?$|^\/var\/(run|lib)(\/|$)((kubelet|docker|containerd|crio|etcd|rancher)(\/|$)|$)|\.sock$/;

/** Paths of a node out of which root is made when they can be written: programs, units, jobs and devices of the node. */
const RUNNING_PATHS = /^\/(etc|usr|bin|sbin|lib\d*|opt|boot|dev|sys|var\/(spool|log|lib))(\/|$)/;

/** Every way from a pod to its node. */
export function hostAccessOf(pod: PodSource): HostAccess[] {
  const { spec, containers, ownUserNamespace } = viewPod(pod);
  const seesProcesses = spec.flag('hostPID') === true;
  const flags: HostAccess[] = [
    ...flag(spec, 'hostPID', 'it sees and traces every process of the node'),
    ...flag(spec, 'hostNetwork', 'it is on the network of the node: no NetworkPolicy holds it, and it reaches what listens on localhost and the metadata service'),
    ...flag(spec, 'hostIPC', 'it shares memory with processes of the node'),
  ];
  const volumes = spec.children('volumes').flatMap((volume): HostAccess[] => {
    const host = volume.child('hostPath');
    const path = host?.text('path');
    if (host === undefined || path === undefined) return [];
    const name = volume.text('name');
    const mounts = containers.flatMap(({ shape }) => shape.children('volumeMounts')).filter((mount) => mount.text('name') === name);
    const written = mounts.some((mount) => mount.flag('readOnly') !== true);
    const escapes = TELLING_PATHS.test(path) || (written && RUNNING_PATHS.test(path));
    return [{ path: host.path('path'), why: `it ${written ? 'writes' : 'reads'} ${show(path)} of the node`, escapes }];
  });
  const inContainers = containers.flatMap(({ name, security }): HostAccess[] => {
    if (security === undefined) return [];
    const added = security.child('capabilities')?.texts('add').map((text) => text.replace(/^CAP_/, '').toUpperCase()) ?? [];
    return [
      ...flag(security, 'privileged', `container ${name} is privileged: it has every device and capability of the node`),
      ...added.filter((text) => ESCAPING.includes(text)).map((text) => ({
        path: security.path('capabilities.add'), why: `container ${name} has the capability ${text} of the node`, escapes: !ownUserNamespace && (text !== 'SYS_PTRACE' || seesProcesses),
      })),
      ...(security.text('procMount') === 'Unmasked' ? [{ path: security.path('procMount'), why: `container ${name} has /proc unmasked`, escapes: false }] : []),
      ...(security.child('windowsOptions')?.flag('hostProcess') === true
        ? [{ path: security.path('windowsOptions.hostProcess'), why: `container ${name} is a process of the node`, escapes: true }] : []),
    ];
  });
  return [...flags, ...volumes, ...inContainers];
}

function flag(shape: Shape, field: string, why: string): HostAccess[] {
  return shape.flag(field) === true ? [{ path: shape.path(field), why, escapes: field === 'privileged' }] : [];
}
