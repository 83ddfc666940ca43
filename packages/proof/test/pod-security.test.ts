import { InvalidInputError, PodSecurityLevel } from '@viridial/core';
import fc from 'fast-check';
import { PodSecurity } from '../src';
import { embedded, hardenedPod, plainPod, podWith } from './fixtures/pods';

const { PRIVILEGED, BASELINE, RESTRICTED } = PodSecurityLevel;
const ALL_VERSIONS = Array.from({ length: 38 }, (_, minor) => `1.${minor}`);

function controls(object: any, level: PodSecurityLevel, version: string): string[] {
  return [...new Set(PodSecurity.evaluate(object, { level, version }).map(({ control }) => control))].sort();
}

function problemsOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    return InvalidInputError.problemsOf(error).map((problem) => problem.toString());
  }
  return [];
}

describe('levels', () => {
  test('privileged allows everything', () => {
    const worst = plainPod({ hostNetwork: true, hostPID: true, containers: [{ name: 'main', securityContext: { privileged: true } }] });
    expect(controls(worst, PRIVILEGED, 'latest')).toEqual([]);
  });

  test('a pod that says nothing about security passes baseline at every version', () => {
    for (const version of ALL_VERSIONS) expect(controls(plainPod(), BASELINE, version)).toEqual([]);
  });

  test('a pod that says nothing about security breaks what restricted had at each version', () => {
    expect(controls(plainPod(), RESTRICTED, '1.7')).toEqual(['runAsNonRoot']);
    expect(controls(plainPod(), RESTRICTED, '1.8')).toEqual(['allowPrivilegeEscalation', 'runAsNonRoot']);
    expect(controls(plainPod(), RESTRICTED, '1.19')).toEqual(['allowPrivilegeEscalation', 'runAsNonRoot', 'seccompProfile_restricted']);
    expect(controls(plainPod(), RESTRICTED, '1.22'))
      .toEqual(['allowPrivilegeEscalation', 'capabilities_restricted', 'runAsNonRoot', 'seccompProfile_restricted']);
    expect(controls(plainPod(), RESTRICTED, '1.37')).toEqual(controls(plainPod(), RESTRICTED, '1.22'));
  });

  test('a hardened pod passes restricted at every version', () => {
    for (const version of ALL_VERSIONS) expect(controls(hardenedPod(), RESTRICTED, version)).toEqual([]);
  });

  test('restricted reports what baseline forbids as violations of baseline', () => {
    const [violation] = PodSecurity.evaluate(hardenedPod({ hostPID: true }), { level: RESTRICTED, version: '1.36' });
    expect(violation).toMatchObject({ control: 'hostNamespaces', level: BASELINE });
  });

  test('one breach is reported once, although baseline and restricted both forbid it', () => {
    const capability = { ...hardenedPod().spec.containers[0].securityContext, capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } };
    expect(PodSecurity.evaluate(hardenedPod({ containers: [{ name: 'main', securityContext: capability }] }), { level: RESTRICTED, version: '1.36' })
      .map(({ control }) => control)).toEqual(['capabilities_restricted']);
    expect(PodSecurity.evaluate(hardenedPod({ volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }] }), { level: RESTRICTED, version: '1.36' })
      .map(({ control }) => control)).toEqual(['restrictedVolumes']);
  });
});

