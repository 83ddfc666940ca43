import { PodSecurityLevel } from '@viridial/core';
import { PodSecurity } from '../../../src';
import { CONTAINER_LISTS, HARDENED, hardenedPod, plainPod, podWith } from '../../fixtures/pods';

const { BASELINE, RESTRICTED } = PodSecurityLevel;

function broken(pod: any, level: PodSecurityLevel, version: string): string[] {
  return PodSecurity.evaluate(pod, { level, version }).map(({ control, path }) => `${control} ${path}`);
}

describe('AppArmor', () => {
  const KEY = 'container.apparmor.security.beta.kubernetes.io/main';

  test.each(['', 'runtime/default', 'localhost/', 'localhost/profile'])('the annotation %p is fine', (value) => {
    expect(broken(plainPod({}, { [KEY]: value }), BASELINE, '1.36')).toEqual([]);
  });

  test.each(['unconfined', 'runtime/other', 'Localhost/profile', 'docker/default'])('the annotation %p is refused, at every version', (value) => {
    for (const version of ['1.0', '1.30', '1.37']) {
      expect(broken(plainPod({}, { [KEY]: value }), BASELINE, version)).toEqual([`appArmorProfile metadata.annotations['${KEY}']`]);
    }
  });

  test('the annotation counts for containers that the pod does not have', () => {
    expect(broken(plainPod({}, { 'container.apparmor.security.beta.kubernetes.io/nobody': 'unconfined' }), BASELINE, '1.36')).toHaveLength(1);
  });

  test('the field is judged on the pod and on every container, at every version', () => {
    for (const version of ['1.0', '1.29', '1.37']) {
      expect(broken(plainPod({ securityContext: { appArmorProfile: { type: 'Unconfined' } } }), BASELINE, version))
        .toEqual(['appArmorProfile spec.securityContext.appArmorProfile.type']);
      for (const list of CONTAINER_LISTS) {
        expect(broken(podWith(list, { securityContext: { appArmorProfile: { type: 'Unconfined' } } }), BASELINE, version))
          .toEqual([`appArmorProfile spec.${list}[0].securityContext.appArmorProfile.type`]);
      }
    }
  });

  test('RuntimeDefault and Localhost are fine, no type is not', () => {
    for (const type of ['RuntimeDefault', 'Localhost']) expect(broken(plainPod({ securityContext: { appArmorProfile: { type } } }), BASELINE, '1.36')).toEqual([]);
    expect(broken(plainPod({ securityContext: { appArmorProfile: {} } }), BASELINE, '1.36')).toHaveLength(1);
  });
});

describe('seccomp until 1.18, by annotation', () => {
  const POD = 'seccomp.security.alpha.kubernetes.io/pod';
  const CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';

  test.each(['runtime/default', 'docker/default', 'localhost/profile.json'])('%p is fine', (value) => {
    expect(broken(plainPod({}, { [POD]: value, [`${CONTAINER}main`]: value }), BASELINE, '1.18')).toEqual([]);
  });

  test.each(['unconfined', '', 'localhost'])('%p is refused on the pod and on every container it has', (value) => {
    expect(broken(plainPod({}, { [POD]: value }), BASELINE, '1.0')).toEqual([`seccompProfile_baseline metadata.annotations['${POD}']`]);
    const pod = podWith('containers', {});
    for (const name of ['main', 'first', 'debug']) {
      expect(broken({ ...pod, metadata: { ...pod.metadata, annotations: { [CONTAINER + name]: value } } }, BASELINE, '1.18'))
        .toEqual([`seccompProfile_baseline metadata.annotations['${CONTAINER}${name}']`]);
    }
  });

  test('annotations for containers that the pod does not have do not count', () => {
    expect(broken(plainPod({}, { [`${CONTAINER}nobody`]: 'unconfined' }), BASELINE, '1.18')).toEqual([]);
  });

  test('restricted refuses them too, until it has a control of its own', () => {
    const pod = { ...hardenedPod(), metadata: { name: 'web', annotations: { [POD]: 'unconfined' } } };
    expect(broken(pod, RESTRICTED, '1.18')).toEqual([`seccompProfile_baseline metadata.annotations['${POD}']`]);
    expect(broken(pod, RESTRICTED, '1.19')).toEqual([]);
  });

  test('the field does not count yet, and the annotation no longer does', () => {
    expect(broken(plainPod({ securityContext: { seccompProfile: { type: 'Unconfined' } } }), BASELINE, '1.18')).toEqual([]);
    expect(broken(plainPod({}, { [POD]: 'unconfined' }), BASELINE, '1.19')).toEqual([]);
  });
});

