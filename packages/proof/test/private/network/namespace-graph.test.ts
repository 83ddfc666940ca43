import { ClusterProfile, Cni } from '@viridial/core';
import fc from 'fast-check';
import { Endpoint, Reachability } from '../../../src';
import { NamespaceGraph } from '../../../src/private/network/namespace-graph';
import { defaultDeny, namespace, podsOf, policy } from '../../fixtures/cluster';
import { namespaces, policies, universe } from '../../fixtures/generators';
import { networkOf } from '../../fixtures/read';

const graphOf = (manifests: any[], profile?: ClusterProfile) => new NamespaceGraph(networkOf(manifests, profile));
const closed = ['a', 'b', 'c'].flatMap((name) => [namespace(name), defaultDeny(name)]);
const rule = (place: string, peer: any) => policy(place, { policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [peer] }], egress: [{ to: [peer] }] });

test('closed namespaces have no neighbours', () => {
  const graph = graphOf(closed);
  expect(graph.namespaces).toEqual(['a', 'b', 'c', 'default']);
  for (const name of ['a', 'b', 'c']) expect([graph.sourcesOf(name), graph.destinationsOf(name)]).toEqual([[], []]);
});

test('open namespaces have all of them', () => {
  const graph = graphOf([namespace('a'), namespace('b')]);
  expect(graph.sourcesOf('a')).toEqual(['a', 'b', 'default']);
  expect(graph.destinationsOf('a')).toEqual(['a', 'b', 'default']);
});

test('both sides have to name each other', () => {
  expect(graphOf([...closed, rule('a/x', podsOf('b'))]).destinationsOf('a')).toEqual([]);
  const graph = graphOf([...closed, rule('a/x', podsOf('b')), rule('b/x', podsOf('a'))]);
  expect([graph.destinationsOf('a'), graph.sourcesOf('a'), graph.destinationsOf('b'), graph.destinationsOf('c')]).toEqual([['b'], ['b'], ['a'], []]);
});

test('a podSelector alone names the own namespace', () => {
  expect(graphOf([...closed, rule('a/x', { podSelector: {} })]).destinationsOf('a')).toEqual(['a']);
});

test('namespaces are found by their labels', () => {
  const graph = graphOf([...closed, namespace('d', { tier: 'front' }), rule('a/x', { namespaceSelector: { matchLabels: { tier: 'front' } } })]);
  expect(graph.destinationsOf('a')).toEqual(['d']);
});

test('a namespace that is called by its name is known', () => {
  const graph = graphOf([...closed, rule('a/x', podsOf('elsewhere')), rule('b/x', { namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['nowhere'] }] } })]);
  expect(graph.namespaces).toEqual(['a', 'b', 'c', 'default', 'elsewhere']);
  expect(graph.destinationsOf('a')).toEqual(['elsewhere']);
});

test('a selector that leaves pods out makes a namespace open', () => {
  expect(graphOf([namespace('a'), namespace('b'), policy('a/x', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress', 'Egress'] })]).destinationsOf('a')).toEqual(['a', 'b', 'default']);
});

test('a block is about namespaces only where the network plugin matches blocks against pods', () => {
  const manifests = [...closed, rule('a/x', { ipBlock: { cidr: '0.0.0.0/0' } }), namespace('open')];
  const profile = (cni: Cni) => ClusterProfile.kubeadm({ version: '1.36', cni, podCidrs: ['10.244.0.0/16'] });
  expect(graphOf(manifests).destinationsOf('a')).toEqual([]);
  expect(graphOf(manifests, profile(Cni.CILIUM)).destinationsOf('a')).toEqual([]);
  expect(graphOf(manifests, profile(Cni.CALICO)).destinationsOf('a')).toEqual(['a', 'default', 'open']);
});

test('whatever gets through between pods is between neighbours', () => {
  const names = [...namespaces.map(({ metadata }) => metadata.name), 'default'];
  fc.assert(fc.property(policies, (own) => {
    const manifests = [...namespaces, ...own];
    const graph = graphOf(manifests);
    const reach = Reachability.of(manifests);
    for (const from of names) {
      for (const to of names) {
        const connected = universe.some((source) => universe.some((destination) => reach.openPorts(Endpoint.probe(from, source), Endpoint.probe(to, destination)) !== 'no port'));
        if (!connected) continue;
        expect(graph.destinationsOf(from)).toContain(to);
        expect(graph.sourcesOf(to)).toContain(from);
      }
    }
  }), { numRuns: 15 });
});

test('sources and destinations are two views of the same', () => {
  fc.assert(fc.property(policies, (own) => {
    const graph = graphOf([...namespaces, ...own]);
    for (const from of graph.namespaces) {
      for (const to of graph.namespaces) expect(graph.destinationsOf(from).includes(to)).toBe(graph.sourcesOf(to).includes(from));
    }
  }), { numRuns: 60 });
});
