import { ClusterProfile, ClusterProfileProps, Cni, Expectation } from '@viridial/core';
import { Proof } from '@viridial/proof';
import { AdmissionPlatform, AdmissionPolicy, Flow } from '@viridial/security-policy';
import { Budget, PodSecurityControl, QuotaScope, Role, Tenancy, TenancyRenderOptions, Tenant, TenantProps } from '../src';
import { shops } from './support/examples';
import { KUBEADM } from './support/grounds';
import { objectOf, objectsOf } from './support/objects';
import { places, refused } from './support/refused';
import { ownWarnings } from './support/warnings';

const GROUND = { version: '1.36', nodeCidrs: ['192.168.10.0/24'], apiServerCidrs: ['192.168.10.11/32'], podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'] };

/** Clusters with policies above those of namespaces, in each language. */
const TIERS: [string, ClusterProfile, string][] = [
  ['Cilium', ClusterProfile.kubeadm({ ...GROUND, cni: Cni.CILIUM, cniVersion: '1.18.0' }), 'CiliumClusterwideNetworkPolicy'],
  ['Calico', ClusterProfile.kubeadm({ ...GROUND, cni: Cni.CALICO, cniVersion: '3.30.0' }), 'GlobalNetworkPolicy'],
  ['Calico with ClusterNetworkPolicy', ClusterProfile.kubeadm({ ...GROUND, cni: Cni.CALICO, cniVersion: '3.32.0' }), 'ClusterNetworkPolicy'],
  ['the VPC CNI', ClusterProfile.eks({ version: '1.35', cniVersion: 'v1.23.0-eksbuild.1', nodeCidrs: ['10.0.10.0/24'], podCidrs: ['10.0.10.0/24'], apiServerCidrs: ['10.0.10.0/24'] }), 'ClusterNetworkPolicy'],
];

function one(props: TenantProps = {}, options: TenancyRenderOptions = {}, profile = KUBEADM) {
  return new Tenancy({ environments: ['staging'], tenants: [new Tenant('shop', props)] }).render(profile, options);
}

/** Lets everything in and out of a namespace, as a tenant would who got past roles and admission. */
function everything(namespace: string): any {
  return {
    apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'everything', namespace }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [{}] },
  };
}

const ofTheTier = ({ flow }: Expectation): boolean => flow !== undefined && /^no policy/.test(flow.reason ?? '');

