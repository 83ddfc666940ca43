import { Problems } from '@viridial/core';
import { Tenant } from '../tenant';
import { TenantLifecycle } from '../tenant-lifecycle';

/**
 * What nothing is left of in a cordoned namespace. Everything that runs pods is in it, besides pods: a workload that is
 * admitted and then gets no pods would look like a fault. Secrets and config maps are not: they run nothing, and what runs
 * makes some, such as the key of a certificate that is renewed.
 */
const CORDONED = [
  'count/cronjobs.batch', 'count/daemonsets.apps', 'count/deployments.apps', 'count/ingresses.networking.k8s.io', 'count/jobs.batch',
  'count/replicasets.apps', 'count/replicationcontrollers', 'count/statefulsets.apps', 'persistentvolumeclaims', 'pods', 'services',
];

/** Whether the tenant is over. */
export function isRetired({ lifecycle }: Tenant): boolean {
  return lifecycle === TenantLifecycle.RETIRED;
}

/** `spec.hard` of the quota that admits nothing new; nothing for a tenant that works. */
export function cordonQuota({ lifecycle }: Tenant): { [resource: string]: string } | undefined {
  return lifecycle === TenantLifecycle.ACTIVE ? undefined : Object.fromEntries(CORDONED.map((resource) => [resource, '0']));
}

/** Checks that data is only let go with a tenant that is over. */
export function collectLifecycle(problems: Problems, tenant: Tenant): void {
  const path = `tenants.${tenant.name}`;
  if (tenant.deleteData && !isRetired(tenant)) {
    problems.error({
      code: 'DataOfLivingTenant',
      path: `${path}.deleteData`,
      message: `${tenant.name} is ${tenant.lifecycle}, and its data could be lost`,
      value: true,
      cure: 'set lifecycle to TenantLifecycle.RETIRED first, or take deleteData away',
    });
  }
  if (tenant.lifecycle === TenantLifecycle.CORDONED) {
    problems.warning({
      code: 'Cordoned', path: `${path}.lifecycle`, message: `nothing new is admitted for ${tenant.name}, and its pods that stop are not replaced`, value: tenant.lifecycle,
    });
  }
}

/** Reports flows with a tenant that is over, at whoever still names it. */
export function collectRetiredPeers(problems: Problems, tenant: Tenant, byName: Map<string, Tenant>): void {
  const lists: ['acceptsFrom' | 'talksTo', string[]][] = [['talksTo', tenant.talksTo], ['acceptsFrom', tenant.acceptsFrom]];
  for (const [property, peers] of lists) {
    peers.forEach((peer, index) => {
      const other = byName.get(peer);
      if (other === undefined || !isRetired(other)) return;
      problems.error({
        code: 'PeerIsRetired',
        path: `tenants.${tenant.name}.${property}[${index}]`,
        message: `${peer} is retired, and nothing of it talks any more`,
        value: peer,
        cure: `take ${peer} out of ${property} of ${tenant.name}, and ${tenant.name} out of the lists of ${peer}`,
      });
    });
  }
}
