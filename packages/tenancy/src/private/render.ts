import { ClusterProfile, Labels, Manifests, PodSecurityLevel, Problems } from '@viridial/core';
import { Flow, TenantRoles } from '@viridial/security-policy';
import { boundsOf } from './bounds';
import { PlacedFlow, sharedFlows, tenantFlows } from './flows';
import { objectLabels } from './labels';
import { Member } from './members';
import { NamespaceBounds, TenancyModel, TenantModel } from './model';
import { bindingObjects, boundObjects, deployerObject, namespaceObject } from './namespace-objects';
import { deployerNamespace, sharedNamespace, tenantNamespace } from './namespaces';
import { policyObjects } from './policy-objects';
import { SettingsByName, sharedModel } from './shared-settings';

/** One namespace of the rendered tenancy, with all that its objects and its promises are made of. */
export interface RenderedNamespace {
  readonly name: string;
  readonly path: string;
  readonly level: PodSecurityLevel;
  readonly bounds?: NamespaceBounds;
  readonly flows: PlacedFlow[];
  readonly members: Member[];
  /** Of a tenant's namespace. */
  readonly tenant?: TenantModel;
  readonly environment?: string;
  readonly objects: any[];
}

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
  const { model, environments } = input;
  const carried = new Set(environments);
  const ofTenants = [...model.tenants.values()].flatMap((tenant) => tenant.environments
    .filter((environment) => carried.has(environment))
    .map((environment) => tenantRendered(problems, input, tenant, environment)));
  return [...ofTenants, ...model.sharedNamespaces.map((shared) => sharedRendered(problems, input, shared)), deployersRendered(problems, input)];
}

/** The roles that the bindings of all namespaces refer to. */
export function roleObjects(): any[] {
  return TenantRoles.clusterRoles();
}

function tenantRendered(problems: Problems, { model, profile }: RenderInput, tenant: TenantModel, environment: string): RenderedNamespace {
  const name = tenantNamespace(tenant.tenant.name, environment);
  const home = deployerNamespace(model.name);
  const labels = objectLabels(model.name, { [Labels.TENANT]: tenant.tenant.name, [Labels.ENVIRONMENT]: environment });
  const context = { namespace: name, labels };
  const { podSecurity: level } = tenant.tenant;
  const members = tenant.members.filter((member) => member.environment === environment);
  const bounds = tenant.bounds?.[environment];
  const flows = tenantFlows(model, tenant, environment);
  const objects = Manifests.order([
    namespaceObject(context, level, profile.version.minorText, tenant.tenant.labels),
    ...(bounds ? boundObjects(context, bounds) : []),
    ...policyObjects(problems, context, flows, profile),
    ...bindingObjects(context, members, home),
    deployerObject(context, home),
  ]);
  return { name, path: `tenants/${tenant.tenant.name}/${name}.yaml`, level, bounds, flows, members, tenant, environment, objects };
}

function sharedRendered(problems: Problems, { model, profile, settings }: RenderInput, shared: string): RenderedNamespace {
  const name = sharedNamespace(model.name, shared);
  const { podSecurity: level, bounds, labels } = sharedModel(problems, `sharedNamespaceSettings.${shared}`, name, settings[shared]);
  return platformRendered(problems, { model, profile, name, level, bounds, labels, flows: sharedFlows(model, shared, settings[shared]) });
}

/** Holds service accounts and nothing else: no pod may run, no secret can be made that would hold a token, nothing is reachable. */
function deployersRendered(problems: Problems, { model, profile }: RenderInput): RenderedNamespace {
  const name = deployerNamespace(model.name);
  const nothing = { storage: '0', pods: 1, persistentVolumeClaims: 0, services: 0, configMaps: 1, secrets: 0 };
  const [bounds] = boundsOf(problems, {
    path: 'name', budget: { cpu: '100m', memory: '128Mi', ...nothing }, bounded: true, parts: [{ namespace: name, weight: 1 }], shared: true,
  })!;
  const closed = { ...bounds, quota: { ...bounds.quota, hard: { ...bounds.quota.hard, pods: '0' } } };
  return platformRendered(problems, { model, profile, name, level: PodSecurityLevel.RESTRICTED, bounds: closed, labels: {}, flows: [] });
}

interface PlatformNamespace {
  readonly model: TenancyModel;
  readonly profile: ClusterProfile;
  readonly name: string;
  readonly level: PodSecurityLevel;
  readonly bounds?: NamespaceBounds;
  readonly labels: { [key: string]: string };
  readonly flows: PlacedFlow[];
}

function platformRendered(problems: Problems, { model, profile, name, level, bounds, labels, flows }: PlatformNamespace): RenderedNamespace {
  const context = { namespace: name, labels: objectLabels(model.name) };
  const objects = Manifests.order([
    namespaceObject(context, level, profile.version.minorText, labels),
    ...(bounds ? boundObjects(context, bounds) : []),
    ...policyObjects(problems, context, flows, profile),
  ]);
  return { name, path: `shared/${name}.yaml`, level, bounds, flows, members: [], objects };
}

/** Flows without the paths they come from. */
export function plainFlows({ flows }: RenderedNamespace): Flow[] {
  return flows.map(({ flow }) => flow);
}
