import { ClusterProfile, Cni, Expectation, PodSecurityLevel, Severity } from '@viridial/core';
import fc from 'fast-check';
import { Proof } from '../src';
import { clusterRole, clusterRoleBinding, role, roleBinding, rule } from './fixtures/access';
import { defaultDeny, deployment, namespace, pod, policy, sealedNamespace } from './fixtures/cluster';
import { namespaces, pods, policies } from './fixtures/generators';
import { HARDENED, hardenedPod } from './fixtures/pods';
import { findingsOf, reportOf } from './fixtures/proofs';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const VERSION = 'pod-security.kubernetes.io/enforce-version';

describe('nothing to put right', () => {
  test('in no manifests at all', () => {
    const report = Proof.of([]).report();
    expect(report).toMatchObject({ ok: true, findings: [], counts: { judged: {}, unknown: {}, expectations: 0, brokenExpectations: 0 } });
  });

  test('in a namespace with labels, policies, quota and a workload that passes', () => {
    const spec = hardenedPod().spec;
    expect(reportOf([sealedNamespace('shop'), defaultDeny('shop'), deployment('shop/web', { app: 'web' }, {}, spec)]).findings).toEqual([]);
  });
});

describe('Pod Security labels', () => {
  test('a namespace without a level is an error', () => {
    expect(findingsOf('PodSecurityNotEnforced', [namespace('shop')])).toEqual([expect.objectContaining({
      severity: Severity.ERROR,
      object: 'Namespace shop',
      path: `metadata.labels['${ENFORCE}']`,
      why: 'namespace shop does not say which pods it admits',
      cure: `label it ${ENFORCE}=restricted and ${VERSION}=v1.37; take baseline or privileged only if its workloads need it`,
      witness: 'a privileged pod in shop is admitted, and is root on its node',
      references: ['CIS 5.2.1', 'NSA/CISA Pod security enforcement'],
    })]);
  });

  test('privileged in so many words is accepted', () => {
    expect(reportOf([namespace('agents', { [ENFORCE]: 'privileged' })]).findings).toEqual([]);
  });

  test.each([[{}], [{ [VERSION]: 'latest' }]])('a level at version %j is a warning', (version) => {
    const [finding] = findingsOf('PodSecurityNotPinned', [namespace('shop', { [ENFORCE]: 'baseline', ...version })]);
    expect(finding).toMatchObject({ severity: Severity.WARNING, cure: `label it ${VERSION}=v1.37` });
  });

  test('a profile tells the version to pin', () => {
    const profile = ClusterProfile.kubeadm({ version: '1.35', cni: Cni.CALICO });
    expect(findingsOf('PodSecurityNotPinned', [namespace('shop', { [ENFORCE]: 'baseline' })], { profile })[0].cure).toBe(`label it ${VERSION}=v1.35`);
  });

  test('labels that no API server takes are malformed', () => {
    const findings = findingsOf('MalformedObject', [namespace('a', { [ENFORCE]: 'strict' }), namespace('b', { [ENFORCE]: 'baseline', [VERSION]: '1.36' })]);
    expect(findings.map(({ object, why, cure }) => [object, why, cure])).toEqual([
      ['Namespace a', '"strict" is not a level of Pod Security', 'write privileged, baseline or restricted'],
      ['Namespace b', '"1.36" is not a version of Pod Security', "write 'v1.35' or 'latest'"],
    ]);
  });
});

