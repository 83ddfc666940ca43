import { PodSecurityLevel } from '@viridial/core';
import { PodSecurity } from '../../../src';
import { CONTAINER_LISTS, HARDENED, hardenedPod, plainPod } from '../../fixtures/pods';

const { BASELINE, RESTRICTED } = PodSecurityLevel;

function broken(pod: any, level: PodSecurityLevel, version: string): string[] {
  return PodSecurity.evaluate(pod, { level, version }).map(({ control, path }) => `${control} ${path}`);
}

describe('sysctls', () => {
  const SINCE: [string, number][] = [
    ['kernel.shm_rmid_forced', 0],
    ['net.ipv4.ip_local_port_range', 0],
    ['net.ipv4.ip_unprivileged_port_start', 0],
    ['net.ipv4.tcp_syncookies', 0],
    ['net.ipv4.ping_group_range', 0],
    ['net.ipv4.ip_local_reserved_ports', 27],
    ['net.ipv4.tcp_keepalive_time', 29],
    ['net.ipv4.tcp_fin_timeout', 29],
    ['net.ipv4.tcp_keepalive_intvl', 29],
    ['net.ipv4.tcp_keepalive_probes', 29],
    ['net.ipv4.tcp_rmem', 32],
    ['net.ipv4.tcp_wmem', 32],
    ['net.ipv4.tcp_slow_start_after_idle', 37],
    ['net.ipv4.tcp_notsent_lowat', 37],
  ];

  test.each(SINCE)('%s is safe from 1.%i on', (name, since) => {
    const pod = plainPod({ securityContext: { sysctls: [{ name, value: '1' }] } });
    for (let minor = 0; minor <= 37; minor++) {
      expect(broken(pod, BASELINE, `1.${minor}`)).toEqual(minor < since ? ['sysctls spec.securityContext.sysctls[0].name'] : []);
    }
  });

  test.each(['kernel.msgmax', 'net.core.somaxconn', 'kernel/shm_rmid_forced', ''])('%p is never safe', (name) => {
    expect(broken(plainPod({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem' }, { name, value: '1' }] } }), BASELINE, '1.37'))
      .toEqual(['sysctls spec.securityContext.sysctls[1].name']);
  });
});

describe('volumes at restricted', () => {
  test.each(['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'])('%s is fine at every version', (source) => {
    for (const version of ['1.0', '1.25', '1.37']) expect(broken(hardenedPod({ volumes: [{ name: 'data', [source]: {} }] }), RESTRICTED, version)).toEqual([]);
  });

  test.each([
    'awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'fc', 'flexVolume', 'flocker', 'gcePersistentDisk', 'gitRepo', 'glusterfs',
    'hostPath', 'iscsi', 'nfs', 'photonPersistentDisk', 'portworxVolume', 'quobyte', 'rbd', 'scaleIO', 'storageos', 'vsphereVolume', 'somethingNew',
  ])('%s is refused', (source) => {
    expect(broken(hardenedPod({ volumes: [{ name: 'data', [source]: {} }] }), RESTRICTED, '1.0')).toEqual([`restrictedVolumes spec.volumes[0].${source}`]);
  });

  test('a volume without a source becomes an emptyDir on the server, and is fine', () => {
    expect(broken(hardenedPod({ volumes: [{ name: 'data' }] }), RESTRICTED, '1.36')).toEqual([]);
  });

  test('a safe source does not hide an unsafe one', () => {
    expect(broken(hardenedPod({ volumes: [{ name: 'data', emptyDir: {}, nfs: {} }] }), RESTRICTED, '1.36')).toEqual(['restrictedVolumes spec.volumes[0].nfs']);
  });
});

describe('running as non-root', () => {
  const pod = (ofPod: boolean | undefined, ofContainer: boolean | undefined, spec: { [key: string]: any } = {}) => hardenedPod({
    securityContext: { seccompProfile: { type: 'RuntimeDefault' }, runAsNonRoot: ofPod },
    containers: [{ name: 'main', securityContext: { ...HARDENED, runAsNonRoot: ofContainer } }],
    ...spec,
  });
  const POD = 'runAsNonRoot spec.securityContext.runAsNonRoot';
  const CONTAINER = 'runAsNonRoot spec.containers[0].securityContext.runAsNonRoot';

  test.each([
    [true, undefined, []],
    [true, true, []],
    [undefined, true, []],
    [undefined, undefined, [CONTAINER]],
    [undefined, false, [CONTAINER]],
    [true, false, [CONTAINER]],
    [false, true, [POD]],
    [false, undefined, [POD, CONTAINER]],
  ])('pod %p and container %p break %p', (ofPod, ofContainer, expected) => {
    for (const version of ['1.0', '1.34', '1.37']) expect(broken(pod(ofPod, ofContainer), RESTRICTED, version)).toEqual(expected);
  });

  test.each(CONTAINER_LISTS)('each container in %s has to be covered', (list) => {
    const spec = { initContainers: [], ephemeralContainers: [], [list]: [{ name: 'one', securityContext: { ...HARDENED, runAsNonRoot: true } }, { name: 'two', securityContext: HARDENED }] };
    expect(broken(pod(undefined, true, spec), RESTRICTED, '1.36')).toEqual([`runAsNonRoot spec.${list}[1].securityContext.runAsNonRoot`]);
  });

  test('a user namespace lets it off from 1.35 on', () => {
    expect(broken(pod(false, false, { hostUsers: false }), RESTRICTED, '1.34')).toHaveLength(2);
    expect(broken(pod(false, false, { hostUsers: false }), RESTRICTED, '1.35')).toEqual([]);
    expect(broken(pod(false, false, { hostUsers: true }), RESTRICTED, '1.35')).toHaveLength(2);
  });
});

describe('running as user 0', () => {
  test('is refused from 1.23 on, on the pod and on every container', () => {
    expect(broken(hardenedPod({}, { runAsUser: 0 }), RESTRICTED, '1.22')).toEqual([]);
    expect(broken(hardenedPod({}, { runAsUser: 0 }), RESTRICTED, '1.23')).toEqual(['runAsUser spec.securityContext.runAsUser']);
    for (const list of CONTAINER_LISTS) {
      const pod = hardenedPod({ [list]: [{ name: 'main', securityContext: { ...HARDENED, runAsUser: 0 } }] });
      expect(broken(pod, RESTRICTED, '1.23')).toEqual([`runAsUser spec.${list}[0].securityContext.runAsUser`]);
    }
  });

  test('any other user, and none, are fine', () => {
    for (const runAsUser of [1, 65534, undefined, null]) expect(broken(hardenedPod({}, { runAsUser }), RESTRICTED, '1.36')).toEqual([]);
  });

  test('a user namespace lets it off from 1.35 on', () => {
    expect(broken(hardenedPod({ hostUsers: false }, { runAsUser: 0 }), RESTRICTED, '1.34')).toHaveLength(1);
    expect(broken(hardenedPod({ hostUsers: false }, { runAsUser: 0 }), RESTRICTED, '1.35')).toEqual([]);
  });
});
