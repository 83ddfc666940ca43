import { Problems } from '@viridial/core';
import { collectAddress } from './address';
import { Network } from './network';
import { Party } from './party';
import { Endpoint, EndpointKind } from '../../endpoint';
import { enumerateSome } from '../text';

/** The parties that an endpoint stands for; none when a problem was added. */
export function resolveEndpoint(network: Network, endpoint: Endpoint, path: string, problems: Problems): Party[] {
  if (endpoint.kind === EndpointKind.ADDRESS) {
    const range = collectAddress(problems, path, endpoint.address!);
    if (range === undefined) return [];
    const running = network.classesAt(range);
    return running.length > 0 ? running : network.outside(range, undefined);
  }
  if (endpoint.kind === EndpointKind.PROBE) return [network.probe(endpoint.namespace!, endpoint.labels!)];
  const classes = network.classesOf(endpoint.workloadKind!, endpoint.namespace!, endpoint.name!);
  if (classes.length > 0) return classes;
  const others = network.classesIn(endpoint.namespace!).flatMap(({ members }) => members);
  problems.error({
    code: 'UnknownEndpoint',
    path,
    message: `the manifests have no ${endpoint.toString()}`,
    value: endpoint.toString(),
    allowed: others.length === 0 ? `a workload; namespace ${endpoint.namespace} has none` : enumerateSome(others, 5),
    cure: 'name a workload of the manifests, or ask about a pod that could exist with Endpoint.probe',
  });
  return [];
}
