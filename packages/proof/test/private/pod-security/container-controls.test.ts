import { PodSecurityLevel } from '@viridial/core';
import { PodSecurity } from '../../../src';
import { CONTAINER_LISTS, HARDENED, hardenedPod, podWith } from '../../fixtures/pods';

const { BASELINE, RESTRICTED } = PodSecurityLevel;

function broken(pod: any, level: PodSecurityLevel, version: string): string[] {
  return PodSecurity.evaluate(pod, { level, version }).map(({ control, path }) => `${control} ${path}`);
}

/** A pod that passes restricted but for the security context of one container. */
function hardenedWith(list: string, securityContext: { [key: string]: any }, spec: { [key: string]: any } = {}): any {
  const pod = podWith(list, { securityContext }, { securityContext: HARDENED });
  return { ...pod, spec: { ...hardenedPod().spec, ...pod.spec, ...spec } };
}

describe('privileged', () => {
  test.each(CONTAINER_LISTS)('a privileged container in %s is refused at every version', (list) => {
    const pod = podWith(list, { securityContext: { privileged: true } });
    for (const version of ['1.0', '1.19', '1.37']) {
      expect(broken(pod, BASELINE, version)).toEqual([`privileged spec.${list}[0].securityContext.privileged`]);
    }
    expect(broken(podWith(list, { securityContext: { privileged: false } }), BASELINE, '1.36')).toEqual([]);
  });

  test('the message names the container', () => {
    const [violation] = PodSecurity.evaluate(podWith('initContainers', { securityContext: { privileged: true } }), { level: BASELINE, version: '1.36' });
    expect(violation).toMatchObject({ container: 'first', message: 'container "first" is privileged: it is root on the node' });
  });
});

describe('capabilities at baseline', () => {
  const DEFAULT = ['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'];

  test.each(CONTAINER_LISTS)('the default set may be added in %s', (list) => {
    expect(broken(podWith(list, { securityContext: { capabilities: { add: DEFAULT } } }), BASELINE, '1.0')).toEqual([]);
  });

  test.each(['NET_RAW', 'NET_ADMIN', 'SYS_ADMIN', 'SYS_TIME', 'SYS_MODULE', 'ALL', 'CAP_CHOWN', 'chown'])('%s may not', (capability) => {
    for (const list of CONTAINER_LISTS) {
      expect(broken(podWith(list, { securityContext: { capabilities: { add: ['CHOWN', capability] } } }), BASELINE, '1.36'))
        .toEqual([`capabilities_baseline spec.${list}[0].securityContext.capabilities.add`]);
    }
  });

  test('dropping is free', () => {
    expect(broken(podWith('containers', { securityContext: { capabilities: { drop: ['SYS_ADMIN', 'ALL'] } } }), BASELINE, '1.36')).toEqual([]);
  });
});

describe('capabilities at restricted', () => {
  test.each(CONTAINER_LISTS)('a container in %s has to drop all from 1.22 on', (list) => {
    for (const capabilities of [undefined, {}, { drop: [] }, { drop: ['CHOWN', 'SETUID'] }, { drop: ['all'] }]) {
      const pod = hardenedWith(list, { capabilities });
      expect(broken(pod, RESTRICTED, '1.21')).toEqual([]);
      expect(broken(pod, RESTRICTED, '1.22')).toEqual([`capabilities_restricted spec.${list}[0].securityContext.capabilities.drop`]);
    }
    expect(broken(hardenedWith(list, { capabilities: { drop: ['CHOWN', 'ALL'] } }), RESTRICTED, '1.22')).toEqual([]);
  });

  test('only NET_BIND_SERVICE may come back', () => {
    expect(broken(hardenedWith('containers', { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }), RESTRICTED, '1.36')).toEqual([]);
    const pod = hardenedWith('containers', { capabilities: { drop: ['ALL'], add: ['CHOWN'] } });
    expect(broken(pod, RESTRICTED, '1.21')).toEqual([]);
    expect(broken(pod, RESTRICTED, '1.22')).toEqual(['capabilities_restricted spec.containers[0].securityContext.capabilities.add']);
  });

  test('before 1.22 restricted still refuses what baseline refuses', () => {
    expect(broken(hardenedWith('containers', { capabilities: { add: ['SYS_ADMIN'] } }), RESTRICTED, '1.21'))
      .toEqual(['capabilities_baseline spec.containers[0].securityContext.capabilities.add']);
  });

  test('missing pieces are named by the path at which they would stand', () => {
    const bare = { ...hardenedPod(), spec: { ...hardenedPod().spec, containers: [{ name: 'main' }] } };
    expect(broken(bare, RESTRICTED, '1.36')).toContain('capabilities_restricted spec.containers[0].securityContext.capabilities.drop');
    expect(broken(bare, RESTRICTED, '1.36')).toContain('allowPrivilegeEscalation spec.containers[0].securityContext.allowPrivilegeEscalation');
  });
});

