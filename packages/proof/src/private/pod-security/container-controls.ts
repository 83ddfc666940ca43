import { PodSecurityLevel } from '@viridial/core';
import { Breach, Control } from './control';
import { ContainerView, PodView } from './pod-view';

/** Capabilities that a container runtime gives by default, without NET_RAW. */
const DEFAULT_CAPABILITIES = new Set([
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD',
  'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT',
]);

/** No privileged containers. */
export const privileged: Control = {
  id: 'privileged',
  level: PodSecurityLevel.BASELINE,
  wordings: [{
    since: 0,
    judge: ({ containers }) => containers.filter(({ security }) => security?.flag('privileged')).map(({ name, security }) => ({
      path: security!.path('privileged'),
      message: `container "${name}" is privileged: it is root on the node`,
      cure: 'remove privileged; when it needs one thing of the node, ask for that capability or device alone',
      container: name,
    })),
  }],
};

/** No capabilities beyond the default set. */
export const capabilitiesBaseline: Control = {
  id: 'capabilities_baseline',
  level: PodSecurityLevel.BASELINE,
  wordings: [{
    since: 0,
    judge: ({ containers }) => containers.flatMap((container) => forbiddenAdditions(container, DEFAULT_CAPABILITIES)),
  }],
};

/** All capabilities are dropped, and only NET_BIND_SERVICE may come back. */
export const capabilitiesRestricted: Control = {
  id: 'capabilities_restricted',
  level: PodSecurityLevel.RESTRICTED,
  wordings: [
    { since: 22, judge: leastCapabilities },
    { since: 25, judge: (pod) => (pod.windows ? [] : leastCapabilities(pod)) },
  ],
  overrides: ['capabilities_baseline'],
};

function leastCapabilities({ containers }: PodView): Breach[] {
  return containers.flatMap((container) => {
    const { name, shape, security } = container;
    const capabilities = security?.child('capabilities');
    const missing = capabilities?.texts('drop').includes('ALL') ? [] : [{
      path: (capabilities ?? security ?? shape).path(capabilities ? 'drop' : security ? 'capabilities.drop' : 'securityContext.capabilities.drop'),
      message: `container "${name}" keeps the capabilities that the runtime gives by default`,
      cure: 'set securityContext.capabilities.drop to ["ALL"]',
      container: name,
    }];
    return [...missing, ...forbiddenAdditions(container, new Set(['NET_BIND_SERVICE']))];
  });
}

function forbiddenAdditions({ name, security }: ContainerView, allowed: Set<string>): Breach[] {
  const capabilities = security?.child('capabilities');
  const added = (capabilities?.texts('add') ?? []).filter((capability) => !allowed.has(capability));
  return added.length === 0 ? [] : [{
    path: capabilities!.path('add'),
    message: `container "${name}" asks for ${added.join(', ')}`,
    cure: `take ${added.join(', ')} out of securityContext.capabilities.add`,
    container: name,
  }];
}

/** The masks over /proc stay; from 1.35 on a pod in its own user namespace may lift them. */
export const procMount: Control = {
  id: 'procMount',
  level: PodSecurityLevel.BASELINE,
  wordings: [
    { since: 0, judge: unmaskedProc },
    { since: 35, judge: (pod) => (pod.ownUserNamespace ? [] : unmaskedProc(pod)) },
  ],
};

/** The masks over /proc stay, in a user namespace too. */
export const procMountRestricted: Control = {
  id: 'procMount_restricted',
  level: PodSecurityLevel.RESTRICTED,
  wordings: [{ since: 35, judge: unmaskedProc }],
  overrides: ['procMount'],
};

function unmaskedProc({ containers }: PodView): Breach[] {
  return containers.flatMap(({ name, security }) => {
    const mount = security?.text('procMount');
    if (mount === undefined || mount === 'Default') return [];
    return [{
      path: security!.path('procMount'),
      message: `container "${name}" sees parts of /proc that are hidden from containers (procMount ${mount})`,
      cure: 'remove procMount',
      container: name,
    }];
  });
}

/** Set-user-ID programs and file capabilities give nobody more than it started with. */
export const allowPrivilegeEscalation: Control = {
  id: 'allowPrivilegeEscalation',
  level: PodSecurityLevel.RESTRICTED,
  wordings: [
    { since: 8, judge: escalatable },
    { since: 25, judge: (pod) => (pod.windows ? [] : escalatable(pod)) },
  ],
};

function escalatable({ containers }: PodView): Breach[] {
  return containers.filter(({ security }) => security?.flag('allowPrivilegeEscalation') !== false).map(({ name, shape, security }) => ({
    path: security?.path('allowPrivilegeEscalation') ?? shape.path('securityContext.allowPrivilegeEscalation'),
    message: `a process of container "${name}" may gain more privileges than it started with`,
    cure: 'set securityContext.allowPrivilegeEscalation to false',
    container: name,
  }));
}
