import { PodSecurityLevel } from '@viridial/core';
import { PodSecurityException } from './pod-security-exception';

/**
 * What admission has to know about one namespace of a tenant. The lists are annotations of the namespace as well
 * (`viridial.com/ingress-hosts`, `viridial.com/registries`, `viridial.com/storage-classes`, `viridial.com/load-balancers`,
 * `viridial.com/pod-security-exceptions`), where policies can read them.
 *
 * The admission policies that the tenancy renders read it there. With `admission: false` nothing holds the tenant to it, unless
 * somebody else renders policies from this.
 */
export interface NamespaceAdmission {
  /** Name of the namespace. */
  readonly name: string;
  /** The tenant it belongs to. */
  readonly tenant: string;
  /** The environment it is. */
  readonly environment: string;
  /** The Pod Security level that it enforces. */
  readonly podSecurity: PodSecurityLevel;
  /** Host names that it may serve. */
  readonly ingressHosts: string[];
  /**
   * Where images may come from.
   * @default - the tenant says nothing about it
   */
  readonly registries?: string[];
  /**
   * Storage classes that claims may name.
   * @default - the tenant says nothing about it
   */
  readonly storageClasses?: string[];
  /** Whether the budget has Services of type LoadBalancer. */
  readonly loadBalancers: boolean;
  /** Workloads that may break a control of the level, in one order. */
  readonly podSecurityExceptions: PodSecurityException[];
}
