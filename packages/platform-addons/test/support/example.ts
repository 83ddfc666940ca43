import { ClusterProfile, Cni } from '@viridial/core';
import { Tenant } from '@viridial/tenancy';
import {
  AddOn, AddOnContext, AddOnProps, ArgoCd, AwsLoadBalancerController, CertManager, EbsCsiDriver, EfsCsiDriver, ExternalDns, Fluentd, GitOps,
  Installation, Jaeger, KubePrometheusStack, MetricsServer, Need, Platform, RenderedPlatform,
} from '../../src';

export const REPOSITORY = 'https://github.com/viridial/platform';

/** An EKS cluster as the example has it. */
export function eks(): ClusterProfile {
  return ClusterProfile.eks({
    name: 'production',
    version: '1.35',
    nodeCidrs: ['10.0.10.0/24', '10.0.20.0/24', '10.0.30.0/24'],
    apiServerCidrs: ['10.0.10.0/24', '10.0.20.0/24', '10.0.30.0/24'],
    ingress: { className: 'alb', sourceCidrs: ['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24'] },
    storageClasses: [
      { name: 'gp3', provisioner: 'ebs.csi.aws.com', isDefault: true },
      { name: 'efs', provisioner: 'efs.csi.aws.com', shared: true },
    ],
  });
}

/** A kubeadm cluster with Traefik and local volumes. */
export function kubeadm(): ClusterProfile {
  return ClusterProfile.kubeadm({
    name: 'vps',
    version: '1.36',
    cni: Cni.CALICO,
    nodeCidrs: ['10.1.0.0/16'],
    apiServerCidrs: ['10.1.0.0/28'],
    ingress: { className: 'traefik', namespace: 'traefik' },
    storageClasses: [{ name: 'hcloud-volumes', provisioner: 'csi.hetzner.cloud', isDefault: true }],
  });
}

/** Every portable add-on of the example. */
export function portable(): AddOn[] {
  return [
    new MetricsServer(), new CertManager({ email: 'ops@viridial.com' }), new ArgoCd(), new ExternalDns({ domainFilters: ['viridial.com'] }),
    new KubePrometheusStack(), new Jaeger(), new Fluentd(),
  ];
}

/** The drivers that meet the needs on EKS. */
export function drivers(): AddOn[] {
  return [new AwsLoadBalancerController(), new EbsCsiDriver(), new EfsCsiDriver()];
}

/** The platform of the example. */
export function platform(addOns: AddOn[] = portable()): Platform {
  return new Platform({
    name: 'viridial',
    environments: ['staging', 'production'],
    sharedNamespaces: ['monitoring'],
    tenants: [new Tenant('viridial', { budget: { cpu: '40', memory: '80Gi' }, ingressHosts: ['*.viridial.com'] })],
    addOns,
    needs: [Need.INGRESS, Need.BLOCK_STORAGE, Need.SHARED_STORAGE],
  });
}

/** The platform of the example on EKS. */
export function rendered(): RenderedPlatform {
  return platform().with(...drivers()).render(eks(), { clusterName: 'production', gitOps: GitOps.argoCd({ repository: REPOSITORY }) });
}

/** An add-on of somebody else. */
export class OtherAddOn extends AddOn {
  constructor(props: AddOnProps, private readonly extra: any[] = [], private readonly namespace: string = props.name) {
    super(props);
  }

  public install(): Installation {
    return new Installation({ name: this.name, namespace: this.namespace, chart: this.name, repository: 'https://charts.example.com', version: '1.0.0' });
  }

  public manifests(): any[] {
    return this.extra;
  }
}

/** The context of an add-on on a cluster. */
export function contextOn(profile: ClusterProfile, clusterName = 'production'): AddOnContext {
  return { platformName: 'viridial', profile, clusterName, addOnNames: [] };
}
