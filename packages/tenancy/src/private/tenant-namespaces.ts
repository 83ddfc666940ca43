import { Labels, Manifests, PodSecurityLevel } from '@viridial/core';
import { TenantLifecycle } from '../tenant-lifecycle';
import { admissionOf, annotationsOf, factsOf } from './annotations';
import { exceptedLabels, exceptionPromises } from './excepted-namespaces';
import { tenantFlows } from './flows';
import { objectLabels } from './labels';
import { cordonQuota, isRetired } from './lifecycle';
import { TenantModel } from './model';
import { bindingObjects, boundObjects, classObjects, cordonObjects, deployerObject, namespaceObject, selfServiceObjects } from './namespace-objects';
import { deployerNamespace, tenantNamespace } from './namespaces';
import { tenantTier, tenantTierPromises } from './network-tier';
import { policyObjects } from './policy-objects';
import type { RenderInput } from './render';
import { RenderedNamespace } from './rendered-namespace';
import { classQuota } from './storage-classes';
import { costLabels } from './tags';

/** Label of a namespace whose tenant does not just work. */
const LIFECYCLE = 'viridial.com/lifecycle';

/** A namespace of a tenant on a cluster. */
export function tenantRendered(input: RenderInput, tenant: TenantModel, environment: string): RenderedNamespace {
  const { model, profile, guards } = input;
  const { tenant: props } = tenant;
  const name = tenantNamespace(props.name, environment);
  const home = deployerNamespace(model.name);
  const labels = objectLabels(model.name, { [Labels.TENANT]: props.name, [Labels.ENVIRONMENT]: environment });
  const context = { namespace: name, labels };
  const over = isRetired(props);
  const members = over ? [] : tenant.members.filter((member) => member.environment === environment);
  const bounds = tenant.bounds?.[environment];
  const flows = () => (over ? [] : tenantFlows(model, tenant, environment));
  const excepted = exceptedLabels(input, tenant, environment);
  const objects = () => Manifests.order([
    namespaceObject(context, {
      level: props.podSecurity,
      version: profile.version.minorText,
      labels: { ...props.labels, ...costLabels(props), ...(props.lifecycle === TenantLifecycle.ACTIVE ? {} : { [LIFECYCLE]: props.lifecycle }) },
      annotations: annotationsOf(props, admissionOf(props, environment, name, bounds), guards),
      podSecurity: excepted,
    }),
    ...(bounds ? boundObjects(context, bounds) : []),
    ...(bounds?.classes ? classObjects(context, classQuota(bounds.classes, profile)) : []),
    ...cordonObjects(context, cordonQuota(props)),
    ...policyObjects(context, flows(), profile),
    ...tenantTier(input, tenant, environment, flows()),
    ...(over ? [] : [...bindingObjects(context, members, home), deployerObject(context, home)]),
    ...(props.selfService ? selfServiceObjects(context, members) : []),
  ]);
  return {
    name,
    path: `tenants/${props.name}/${name}.yaml`,
    context,
    level: props.podSecurity,
    bounds,
    members,
    tenant,
    environment,
    flows,
    objects,
    enforced: excepted?.['pod-security.kubernetes.io/enforce'] as PodSecurityLevel | undefined,
    admission: () => ({ name, tenant: props.name, facts: factsOf(props, admissionOf(props, environment, name, bounds), guards) }),
    guarded: () => [...tenantTierPromises(input, tenant, environment, flows()), ...exceptionPromises(input, tenant, environment)],
  };
}
