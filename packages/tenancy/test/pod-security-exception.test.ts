import { PodSecurityLevel } from '@viridial/core';
import { PodSecurityControl, PodSecurityException, Tenancy, Tenant, TenantProps } from '../src';
import { KUBEADM } from './support/grounds';
import { objectOf } from './support/objects';
import { places, refused } from './support/refused';

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

test('the level of the namespace is not lowered for it, and a warning says that nothing here makes it hold', () => {
  const { manifests, warnings } = tenancy([IMPORTER], '2026-11-26').render(KUBEADM);
  expect(objectOf(manifests, 'Namespace', 'shop-staging').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
  expect(warnings.map(({ code, path }) => [code, path])).toEqual([['ExceptionWithoutEffect', 'tenants.shop.podSecurityExceptions[0]']]);
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
