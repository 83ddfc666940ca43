import { ClusterFeature, ClusterProfile } from '@viridial/core';
import { AdmissionPlatform } from '@viridial/security-policy';
import { GitOps, RenderedPlatform } from '../src';
import { PlatformRenderOptions } from '../src/platform-render-options';
import { drivers, eks, platform, REPOSITORY } from './support/example';

/** The cluster of the example, with the version of the network plugin that has policies above those of namespaces. */
const GROUND = ClusterProfile.eks({ ...eks().toJson(), cniVersion: 'v1.23.0-eksbuild.1', podCidrs: eks().nodeCidrs, serviceCidrs: ['172.20.0.0/16'] });

function render(options: Partial<PlatformRenderOptions> = {}): RenderedPlatform {
  return platform().with(...drivers()).render(GROUND, { clusterName: 'production', gitOps: GitOps.argoCd({ repository: REPOSITORY }), ...options });
}

const rendered = render();
const named = (name: string): any => rendered.manifests.find(({ metadata }) => metadata.name === name);

test('the platform holds tenants by admission and above the policies of namespaces, and every promise about it is kept', () => {
  expect(GROUND.supports(ClusterFeature.CLUSTER_NETWORK_POLICY)).toBe(true);
  expect(new Set(rendered.manifests.map(({ kind }) => kind))).toEqual(expect.objectContaining(new Set(['ValidatingAdmissionPolicy', 'ClusterNetworkPolicy'])));
  expect(rendered.expectations.filter(({ admission }) => admission !== undefined).length).toBeGreaterThan(200);
  expect(rendered.proof().toText()).toMatch(/nothing to put right. All \d+ expectations hold/);
});

test('Argo CD may change what the platform manages, and whoever else is named', () => {
  expect(JSON.stringify(named('viridial-managed-objects'))).toContain('system:serviceaccount:argocd:argocd-application-controller');
  const other = render({ admissionSettings: { platform: AdmissionPlatform.of({ groups: ['ops'] }) } }).manifests.find(({ metadata }) => metadata.name === 'viridial-managed-objects');
  expect(JSON.stringify(other)).toMatch(/'ops'.*argocd-application-controller|argocd-application-controller.*'ops'/);
  const byHand = render({ gitOps: undefined, owners: undefined }).manifests.find(({ metadata }) => metadata.name === 'viridial-managed-objects');
  expect(JSON.stringify(byHand)).not.toContain('argocd-application-controller');
});

test('no add-on loses the link-local addresses that it calls', () => {
  const subject = named('viridial-link-local').spec.subject.namespaces;
  const calling = rendered.installations.filter(({ footprint }) => footprint.flows.some(({ cidr }) => cidr?.startsWith('169.254.')))
    .map(({ namespace }) => namespace).filter((namespace) => namespace !== 'kube-system');
  expect(calling.length).toBeGreaterThan(0);
  expect(subject.matchExpressions[0].values).toEqual(expect.arrayContaining(calling));
});

test('in the tree policies come after the namespaces of add-ons and before the tenants', () => {
  const tree = rendered.repository.files;
  const overlay = 'argocd/overlays/production';
  const wave = (path: string): number => Number(/sync-wave: "?(-?\d+)/.exec(tree[`${overlay}/${path}`])![1]);
  for (const path of ['cluster/admission.yaml', 'cluster/network-tier.yaml']) {
    expect(wave('namespaces.yaml')).toBeLessThan(wave(path));
    expect(wave(path)).toBeLessThan(wave('tenants.yaml'));
    expect(tree[`${overlay}/kustomization.yaml`]).toContain(`- ${path}`);
  }
  expect(tree[`${overlay}/tenants/viridial/viridial-production.yaml`]).toContain('kind: ClusterNetworkPolicy');
});

test('a platform that something else guards has no admission policies', () => {
  expect(render({ admission: false }).manifests.filter(({ kind }) => kind.startsWith('ValidatingAdmission'))).toEqual([]);
});
