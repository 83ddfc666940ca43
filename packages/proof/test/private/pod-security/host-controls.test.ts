import { PodSecurityLevel } from '@viridial/core';
import { PodSecurity, PodSecurityViolation } from '../../../src';
import { CONTAINER_LISTS, plainPod, podWith } from '../../fixtures/pods';

function violations(pod: any, version: string = '1.36'): PodSecurityViolation[] {
  return PodSecurity.evaluate(pod, { level: PodSecurityLevel.BASELINE, version });
}

describe('host namespaces', () => {
  test.each(['hostNetwork', 'hostPID', 'hostIPC'])('%s breaks hostNamespaces at every version', (field) => {
    for (const version of ['1.0', '1.20', '1.37']) {
      expect(violations(plainPod({ [field]: true }), version)).toEqual([
        expect.objectContaining({ control: 'hostNamespaces', path: `spec.${field}`, cure: `remove ${field}` }),
      ]);
    }
    expect(violations(plainPod({ [field]: false }))).toEqual([]);
  });

  test('each of them is told', () => {
    expect(violations(plainPod({ hostNetwork: true, hostPID: true, hostIPC: true })).map(({ path }) => path))
      .toEqual(['spec.hostNetwork', 'spec.hostPID', 'spec.hostIPC']);
  });
});

describe('hostPath volumes', () => {
  test('a directory of the node is named with its volume', () => {
    const volumes = [{ name: 'scratch', emptyDir: {} }, { name: 'logs', hostPath: { path: '/var/log' } }];
    expect(violations(plainPod({ volumes }))).toEqual([
      expect.objectContaining({ control: 'hostPathVolumes', path: 'spec.volumes[1].hostPath', message: 'volume "logs" is /var/log of the node' }),
    ]);
  });

  test('an empty hostPath counts, a null one does not', () => {
    expect(violations(plainPod({ volumes: [{ name: 'logs', hostPath: {} }] }))).toHaveLength(1);
    expect(violations(plainPod({ volumes: [{ name: 'logs', hostPath: null, emptyDir: {} }] }))).toEqual([]);
  });

  test('other kinds of storage are no matter of baseline', () => {
    for (const source of ['nfs', 'iscsi', 'csi', 'awsElasticBlockStore', 'ephemeral', 'image']) {
      expect(violations(plainPod({ volumes: [{ name: 'data', [source]: {} }] }))).toEqual([]);
    }
  });
});

describe('host ports', () => {
  test.each(CONTAINER_LISTS)('a port of the node in %s breaks hostPorts', (list) => {
    expect(violations(podWith(list, { ports: [{ containerPort: 80 }, { containerPort: 8080, hostPort: 8080 }] }))).toEqual([
      expect.objectContaining({ control: 'hostPorts', path: `spec.${list}[0].ports[1].hostPort` }),
    ]);
  });

  test('port 0 is no port', () => {
    expect(violations(podWith('containers', { ports: [{ containerPort: 80, hostPort: 0 }] }))).toEqual([]);
  });
});

describe('hosts of probes and lifecycle hooks', () => {
  const PLACES = [
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((field) => [field, (action: any) => ({ [field]: action })] as const),
    ...['postStart', 'preStop'].map((field) => [`lifecycle.${field}`, (action: any) => ({ lifecycle: { [field]: action } })] as const),
  ];

  test.each(PLACES)('%s that calls another host breaks it from 1.34 on', (place, build) => {
    for (const list of CONTAINER_LISTS) {
      for (const action of ['httpGet', 'tcpSocket']) {
        const pod = podWith(list, build({ [action]: { host: '10.0.0.1', port: 80 } }));
        expect(violations(pod, '1.33')).toEqual([]);
        expect(violations(pod, '1.34')).toEqual([
          expect.objectContaining({ control: 'hostProbesAndHostLifecycle', path: `spec.${list}[0].${place}.${action}.host` }),
        ]);
      }
    }
  });

  test.each(PLACES)('%s that calls the pod itself is fine', (_, build) => {
    for (const action of [{ httpGet: { port: 80 } }, { httpGet: { host: '', port: 80 } }, { tcpSocket: { port: 80 } }, { exec: { command: ['true'] } }, {}]) {
      expect(violations(podWith('containers', build(action)), '1.37')).toEqual([]);
    }
  });
});

describe('HostProcess containers', () => {
  test('are refused on the pod and on every container', () => {
    const windowsOptions = { hostProcess: true };
    expect(violations(plainPod({ securityContext: { windowsOptions } })).map(({ path }) => path)).toEqual(['spec.securityContext.windowsOptions.hostProcess']);
    for (const list of CONTAINER_LISTS) {
      expect(violations(podWith(list, { securityContext: { windowsOptions } }), '1.0')).toEqual([
        expect.objectContaining({ control: 'windowsHostProcess', path: `spec.${list}[0].securityContext.windowsOptions.hostProcess` }),
      ]);
    }
  });

  test('false and absent are fine', () => {
    expect(violations(plainPod({ securityContext: { windowsOptions: { hostProcess: false } } }))).toEqual([]);
    expect(violations(plainPod({ securityContext: { windowsOptions: { runAsUserName: 'user' } } }))).toEqual([]);
  });
});
