import { NamespaceAdmission } from '../namespace-admission';
import { Tenant } from '../tenant';
import { sortedOnce } from './compare';
import { exceptionsIn, exceptionText } from './exceptions';
import { isRetired } from './lifecycle';
import { NamespaceBounds } from './model';
import { contactAnnotations } from './tags';

/** Annotation of a namespace whose data may go with it. */
export const DELETE_DATA = 'viridial.com/delete-data';

/** What admission has to know about a namespace of a tenant. */
export function admissionOf(tenant: Tenant, environment: string, name: string, bounds: NamespaceBounds | undefined): NamespaceAdmission {
  const over = isRetired(tenant);
  return {
    name,
    tenant: tenant.name,
    environment,
    podSecurity: tenant.podSecurity,
    ingressHosts: over ? [] : sortedOnce(tenant.ingressHosts),
    registries: tenant.allowedRegistries && sortedOnce(tenant.allowedRegistries),
    storageClasses: tenant.storageClasses && sortedOnce(tenant.storageClasses.map((storageClass) => storageClass.name)),
    loadBalancers: !over && bounds !== undefined && bounds.quota.hard['services.loadbalancers'] !== '0',
    podSecurityExceptions: over ? [] : exceptionsIn(tenant, environment),
  };
}

/** Annotations of a namespace of a tenant: whom to call, and what admission policies can read there. */
export function annotationsOf(tenant: Tenant, admission: NamespaceAdmission): { [key: string]: string } {
  const lists: [string, string[]][] = [
    ['viridial.com/ingress-hosts', admission.ingressHosts],
    ['viridial.com/load-balancers', admission.loadBalancers ? ['allowed'] : []],
    ['viridial.com/pod-security-exceptions', admission.podSecurityExceptions.map(exceptionText)],
    ['viridial.com/registries', admission.registries ?? []],
    ['viridial.com/storage-classes', admission.storageClasses ?? []],
  ];
  return {
    ...contactAnnotations(tenant),
    ...Object.fromEntries(lists.filter(([, list]) => list.length > 0).map(([key, list]) => [key, list.join(',')])),
    ...(isRetired(tenant) && tenant.deleteData ? { [DELETE_DATA]: 'true' } : {}),
  };
}