describe('admission policies', () => {
  test('are rendered once for all tenants, with a promise in every namespace that proof finds kept', () => {
    const rendered = shops().render(KUBEADM, { admissionSettings: { registries: ['ghcr.io'], platform: AdmissionPlatform.argoCd() } });
    const policies = objectsOf(rendered.files['cluster/admission.yaml'], 'ValidatingAdmissionPolicy').map(({ metadata }) => metadata.name);
    expect(policies).toEqual(AdmissionPolicy.allBut([AdmissionPolicy.BOUNDED_CONTAINERS, AdmissionPolicy.STORAGE_CLASSES]).map(({ objectName }) => objectName).sort());
    const promised = new Set(rendered.expectations.flatMap(({ admission }) => (admission ? [(admission.object ?? admission.oldObject).metadata.namespace] : [])));
    for (const namespace of rendered.tenants.flatMap((name) => rendered.tenant(name).namespaces)) expect(promised).toContain(namespace);
    expect(Proof.of(rendered.manifests, { profile: KUBEADM, expectations: rendered.expectations }).report().findings).toEqual([]);
    const open = rendered.manifests.filter(({ kind, metadata }) => kind !== 'ValidatingAdmissionPolicyBinding' || metadata.name !== 'viridial-managed-objects');
    expect(Proof.of(open, { profile: KUBEADM, expectations: rendered.expectations }).report().ok).toBe(false);
  });

  test('are left out when somebody says so, and where the cluster has none, which is a warning', () => {
    const without = shops().render(KUBEADM, { admission: false });
    expect(objectsOf(without.manifests, 'ValidatingAdmissionPolicy')).toEqual([]);
    expect(without.expectations.filter(({ admission }) => admission !== undefined)).toEqual([]);
    expect(without.warnings.map(({ code }) => code)).toEqual(['NoClusterTier']);
    const old = shops().render(ClusterProfile.kubeadm({ version: '1.29', cni: Cni.CALICO, nodeCidrs: ['192.168.10.0/24'] }));
    expect(objectsOf(old.manifests, 'ValidatingAdmissionPolicy')).toEqual([]);
    expect(old.warnings.map(({ code }) => code)).toEqual(['NoAdmissionPolicies', 'NoClusterTier']);
  });

  test('know the storage classes of the cluster, and do not guess where nobody names one', () => {
    const classes = { storageClasses: [{ name: 'fast', provisioner: 'csi.example.com' }] };
    const names = (rendered: { readonly manifests: any[] }) => objectsOf(rendered.manifests, 'ValidatingAdmissionPolicy').map(({ metadata }) => metadata.name);
    expect(names(one({}, {}, ClusterProfile.kubeadm({ ...GROUND, cni: Cni.CALICO, ...classes } as ClusterProfileProps)))).toContain('viridial-storage-classes');
    expect(names(one({}, { admissionSettings: { storageClasses: ['fast'] } }))).toContain('viridial-storage-classes');
    expect(names(one())).not.toContain('viridial-storage-classes');
  });

  test('learn of priority classes from the scopes of a budget', () => {
    const budget: Budget = { cpu: '8', memory: '16Gi', scopes: [{ scope: QuotaScope.PRIORITY_CLASS, priorityClasses: ['urgent'], pods: 2 }, { scope: QuotaScope.PRIORITY_CLASS, priorityClasses: ['never'], pods: 0 }] };
    const { manifests } = one({ budget }, { admissionSettings: { priorityClasses: ['usual'] } });
    expect(objectOf(manifests, 'Namespace', 'shop-staging').metadata.annotations['viridial.com/priority-classes']).toBe('urgent,usual');
  });

  test.each<[string, TenantProps, TenancyRenderOptions, string]>([
    ['images of a tenant that come from nobody knows where', {}, {}, 'ImagesFromAnywhere at admissionSettings.registries'],
    ['node ports that a budget has and admission refuses', { allowedRegistries: ['ghcr.io'], budget: { cpu: '2', memory: '4Gi', nodePorts: 1 } }, {}, 'NodePortsRefused at admissionSettings.openings.nodePorts'],
  ])('warn of %s', (_, props, options, place) => {
    expect(places(one(props, options).warnings.filter(({ code }) => code !== 'NoClusterTier'))).toEqual([place]);
  });

  test.each<[string, TenantProps, TenancyRenderOptions, string]>([
    ['a group', { members: [Role.viewer('group:ops')] }, { admissionSettings: { platform: AdmissionPlatform.of({ groups: ['ops'] }) } }, 'MemberIsPlatform at tenants.shop.members'],
    ['a service account', { members: [Role.viewer('serviceaccount:argocd/argocd-application-controller')] }, { admissionSettings: { platform: AdmissionPlatform.argoCd() } }, 'MemberIsPlatform at tenants.shop.members'],
    ['everybody', {}, { admissionSettings: { platform: AdmissionPlatform.of({ groups: ['system:authenticated'] }) } }, 'EverybodyIsPlatform at admissionSettings.platform.groups'],
    ['no registry', {}, { admissionSettings: { registries: ['https://ghcr.io'] } }, 'InvalidRegistry at admissionSettings.registries[0]'],
  ])('refuse %s that would undo them', (_, props, options, place) => {
    expect(places(refused(() => one(props, options)))).toEqual([place]);
  });
});

test('a change tells which guards come and go', () => {
  const tenancy = (props: TenantProps) => new Tenancy({ environments: ['staging'], date: '2026-11-26', tenants: [new Tenant('shop', { allowedRegistries: ['ghcr.io'], members: [Role.admin('group:ops')], ...props })] });
  const excepted = tenancy({
    selfService: true, podSecurityExceptions: [{ workload: 'Deployment/importer', control: PodSecurityControl.RUN_AS_NON_ROOT, reason: 'built by a vendor', expires: '2026-12-31' }],
  });
  const { created, changed } = Tenancy.changes(tenancy({}), excepted, { profile: TIERS[0][1] });
  expect(created.map(({ object }) => object)).toEqual([
    'ClusterRole.rbac.authorization.k8s.io viridial:tenant-self-service', 'RoleBinding.rbac.authorization.k8s.io shop-staging/tenant-self-service',
    'ValidatingAdmissionPolicy.admissionregistration.k8s.io viridial-pod-security-shop-staging', 'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io viridial-pod-security-shop-staging',
  ]);
  expect(changed.flatMap(({ fields }) => fields.map(({ path }) => path))).toEqual(['metadata.annotations.viridial.com/pod-security-exceptions', 'metadata.labels.pod-security.kubernetes.io/enforce']);
  expect(places(refused(() => Tenancy.changes(tenancy({}), excepted, { admission: false })))).toEqual(['SelfServiceUnguarded at tenants.shop.selfService']);
});

