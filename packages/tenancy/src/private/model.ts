import { Problem } from '@viridial/core';
import { Tenant } from '../tenant';
import { NamespaceLimits } from './limits';
import { Member } from './members';
import { Peers } from './peers';
import { NamespaceQuota } from './split-budget';
import { ClassShare } from './storage-classes';

/** Quota and limits of one namespace; a namespace has both or neither. */
export interface NamespaceBounds {
  readonly quota: NamespaceQuota;
  readonly limits: NamespaceLimits;
  /** Storage classes that are open, where others are not. */
  readonly classes?: ClassShare[];
}

/** A tenant that was checked, with every default filled in and every list in one order. */
export interface TenantModel {
  readonly tenant: Tenant;
  readonly environments: string[];
  readonly peers: Peers;
  readonly members: Member[];
  /** By environment; absent for a tenant without bounds. */
  readonly bounds?: { [environment: string]: NamespaceBounds };
}

/** A tenancy that was checked. */
export interface TenancyModel {
  readonly name: string;
  readonly environments: string[];
  /** By name, in the order of names. */
  readonly tenants: Map<string, TenantModel>;
  readonly sharedNamespaces: string[];
  /** Shared namespaces whose pods scrape. */
  readonly metricsFrom: string[];
  /** What the API server puts before the groups of the identity provider. */
  readonly oidcGroupsPrefix: string;
  /** The day, as `YYYY-MM-DD`; exceptions need it. */
  readonly date?: string;
  readonly warnings: Problem[];
}