describe('seccomp from 1.19 on, by field', () => {
  test('Unconfined, and a profile without a type, are refused at baseline', () => {
    for (const seccompProfile of [{ type: 'Unconfined' }, {}, { type: 'runtime/default' }]) {
      expect(broken(plainPod({ securityContext: { seccompProfile } }), BASELINE, '1.19')).toEqual(['seccompProfile_baseline spec.securityContext.seccompProfile.type']);
      for (const list of CONTAINER_LISTS) {
        expect(broken(podWith(list, { securityContext: { seccompProfile } }), BASELINE, '1.19'))
          .toEqual([`seccompProfile_baseline spec.${list}[0].securityContext.seccompProfile.type`]);
      }
    }
  });

  test('baseline does not ask for one', () => {
    expect(broken(plainPod(), BASELINE, '1.37')).toEqual([]);
  });

  test('restricted asks for one on the pod, or on each container', () => {
    const profile = { seccompProfile: { type: 'Localhost' } };
    const without = (securityContext: { [key: string]: any }, own: { [key: string]: any }) => hardenedPod({
      securityContext: { runAsNonRoot: true, ...securityContext },
      containers: [{ name: 'one', securityContext: { ...HARDENED, ...profile } }, { name: 'two', securityContext: { ...HARDENED, ...own } }],
    });
    expect(broken(without({}, {}), RESTRICTED, '1.18')).toEqual([]);
    expect(broken(without({}, {}), RESTRICTED, '1.19')).toEqual(['seccompProfile_restricted spec.containers[1].securityContext.seccompProfile.type']);
    expect(broken(without({}, profile), RESTRICTED, '1.36')).toEqual([]);
    expect(broken(without(profile, {}), RESTRICTED, '1.36')).toEqual([]);
  });

  test('a wrong profile of the pod covers no container', () => {
    const pod = hardenedPod({ securityContext: { runAsNonRoot: true, seccompProfile: { type: 'Unconfined' } } });
    expect(broken(pod, RESTRICTED, '1.36')).toEqual([
      'seccompProfile_restricted spec.securityContext.seccompProfile.type',
      'seccompProfile_restricted spec.containers[0].securityContext.seccompProfile.type',
    ]);
  });

  test('Windows pods are let off from 1.25 on', () => {
    const pod = hardenedPod({ os: { name: 'windows' }, securityContext: { runAsNonRoot: true } });
    expect(broken(pod, RESTRICTED, '1.24')).toHaveLength(1);
    expect(broken(pod, RESTRICTED, '1.25')).toEqual([]);
  });
});

describe('SELinux', () => {
  test.each(['container_t', 'container_init_t', 'container_kvm_t', ''])('type %p is fine at every version', (type) => {
    expect(broken(plainPod({ securityContext: { seLinuxOptions: { type, level: 's0' } } }), BASELINE, '1.0')).toEqual([]);
  });

  test('container_engine_t is fine from 1.31 on', () => {
    const pod = plainPod({ securityContext: { seLinuxOptions: { type: 'container_engine_t' } } });
    expect(broken(pod, BASELINE, '1.30')).toEqual(['seLinuxOptions spec.securityContext.seLinuxOptions.type']);
    expect(broken(pod, BASELINE, '1.31')).toEqual([]);
  });

  test('other types, users and roles are refused on the pod and on every container', () => {
    for (const field of [{ type: 'spc_t' }, { user: 'system_u' }, { role: 'system_r' }]) {
      const [name] = Object.keys(field);
      expect(broken(plainPod({ securityContext: { seLinuxOptions: field } }), BASELINE, '1.36')).toEqual([`seLinuxOptions spec.securityContext.seLinuxOptions.${name}`]);
      for (const list of CONTAINER_LISTS) {
        expect(broken(podWith(list, { securityContext: { seLinuxOptions: field } }), BASELINE, '1.36'))
          .toEqual([`seLinuxOptions spec.${list}[0].securityContext.seLinuxOptions.${name}`]);
      }
    }
  });

  test('empty users and roles are none', () => {
    expect(broken(plainPod({ securityContext: { seLinuxOptions: { user: '', role: '' } } }), BASELINE, '1.36')).toEqual([]);
  });
});
