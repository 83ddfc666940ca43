import { PodSecurityLevel } from '@viridial/core';
import { Breach, Control, subject } from './control';
import { ContainerView, PodView, securityContexts } from './pod-view';
import { Shape } from '../shape';

const HOST_NAMESPACES: { readonly [field: string]: string } = {
  hostNetwork: 'uses the network of the node: no network policy applies to it and it can listen to its neighbours',
  hostPID: 'sees, and may signal, every process of the node',
  hostIPC: 'shares memory with processes of the node',
};

/** Pods do not join namespaces of the host. */
export const hostNamespaces: Control = {
  id: 'hostNamespaces',
  level: PodSecurityLevel.BASELINE,
  wordings: [{
    since: 0,
    judge: ({ spec }) => Object.keys(HOST_NAMESPACES).filter((field) => spec.flag(field)).map((field) => ({
      path: spec.path(field),
      message: `the pod ${HOST_NAMESPACES[field]} (${field} is true)`,
      cure: `remove ${field}`,
    })),
  }],
};

/** No directory of the node in a pod. */
export const hostPathVolumes: Control = {
  id: 'hostPathVolumes',
  level: PodSecurityLevel.BASELINE,
  wordings: [{
    since: 0,
    judge: ({ spec }) => spec.children('volumes').filter((volume) => volume.has('hostPath')).map((volume) => ({
      path: volume.path('hostPath'),
      message: `volume "${volume.text('name')}" is ${volume.child('hostPath')?.text('path') ?? 'a path'} of the node`,
      cure: 'use a PersistentVolumeClaim, an emptyDir or a projected volume instead',
    })),
  }],
};

/** No port of the node for a container. */
export const hostPorts: Control = {
  id: 'hostPorts',
  level: PodSecurityLevel.BASELINE,
  wordings: [{
    since: 0,
    judge: ({ containers }) => containers.flatMap(({ name, shape }) => shape.children('ports').flatMap((port) => {
      const number = port.whole('hostPort') ?? 0;
      if (number === 0) return [];
      return [{
        path: port.path('hostPort'),
        message: `container "${name}" takes port ${number} of the node`,
        cure: 'remove hostPort and reach the pod through a Service',
        container: name,
      }];
    })),
  }],
};

/**
 * The kubelet is not sent to other hosts: it would carry out requests from the node's network on the pod's behalf.
 *
 * @see https://github.com/kubernetes/kubernetes/pull/125271
 */
export const hostProbesAndHostLifecycle: Control = {
  id: 'hostProbesAndHostLifecycle',
  level: PodSecurityLevel.BASELINE,
  wordings: [{ since: 34, judge: ({ containers }) => containers.flatMap(hostsOf) }],
};

function hostsOf({ name, shape }: ContainerView): Breach[] {
  const lifecycle = shape.child('lifecycle');
  const handlers = [
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((field) => shape.child(field)),
    ...['postStart', 'preStop'].map((field) => lifecycle?.child(field)),
  ];
  const actions = handlers.flatMap((handler) => [handler?.child('httpGet'), handler?.child('tcpSocket')]);
  return actions.filter((action): action is Shape => (action?.text('host') ?? '') !== '').map((action) => ({
    path: action.path('host'),
    message: `container "${name}" has the kubelet call ${action.text('host')} from the node's network`,
    cure: 'remove host, so that the pod itself is asked; to send a Host header, set it in httpHeaders',
    container: name,
  }));
}

/** No HostProcess containers on Windows. */
export const windowsHostProcess: Control = {
  id: 'windowsHostProcess',
  level: PodSecurityLevel.BASELINE,
  wordings: [{ since: 0, judge: hostProcesses }],
};

function hostProcesses(pod: PodView): Breach[] {
  return securityContexts(pod).flatMap(({ security, container }) => {
    const options = security.child('windowsOptions');
    if (!options?.flag('hostProcess')) return [];
    return [{
      path: options.path('hostProcess'),
      message: `${subject(container)} runs as a process of the Windows node`,
      cure: 'remove hostProcess',
      container,
    }];
  });
}
