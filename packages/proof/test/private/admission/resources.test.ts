import { Problems } from '@viridial/core';
import { pluralOf, Resources } from '../../../src/private/admission/resources';
import { Inventory } from '../../../src/private/inventory';

const resources = (...manifests: any[]) => Resources.read(Inventory.read(manifests, new Problems()));
const definition = (spec: any) => ({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'x' }, spec });

describe('resources', () => {
  test('are the usual plural of their kind', () => {
    expect(['Pod', 'NetworkPolicy', 'Ingress', 'Gateway', 'Endpoints', 'Index', 'Patch'].map(pluralOf))
      .toEqual(['pods', 'networkpolicies', 'ingresses', 'gateways', 'endpoints', 'indexes', 'patches']);
  });

  test('know which built-in kinds live in namespaces', () => {
    expect(resources().ofKind('v1', 'Pod')).toEqual({ group: '', version: 'v1', resource: 'pods', kind: 'Pod', namespaced: true });
    expect(resources().ofKind('rbac.authorization.k8s.io/v1', 'ClusterRole')).toMatchObject({ resource: 'clusterroles', namespaced: false });
    expect(resources().ofKind('example.com/v1', 'Pod')).toMatchObject({ resource: 'pods', namespaced: undefined });
  });

  test('of custom kinds are told by their definitions', () => {
    const mice = definition({ group: 'example.com', scope: 'Cluster', names: { kind: 'Mouse', plural: 'mice' }, versions: [{ name: 'v1', served: true }, { name: 'v2', served: true }, { name: 'v0', served: false }] });
    const mouse = resources(mice).ofKind('example.com/v2', 'Mouse')!;
    expect(mouse).toMatchObject({ resource: 'mice', namespaced: false });
    expect(resources(mice).equivalents(mouse).map(({ version }) => version)).toEqual(['v1']);
    expect(resources(definition({ names: 5 }), definition(undefined)).ofKind('example.com/v1', 'Mouse')).toMatchObject({ resource: 'mouses' });
  });

  test('of options and parts of resources are those that they are written to', () => {
    expect(resources().ofKind('v1', 'PodExecOptions')).toMatchObject({ resource: 'pods', kind: 'PodExecOptions', namespaced: true });
    expect(resources().ofKind('policy/v1', 'Eviction')).toMatchObject({ group: '', resource: 'pods' });
    expect(resources().ofKind('autoscaling/v1', 'Scale')).toBeUndefined();
  });

  test('of events are the same in two groups', () => {
    const event = resources().ofKind('v1', 'Event')!;
    expect(resources().equivalents(event)).toMatchObject([{ group: 'events.k8s.io', resource: 'events' }]);
  });
});