describe('workloads and the level of their namespace', () => {
  const restricted = namespace('shop', { [ENFORCE]: 'restricted', [VERSION]: 'v1.36' });

  test('a pod that will be refused is named, with path, cure and references', () => {
    const privileged = deployment('shop/web', {}, {}, { containers: [{ name: 'main', securityContext: { ...HARDENED, privileged: true, runAsNonRoot: true } }], securityContext: hardenedPod().spec.securityContext });
    expect(findingsOf('PodSecurityViolation', [restricted, privileged])).toEqual([expect.objectContaining({
      severity: Severity.ERROR,
      object: 'Deployment.apps shop/web',
      path: 'spec.template.spec.containers[0].securityContext.privileged',
      why: 'container "main" is privileged: it is root on the node',
      witness: 'every pod of it is refused in shop, and that namespace enforces restricted v1.36',
      references: ['PSS baseline/privileged', 'CIS 5.2.2', 'MTB-PL1-BC-CPI-5', 'NSA/CISA Pod security enforcement'],
    })]);
  });

  test('the version of the label decides', () => {
    const probing = deployment('shop/web', {}, {}, { containers: [{ name: 'main', livenessProbe: { tcpSocket: { host: 'db', port: 5432 } } }] });
    const at = (version: string) => findingsOf('PodSecurityViolation', [namespace('shop', { [ENFORCE]: 'baseline', [VERSION]: version }), probing]);
    expect(at('v1.33')).toEqual([]);
    expect(at('v1.34')).toHaveLength(1);
    expect(at('latest')).toHaveLength(1);
  });

  test('latest is the version of the profile', () => {
    const probing = pod('shop/web', {}, {}, { containers: [{ name: 'main', securityContext: { procMount: 'Unmasked' } }], hostUsers: false });
    const at = (version: string) => findingsOf('PodSecurityViolation', [namespace('shop', { [ENFORCE]: 'baseline' }), probing], { profile: ClusterProfile.kubeadm({ version, cni: Cni.CALICO }) });
    expect(at('1.34')).toHaveLength(1);
    expect(at('1.35')).toEqual([]);
  });

  test('a pod of its own is named as a pod', () => {
    const [finding] = findingsOf('PodSecurityViolation', [restricted, pod('shop/web', {}, {}, { ...hardenedPod().spec, hostPID: true })]);
    expect(finding).toMatchObject({ object: 'Pod shop/web', witness: expect.stringContaining('the pod is refused in shop') });
    expect(finding.references).toEqual(['PSS baseline/hostNamespaces', 'CIS 5.2.3', 'MTB-PL1-BC-HI-4', 'NSA/CISA Pod security enforcement']);
  });

  test('a workload in a namespace that is not in the manifests is held to nothing', () => {
    expect(findingsOf('PodSecurityViolation', [pod('shop/web', {}, {}, { hostPID: true })])).toEqual([]);
  });
});

describe('a level for everything', () => {
  const level = PodSecurityLevel.BASELINE;

  test('holds namespaces to it', () => {
    const [finding] = findingsOf('PodSecurityBelowLevel', [namespace('agents', { [ENFORCE]: 'privileged' })], { level });
    expect(finding).toMatchObject({ object: 'Namespace agents', why: 'namespace agents enforces privileged, and every namespace is to enforce baseline', cure: `set ${ENFORCE} to baseline` });
    expect(findingsOf('PodSecurityBelowLevel', [sealedNamespace('shop')], { level })).toEqual([]);
    expect(findingsOf('PodSecurityNotEnforced', [namespace('shop')], { level })[0].cure).toContain(`${ENFORCE}=baseline`);
  });

  test('holds workloads to it where their namespace says less or nothing', () => {
    const agent = (own: string) => pod(`${own}/agent`, {}, {}, { hostPID: true });
    const findings = findingsOf('PodSecurityViolation', [namespace('agents', { [ENFORCE]: 'privileged' }), agent('agents'), agent('unknown')], { level });
    expect(findings.map(({ object, witness }) => [object, witness])).toEqual([
      ['Pod agents/agent', 'the pod is admitted in agents, and every workload is to pass baseline v1.37'],
      ['Pod unknown/agent', 'the pod is admitted in unknown, and every workload is to pass baseline v1.37'],
    ]);
  });

  test('does not loosen what a namespace says itself', () => {
    const strict = namespace('shop', { [ENFORCE]: 'restricted', [VERSION]: 'v1.36' });
    expect(findingsOf('PodSecurityViolation', [strict, pod('shop/web')], { level }).length).toBeGreaterThan(0);
  });
});

