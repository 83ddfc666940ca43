import { Expectation, Problem, Problems, Severity } from '@viridial/core';
import { ClusterTier, ClusterTierExpectations, ClusterTierNamespace, ClusterTierProps, FlowKind } from '@viridial/security-policy';
import { PlacedFlow, sharedFlows, tenantFlows } from './flows';
import { isRetired } from './lifecycle';
import { TenantModel } from './model';
import { deployerNamespace, sharedNamespace, tenantNamespace } from './namespaces';
import type { RenderInput } from './render';

/** What stays closed for a namespace of a tenant whatever its network policies say; nothing where the cluster has no such policies. */
export function tenantTier(input: RenderInput, tenant: TenantModel, environment: string, flows: PlacedFlow[]): any[] {
  return input.guards.tier ? ClusterTier.collect(new Problems(), '', tierProps(input, tenant, environment, flows)) : [];
}

/** The same for the whole platform: link-local addresses, but for the namespaces whose flows name some. */
export function sharedTier(input: RenderInput): any[] {
  return input.guards.tier ? ClusterTier.render(sharedProps(input)) : [];
}

/** What the tier promises of a namespace of a tenant. */
export function tenantTierPromises(input: RenderInput, tenant: TenantModel, environment: string, flows: PlacedFlow[]): Expectation[] {
  return input.guards.tier ? ClusterTierExpectations.of(tierProps(input, tenant, environment, flows)) : [];
}

/** What the tier promises of the platform's own namespaces; those that somebody else makes are that one's to promise. */
export function sharedTierPromises(input: RenderInput): Expectation[] {
  if (!input.guards.tier) return [];
  return ClusterTierExpectations.of({ ...base(input), namespaces: ownNamespaces(input) });
}

/** Reports what the language of the tier has no room for. Only flows with other tenants can be too many. */
export function collectTier(problems: Problems, input: RenderInput): void {
  if (!input.guards.tier) return;
  const found = new Problems();
  ClusterTier.collect(found, '', sharedProps(input));
  for (const problem of found.errors) problems.add(problem);
  for (const tenant of input.model.tenants.values()) {
    if (isRetired(tenant.tenant) || (tenant.peers.calls.length + tenant.peers.calledBy.length + tenant.tenant.flows.length) === 0) continue;
    for (const environment of carried(input, tenant)) {
      const ofTenant = new Problems();
      ClusterTier.collect(ofTenant, '', tierProps(input, tenant, environment, tenantFlows(input.model, tenant, environment)));
      for (const { severity, code, message, value, allowed, cure } of ofTenant.errors) {
        if (severity === Severity.ERROR) problems.add(Problem.error({ code, path: `tenants.${tenant.tenant.name}`, message, value, allowed, cure }));
      }
    }
  }
}

function carried({ environments }: RenderInput, tenant: TenantModel): string[] {
  return tenant.environments.filter((environment) => environments.includes(environment));
}

function base({ model, profile, guards: { closeNodePorts } }: RenderInput): Pick<ClusterTierProps, 'closeNodePorts' | 'platform' | 'profile'> {
  return { platform: model.name, profile, ...(closeNodePorts === undefined ? {} : { closeNodePorts }) };
}

/** The tenant's own namespaces, those of tenants it talks to, and those of the platform: all that its flows can name. */
function tierProps(input: RenderInput, tenant: TenantModel, environment: string, flows: PlacedFlow[]): ClusterTierProps {
  const { model } = input;
  const name = tenantNamespace(tenant.tenant.name, environment);
  const others = [tenant.tenant.name, ...new Set([...tenant.peers.calls, ...tenant.peers.calledBy])].flatMap((other): ClusterTierNamespace[] => (
    model.tenants.get(other)!.environments.map((each) => ({ namespace: tenantNamespace(other, each), tenant: other, flows: [] }))));
  return {
    ...base(input),
    only: [name],
    namespaces: [
      { namespace: name, tenant: tenant.tenant.name, flows: flows.map(({ flow }) => flow) },
      ...others.filter(({ namespace }) => namespace !== name),
      ...platformNamespaces(input).map(({ namespace }) => ({ namespace, flows: [] })),
    ],
  };
}

/** Tenants whose flows name addresses are there as what they are here: namespaces of the platform with addresses of their own. */
function sharedProps(input: RenderInput): ClusterTierProps {
  const special = [...input.model.tenants.values()]
    .filter(({ tenant }) => !isRetired(tenant) && tenant.flows.some(({ kind }) => kind === FlowKind.CIDR_OUT))
    .flatMap((tenant) => carried(input, tenant).map((environment): ClusterTierNamespace => (
      { namespace: tenantNamespace(tenant.tenant.name, environment), flows: tenant.tenant.flows })));
  return { ...base(input), namespaces: [...platformNamespaces(input), ...special] };
}

function ownNamespaces({ model, settings }: RenderInput): ClusterTierNamespace[] {
  return [
    ...model.sharedNamespaces.map((shared) => ({
      namespace: sharedNamespace(model.name, shared), flows: sharedFlows(model, shared, settings[shared]).map(({ flow }) => flow),
    })),
    { namespace: deployerNamespace(model.name), flows: [] },
  ];
}

function platformNamespaces(input: RenderInput): ClusterTierNamespace[] {
  const own = ownNamespaces(input);
  const names = new Set(own.map(({ namespace }) => namespace));
  return [...own, ...input.guards.elsewhere.filter(({ namespace }) => !names.has(namespace))];
}
