import { ClusterProfile, Cni, ExpectationKind, PodSecurityLevel } from '@viridial/core';
import { Proof } from '@viridial/proof';
import { AdmissionPolicy } from '@viridial/security-policy';
import { PodSecurityControl, PodSecurityException, Tenancy, Tenant, TenantProps } from '../src';
import { KUBEADM } from './support/grounds';
import { objectOf } from './support/objects';
import { places, refused } from './support/refused';
import { ownWarnings } from './support/warnings';

const IMPORTER: PodSecurityException = {
  workload: 'Deployment/importer', control: PodSecurityControl.RUN_AS_NON_ROOT, reason: 'its image is built by somebody else', expires: '2026-12-31',
};

function tenancy(exceptions: PodSecurityException[], date?: string, props: TenantProps = {}): Tenancy {
  return new Tenancy({ environments: ['staging', 'production'], date, tenants: [new Tenant('shop', { podSecurityExceptions: exceptions, ...props })] });
}

function mistakes(exception: Partial<PodSecurityException>, props: TenantProps = {}): string[] {
  return refused(() => tenancy([{ ...IMPORTER, ...exception }], '2026-11-26', props)).map(String);
}

test('an exception is told to admission policies in the environments where it holds', () => {
  const { manifests, admission } = tenancy([{ ...IMPORTER, environments: ['staging'] }], '2026-11-26').render(KUBEADM);
  const text = (namespace: string) => objectOf(manifests, 'Namespace', namespace).metadata.annotations?.['viridial.com/pod-security-exceptions'];
  expect([text('shop-staging'), text('shop-production')]).toEqual(['Deployment/importer:runAsNonRoot:2026-12-31', undefined]);
  expect(admission.map(({ name, podSecurityExceptions }) => [name, podSecurityExceptions.map(({ workload }) => workload)])).toEqual([
    ['shop-production', []], ['shop-staging', ['Deployment/importer']],
  ]);
});