describe('the cluster tier', () => {
  test.each(TIERS)('of %s is rendered beside the policies of namespaces, and holds beside one that allows everything', (_, profile, kind) => {
    const rendered = shops().render(profile);
    expect(new Set(rendered.manifests.map((manifest) => manifest.kind))).toContain(kind);
    const namespaces = rendered.tenants.flatMap((name) => rendered.tenant(name).namespaces);
    expect(rendered.tenant('shop').manifests.filter((manifest) => manifest.kind === kind)).toHaveLength(2);
    expect(Proof.of(rendered.manifests, { profile, expectations: rendered.expectations }).report().findings).toEqual([]);
    const promises = rendered.expectations.filter(ofTheTier);
    expect(promises.length).toBeGreaterThan(2 * namespaces.length);
    const kept = (manifests: any[]) => Proof.of([...manifests, ...namespaces.map(everything)], { profile, expectations: promises }).report().findings.filter(({ ruleId }) => ruleId === 'FlowOpen' || /^Flow|Unreachable|Reach/.test(ruleId));
    expect(kept(rendered.manifests)).toEqual([]);
    expect(kept(rendered.manifests.filter((manifest) => manifest.kind !== kind)).length).toBeGreaterThan(0);
  });

  test.each(TIERS)('of %s is the same, tenant by tenant, as of all at once', (_, profile) => {
    const rendered = shops().render(profile);
    const names = (manifests: any[]) => manifests.filter(({ kind }) => /NetworkPolicy$|^Tier$/.test(kind) && kind !== 'NetworkPolicy' && kind !== 'CiliumNetworkPolicy').map(({ metadata }) => metadata.name);
    const apart = [...Object.values(rendered.sharedFiles).flat(), ...rendered.tenants.flatMap((name) => rendered.tenant(name).manifests)];
    expect(names(apart).sort()).toEqual(names(rendered.manifests).sort());
    expect(new Set(names(apart)).size).toBe(names(apart).length);
  });

  test('leaves open what flows of tenants and of other namespaces of the platform name', () => {
    const flows = [Flow.cidrOut({ cidr: '169.254.170.23/32', ports: [{ port: 80 }] })];
    const rendered = new Tenancy({ environments: ['staging'], tenants: [new Tenant('shop', { flows }), new Tenant('lab')] })
      .render(TIERS[3][1], { platformNamespaces: [{ namespace: 'external-dns', flows }] });
    const linkLocal = objectOf(rendered.files['cluster/network-tier.yaml'], 'ClusterNetworkPolicy', 'platform-link-local');
    expect(linkLocal.spec.subject.namespaces.matchExpressions).toEqual([{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['external-dns', 'shop-staging'] }]);
    expect(Proof.of(rendered.manifests, { profile: TIERS[3][1], expectations: rendered.expectations }).report().findings).toEqual([]);
  });

  test.each([
    ['kube-router', ClusterProfile.k3s({ version: '1.36', nodeCidrs: ['192.168.10.0/24'] }), 'profile.cni'],
    ['a plugin of which nobody names the version', KUBEADM, 'profile.cniVersion'],
  ])('is not there with %s, which is a warning and no error', (_, profile, path) => {
    const rendered = shops().render(profile);
    expect(rendered.files).not.toHaveProperty(['cluster/network-tier.yaml']);
    expect(rendered.expectations.filter(ofTheTier)).toEqual([]);
    expect(rendered.warnings.find(({ code }) => code === 'NoClusterTier')).toMatchObject({ path, message: expect.stringContaining('roles and admission alone') });
  });

  test.each([
    ['the VPC CNI cannot', TIERS[3][1]],
    ['nobody names the addresses of nodes', ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO, cniVersion: '3.32.0' })],
  ])('says that it does not close the ports of nodes where %s', (_, profile) => {
    expect(ownWarnings(shops().render(profile)).map(({ code }) => code)).toEqual(['NodePortsStayOpen']);
  });
});
