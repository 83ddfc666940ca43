import { Problems } from '@viridial/core';
import { CapacityType, NodeGroup } from '../../src/node-group';
import { billOfMaterials } from '../../src/planner/bill-of-materials';
import { planCluster } from '../../src/planner/cluster';
import { planNetwork } from '../../src/planner/network';
import { planNodeGroups } from '../../src/planner/node-groups';
import { props } from '../fixtures/platform';

function bill(changes: Parameters<typeof props>[0] = {}) {
  const all = props(changes);
  const problems = new Problems();
  const network = planNetwork(problems, all);
  const lines = billOfMaterials('eu-west-1', planCluster(problems, 'production', all), network, planNodeGroups(problems, all, 'c', network)).lines;
  return Object.fromEntries(lines.map((line) => [line.id, line]));
}

test('every line says who is paid, where, and in which unit', () => {
  for (const line of Object.values(bill())) {
    expect(line).toMatchObject({ provider: 'aws', region: 'eu-west-1' });
    expect(line.quantity).toBeGreaterThan(0);
    expect(line.unit).toMatch(/^(hour|GB|GB-month|month)$/);
  }
});

test('what depends on use says what use was assumed', () => {
  for (const id of ['cluster.logs', 'data.fileSystem', 'network.loadBalancer', 'network.natData', 'nodeGroups.app-nodes']) expect(bill()[id].assumption).toBeDefined();
  for (const id of ['cluster.controlPlane', 'network.natGateways', 'data.keys']) expect(bill()[id].assumption).toBeUndefined();
});

test('one NAT gateway costs a third of three', () => {
  expect(bill({ natGateways: 1 })['network.natGateways'].quantity * 3).toBe(bill()['network.natGateways'].quantity);
  expect(bill({ natGateways: 1 })['network.publicAddresses'].quantity).toBe(4 * 730);
});

test('nodes are counted as desired, with their disks, and spot says that it is spot', () => {
  const lines = bill({ nodeGroups: { app: NodeGroup.of(['m5.large', 'm5a.large'], { min: 1, max: 9, desired: 4, capacityType: CapacityType.SPOT, diskGibibytes: 100 }) } });
  expect(lines['nodeGroups.app']).toMatchObject({ sku: 'm5.large', quantity: 4 * 730, assumption: expect.stringContaining('spot') });
  expect(lines['nodeGroups.app.disks']).toMatchObject({ sku: 'gp3', quantity: 400, unit: 'GB-month' });
});

test('extended support is another article', () => {
  expect(bill({ version: '1.33' })['cluster.controlPlane'].sku).toBe('eks-extended-support');
});