describe('versions', () => {
  const pod = plainPod({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] } });

  test('a version may have a v in front or not', () => {
    for (const [version, broken] of [['1.31', 1], ['v1.31', 1], ['1.32', 0], ['v1.32', 0]] as const) {
      expect(PodSecurity.evaluate(pod, { level: BASELINE, version })).toHaveLength(broken);
    }
  });

  test('latest and versions of the future are judged by the newest known one', () => {
    const future = plainPod({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_notsent_lowat', value: '1' }] } });
    expect(controls(future, BASELINE, '1.36')).toEqual(['sysctls']);
    for (const version of ['1.37', 'v1.37', '1.99', 'latest']) expect(controls(future, BASELINE, version)).toEqual([]);
  });

  test.each(['', '1', 'v1', '1.36.2', '2.0', '1.036', 'v1.x', 'Latest', 'stable'])('%p is no version, and the message says what is one', (version) => {
    const [problem] = problemsOf(() => PodSecurity.evaluate(pod, { level: BASELINE, version }));
    expect(problem).toContain(`${JSON.stringify(version)} is not a version of the Pod Security Standards (InvalidPodSecurityVersion)`);
    expect(problem).toContain("allowed: 'v1.35', '1.35' or 'latest'");
  });

  test('a wrong level and a wrong version are told together', () => {
    const problems = problemsOf(() => PodSecurity.evaluate(pod, { level: 'strict' as PodSecurityLevel, version: '?' }));
    expect(problems).toHaveLength(2);
    expect(problems.join()).toContain('"strict" is not a level of the Pod Security Standards (InvalidPodSecurityLevel); allowed: privileged, baseline or restricted');
  });
});

describe('kinds', () => {
  const broken = plainPod({ hostIPC: true, containers: [{ name: 'main', ports: [{ containerPort: 80, hostPort: 80 }] }] },
    { 'container.apparmor.security.beta.kubernetes.io/main': 'unconfined' });
  const expected = PodSecurity.evaluate(broken, { level: RESTRICTED, version: '1.36' });

  test.each(embedded(broken).map((entry) => [entry.object.kind, entry] as const))('%s is judged by the pod it embeds', (_, { object, prefix }) => {
    const violations = PodSecurity.evaluate(object, { level: RESTRICTED, version: '1.36' });
    expect(violations).toEqual(expected.map((violation) => ({ ...violation, path: prefix + violation.path })));
  });

  test('other kinds run no pod and break nothing', () => {
    for (const object of [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: {} },
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { hostNetwork: true } },
      { apiVersion: 'example.com/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: {} },
    ]) expect(PodSecurity.evaluate(object, { level: RESTRICTED, version: '1.36' })).toEqual([]);
  });

  test('a name that JavaScript knows is no kind', () => {
    expect(PodSecurity.evaluate({ kind: 'constructor' }, { level: RESTRICTED, version: '1.36' })).toEqual([]);
  });

  test('an object without apiVersion is judged by its kind', () => {
    expect(PodSecurity.evaluate({ kind: 'Pod', spec: { hostPID: true, containers: [] } }, { level: BASELINE, version: '1.36' })).toHaveLength(1);
  });
});

