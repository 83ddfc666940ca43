import { ClusterProfile, Manifests, Problems } from '@viridial/core';
import { AdmissionPolicies, TenantRoles } from '@viridial/security-policy';
import { collectTenantExceptions, exceptionObjects } from './excepted-namespaces';
import { Guards } from './guards';
import { TenancyModel } from './model';
import { collectTier, sharedTier } from './network-tier';
import { deployersRendered, sharedRendered } from './platform-namespaces';
import { collectFlows, RenderedNamespace } from './rendered-namespace';
import { SettingsByName } from './shared-settings';
import { collectClasses } from './storage-classes';
import { tenantRendered } from './tenant-namespaces';

/** What is rendered for which cluster. */
export interface RenderInput {
  readonly model: TenancyModel;
  readonly profile: ClusterProfile;
  /** The environments that the cluster carries. */
  readonly environments: string[];
  readonly settings: SettingsByName;
  readonly guards: Guards;
}

/** The namespaces of a tenancy on one cluster: those of tenants in the order of tenants, then the shared ones, then the deployers'. */
export function renderNamespaces(problems: Problems, input: RenderInput): RenderedNamespace[] {
  const { model, profile } = input;
  const namespaces = [
    ...[...model.tenants.keys()].flatMap((name) => tenantNamespaces(input, name)),
    ...model.sharedNamespaces.map((shared) => sharedRendered(problems, input, shared)),
    deployersRendered(problems, input),
  ];
  for (const { tenant } of model.tenants.values()) collectClasses(problems, tenant, profile);
  for (const namespace of namespaces) collectFlows(problems, namespace, profile);
  collectTenantExceptions(problems, input);
  collectTier(problems, input);
  return namespaces;
}

/** The namespaces of one tenant on one cluster. */
export function tenantNamespaces(input: RenderInput, name: string): RenderedNamespace[] {
  const tenant = input.model.tenants.get(name)!;
  return tenant.environments
    .filter((environment) => input.environments.includes(environment))
    .map((environment) => tenantRendered(input, tenant, environment));
}

/**
 * What no namespace has for itself, by the path of its file: roles, admission policies, and what stays closed on the network
 * whatever policies of namespaces say.
 */
export function clusterFiles(input: RenderInput): { [path: string]: any[] } {
  const { admission } = input.guards;
  const selfService = [...input.model.tenants.values()].some(({ tenant }) => tenant.selfService);
  const files: [string, any[]][] = [
    ['cluster/admission.yaml', admission ? AdmissionPolicies.render(admission) : []],
    ['cluster/network-tier.yaml', sharedTier(input)],
    ['cluster/pod-security-exceptions.yaml', exceptionObjects(input)],
    ['cluster/roles.yaml', [...TenantRoles.clusterRoles(), ...(selfService ? [TenantRoles.selfServiceClusterRole()] : [])]],
  ];
  return Object.fromEntries(files.filter(([, objects]) => objects.length > 0).map(([path, objects]) => [path, Manifests.order(objects)]));
}