describe('isolation', () => {
  test('a namespace with workloads and no policy is an error, with a connection', () => {
    expect(findingsOf('NamespaceWithoutNetworkPolicy', [deployment('shop/web'), deployment('shop/api'), namespace('empty')])).toEqual([expect.objectContaining({
      severity: Severity.ERROR,
      object: 'Namespace shop',
      why: 'nothing restricts the connections of 2 workloads in shop',
      witness: 'a pod in any namespace reaches Deployment shop/api on every port',
      references: ['CIS 5.3.2', 'NSA/CISA Network policies'],
      related: ['Deployment.apps shop/api', 'Deployment.apps shop/web'],
    })]);
  });

  test('where policies of a dialect exist, it is a warning that says so', () => {
    const cilium = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'all', namespace: 'shop' } };
    const [finding] = findingsOf('NamespaceWithoutNetworkPolicy', [deployment('shop/web'), cilium]);
    expect(finding).toMatchObject({ severity: Severity.WARNING, why: 'nothing restricts the connections of 1 workload in shop, unless the objects of kind CiliumNetworkPolicy do, which are not read here' });
  });

  test('workloads that the policies leave out are warnings, direction by direction', () => {
    const manifests = [deployment('shop/web', { app: 'web' }), deployment('shop/api', { app: 'api' }), policy('shop/web', { podSelector: { matchLabels: { app: 'web' } } })];
    expect(findingsOf('WorkloadNotIsolated', manifests).map(({ severity, why, cure, witness }) => [severity, why, cure, witness])).toEqual([
      [Severity.WARNING, 'no policy selects Deployment shop/api and Deployment shop/web for egress', 'add a NetworkPolicy with an empty podSelector and policyTypes [Egress] to shop',
        'Deployment shop/api opens connections to every address, on every port'],
      [Severity.WARNING, 'no policy selects Deployment shop/api for ingress', 'add a NetworkPolicy with an empty podSelector and policyTypes [Ingress] to shop',
        'Deployment shop/api accepts connections from every pod and address, on every port'],
    ]);
  });

  test('with a profile, pods on the host network are no workloads that a policy could isolate', () => {
    const profile = ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CILIUM });
    expect(findingsOf('NamespaceWithoutNetworkPolicy', [pod('agents/agent', {}, {}, { hostNetwork: true })], { profile })).toEqual([]);
    expect(findingsOf('NamespaceWithoutNetworkPolicy', [pod('agents/agent', {}, {}, { hostNetwork: true })])).toHaveLength(1);
  });
});

describe('quotas', () => {
  const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'budget', namespace: 'shop' }, spec: { hard: { 'requests.cpu': '4', 'limits.memory': '8Gi' } } };
  const limits = { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'defaults', namespace: 'shop' }, spec: { limits: [{ type: 'Container', default: { cpu: '1', memory: '1Gi' } }] } };
  const stating = (resources: any) => deployment('shop/web', {}, {}, { containers: [{ name: 'main', resources }] });

  test('without defaults are a warning while nothing is refused', () => {
    expect(findingsOf('QuotaWithoutDefaults', [quota])).toEqual([expect.objectContaining({
      severity: Severity.WARNING,
      object: 'ResourceQuota shop/budget',
      why: 'the quota counts limits.memory and requests.cpu, and no LimitRange in shop states them for containers that do not',
      witness: 'a pod in shop that states no limits.memory or requests.cpu is refused',
    })]);
    expect(findingsOf('QuotaWithoutDefaults', [quota, limits])).toEqual([]);
  });

  test('without defaults are an error when a workload is refused', () => {
    const [finding] = findingsOf('QuotaWithoutDefaults', [quota, stating({ requests: { cpu: '1' } })]);
    expect(finding).toMatchObject({ severity: Severity.ERROR, witness: 'every pod of Deployment shop/web is refused: it does not state limits.memory and requests.cpu' });
    expect(finding.related).toEqual(['Deployment.apps shop/web']);
  });

  test('a limit states the request, and the pod may state both for its containers', () => {
    for (const own of [stating({ limits: { cpu: '1', memory: '1Gi' } }), deployment('shop/web', {}, {}, { resources: { limits: { cpu: '1', memory: '1Gi' } } })]) {
      expect(findingsOf('QuotaWithoutDefaults', [quota, own])[0].severity).toBe(Severity.WARNING);
    }
  });

  test('init containers have to state it too', () => {
    const own = deployment('shop/web', {}, {}, { containers: [{ name: 'main', resources: { limits: { cpu: 1, memory: '1Gi' } } }], initContainers: [{ name: 'setup' }] });
    expect(findingsOf('QuotaWithoutDefaults', [quota, own])[0].severity).toBe(Severity.ERROR);
  });
});

