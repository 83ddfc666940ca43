import fc from 'fast-check';
import { selectsPod } from '../../../src/private/network/matching';
import { Network } from '../../../src/private/network/network';
import { PeerCensus } from '../../../src/private/network/peer-census';
import { PodSelection } from '../../../src/private/network/policy';
import { deployment, namespace, pod, policy } from '../../fixtures/cluster';
import { selector } from '../../fixtures/generators';
import { networkOf } from '../../fixtures/read';

const LABELS = [{}, { a: 'x' }, { a: 'y', b: 'x' }, { b: 'y' }, { a: 'x', b: 'x' }];
const base = [
  ...['one', 'two', 'three'].flatMap((own, index) => [namespace(own, index === 0 ? {} : { a: 'x' }), ...LABELS.map((labels, place) => pod(`${own}/p${place}`, labels as any))]),
  pod('one/host', { a: 'x' }, {}, { hostNetwork: true }),
];

function censusOf(network: Network): { census: PeerCensus; selections: PodSelection[] } {
  const sides = new Set(network.classes.flatMap((own) => [network.side(own, 'ingress'), network.side(own, 'egress')]).filter((side) => side !== undefined));
  const selections = [...sides].flatMap(({ rules }) => rules).flatMap(({ rule }) => rule.peers ?? []).flatMap(({ pods }) => pods ?? []);
  return { census: new PeerCensus(network, sides), selections };
}

test('says of every selection whom it selects, or whom it does not', () => {
  fc.assert(fc.property(fc.array(fc.record({ podSelector: selector, namespaceSelector: selector }), { minLength: 1, maxLength: 4 }), (from) => {
    const network = networkOf([...base, policy('one/p', { ingress: [{ from }] })]);
    const { census, selections } = censusOf(network);
    for (const selection of selections) {
      const { sort, classes } = census.of(selection);
      const expected = network.classes.filter((own) => own.selectable && selectsPod(selection, own) === (sort !== 'most'));
      expect(new Set(classes)).toEqual(new Set(expected));
      if (sort !== 'common') expect(classes.length * 2).toBeLessThanOrEqual(network.classes.length);
    }
  }), { numRuns: 100 });
});

test('a selection of many classes by many sides is common, and classes are told apart by it', () => {
  const tenants = Array.from({ length: 12 }, (_, index) => `t${index}`);
  const manifests = tenants.flatMap((own, index) => [namespace(own, { half: index % 2 === 0 ? 'yes' : 'no' }), deployment(`${own}/web`, { app: own }),
    policy(`${own}/half`, { ingress: [{ from: [{ namespaceSelector: { matchLabels: { half: 'yes' } } }] }, { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': own } } }] }] })]);
  const network = networkOf(manifests);
  const { census, selections } = censusOf(network);
  const sorts = new Map(selections.map((selection) => [selection.namespaces.toString(), census.of(selection).sort]));
  expect(sorts.get('half=yes')).toBe('common');
  expect(sorts.get('kubernetes.io/metadata.name=t3')).toBe('few');
  expect(census.signatures().size).toBe(6);
});
