import { Problems } from '@viridial/core';
import { Tenant } from '../tenant';
import { boundsOf } from './bounds';
import { compareText, sortedOnce } from './compare';
import { collectDate } from './exceptions';
import { collectHosts } from './ingress-hosts';
import { collectRetiredPeers } from './lifecycle';
import { collectEnvironments, membersOf } from './members';
import { NamespaceBounds, TenancyModel, TenantModel } from './model';
import { collectNames, Names, tenantNamespace } from './namespaces';
import { collectPeers, Peers } from './peers';
import { sharesOf } from './shares';
import { splitClasses } from './storage-classes';
import { collectConsent, collectTenant } from './tenant-checks';

/** What a tenancy is built from. */
export interface TenancyInput extends Names {
  readonly metricsFrom?: string[];
  /** The day, as `YYYY-MM-DD`. */
  readonly date?: string;
  /** What the API server puts before the groups of the identity provider. */
  readonly oidcGroupsPrefix: string;
}

/** Checks everything and fills in every default. The model is only to be used when no error was added. */
export function buildModel(problems: Problems, input: TenancyInput): TenancyModel {
  collectNames(problems, input);
  collectHosts(problems, input.tenants);
  if (input.date !== undefined) collectDate(problems, 'date', input.date);
  for (const tenant of input.tenants) {
    collectEnvironments(problems, `tenants.${tenant.name}.environments`, tenant.environments, input.environments);
  }
  const peers = collectPeers(problems, input.tenants, input.environments);
  const all = new Set(input.tenants.flatMap((tenant) => namespacesOf(tenant, input.environments)));
  const byName = new Map(input.tenants.map((tenant) => [tenant.name, tenant]));
  const models = input.tenants.map((tenant) => {
    collectRetiredPeers(problems, tenant, byName);
    return tenantModel(problems, tenant, { ...input, peers: peers.get(tenant.name)!, all });
  });
  return {
    name: input.name,
    environments: sortedOnce(input.environments),
    tenants: new Map(models.sort((a, b) => compareText(a.tenant.name, b.tenant.name)).map((model) => [model.tenant.name, model])),
    sharedNamespaces: sortedOnce(input.sharedNamespaces),
    metricsFrom: scrapers(problems, input),
    oidcGroupsPrefix: input.oidcGroupsPrefix,
    date: input.date,
    warnings: problems.warnings,
  };
}

interface TenantContext extends TenancyInput {
  readonly peers: Peers;
  readonly all: Set<string>;
}

function tenantModel(problems: Problems, tenant: Tenant, { environments, peers, all, date, oidcGroupsPrefix }: TenantContext): TenantModel {
  const own = sortedOnce(tenant.environments ?? environments);
  collectTenant(problems, tenant, { environments: own, date });
  const ownNamespaces = new Set(namespacesOf(tenant, environments));
  collectConsent(problems, tenant, ownNamespaces, all);
  return {
    tenant,
    environments: own,
    peers,
    members: membersOf(problems, tenant.members, { path: `tenants.${tenant.name}.members`, environments: own, own: ownNamespaces, all, oidcGroupsPrefix }),
    bounds: own.length === 0 ? undefined : tenantBounds(problems, tenant, own),
  };
}

function tenantBounds(problems: Problems, tenant: Tenant, environments: string[]): { [environment: string]: NamespaceBounds } | undefined {
  const parts = sharesOf(problems, tenant, environments);
  const bounds = boundsOf(problems, {
    path: `tenants.${tenant.name}`, budget: tenant.budget, containerLimits: tenant.containerLimits, bounded: tenant.bounded, parts, shared: false,
  });
  if (bounds === undefined) {
    collectUnboundedClasses(problems, tenant);
    return undefined;
  }
  const classes = splitClasses(problems, tenant, parts, bounds.map(({ quota }) => quota));
  return Object.fromEntries(environments.map((environment, index) => [environment, { ...bounds[index], classes: classes?.[index] }]));
}

function collectUnboundedClasses(problems: Problems, tenant: Tenant): void {
  if (tenant.storageClasses === undefined) return;
  problems.error({
    code: 'QuotaWithoutLimits',
    path: `tenants.${tenant.name}.storageClasses`,
    message: 'bounded is false: storage classes are bounded by a quota',
    allowed: 'both quota and limits, or neither',
    cure: 'leave bounded out, or take this away',
  });
}

function namespacesOf(tenant: Tenant, environments: string[]): string[] {
  return (tenant.environments ?? environments).map((environment) => tenantNamespace(tenant.name, environment));
}

/** The namespace called monitoring scrapes, where there is one: what else would it be for. */
function scrapers(problems: Problems, { metricsFrom, sharedNamespaces }: TenancyInput): string[] {
  (metricsFrom ?? []).forEach((name, index) => {
    if (sharedNamespaces.includes(name)) return;
    problems.error({
      code: 'UnknownSharedNamespace',
      path: `metricsFrom[${index}]`,
      message: `there is no shared namespace ${name}`,
      value: name,
      allowed: sharedNamespaces.join(', '),
      cure: 'correct the name, or add it to sharedNamespaces',
    });
  });
  return sortedOnce(metricsFrom ?? sharedNamespaces.filter((name) => name === 'monitoring'));
}
