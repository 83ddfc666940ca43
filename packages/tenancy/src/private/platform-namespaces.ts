import { Manifests, PodSecurityLevel, Problems } from '@viridial/core';
import { boundsOf } from './bounds';
import { PlacedFlow, sharedFlows } from './flows';
import { objectLabels } from './labels';
import { NamespaceBounds } from './model';
import { boundObjects, namespaceObject } from './namespace-objects';
import { deployerNamespace, sharedNamespace } from './namespaces';
import { policyObjects } from './policy-objects';
import type { RenderInput } from './render';
import { RenderedNamespace } from './rendered-namespace';
import { sharedModel } from './shared-settings';

/** A namespace of the platform itself. */
export function sharedRendered(problems: Problems, input: RenderInput, shared: string): RenderedNamespace {
  const { model, settings } = input;
  const name = sharedNamespace(model.name, shared);
  const { podSecurity: level, bounds, labels } = sharedModel(problems, `sharedNamespaceSettings.${shared}`, name, settings[shared]);
  return platformRendered(input, { name, level, bounds, labels, flows: () => sharedFlows(model, shared, settings[shared]) });
}

/** Holds service accounts and nothing else: no pod may run, no secret can be made that would hold a token, nothing is reachable. */
export function deployersRendered(problems: Problems, input: RenderInput): RenderedNamespace {
  const name = deployerNamespace(input.model.name);
  const nothing = { storage: '0', pods: 1, persistentVolumeClaims: 0, services: 0, configMaps: 1, secrets: 0 };
  const [bounds] = boundsOf(problems, {
    path: 'name', budget: { cpu: '100m', memory: '128Mi', ...nothing }, bounded: true, parts: [{ namespace: name, weight: 1 }], shared: true,
  })!;
  const closed = { ...bounds, quota: { ...bounds.quota, hard: { ...bounds.quota.hard, pods: '0' } } };
  return platformRendered(input, { name, level: PodSecurityLevel.RESTRICTED, bounds: closed, labels: {}, flows: () => [] });
}

interface PlatformNamespace {
  readonly name: string;
  readonly level: PodSecurityLevel;
  readonly bounds?: NamespaceBounds;
  readonly labels: { [key: string]: string };
  readonly flows: () => PlacedFlow[];
}

function platformRendered({ model, profile }: RenderInput, { name, level, bounds, labels, flows }: PlatformNamespace): RenderedNamespace {
  const context = { namespace: name, labels: objectLabels(model.name) };
  const objects = () => Manifests.order([
    namespaceObject(context, { level, version: profile.version.minorText, labels, annotations: {} }),
    ...(bounds ? boundObjects(context, bounds) : []),
    ...policyObjects(context, flows(), profile),
  ]);
  return { name, path: `shared/${name}.yaml`, context, level, bounds, members: [], flows, objects };
}
