import { Catalogue, Problems } from '@viridial/core';
import { EksPlatformProps } from '../../src/eks-platform-props';
import { DEFAULT_VERSION, MANAGED_ADD_ONS, planManagedVersions, planVersion } from '../../src/planner/version';
import { props } from '../fixtures/platform';

function version(text?: string) {
  const problems = new Problems();
  return { plan: planVersion(problems, props({ version: text })), lines: problems.all.map((problem) => problem.toString()) };
}

function addOns(minor: string, addOnVersions?: EksPlatformProps['addOnVersions']) {
  const problems = new Problems();
  return { versions: planManagedVersions(problems, props({ addOnVersions }), minor), lines: problems.all.map((problem) => problem.toString()) };
}

test('a cluster that names no version gets 1.35 with standard support', () => {
  expect(version()).toEqual({ plan: { minor: '1.35', support: 'STANDARD' }, lines: [] });
  expect(DEFAULT_VERSION).toBe('1.35');
});

test.each(['1.28', '1.30', '1.31'])('Kubernetes %s is refused with the versions that are not', (text) => {
  const [line, ...others] = version(text).lines;
  expect(others).toEqual([]);
  expect(line).toContain(`version: Kubernetes ${text} is not supported on EKS`);
  expect(line).toContain('(UnsupportedKubernetesVersion); allowed: 1.32, 1.33, 1.34, 1.35, 1.36; cure: use 1.35; raise an existing cluster by one minor version at a time');
});

test('a version whose extended support ends within a month is refused with the day', () => {
  expect(version('1.31').lines[0]).toContain('its extended support ends on 2026-11-26');
});

test('a version that nobody has heard of is refused', () => {
  expect(version('1.99').lines[0]).toContain('Kubernetes 1.99 is not supported on EKS (UnsupportedKubernetesVersion)');
});

test.each(['1.32', '1.33'])('Kubernetes %s is in extended support, which is a warning about money', (text) => {
  const { plan, lines } = version(text);
  expect(plan.support).toBe('EXTENDED');
  expect(lines).toEqual([expect.stringMatching(/^version: standard support of Kubernetes 1\.3[23] ended on 2026-\d\d-\d\d: every hour .* six times .* \(ExtendedSupport\)/)]);
});

test('a version whose standard support ends within a month is a warning, and not yet paid for', () => {
  const { plan, lines } = version('1.34');
  expect(plan.support).toBe('STANDARD');
  expect(lines).toEqual([
    'version: standard support of Kubernetes 1.34 ends on 2026-12-02; EKS then raises the cluster by itself (StandardSupportEnds); cure: raise version to 1.35 before that',
  ]);
});

test('1.36 is accepted', () => {
  expect(version('1.36')).toEqual({ plan: { minor: '1.36', support: 'STANDARD' }, lines: [] });
});

test('a patch version is refused, because EKS chooses it', () => {
  expect(version('1.35.2').lines).toEqual([
    "version: '1.35.2' says more than a minor version, but EKS chooses the patch itself (PatchVersionNotChosen); allowed: 1.35; cure: use 1.35",
  ]);
});

test('what is no version at all is said to be none', () => {
  expect(version('latest').lines[0]).toContain('(InvalidKubernetesVersion)');
});

test.each(['1.34', '1.35', '1.36'])('every managed add-on has an explicit version on Kubernetes %s', (minor) => {
  const { versions, lines } = addOns(minor);
  expect(lines).toEqual([]);
  expect(Object.keys(versions).sort()).toEqual([...MANAGED_ADD_ONS]);
  for (const name of MANAGED_ADD_ONS) expect(versions[name]).toBe(Catalogue.eksAddOn(name, minor));
});

test('a version that the catalogue has no add-ons for needs all of them named', () => {
  expect(addOns('1.33').lines).toEqual([
    expect.stringContaining('the catalogue of 2026-11-21 has no version of aws-ebs-csi-driver, aws-efs-csi-driver, coredns, eks-pod-identity-agent, kube-proxy, vpc-cni for Kubernetes 1.33 (NoManagedAddOnVersion)'),
  ]);
  const given = Object.fromEntries(MANAGED_ADD_ONS.map((name) => [name, 'v1.2.3-eksbuild.1']));
  expect(addOns('1.33', given)).toEqual({ versions: given, lines: [] });
});

test('an unsupported version is not reported a second time for its add-ons', () => {
  expect(addOns('1.28').lines).toEqual([]);
});

test('a given version takes the place of the one in the catalogue', () => {
  expect(addOns('1.35', { coredns: 'v1.99.0-eksbuild.7' }).versions.coredns).toBe('v1.99.0-eksbuild.7');
});

test('versions of other add-ons, and versions that are none, are errors', () => {
  expect(addOns('1.35', { 'coredns': 'auto', 'metrics-server': 'v1.0.0-eksbuild.1' }).lines).toEqual([
    "addOnVersions.coredns: 'auto' is no version of an EKS add-on (MalformedAddOnVersion); allowed: the form v1.20.4-eksbuild.2",
    expect.stringContaining("addOnVersions.metrics-server: 'metrics-server' is no add-on that EKS manages on this platform (UnknownManagedAddOn); allowed: aws-ebs-csi-driver"),
  ]);
});