describe('roles', () => {
  test('a wildcard is a warning, everything at once an error', () => {
    const findings = findingsOf('WildcardRole', [
      role('shop/a', rule(['get'], ['pods']), rule(['*'], ['pods'])), clusterRole('b', [rule(['get'], ['*'], ['apps'])]), clusterRole('c', [rule(['*'], ['*'], ['*'])]),
      clusterRole('d', [{ verbs: ['get'], nonResourceURLs: ['*'] }]), clusterRole('e', [rule(['get'], ['pods/*'])]),
    ]);
    expect(findings.map(({ severity, object, path, why }) => `${severity} ${object.replace('.rbac.authorization.k8s.io', '')} ${path}: ${why}`)).toEqual([
      'error ClusterRole c rules[0]: the rule grants everything: it is cluster-admin by another name',
      'warning ClusterRole b rules[0]: the rule grants every resource',
      'warning ClusterRole d rules[0]: the rule grants every path of the API server',
      'warning Role shop/a rules[1]: the rule grants every verb',
    ]);
    expect(findings.map(({ witness }) => witness)).toEqual([
      "kubectl auth can-i '*' '*' says yes to whoever has it", 'kubectl auth can-i get deployments.apps says yes to whoever has it',
      'kubectl auth can-i get /logs says yes to whoever has it', "kubectl auth can-i '*' pods says yes to whoever has it",
    ]);
  });

  test.each(['group:system:authenticated', 'group:system:unauthenticated', 'user:system:anonymous', 'group:system:serviceaccounts'])('a binding to %s is an error', (subject) => {
    const [finding] = findingsOf('BoundToEveryone', [clusterRole('reader', []), roleBinding('shop/readers', 'cluster:reader', 'user:alice', subject)]);
    expect(finding).toMatchObject({
      severity: Severity.ERROR,
      object: 'RoleBinding.rbac.authorization.k8s.io shop/readers',
      path: 'subjects',
      why: expect.stringContaining(`it gives ClusterRole reader in shop to ${subject.replace(':', ' ')}: `),
      related: ['ClusterRole.rbac.authorization.k8s.io reader'],
    });
  });

  test('cluster-admin is a warning that says who has it', () => {
    const [finding] = findingsOf('ClusterAdminBinding', [clusterRoleBinding('root', 'cluster-admin', 'user:alice', 'serviceaccount:shop/web')]);
    expect(finding).toMatchObject({
      severity: Severity.WARNING, why: 'user alice and service account shop/web may do everything in the whole cluster', witness: "kubectl auth can-i '*' '*' says yes to user alice",
    });
    expect(findingsOf('ClusterAdminBinding', [roleBinding('shop/root', 'cluster:cluster-admin')])[0].why).toBe('nobody yet may do everything in shop');
  });

  test('a binding to a role that is nowhere is a warning', () => {
    expect(findingsOf('BindingToMissingRole', [roleBinding('shop/a', 'nobody', 'user:x'), roleBinding('shop/b', 'cluster:view', 'user:x'), clusterRoleBinding('c', 'system:discovery', 'user:x')])).toEqual([
      expect.objectContaining({ severity: Severity.WARNING, object: 'RoleBinding.rbac.authorization.k8s.io shop/a', why: 'Role nobody is not in the manifests, so what it grants in shop is not judged' }),
    ]);
  });

  test('what the API server makes for itself is not for its users to change', () => {
    const bootstrap = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };
    const binding = clusterRoleBinding('system:basic-user', 'cluster-admin', 'group:system:authenticated');
    expect(reportOf([clusterRole('cluster-admin', [rule(['*'], ['*'], ['*'])], bootstrap), { ...binding, metadata: { ...binding.metadata, labels: bootstrap } }]).findings).toEqual([]);
  });
});

