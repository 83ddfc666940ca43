import { LoadBalancerKind, Problems } from '@viridial/core';
import { NodeGroup, TaintEffect } from '../../src/node-group';
import { planCluster } from '../../src/planner/cluster';
import { planData } from '../../src/planner/data';
import { planNetwork } from '../../src/planner/network';
import { planNodeGroups } from '../../src/planner/node-groups';
import { profileOf } from '../../src/planner/profile';
import { blocks, props } from '../fixtures/platform';

function profile(changes: Parameters<typeof props>[0] = {}) {
  const all = props(changes);
  const problems = new Problems();
  const cluster = planCluster(problems, 'production', all);
  const network = planNetwork(problems, all);
  return profileOf(cluster, network, planData(cluster.name, network, true), planNodeGroups(problems, all, cluster.name, network));
}

test('the API server is where its interfaces are: in the private subnets, on port 443', () => {
  expect(profile().apiServerCidrs).toEqual(blocks.private);
  expect(profile().apiServerPort).toBe(443);
});

test('traffic from outside comes from the public subnets, because load balancers send it straight to pods', () => {
  expect(profile().ingress).toEqual({ className: 'alb', sourceCidrs: blocks.public });
  expect(profile().loadBalancer).toBe(LoadBalancerKind.CLOUD);
});

test('volumes are for one node by default, and for many when that is asked for', () => {
  expect(profile().storageClasses).toEqual([
    { name: 'efs', provisioner: 'efs.csi.aws.com', isDefault: false, shared: true },
    { name: 'gp3', provisioner: 'ebs.csi.aws.com', isDefault: true, shared: false },
  ]);
});

test('the capacity is that of the most nodes, each taken as its smallest type', () => {
  const { capacity } = profile({ nodeGroups: { app: NodeGroup.of(['m5.xlarge', 'm5.large'], { min: 1, max: 10 }) } });
  expect(capacity).toEqual({ nodes: 10, cpu: '19300m', memory: '69030Mi', pods: 290 });
});

test('nodes that ordinary pods are kept off do not count', () => {
  const taints = [{ key: 'dedicated', effect: TaintEffect.NO_SCHEDULE }];
  const open = { app: NodeGroup.of(['m5.large'], { min: 1, max: 10 }) };
  const both = { ...open, batch: NodeGroup.of(['m5.24xlarge'], { min: 0, max: 50, taints }) };
  expect(profile({ nodeGroups: both }).capacity).toEqual(profile({ nodeGroups: open }).capacity);
});

test('pods with a range of their own are fewer on each node', () => {
  const nodeGroups = { app: NodeGroup.of(['m5.large'], { min: 1, max: 1 }) };
  expect(profile({ nodeGroups }).capacity!.pods).toBe(29);
  expect(profile({ nodeGroups, secondaryCidr: '100.64.0.0/16' }).capacity!.pods).toBe(20);
});

test('services have the addresses that the cluster is told to use', () => {
  expect(profile({ serviceCidr: '10.100.0.0/16' }).serviceCidrs).toEqual(['10.100.0.0/16']);
});