describe('an exception in force', () => {
  const rendered = tenancy([IMPORTER], '2026-11-26').render(KUBEADM);
  const bound = ['shop-production', 'shop-staging'].map((namespace) => `viridial-pod-security-${namespace}`);

  test('lowers what the namespace enforces, and keeps warning and auditing by the level', () => {
    expect(objectOf(rendered.manifests, 'Namespace', 'shop-staging').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/warn': 'restricted', 'pod-security.kubernetes.io/audit': 'restricted',
    });
    expect(ownWarnings(rendered)).toEqual([]);
  });

  test('comes with a policy that holds the others, which is there before the namespaces', () => {
    const policies = rendered.sharedFiles['cluster/pod-security-exceptions.yaml'];
    expect(policies.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy').map(({ metadata }) => metadata.name)).toEqual(bound);
  });

  test('promises that the workload is admitted and no other, which proof finds kept', () => {
    const about = rendered.tenant('shop').expectations.filter(({ admission }) => admission?.reason.includes('importer'));
    expect(about.map(({ kind }) => kind)).toEqual(expect.arrayContaining([ExpectationKind.ADMITTED, ExpectationKind.REFUSED]));
    expect(Proof.of(rendered.manifests, { profile: KUBEADM, expectations: rendered.expectations }).report().toText()).toContain('nothing to put right');
    const without = rendered.manifests.filter(({ metadata }) => !bound.includes(metadata.name));
    expect(Proof.of(without, { profile: KUBEADM, expectations: rendered.expectations }).report().ok).toBe(false);
  });

  test('takes images for its promises from where the tenant may take them', () => {
    const own = tenancy([IMPORTER], '2026-11-26', { allowedRegistries: ['ghcr.io/shop'] }).render(KUBEADM);
    expect(Proof.of(own.manifests, { profile: KUBEADM, expectations: own.expectations }).report().toText()).toContain('nothing to put right');
  });

  test.each([
    ['without admission policies', KUBEADM, { admission: false }, 'render admission policies, which then hold the other workloads to the level'],
    ['on a cluster that has none', ClusterProfile.kubeadm({ version: '1.29', cni: Cni.CALICO }), {}, 'raise the cluster to Kubernetes 1.30 or later, whose admission policies hold the other workloads to the level'],
  ])('%s leaves the level as it is, with a warning', (_, profile, options, cure) => {
    const { manifests, warnings } = tenancy([IMPORTER], '2026-11-26').render(profile, options);
    expect(objectOf(manifests, 'Namespace', 'shop-staging').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
    expect(warnings.filter(({ code }) => code === 'ExceptionWithoutEffect').map(({ path, cure: said }) => [path, said])).toEqual([['tenants.shop.podSecurityExceptions[0]', cure]]);
  });

  test('of what would open the node is warned of while another policy keeps every tenant from it', () => {
    const exceptions = [{ ...IMPORTER, control: PodSecurityControl.HOST_PATH_VOLUMES }];
    const held = tenancy(exceptions, '2026-11-26').render(KUBEADM);
    expect(ownWarnings(held).map(({ code, path }) => [code, path])).toEqual([['ExceptionWithoutEffect', 'tenants.shop.podSecurityExceptions[0]']]);
    expect(objectOf(held.manifests, 'Namespace', 'shop-staging').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
    const free = tenancy(exceptions, '2026-11-26').render(KUBEADM, { admissionSettings: { policies: AdmissionPolicy.allBut([AdmissionPolicy.HOST_ACCESS, AdmissionPolicy.STORAGE_CLASSES]) } });
    expect(ownWarnings(free)).toEqual([]);
    expect(Proof.of(free.manifests, { profile: KUBEADM, expectations: free.expectations }).report().toText()).toMatch(/All \d+ expectations hold/);
  });

  test('from a control that the version of the cluster does not have is an error there', () => {
    const exceptions = [{ ...IMPORTER, control: PodSecurityControl.HOST_PROBES_AND_HOST_LIFECYCLE }];
    const old = ClusterProfile.kubeadm({ version: '1.32', cni: Cni.CALICO, nodeCidrs: ['192.168.10.0/24'] });
    expect(places(refused(() => tenancy(exceptions, '2026-11-26').render(old)))).toEqual(['ExceptionNotNeeded at tenants.shop.podSecurityExceptions']);
  });
});

test('it holds through its last day and is an error from the next on, with the cure', () => {
  expect(tenancy([IMPORTER], '2026-12-31').tenants).toHaveLength(1);
  expect(refused(() => tenancy([IMPORTER], '2027-01-01')).map(String)).toEqual([
    'tenants.shop.podSecurityExceptions[0].expires: the exception of Deployment/importer from runAsNonRoot expired on 2026-12-31, and it is 2027-01-01 (ExceptionExpired); allowed: a day from 2027-01-01 on; cure: mend Deployment/importer and take the exception away, or have it approved again with a later day',
  ]);
});

test('without a day nobody knows whether it has expired, so it is refused', () => {
  expect(places(refused(() => tenancy([IMPORTER])))).toEqual(['DateMissing at tenants.shop.podSecurityExceptions[0].expires']);
  expect(tenancy([]).tenants).toHaveLength(1);
});

test.each<[string, Partial<PodSecurityException>, string]>([
  ['no workload', { workload: 'importer' }, "podSecurityExceptions[0].workload: 'importer' does not name a workload (InvalidWorkload)"],
  ['a kind that runs no pods', { workload: 'Service/web' }, "'Service/web' does not name a workload (InvalidWorkload)"],
  ['a name that is none', { workload: 'Deployment/Web_1' }, '(InvalidDnsSubdomain)'],
  ['no reason', { reason: '  ' }, 'nothing says why Deployment/importer is excepted (MissingReason)'],
  ['a day that is none', { expires: '2026-02-30' }, "'2026-02-30' is not a day (InvalidDate)"],
  ['a day in another form', { expires: '31.12.2026' }, '(InvalidDate)'],
  ['a control that there is not', { control: 'runAsRoot' as PodSecurityControl }, 'there is no control runAsRoot (UnknownControl)'],
  ['an environment that there is not', { environments: ['qa'] }, 'there is no environment qa (UnknownEnvironment)'],
])('%s is refused', (_, exception, message) => {
  expect(mistakes(exception)).toEqual([expect.stringContaining(message)]);
});

test('what the level does not hold needs no exception', () => {
  expect(mistakes({}, { podSecurity: PodSecurityLevel.BASELINE })).toEqual([expect.stringContaining('the level baseline does not have control runAsNonRoot, so every pod may break it (NothingToExcept)')]);
  expect(tenancy([{ ...IMPORTER, control: PodSecurityControl.HOST_PATH_VOLUMES }], '2026-11-26', { podSecurity: PodSecurityLevel.BASELINE }).tenants).toHaveLength(1);
});

test('the same exception twice, and a day of the tenancy that is none, are refused', () => {
  expect(places(refused(() => tenancy([IMPORTER, { ...IMPORTER, reason: 'again' }], '2026-11-26')))).toEqual(['DuplicateName at tenants.shop.podSecurityExceptions[1]']);
  expect(places(refused(() => tenancy([IMPORTER], 'today')))).toEqual(['InvalidDate at date']);
});
