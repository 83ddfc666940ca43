import { ClusterProfile, Manifests, Problems } from '@viridial/core';
import { TenantRoles } from '@viridial/security-policy';
import { TenancyModel } from './model';
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
}

/** Path of the file with the roles that all namespaces share. */
export const ROLES_FILE = 'cluster/roles.yaml';

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
  return namespaces;
}

/** The namespaces of one tenant on one cluster. */
export function tenantNamespaces(input: RenderInput, name: string): RenderedNamespace[] {
  const tenant = input.model.tenants.get(name)!;
  return tenant.environments
    .filter((environment) => input.environments.includes(environment))
    .map((environment) => tenantRendered(input, tenant, environment));
}

/** The roles that the bindings of all namespaces refer to. */
export function roleObjects(): any[] {
  return Manifests.order(TenantRoles.clusterRoles());
}
