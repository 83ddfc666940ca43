import { Labels, Manifests } from '@viridial/core';
import { TenantLifecycle } from '../tenant-lifecycle';
import { admissionOf, annotationsOf } from './annotations';
import { tenantFlows } from './flows';
import { objectLabels } from './labels';
import { cordonQuota, isRetired } from './lifecycle';
import { TenantModel } from './model';
import { bindingObjects, boundObjects, classObjects, cordonObjects, deployerObject, namespaceObject } from './namespace-objects';
import { deployerNamespace, tenantNamespace } from './namespaces';
import { policyObjects } from './policy-objects';
import type { RenderInput } from './render';
import { RenderedNamespace } from './rendered-namespace';
import { classQuota } from './storage-classes';
import { costLabels } from './tags';

/** Label of a namespace whose tenant does not just work. */
const LIFECYCLE = 'viridial.com/lifecycle';

/** A namespace of a tenant on a cluster. */
export function tenantRendered({ model, profile }: RenderInput, tenant: TenantModel, environment: string): RenderedNamespace {
  const { tenant: props } = tenant;
  const name = tenantNamespace(props.name, environment);
  const home = deployerNamespace(model.name);
  const labels = objectLabels(model.name, { [Labels.TENANT]: props.name, [Labels.ENVIRONMENT]: environment });
  const context = { namespace: name, labels };
  const over = isRetired(props);
  const members = over ? [] : tenant.members.filter((member) => member.environment === environment);
  const bounds = tenant.bounds?.[environment];
  const flows = () => (over ? [] : tenantFlows(model, tenant, environment));
  const objects = () => Manifests.order([
    namespaceObject(context, {
      level: props.podSecurity,
      version: profile.version.minorText,
      labels: { ...props.labels, ...costLabels(props), ...(props.lifecycle === TenantLifecycle.ACTIVE ? {} : { [LIFECYCLE]: props.lifecycle }) },
      annotations: annotationsOf(props, admissionOf(props, environment, name, bounds)),
    }),
    ...(bounds ? boundObjects(context, bounds) : []),
    ...(bounds?.classes ? classObjects(context, classQuota(bounds.classes, profile)) : []),
    ...cordonObjects(context, cordonQuota(props)),
    ...policyObjects(context, flows(), profile),
    ...(over ? [] : [...bindingObjects(context, members, home), deployerObject(context, home)]),
  ]);
  return {
    name, path: `tenants/${props.name}/${name}.yaml`, context, level: props.podSecurity, bounds, members, tenant, environment, flows, objects,
  };
}
