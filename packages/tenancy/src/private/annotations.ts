import { AdmissionAnnotations, AdmissionFacts, AdmissionPolicy } from '@viridial/security-policy';
import { NamespaceAdmission } from '../namespace-admission';
import { QuotaScope } from '../scoped-budget';
import { Tenant } from '../tenant';
import { sortedOnce } from './compare';
import { exceptionsIn, exceptionText } from './exceptions';
import { Guards, isRendered } from './guards';
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

/** What admission policies allow in a namespace of a tenant. A registry that nobody names is one that nobody has decided on. */
export function factsOf(tenant: Tenant, said: NamespaceAdmission, { admission }: Guards): AdmissionFacts {
  const { ingressHosts, registries, storageClasses, loadBalancers } = said;
  const undecided = admission !== undefined && !isRetired(tenant) && registries === undefined && admission.registries === undefined;
  const priorityClasses = (tenant.budget?.scopes ?? []).flatMap(({ scope, pods, priorityClasses: classes = [] }) => (
    scope === QuotaScope.PRIORITY_CLASS && pods !== 0 ? classes : []));
  return {
    ...(ingressHosts.length > 0 ? { ingressHosts } : {}),
    ...(registries ? { registries } : {}),
    ...(undecided && isRendered(admission, AdmissionPolicy.ALLOWED_REGISTRIES) ? { anyRegistry: true } : {}),
    ...(storageClasses ? { storageClasses } : {}),
    ...(priorityClasses.length > 0 ? { priorityClasses: sortedOnce([...admission?.priorityClasses ?? [], ...priorityClasses]) } : {}),
    ...(loadBalancers ? { loadBalancers } : {}),
  };
}

/** Annotations of a namespace of a tenant: whom to call, and what admission policies read there. */
export function annotationsOf(tenant: Tenant, admission: NamespaceAdmission, guards: Guards): { [key: string]: string } {
  const exceptions = admission.podSecurityExceptions.map(exceptionText);
  return {
    ...contactAnnotations(tenant),
    ...AdmissionAnnotations.of(factsOf(tenant, admission, guards)),
    ...(exceptions.length > 0 ? { 'viridial.com/pod-security-exceptions': exceptions.join(',') } : {}),
    ...(isRetired(tenant) && tenant.deleteData ? { [DELETE_DATA]: 'true' } : {}),
  };
}
