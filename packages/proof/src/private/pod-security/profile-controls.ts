import { PodSecurityLevel } from '@viridial/core';
import { Breach, Control, subject } from './control';
import { PodView, securityContexts } from './pod-view';
import { show } from '../text';

const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';
const SECCOMP_POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/';
const PROFILE_TYPES = new Set(['RuntimeDefault', 'Localhost']);

/** Fields arrived in 1.30, but their wording was put into the oldest version: they are judged at every one. */
export const appArmorProfile: Control = {
  id: 'appArmorProfile',
  level: PodSecurityLevel.BASELINE,
  wordings: [{
    since: 0,
    judge: (pod) => [
      ...wrongTypes(pod, 'appArmorProfile', 'AppArmor'),
      ...wrongAnnotations(pod, Object.keys(pod.annotations).filter((key) => key.startsWith(APPARMOR_ANNOTATION)),
        (value) => value === '' || value === 'runtime/default' || value.startsWith('localhost/'), 'AppArmor'),
    ],
  }],
};

/** Annotations until 1.18, fields from 1.19 on. */
export const seccompProfileBaseline: Control = {
  id: 'seccompProfile_baseline',
  level: PodSecurityLevel.BASELINE,
  wordings: [
    {
      since: 0,
      judge: (pod) => {
        const keys = [SECCOMP_POD_ANNOTATION, ...pod.containers.map(({ name }) => SECCOMP_CONTAINER_ANNOTATION + name)];
        return wrongAnnotations(pod, keys.filter((key) => Object.hasOwn(pod.annotations, key)),
          (value) => value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/'), 'seccomp');
      },
    },
    { since: 19, judge: (pod) => wrongTypes(pod, 'seccompProfile', 'seccomp') },
  ],
};

/** Every container has a seccomp profile, of its own or of its pod. */
export const seccompProfileRestricted: Control = {
  id: 'seccompProfile_restricted',
  level: PodSecurityLevel.RESTRICTED,
  wordings: [
    { since: 19, judge: missingSeccomp },
    { since: 25, judge: (pod) => (pod.windows ? [] : missingSeccomp(pod)) },
  ],
  overrides: ['seccompProfile_baseline'],
};

function missingSeccomp(pod: PodView): Breach[] {
  const wrong = wrongTypes(pod, 'seccompProfile', 'seccomp');
  if (PROFILE_TYPES.has(pod.security?.child('seccompProfile')?.text('type') ?? '')) return wrong;
  const missing = pod.containers.filter(({ security }) => !security?.has('seccompProfile')).map(({ name, shape }) => ({
    path: shape.path('securityContext.seccompProfile.type'),
    message: `container "${name}" has no seccomp profile, so it may make every system call`,
    cure: 'set securityContext.seccompProfile.type of the pod to RuntimeDefault',
    container: name,
  }));
  return [...wrong, ...missing];
}

function wrongTypes(pod: PodView, field: string, what: string): Breach[] {
  return securityContexts(pod).flatMap(({ security, container }) => {
    const profile = security.child(field);
    if (profile === undefined) return [];
    const type = profile.text('type') ?? '';
    if (PROFILE_TYPES.has(type)) return [];
    return [{
      path: profile.path('type'),
      message: `${subject(container)} runs with ${what} profile type ${show(type)}`,
      cure: `set ${field}.type to RuntimeDefault, or to Localhost with a profile of your own`,
      container,
    }];
  });
}

function wrongAnnotations({ annotations, metadata }: PodView, keys: string[], allowed: (value: string) => boolean, what: string): Breach[] {
  return keys.filter((key) => !allowed(annotations[key])).map((key) => ({
    path: metadata!.path(`annotations['${key}']`),
    message: `the annotation ${key} sets ${what} profile ${show(annotations[key])}`,
    cure: 'set it to runtime/default, or remove it',
  }));
}

const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

/** SELinux types of containers only, and no user or role of one's own. */
export const seLinuxOptions: Control = {
  id: 'seLinuxOptions',
  level: PodSecurityLevel.BASELINE,
  wordings: [
    { since: 0, judge: (pod) => wrongSeLinux(pod, new Set(SELINUX_TYPES)) },
    { since: 31, judge: (pod) => wrongSeLinux(pod, new Set([...SELINUX_TYPES, 'container_engine_t'])) },
  ],
};

function wrongSeLinux(pod: PodView, types: Set<string>): Breach[] {
  return securityContexts(pod).flatMap(({ security, container }) => {
    const options = security.child('seLinuxOptions');
    if (options === undefined) return [];
    const type = options.text('type') ?? '';
    const breaches: Breach[] = types.has(type) ? [] : [{
      path: options.path('type'),
      message: `${subject(container)} runs with SELinux type ${show(type)}`,
      cure: `use one of ${[...types].filter((allowed) => allowed !== '').join(', ')}, or none`,
      container,
    }];
    for (const field of ['user', 'role'] as const) {
      const value = options.text(field) ?? '';
      if (value === '') continue;
      breaches.push({
        path: options.path(field),
        message: `${subject(container)} chooses its SELinux ${field} ${show(value)}`,
        cure: `remove seLinuxOptions.${field}`,
        container,
      });
    }
    return breaches;
  });
}
