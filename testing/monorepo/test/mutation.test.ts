import { evaluate, load } from './child-process';

const namespace = (name: string, labels: object = {}) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
const policy = (name: string, spec: object) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: 'shop' }, spec: { podSelector: {}, ...spec } });
const deny = policy('deny', { policyTypes: ['Ingress', 'Egress'] });
const web = policy('web', { policyTypes: ['Ingress'], ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }], ports: [{ port: 80 }] }] });
const objects = [namespace('shop', { 'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/enforce-version': 'v1.36' }), deny, web];

test('every way to weaken a policy and the labels of a namespace is tried', () => {
  const whats = evaluate<string[]>(`${load('mutantsOf', 'testing/mutation/operators.mts')}answer(mutantsOf({ manifests: input }).map(({ what }) => what));`, objects);
  expect(whats).toEqual(expect.arrayContaining([
    'Namespace shop deleted', 'Namespace shop: level privileged', 'Namespace shop: no version', 'NetworkPolicy shop/deny: Ingress',
    'NetworkPolicy shop/web: ingress[0]', 'NetworkPolicy shop/web: ingress[0] every port', 'NetworkPolicy shop/web: ingress[0].from[0] by one bit',
    'NetworkPolicy shop/web: ingress[0].from[0] 10.1.0.0/16',
  ]));
});

describe('a mutant is the same as its original', () => {
  const why = (original: object, after: object[]) => evaluate<string | null>(
    `${load('whyEquivalent', 'testing/mutation/equivalence.mts')}answer(whyEquivalent({ original: input.original }, input.before, input.after) ?? null);`,
    { original, before: objects, after });
  const changed = (spec: object) => [objects[0], deny, policy('web', { ...web.spec, ...spec })];

  test('when no connection changes: another policy isolates as well, or lets the same through', () => {
    expect(why(web, [objects[0], deny, { ...web, spec: { ...web.spec, policyTypes: ['Ingress', 'Egress'] } }])).toContain('no connection');
    expect(why(web, [...objects, policy('again', web.spec)])).toContain('no connection');
  });

  test.each([
    ['a port more', { ingress: [{ ...(web.spec as any).ingress[0], ports: [{ port: 80, endPort: 81 }] }] }],
    ['an exception less', { ingress: [{ ...(web.spec as any).ingress[0], from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }],
    ['a wider block', { ingress: [{ ...(web.spec as any).ingress[0], from: [{ ipBlock: { cidr: '10.0.0.0/7', except: ['10.1.0.0/16'] } }] }] }],
    ['everybody', { ingress: [{}] }],
  ])('but not with %s', (_, spec) => {
    expect(why(web, changed(spec))).toBeNull();
  });

  test('but not when the last policy that isolates is gone', () => {
    expect(why(deny, [objects[0], web])).toBeNull();
  });
});

test('a rewriting keeps every block but says it in halves', () => {
  const halves = evaluate<any[]>(`${load('REWRITINGS', 'testing/mutation/rewritings.mts')}answer(REWRITINGS['blocks as their two halves'](input));`, [web]);
  expect(halves[0].spec.ingress[0].from).toEqual([{ ipBlock: { cidr: '10.0.0.0/9', except: ['10.1.0.0/16'] } }, { ipBlock: { cidr: '10.128.0.0/9' } }]);
});
