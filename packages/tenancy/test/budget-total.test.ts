import { ClusterProfile, Cni } from '@viridial/core';
import { Tenancy, Tenant } from '../src';
import { viridial } from './support/examples';
import { KUBEADM } from './support/grounds';
import { ownWarnings } from './support/warnings';

function small(cpu: string, memory: string, pods: number): ClusterProfile {
  return ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO, ingress: { className: 'traefik', namespace: 'traefik' }, capacity: { nodes: 3, cpu, memory, pods } });
}

const TENANCY = new Tenancy({
  environments: ['staging', 'production'],
  tenants: [new Tenant('shop', { budget: { cpu: '8', memory: '16Gi', shares: { staging: 1, production: 3 } } }), new Tenant('lab', { environments: ['staging'], bounded: false })],
});

test('the total of an environment is what the quotas of its namespaces allow together', () => {
  const [production, staging, shared] = TENANCY.render(KUBEADM).budgetTotals;
  expect([production.environment, production.namespaces, production.amounts['limits.cpu'], production.amounts['limits.memory']]).toEqual(['production', ['shop-production'], '6', '12Gi']);
  expect([staging.environment, staging.unbounded, staging.amounts['limits.cpu']]).toEqual(['staging', ['lab-staging'], '2']);
  expect([shared.environment, shared.namespaces]).toEqual([undefined, ['platform-deployers']]);
});

test('what is promised is compared with what the nodes have, and more than that is a warning with the factor', () => {
  const rendered = TENANCY.render(small('4', '64Gi', 300));
  expect(rendered.commitments).toEqual([
    { resource: 'cpu', promised: '8100m', capacity: '4', factor: 2.03 },
    { resource: 'memory', promised: '16512Mi', capacity: '64Gi', factor: 0.25 },
    { resource: 'pods', promised: '60', capacity: '300', factor: 0.2 },
  ]);
  expect(rendered.warnings.filter(({ code }) => code === 'OverCommitted').map(String)).toEqual([
    'profile.capacity.cpu: the quotas promise 8100m of cpu and the cluster has 4: 2.03 times as much (OverCommitted); allowed: at most 1, so that every namespace can have what it was promised at the same time; cure: lower budgets, add nodes, or live with pods that wait',
  ]);
});

test('a cluster that has enough, or of which nobody knows, gives no warning', () => {
  const rendered = viridial().render(small('100', '200Gi', 500));
  const { commitments } = rendered;
  expect(commitments.map(({ factor }) => factor <= 1)).toEqual([true, true, true]);
  expect(ownWarnings(rendered)).toEqual([]);
  expect(viridial().render(KUBEADM).commitments).toEqual([]);
});

test('only what the cluster carries is counted', () => {
  const [cpu] = TENANCY.render(small('4', '64Gi', 300), { environments: ['staging'] }).commitments;
  expect(cpu.promised).toBe('2100m');
});
