import { policy } from '../../fixtures/cluster';
import { findingsOf } from '../../fixtures/proofs';

const found = (spec: any) => findingsOf('RulesWithoutPolicyType', [policy('shop/web', spec)]).map(({ object, path }) => `${object} ${path}`);

test('rules for a direction that policyTypes leave out are named: they neither isolate nor let anything through', () => {
  expect(found({ policyTypes: ['Egress'], ingress: [{}], egress: [{}] })).toEqual(['NetworkPolicy.networking.k8s.io shop/web spec.ingress']);
  expect(found({ policyTypes: ['Ingress'], egress: [{}] })).toEqual(['NetworkPolicy.networking.k8s.io shop/web spec.egress']);
});

test('without policyTypes every rule counts, and an empty list has none', () => {
  expect(found({ ingress: [{}], egress: [{}] })).toEqual([]);
  expect(found({ policyTypes: ['Egress'], ingress: [] })).toEqual([]);
});
