import fc from 'fast-check';
import { probesFor } from '../../../src/private/network/probes';
import { LabelMap } from '../../../src/private/network/selector';
import { defaultDeny, namespace, podsOf, policy } from '../../fixtures/cluster';
import { namespaces, policies, universe } from '../../fixtures/generators';
import { networkOf } from '../../fixtures/read';

const question = { namespace: 'shop', direction: 'ingress', other: 'blog', podLabels: {} } as const;
const labels = (manifests: any[], asked: Partial<Parameters<typeof probesFor>[1]> = {}) => probesFor(networkOf([namespace('shop'), ...manifests]), { ...question, ...asked }).map((party) => party.labels);

test('without policies there is one pod, without labels', () => {
  expect(labels([])).toEqual([{}]);
  expect(labels([defaultDeny('shop')])).toEqual([{}]);
});

test('there is a pod for each selector of a policy that could open something', () => {
  const open = (name: string, app: string, from: any[]) => policy(`shop/${name}`, { podSelector: { matchLabels: { app } }, ingress: [{ from }] });
  expect(labels([defaultDeny('shop'), open('a', 'web', [podsOf('blog')]), open('b', 'db', [podsOf('news')]), open('c', 'api', [{ namespaceSelector: {} }])])).toEqual([{}, { app: 'web' }, { app: 'api' }]);
});

test('a policy without rules for the other side needs no pod of its own', () => {
  expect(labels([defaultDeny('shop'), policy('shop/closed', { podSelector: { matchLabels: { app: 'web' } } })])).toEqual([{}]);
});

test('there is a pod for each selector by which the other side names pods', () => {
  const out = policy('blog/out', { policyTypes: ['Egress'], egress: [{ to: [podsOf('shop', { app: 'web' }), podsOf('news', { app: 'feed' }), { podSelector: { matchLabels: { app: 'own' } } }] }] });
  expect(labels([defaultDeny('shop'), out])).toEqual([{}, { app: 'web' }]);
});

test('both sorts of selectors are combined, where labels can fulfil both', () => {
  const into = policy('shop/in', { podSelector: { matchLabels: { tier: 'front' } }, ingress: [{ from: [podsOf('blog')] }] });
  const out = policy('blog/out', { policyTypes: ['Egress'], egress: [{ to: [podsOf('shop', { app: 'web' }), podsOf('shop', { tier: 'back' })] }] });
  expect(labels([defaultDeny('shop'), into, out])).toEqual([{}, { tier: 'front' }, { app: 'web' }, { app: 'web', tier: 'front' }, { tier: 'back' }]);
});

test('the labels that are asked for are on every pod', () => {
  const into = policy('shop/in', { podSelector: { matchLabels: { tier: 'front' } }, ingress: [{ from: [podsOf('blog')] }] });
  expect(labels([defaultDeny('shop'), into], { podLabels: { app: 'web' } })).toEqual([{ app: 'web' }, { app: 'web', tier: 'front' }]);
  expect(labels([defaultDeny('shop'), into], { podLabels: { tier: 'back' } })).toEqual([{ tier: 'back' }]);
});

test('towards addresses only rules about addresses and about everybody count', () => {
  const out = (name: string, to?: any[]) => policy(`shop/${name}`, { podSelector: { matchLabels: { app: name } }, policyTypes: ['Egress'], egress: [to === undefined ? {} : { to }] });
  const manifests = [defaultDeny('shop'), out('block', [{ ipBlock: { cidr: '10.0.0.0/8' } }]), out('all'), out('pods', [{ namespaceSelector: {} }])];
  expect(labels(manifests, { direction: 'egress', other: undefined })).toEqual([{}, { app: 'all' }, { app: 'block' }]);
});

test('a pod that no policy selects is among them whenever there is one', () => {
  fc.assert(fc.property(policies, (own) => {
    const network = networkOf([...namespaces, ...own]);
    const selecting = network.policiesIn('one').filter(({ policy: { ingress } }) => ingress !== undefined).flatMap(({ pods }) => pods);
    const free = (candidate: LabelMap) => !selecting.some((selector) => selector.matches(candidate));
    const probes = probesFor(network, { namespace: 'one', direction: 'ingress', other: 'two', podLabels: {} });
    expect(probes.some((party) => free(party.labels))).toBe(universe.some(free));
  }), { numRuns: 200 });
});

test('looking for a way around a great many policies comes to an end', () => {
  const puzzle = Array.from({ length: 40 }, (_, index) => policy(`shop/p${index}`, {
    podSelector: { matchExpressions: [{ key: `a${index}`, operator: 'Exists' }, { key: `b${index % 7}`, operator: 'DoesNotExist' }, { key: 'c', operator: 'NotIn', values: [`v${index}`] }] },
  }));
  expect(labels([...puzzle, policy('shop/all-c', { podSelector: { matchExpressions: [{ key: 'z', operator: 'DoesNotExist' }] } })]).length).toBeGreaterThan(0);
});