describe('malformed objects', () => {
  test('are findings, and everything else is judged without them', () => {
    const report = reportOf([
      { kind: 'Pod' }, 'text', { ...pod('shop/bad'), spec: { containers: 'nginx' } }, policy('shop/bad', { policyTypes: ['Both'] }), namespace('Shop_1', { [ENFORCE]: 'privileged' }),
      { ...pod('shop/x'), metadata: { namespace: 'shop' } }, namespace('legacy'),
    ]);
    const malformed = report.findings.filter(({ ruleId }) => ruleId === 'MalformedObject');
    expect(malformed.map(({ object, path }) => `${object} | ${path}`)).toEqual([
      'Namespace Shop_1 | metadata.name',
      'NetworkPolicy.networking.k8s.io shop/bad | spec.policyTypes[0]',
      'Pod shop/bad | spec.containers',
      'Pod with the fields apiVersion, kind, metadata, spec | ',
      'Pod with the fields kind | ',
      'manifests | ',
    ]);
    expect(malformed.every(({ severity, cure }) => severity === Severity.ERROR && cure !== '')).toBe(true);
    expect(report.findings.some(({ object }) => object === 'Namespace legacy')).toBe(true);
  });

  test('an object that is there twice is a finding of its own', () => {
    expect(findingsOf('DuplicateObject', [policy('shop/a', {}), policy('shop/a', { ingress: [{}] }), policy('shop/a', {})])).toEqual([
      expect.objectContaining({ object: 'NetworkPolicy.networking.k8s.io shop/a', path: '', cure: expect.stringContaining('keep one of them') }),
    ]);
  });

  test('a generated name is a name, and two objects may share it', () => {
    const job = (image: string) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'backup-', namespace: 'shop' }, spec: { template: { spec: { containers: [{ name: 'main', image }] } } } });
    const report = reportOf([sealedNamespace('shop'), defaultDeny('shop'), job('a'), job('b')]);
    expect(report.findings).toEqual([]);
    expect(report.counts.judged['Job.batch']).toBe(2);
  });
});

describe('counts', () => {
  test('tell what was judged and what was not, by kind with its group', () => {
    const { counts } = reportOf([
      namespace('shop'), { apiVersion: 'v1', kind: 'List', items: [pod('shop/a'), pod('shop/b')] }, policy('shop/p', {}), deployment('shop/web'), pod('shop/a'),
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } }, { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'x' } },
      { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' }, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } },
    ]);
    expect(counts).toEqual({
      judged: { 'Deployment.apps': 1, 'Namespace': 1, 'NetworkPolicy.networking.k8s.io': 1, 'Pod': 2 },
      unknown: { 'Kustomization.kustomize.config.k8s.io': 1, 'NetworkPolicy.projectcalico.org': 1, 'Service': 2 },
      expectations: 0,
      brokenExpectations: 0,
    });
  });

  test('tell how many expectations do not hold, not how many findings they have', () => {
    const flow = (source: string) => Expectation.unreachable({ source: { namespace: source }, destination: { namespace: 'shop' }, reason: 'r' });
    const podSecurity = Expectation.podSecurity({ namespace: 'shop', level: PodSecurityLevel.RESTRICTED, version: 'v1.36', reason: 'r' });
    const { counts } = reportOf([sealedNamespace('shop'), defaultDeny('shop')], { expectations: [flow('a'), flow('b'), podSecurity] });
    expect([counts.expectations, counts.brokenExpectations]).toEqual([3, 1]);
  });
});

