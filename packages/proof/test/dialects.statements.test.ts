import { Expectation } from '@viridial/core';
import fc from 'fast-check';
import { Endpoint, Reachability } from '../src';
import { calicoPolicies, ciliumPolicies, clusterPolicies } from './fixtures/dialect-generators';
import { PROFILES } from './fixtures/dialects';
import { namespaces, policies, universe } from './fixtures/generators';
import { findingsOf } from './fixtures/proofs';
import { networkOf } from './fixtures/read';
import { NamespaceGraph } from '../src/private/network/namespace-graph';

const both = (own: fc.Arbitrary<any[]>, ...others: fc.Arbitrary<any[]>[]) => fc.tuple(own, ...others).map((lists) => lists.flat());
const unnamed = (own: any[]) => own.filter((each) => !/"(web|admin)"/.test(JSON.stringify(each)));
const pairs = fc.constantFrom(['one', 'two'], ['two', 'one'], ['one', 'one']);

describe.each([
  ['Cilium', both(ciliumPolicies, policies), PROFILES.cilium],
  ['Calico', both(calicoPolicies, policies), PROFILES.calico],
  ['Calico with ClusterNetworkPolicy', both(clusterPolicies, calicoPolicies), PROFILES.calico],
  ['ClusterNetworkPolicy', both(clusterPolicies, policies), PROFILES.vpcCni],
] as const)('%s', (_, arbitrary, profile) => {
  test('unreachable is broken exactly when some pod with some labels gets through', () => {
    fc.assert(fc.property(arbitrary, pairs, (list, [from, to]) => {
      const manifests = [...namespaces, ...unnamed(list)];
      const reach = Reachability.of(manifests, { profile });
      const through = universe.some((source) => universe.some((destination) => reach.allows({ source: Endpoint.probe(from, source), destination: Endpoint.probe(to, destination), port: 80 })));
      const statement = Expectation.unreachable({ source: { namespace: from }, destination: { namespace: to }, ports: [{ port: 80 }], reason: 'so' });
      expect([from, to, findingsOf('FlowOpen', manifests, { profile, expectations: [statement] }).length > 0]).toEqual([from, to, through]);
    }), { numRuns: 25 });
  });

  test('namespaces that some pods connect are never left out', () => {
    fc.assert(fc.property(arbitrary, pairs, (list, [from, to]) => {
      const manifests = [...namespaces, ...unnamed(list)];
      const reach = Reachability.of(manifests, { profile });
      const connected = universe.some((source) => universe.some((destination) => reach.openPorts(Endpoint.probe(from, source), Endpoint.probe(to, destination)) !== 'no port'));
      const graph = new NamespaceGraph(networkOf(manifests, profile));
      if (connected) expect([graph.destinationsOf(from).includes(to), graph.sourcesOf(to).includes(from)]).toEqual([true, true]);
    }), { numRuns: 15 });
  });
});