describe('malformed objects', () => {
  const evaluate = (object: any) => problemsOf(() => PodSecurity.evaluate(object, { level: RESTRICTED, version: '1.36' }));

  test.each([
    ['nothing', undefined, 'missing is not an object'],
    ['a list', [], '[] is not an object'],
    ['text', 'Pod', '"Pod" is not an object'],
    ['no kind', { apiVersion: 'v1' }, 'the object has no kind'],
  ])('%s is refused', (_, object, message) => {
    expect(evaluate(object)[0]).toContain(message);
  });

  test('a pod without a spec, and a template without a pod, are named', () => {
    expect(evaluate({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' } })[0]).toContain('Pod shop/web spec: the spec of the pod is missing');
    expect(evaluate({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: {} })[0])
      .toContain('Deployment web spec.template: the pod is missing (MalformedObject)');
  });

  test('every field of the wrong type is told at once, with its path and value', () => {
    const problems = evaluate(plainPod({
      hostNetwork: 'true',
      securityContext: { runAsUser: '0', runAsNonRoot: 1 },
      containers: [{ name: 'main', securityContext: { capabilities: { drop: 'ALL' } } }, 'nginx'],
    }));
    expect(problems).toEqual([
      'Pod shop/web spec.containers[0].securityContext.capabilities.drop: "ALL" is not a list (MalformedObject); allowed: a list',
      'Pod shop/web spec.containers[1]: "nginx" is not an object (MalformedObject); allowed: an object',
      'Pod shop/web spec.hostNetwork: "true" is not true or false (MalformedObject); allowed: true or false',
      'Pod shop/web spec.securityContext.runAsNonRoot: 1 is not true or false (MalformedObject); allowed: true or false',
      'Pod shop/web spec.securityContext.runAsUser: "0" is not a whole number (MalformedObject); allowed: a whole number',
    ]);
  });

  test('null means absent, as for the API server', () => {
    const pod = plainPod({ hostNetwork: null, securityContext: null, volumes: null, initContainers: null, containers: [{ name: 'main', securityContext: { privileged: null, procMount: null } }] });
    expect(controls(pod, BASELINE, '1.36')).toEqual([]);
  });
});

describe('properties', () => {
  const container = fc.record({
    privileged: fc.option(fc.boolean(), { nil: undefined }),
    allowPrivilegeEscalation: fc.option(fc.boolean(), { nil: undefined }),
    runAsNonRoot: fc.option(fc.boolean(), { nil: undefined }),
    runAsUser: fc.option(fc.constantFrom(0, 1000), { nil: undefined }),
    procMount: fc.option(fc.constantFrom('Default', 'Unmasked'), { nil: undefined }),
    capabilities: fc.option(fc.record({
      add: fc.subarray(['NET_BIND_SERVICE', 'CHOWN', 'SYS_ADMIN']),
      drop: fc.subarray(['ALL', 'CHOWN']),
    }), { nil: undefined }),
    seccompProfile: fc.option(fc.record({ type: fc.constantFrom('RuntimeDefault', 'Localhost', 'Unconfined') }), { nil: undefined }),
  });
  const pod = fc.record({
    list: fc.constantFrom('containers', 'initContainers', 'ephemeralContainers'),
    securityContext: container,
    hostUsers: fc.option(fc.boolean(), { nil: undefined }),
    hostPID: fc.boolean(),
    volume: fc.constantFrom('emptyDir', 'hostPath', 'nfs', 'image'),
  }).map(({ list, securityContext, hostUsers, hostPID, volume }) => {
    const built = podWith(list, { securityContext });
    return { ...built, spec: { ...built.spec, hostUsers, hostPID, volumes: [{ name: 'data', [volume]: {} }] } };
  });

  test('what restricted allows, baseline allows', () => {
    fc.assert(fc.property(pod, fc.constantFrom(...ALL_VERSIONS), (own, version) => {
      const restricted = PodSecurity.evaluate(own, { level: RESTRICTED, version });
      const baseline = PodSecurity.evaluate(own, { level: BASELINE, version });
      return restricted.length > 0 || baseline.length === 0;
    }));
  });

  test('an own user namespace never makes a pod worse', () => {
    fc.assert(fc.property(pod, fc.constantFrom(...ALL_VERSIONS), fc.constantFrom(BASELINE, RESTRICTED), (own, version, level) => {
      const inside = { ...own, spec: { ...own.spec, hostUsers: false } };
      const outside = { ...own, spec: { ...own.spec, hostUsers: true } };
      return PodSecurity.evaluate(inside, { level, version }).length <= PodSecurity.evaluate(outside, { level, version }).length;
    }));
  });

  test('every violation has a control, a path into the object, a sentence and an order', () => {
    fc.assert(fc.property(pod, fc.constantFrom(...ALL_VERSIONS), (own, version) => {
      for (const { control, path, message, cure } of PodSecurity.evaluate(own, { level: RESTRICTED, version })) {
        expect(control).toMatch(/^[a-z][A-Za-z_]+$/);
        expect(path).toMatch(/^(spec|metadata)\./);
        expect(message).toMatch(/^[a-z][^\n]*[^.]$/);
        expect(cure).toMatch(/^(set|remove|use|take|reach)/);
      }
    }));
  });

  test('judging leaves the object as it is', () => {
    fc.assert(fc.property(pod, (own) => {
      const before = JSON.stringify(own);
      PodSecurity.evaluate(own, { level: RESTRICTED, version: 'latest' });
      expect(JSON.stringify(own)).toBe(before);
    }));
  });
});
