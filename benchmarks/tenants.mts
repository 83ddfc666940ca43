import { ClusterProfile, Cni } from '@viridial/core';
import { Role, Tenancy, Tenant } from '@viridial/tenancy';

/** A cluster on which every tenant can be rendered. */
export const PROFILE = ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO });

/** A tenancy of some tenants, each with two environments, a budget and a developer group. */
export function tenancyOf(count: number): Tenancy {
  const tenants = Array.from({ length: count }, (_, i) => new Tenant(`tenant-${i}`, {
    budget: { cpu: '8', memory: '16Gi' }, members: [Role.developer(`group:tenant-${i}`)],
  }));
  return new Tenancy({ environments: ['staging', 'production'], tenants });
}

/** Everything that is rendered for that many tenants. */
export function tenantObjects(count: number): { [key: string]: any }[] {
  return tenancyOf(count).render(PROFILE).manifests;
}
