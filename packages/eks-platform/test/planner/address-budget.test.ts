import { Problems } from '@viridial/core';
import * as fc from 'fast-check';
import { EksPlatformProps } from '../../src/eks-platform-props';
import { NodeGroup } from '../../src/node-group';
import { planAddressBudget } from '../../src/planner/address-budget';
import { planNetwork } from '../../src/planner/network';
import { planNodeGroups } from '../../src/planner/node-groups';
import { Subnets } from '../../src/subnets';
import { props } from '../fixtures/platform';

function plan(changes: Partial<EksPlatformProps> = {}) {
  const problems = new Problems();
  const all = props(changes);
  const network = planNetwork(new Problems(), all);
  const budget = planAddressBudget(problems, network, planNodeGroups(new Problems(), all, 'c', network));
  return { budget, lines: problems.all.map((problem) => problem.toString()) };
}

test("the architecture decision's own numbers overflow its subnets, and the warning shows the arithmetic and two ways out", () => {
  const { budget, lines } = plan();
  expect(budget.pools).toEqual([{ use: 'nodes-and-pods', usable: 753, reserved: 48, least: 708, most: 1416, leastAtDesired: 234, fits: false }]);
  expect(lines).toEqual([
    'subnets.private: full of pods, the most nodes take 1416 addresses (20 app-nodes × 60 + 6 system-nodes × 36), 708 with the smallest types, '
    + 'but the private subnets hold 753 (3 × 251), of which the control plane, mount targets and functions need 48 (AddressBudgetExceeded); '
    + "allowed: up to 705, spread evenly over the zones; cure: set secondaryCidr: '100.64.0.0/16', or lower nodeGroups.app-nodes.max to 6",
  ]);
});

test('both ways out work', () => {
  expect(plan({ secondaryCidr: '100.64.0.0/16' }).lines).toEqual([]);
  expect(plan({
    nodeGroups: {
      'system-nodes': NodeGroup.of(['t3.medium', 't3.large'], { min: 3, max: 6 }),
      'app-nodes': NodeGroup.of(['c5.large', 'c5.xlarge', 'm5.large'], { min: 3, max: 6 }),
    },
  }).lines).toEqual([]);
});

test('with a range for pods the nodes and the pods are counted apart', () => {
  const { budget } = plan({ secondaryCidr: '100.64.0.0/16' });
  expect(budget.pools.map(({ use, usable, most, fits }) => ({ use, usable, most, fits }))).toEqual([
    { use: 'nodes', usable: 753, most: 26, fits: true },
    { use: 'pods', usable: 49137, most: 20 * 45 + 6 * 24, fits: true },
  ]);
});

test('subnets that cannot even hold the desired nodes are an error', () => {
  const tiny = Subnets.exact('10.0.0.0/16', { public: ['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24'], private: ['10.0.10.0/26', '10.0.10.64/26', '10.0.10.128/26'] });
  expect(plan({ subnets: tiny }).lines).toEqual([
    'subnets.private: the desired nodes alone take 234 addresses with the smallest types, but the private subnets hold 177 (3 × 59), '
    + 'of which the control plane, mount targets and functions need 48 (SubnetsTooSmall); allowed: up to 129; '
    + "cure: set secondaryCidr: '100.64.0.0/16', or choose larger subnets",
  ]);
});

test('a range for pods that is too small is said to be', () => {
  const { lines } = plan({ secondaryCidr: '100.64.0.0/24' });
  expect(lines).toEqual([expect.stringContaining('secondaryCidr: full of pods, the most nodes take 1044 addresses (20 app-nodes × 45 + 6 system-nodes × 24)')]);
});

test('a group with an unknown type is left out and named', () => {
  const { budget } = plan({ nodeGroups: { 'gpu': NodeGroup.of(['p5.48xlarge'], { min: 0, max: 2 }), 'app-nodes': NodeGroup.of(['c5.large'], { min: 1, max: 2 }) } });
  expect(budget.unknownInstanceTypes).toEqual(['p5.48xlarge']);
  expect(budget.groups.map((group) => group.name)).toEqual(['app-nodes']);
});

test('the maximum that a warning offers fits, and one node more does not', () => {
  fc.assert(fc.property(fc.integer({ min: 7, max: 300 }), fc.constantFrom('c5.large', 'm5.xlarge', 't3.large', 'm6i.4xlarge'), (max, type) => {
    const groups = (size: number) => ({ 'app-nodes': NodeGroup.of([type], { min: 1, max: size }) });
    const { lines } = plan({ nodeGroups: groups(max) });
    const offered = /lower nodeGroups\.app-nodes\.max to (\d+)/.exec(lines.join('\n'))?.[1];
    if (offered === undefined) {
      expect(lines).toEqual([]);
      return;
    }
    expect(plan({ nodeGroups: groups(Number(offered)) }).lines).toEqual([]);
    expect(plan({ nodeGroups: groups(Number(offered) + 1) }).lines).toHaveLength(1);
  }));
});

test('more nodes never take fewer addresses', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 50 }), (max, more) => {
    const most = (size: number) => plan({ nodeGroups: { app: NodeGroup.of(['c5.large', 'c5.xlarge'], { min: 1, max: size }) } }).budget.pools[0].most;
    expect(most(max + more)).toBeGreaterThanOrEqual(most(max));
  }));
});