describe('properties', () => {
  const strange = [
    namespace('legacy'), clusterRole('all', [rule(['*'], ['*'], ['*'])]), roleBinding('one/everybody', 'cluster:all', 'group:system:authenticated', 'user:alice'), { kind: 'Pod' },
    { ...pod('one/bad'), spec: { containers: 'nginx', hostNetwork: 'yes' } }, { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'x' } },
  ];
  const expectations = [
    Expectation.unreachable({ source: { exceptNamespaces: ['one'] }, destination: { namespace: 'one' }, reason: 'r' }),
    Expectation.reachable({ source: { namespace: 'one' }, destination: { namespace: 'two' }, reason: 'r' }),
    Expectation.mayNot({ user: 'alice', verb: '*', resource: '*', reason: 'r' }),
  ];

  test('the same manifests and expectations in another order have the same report, to the byte', () => {
    fc.assert(fc.property(policies, (own) => {
      const manifests = [...namespaces, ...pods, ...strange, ...own];
      const report = Proof.of(manifests, { expectations }).report();
      const turned = Proof.of([...manifests].reverse(), { expectations: [...expectations].reverse() }).report();
      expect(turned.toText()).toBe(report.toText());
      expect(JSON.stringify(turned.toSarif())).toBe(JSON.stringify(report.toSarif()));
      expect(JSON.stringify(turned.toJson())).toBe(JSON.stringify(report.toJson()));
    }), { numRuns: 25 });
  });

  test('a report leaves the manifests as they are', () => {
    fc.assert(fc.property(policies, (own) => {
      const manifests = [...namespaces, ...pods, ...strange, ...own];
      const before = JSON.stringify(manifests);
      Proof.of(manifests, { expectations }).report();
      expect(JSON.stringify(manifests)).toBe(before);
    }), { numRuns: 10 });
  });

  test('every finding names an object, says why and what to do, in the form of the house', () => {
    fc.assert(fc.property(policies, (own) => {
      for (const finding of Proof.of([...namespaces, ...pods, ...strange, ...own], { expectations }).report().findings) {
        expect(finding.ruleId).toMatch(/^[A-Z][A-Za-z]+$/);
        expect(finding.object).not.toBe('');
        expect(finding.why).toMatch(/[^.]$/);
        expect(finding.cure).toMatch(/^[a-z].*[^.]$/);
        expect(finding.related).toEqual([...new Set(finding.related)].sort());
        expect(finding.related).not.toContain(finding.object);
      }
    }), { numRuns: 25 });
  });

  test('whatever comes as a manifest, a report comes out', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.anything(), fc.record({
      apiVersion: fc.constantFrom('v1', 'apps/v1', 'networking.k8s.io/v1', 'rbac.authorization.k8s.io/v1'),
      kind: fc.constantFrom('Pod', 'Deployment', 'NetworkPolicy', 'Role', 'RoleBinding', 'Namespace', 'ResourceQuota', 'LimitRange', 'List'),
      metadata: fc.oneof(fc.record({ name: fc.constantFrom('a', 'b'), labels: fc.object({ maxDepth: 1 }) }), fc.anything()),
      spec: fc.object({ key: fc.constantFrom('containers', 'template', 'podSelector', 'ingress', 'from', 'hard', 'limits', 'securityContext'), maxDepth: 4 }),
      rules: fc.anything(),
      subjects: fc.anything(),
      roleRef: fc.anything(),
      items: fc.anything(),
    }, { requiredKeys: ['apiVersion', 'kind'] })), { maxLength: 4 }), (manifests) => {
      const report = Proof.of(manifests, { expectations, level: PodSecurityLevel.RESTRICTED }).report();
      expect(typeof report.toText()).toBe('string');
      expect(() => JSON.stringify(report.toSarif())).not.toThrow();
    }), { numRuns: 300 });
  });
});

test('a namespace without a level names the workloads that would not pass even baseline, and by which fields', () => {
  const single = (name: string, spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop' }, spec: { containers: [{ name: 'c', image: 'i', ...spec }] } });
  const report = Proof.of([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
    single('quiet', {}), single('loud', { securityContext: { privileged: true } }),
  ]).report();
  expect(report.findings.find(({ ruleId }) => ruleId === 'PodSecurityNotEnforced')).toMatchObject({
    why: 'namespace shop does not say which pods it admits, and Pod shop/loud (privileged) would not pass even baseline',
    cure: expect.stringMatching(/^see whether that workload needs what baseline forbids/),
    related: ['Pod shop/loud'],
  });
  expect(`${report}`).toBe(report.toText());
});
