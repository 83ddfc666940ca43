import { ClusterProfile, NetworkProtocol } from '@viridial/core';
import fc from 'fast-check';
import { Endpoint, Reachability } from '../src';
import { CALICO_SELECTORS, calicoPolicies, ciliumPolicies, clusterPolicies } from './fixtures/dialect-generators';
import { PROFILES } from './fixtures/dialects';
import { namespaces, pods, policies, probedPorts } from './fixtures/generators';
import { naiveCilium, naiveNetworkPolicy, naiveTiers, Question, World } from './fixtures/naive';

// running pods, so that it is known which blocks they are in
const running = pods.map((own, index) => ({ ...own, status: { podIP: `10.2.${index + 1}.7` } }));
const base = [...namespaces, ...running];

/** Every connection between two pods for which the engine and the plain reading differ. */
function differences(own: any[], profile: ClusterProfile | undefined, naive: (world: World, question: Question) => boolean): string[] {
  const world: World = { namespaces: Object.fromEntries(namespaces.map(({ metadata }) => [metadata.name, metadata.labels])), objects: own };
  const reach = Reachability.of([...base, ...own], { profile });
  const endpoint = ({ metadata }: any) => Endpoint.pod(metadata.namespace, metadata.name);
  return running.flatMap((from) => running.filter((to) => to !== from).flatMap((to) => probedPorts.flatMap(([port, protocol]) => {
    const engine = reach.allows({ source: endpoint(from), destination: endpoint(to), port, protocol: protocol as NetworkProtocol });
    return engine === naive(world, { from, to, port, protocol }) ? [] : [`${from.metadata.name} ${to.metadata.name} ${port} ${engine}`];
  })));
}

/** Every pair for which the table and single questions differ. */
function tableDifferences(own: any[], profile: ClusterProfile | undefined): string[] {
  const reach = Reachability.of([...base, ...own], { profile });
  const table = new Map(reach.table().pairs().map(({ source, destination, portsText }) => [`${source} ${destination}`, portsText]));
  const endpoint = ({ metadata }: any) => Endpoint.pod(metadata.namespace, metadata.name);
  return running.flatMap((from) => running.filter((to) => to !== from).flatMap((to) => {
    const asked = reach.openPorts(endpoint(from), endpoint(to));
    const key = `Pod ${from.metadata.namespace}/${from.metadata.name} Pod ${to.metadata.namespace}/${to.metadata.name}`;
    return (table.get(key) ?? 'no port') === asked ? [] : [`${key}: ${table.get(key)} instead of ${asked}`];
  }));
}

const both = (own: fc.Arbitrary<any[]>, ...others: fc.Arbitrary<any[]>[]) => fc.tuple(own, ...others).map((lists) => lists.flat());

describe.each([
  ['NetworkPolicy', policies, undefined, (world: World, question: Question) => naiveNetworkPolicy(world, question, false)],
  ['NetworkPolicy under kube-router', policies, PROFILES.kubeRouter, (world: World, question: Question) => naiveNetworkPolicy(world, question, true)],
  ['Cilium beside NetworkPolicy', both(ciliumPolicies, policies), PROFILES.cilium, naiveCilium],
  ['Calico beside NetworkPolicy', both(calicoPolicies, policies), PROFILES.calico, (world: World, question: Question) => naiveTiers(world, question, CALICO_SELECTORS)],
  ['Calico with ClusterNetworkPolicy', both(calicoPolicies, clusterPolicies), PROFILES.calico, (world: World, question: Question) => naiveTiers(world, question, CALICO_SELECTORS)],
  ['ClusterNetworkPolicy under the VPC CNI', both(clusterPolicies, policies), PROFILES.vpcCni, (world: World, question: Question) => naiveTiers(world, question, CALICO_SELECTORS)],
] as const)('%s', (_, arbitrary, profile, naive) => {
  test('is read as a plain reading of its documents says', () => {
    fc.assert(fc.property(arbitrary, (own) => {
      expect(differences(own, profile, naive)).toEqual([]);
    }), { numRuns: 25 });
  });

  test('has a table that says what single questions say', () => {
    fc.assert(fc.property(arbitrary, (own) => {
      expect(tableDifferences(own, profile)).toEqual([]);
    }), { numRuns: 25 });
  });
});