describe('/proc', () => {
  const unmasked = (spec: { [key: string]: any } = {}) => hardenedWith('containers', { procMount: 'Unmasked' }, spec);
  const PATH = 'spec.containers[0].securityContext.procMount';

  test('Default and nothing are fine', () => {
    for (const procMount of ['Default', undefined]) expect(broken(hardenedWith('containers', { procMount }), RESTRICTED, '1.36')).toEqual([]);
  });

  test.each(CONTAINER_LISTS)('anything else in %s is refused at every version', (list) => {
    for (const procMount of ['Unmasked', 'other', '']) {
      expect(broken(podWith(list, { securityContext: { procMount } }), BASELINE, '1.0')).toEqual([`procMount spec.${list}[0].securityContext.procMount`]);
      expect(broken(podWith(list, { securityContext: { procMount } }), BASELINE, '1.37')).toEqual([`procMount spec.${list}[0].securityContext.procMount`]);
    }
  });

  test('a user namespace makes it fine at baseline from 1.35 on, and never at restricted', () => {
    expect(broken(unmasked({ hostUsers: false }), BASELINE, '1.34')).toEqual([`procMount ${PATH}`]);
    expect(broken(unmasked({ hostUsers: false }), BASELINE, '1.35')).toEqual([]);
    expect(broken(unmasked({ hostUsers: true }), BASELINE, '1.35')).toEqual([`procMount ${PATH}`]);
    expect(broken(unmasked({ hostUsers: false }), RESTRICTED, '1.34')).toEqual([`procMount ${PATH}`]);
    expect(broken(unmasked({ hostUsers: false }), RESTRICTED, '1.35')).toEqual([`procMount_restricted ${PATH}`]);
    expect(broken(unmasked(), RESTRICTED, '1.37')).toEqual([`procMount_restricted ${PATH}`]);
  });
});

describe('privilege escalation', () => {
  test.each(CONTAINER_LISTS)('a container in %s has to give it up from 1.8 on', (list) => {
    for (const allowPrivilegeEscalation of [undefined, true]) {
      const pod = hardenedWith(list, { allowPrivilegeEscalation });
      expect(broken(pod, RESTRICTED, '1.7')).toEqual([]);
      expect(broken(pod, RESTRICTED, '1.8')).toEqual([`allowPrivilegeEscalation spec.${list}[0].securityContext.allowPrivilegeEscalation`]);
    }
  });
});

describe('Windows pods', () => {
  const windows = (securityContext: { [key: string]: any }, os: any) => hardenedWith('containers', securityContext, { os });

  test('are let off privilege escalation and capabilities from 1.25 on', () => {
    const pod = windows({ allowPrivilegeEscalation: undefined, capabilities: undefined }, { name: 'windows' });
    expect(broken(pod, RESTRICTED, '1.24')).toHaveLength(2);
    expect(broken(pod, RESTRICTED, '1.25')).toEqual([]);
    expect(broken(pod, RESTRICTED, '1.37')).toEqual([]);
  });

  test('say so in spec.os.name, and nowhere else', () => {
    for (const os of [undefined, {}, { name: 'linux' }, { name: 'Windows' }]) {
      expect(broken(windows({ allowPrivilegeEscalation: undefined }, os), RESTRICTED, '1.36')).toHaveLength(1);
    }
  });

  test('are not let off what baseline forbids', () => {
    expect(broken(windows({ privileged: true }, { name: 'windows' }), RESTRICTED, '1.36')).toEqual(['privileged spec.containers[0].securityContext.privileged']);
  });
});
