// What is mutated: rendered platforms with their promises. Rendered once, then plain data: the proof never sees a renderer.
import { ClusterProfile, Cni, type Expectation } from '@viridial/core';
import { AwsLoadBalancerController, EbsCsiDriver, EfsCsiDriver, GitOps } from '@viridial/platform-addons';
import { AdmissionAnnotations, AdmissionExpectations, AdmissionPlatform, AdmissionPolicies } from '@viridial/security-policy';
import { Role, Tenancy, Tenant, type TenancyRenderOptions } from '@viridial/tenancy';
import { platform } from '../../examples/platform.ts';

/** A platform whose proof has no finding. */
export interface Subject {
  readonly name: string;
  readonly profile: ClusterProfile;
  readonly manifests: Record<string, any>[];
  readonly expectations: Expectation[];
  /** Kinds that are mutated here; the others are by another platform. */
  readonly kinds?: readonly string[];
}

/** Every platform that is mutated. */
export function subjects(): Subject[] {
  return [example(), tenants(), held()];
}

/** The platform of all examples, on EKS. */
function example(): Subject {
  const nodes = ['10.0.10.0/24', '10.0.20.0/24', '10.0.30.0/24'];
  const profile = ClusterProfile.eks({
    name: 'production',
    version: '1.35',
    nodeCidrs: nodes,
    apiServerCidrs: nodes,
    ingress: { className: 'alb', sourceCidrs: ['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24'] },
    storageClasses: [{ name: 'gp3', provisioner: 'ebs.csi.aws.com', isDefault: true }, { name: 'efs', provisioner: 'efs.csi.aws.com', shared: true }],
  });
  const { manifests, expectations } = platform.with(new AwsLoadBalancerController(), new EbsCsiDriver(), new EfsCsiDriver())
    .render(profile, { clusterName: 'production', gitOps: GitOps.argoCd({ repository: 'https://github.com/viridial/platform' }) });
  return { name: 'examples/platform.ts on EKS', profile, manifests: plain(manifests), expectations };
}

/** Tenants that talk to each other, to the internet and to the outside, with members of every role. */
function tenants(options: TenancyRenderOptions = {}): Subject {
  const profile = ClusterProfile.kubeadm({
    name: 'vps', version: '1.36', cni: Cni.CALICO, nodeCidrs: ['10.1.0.0/16'], apiServerCidrs: ['10.1.0.0/28'], ingress: { className: 'traefik', namespace: 'traefik' },
  });
  const tenancy = new Tenancy({
    environments: ['staging', 'production'],
    sharedNamespaces: ['monitoring'],
    tenants: [
      new Tenant('shop', {
        budget: { cpu: '8', memory: '16Gi' },
        members: [Role.developer('group:shop'), Role.admin('group:shop-lead'), Role.viewer('group:audit')],
        talksTo: ['payments'],
        internet: { ports: [{ port: 443 }] },
        ingressHosts: ['shop.example.com'],
      }),
      new Tenant('payments', { budget: { cpu: '4', memory: '8Gi' }, members: [Role.developer('group:payments')], acceptsFrom: ['shop'] }),
      new Tenant('search', { budget: { cpu: '4', memory: '8Gi' }, members: [Role.viewer('group:search')] }),
    ],
  });
  const { manifests, expectations } = tenancy.render(profile, options);
  return { name: 'three tenants on kubeadm with Calico', profile, manifests: plain(manifests), expectations };
}

/** The same tenants, held by the whole catalogue with settings of every kind, in place of the policies of the tenancy. */
function held(): Subject {
  const { profile, manifests, expectations } = tenants({ admission: false });
  const facts = { ingressHosts: ['shop.example.com'] };
  const props = {
    profile,
    platform: AdmissionPlatform.argoCd(),
    registries: ['registry.example.com'],
    storageClasses: ['fast'],
    priorityClasses: ['batch'],
    trustedPodLabels: ['role'],
    gatewayApi: true,
    namespaces: [{ name: 'shop-production', tenant: 'shop', facts }],
  };
  const annotated = manifests.map((object) => (object.kind === 'Namespace' && object.metadata.name === 'shop-production'
    ? { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...AdmissionAnnotations.of(facts) } } } : object));
  return {
    name: 'the same tenants under admission policies',
    profile,
    manifests: [...annotated, ...plain(AdmissionPolicies.render(props))],
    expectations: [...expectations, ...AdmissionExpectations.of(props)],
    kinds: ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'],
  };
}

function plain(manifests: unknown[]): Record<string, any>[] {
  return JSON.parse(JSON.stringify(manifests)) as Record<string, any>[];
}
