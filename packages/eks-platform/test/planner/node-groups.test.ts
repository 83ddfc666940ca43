import { Problems } from '@viridial/core';
import * as fc from 'fast-check';
import { EksPlatformProps } from '../../src/eks-platform-props';
import { CapacityType, NodeGroup, TaintEffect } from '../../src/node-group';
import { planNetwork } from '../../src/planner/network';
import { planNodeGroups } from '../../src/planner/node-groups';
import { props } from '../fixtures/platform';

function plan(nodeGroups: EksPlatformProps['nodeGroups'], clusterName = 'c', changes: Partial<EksPlatformProps> = {}) {
  const problems = new Problems();
  const all = props({ ...changes, nodeGroups });
  const groups = planNodeGroups(problems, all, clusterName, planNetwork(new Problems(), all));
  return { groups, lines: problems.all.map((problem) => problem.toString()), codes: problems.all.map((problem) => problem.code) };
}

const small = { min: 1, max: 3 };

test('a group is planned as asked for, with a label that holds its name', () => {
  const { groups, lines } = plan({ app: NodeGroup.of(['c5.large'], { min: 3, max: 20, desired: 6, labels: { tier: 'app' }, capacityType: CapacityType.SPOT, diskGibibytes: 80 }) });
  expect(lines).toEqual([]);
  expect(groups).toEqual([{
    name: 'app',
    physicalName: expect.stringMatching(/^app-[0-9a-f]{8}$/),
    instanceTypes: ['c5.large'],
    amiType: 'AL2023_x86_64_STANDARD',
    capacityType: 'SPOT',
    min: 3,
    max: 20,
    desired: 6,
    diskGibibytes: 80,
    labels: { 'tier': 'app', 'viridial.com/node-group': 'app' },
    taints: [],
  }]);
});

test('desired is min when nothing is said', () => {
  expect(plan({ app: NodeGroup.of(['c5.large'], { min: 2, max: 4 }) }).groups[0].desired).toBe(2);
});

test('min above max is an error that names both and the way out', () => {
  expect(plan({ app: NodeGroup.of(['c5.large'], { min: 5, max: 3 }) }).lines).toEqual([
    'nodeGroups.app.min: min 5 is greater than max 3 (MinAboveMax); allowed: 0 to 3; cure: lower min or raise max',
  ]);
});

test.each([0, 9])('desired %d outside of min and max is an error', (desired) => {
  expect(plan({ app: NodeGroup.of(['c5.large'], { min: 1, max: 3, desired }) }).lines).toEqual([
    `nodeGroups.app.desired: desired ${desired} is not between min 1 and max 3 (DesiredOutOfRange); allowed: 1 to 3; cure: move desired into the range, or leave it out for min`,
  ]);
});

test('fractions and a maximum of nothing are no numbers of nodes', () => {
  expect(plan({ app: NodeGroup.of(['c5.large'], { min: 0, max: 0 }), web: NodeGroup.of(['c5.large'], { min: 1.5, max: 3 }) }).lines).toEqual([
    'nodeGroups.app.max: max 0 is not a number of nodes (NotANodeCount); allowed: an integer from 1',
    'nodeGroups.web.desired: desired 1.5 is not a number of nodes (NotANodeCount); allowed: an integer from 0',
    'nodeGroups.web.min: min 1.5 is not a number of nodes (NotANodeCount); allowed: an integer from 0',
  ]);
});

test('every problem of every group is reported at once', () => {
  expect(plan({ a: NodeGroup.of([], { min: 5, max: 3 }), B_: NodeGroup.of(['large'], small) }).codes).toEqual([
    'MalformedNodeGroupName', 'MalformedInstanceType', 'NoInstanceType', 'MinAboveMax',
  ]);
});

test('a type that is none is an error, a type that is only unknown a warning', () => {
  expect(plan({ app: NodeGroup.of(['c5.large', 'm5large'], small) }).lines).toEqual([
    "nodeGroups.app.instanceTypes[1]: 'm5large' is not the name of an instance type (MalformedInstanceType); allowed: family and size, as in c5.large",
  ]);
  expect(plan({ app: NodeGroup.of(['c5.hugeee'], small) }).lines).toEqual([
    'nodeGroups.app.instanceTypes[0]: nothing is known of c5.hugeee, so that neither its addresses nor its capacity can be counted (UnknownInstanceType); '
    + 'cure: check that the name is right, and count the addresses by hand',
  ]);
});

test('types of two architectures cannot share an image', () => {
  expect(plan({ app: NodeGroup.of(['m7g.large', 'm7i.large'], small) }).codes).toEqual(['MixedArchitectures']);
});

test('Graviton groups get the image of their architecture', () => {
  expect(plan({ app: NodeGroup.of(['m7g.large'], small) }).groups[0].amiType).toBe('AL2023_ARM_64_STANDARD');
});

test('types of different sizes in one group are a warning', () => {
  expect(plan({ app: NodeGroup.of(['c5.large', 'c5.xlarge'], small) }).codes).toEqual(['UnequalInstanceTypes']);
  expect(plan({ app: NodeGroup.of(['m5.large', 'm6i.large'], small) }).codes).toEqual([]);
});

test('a type named twice is an error', () => {
  expect(plan({ app: NodeGroup.of(['c5.large', 'c5.large'], small) }).codes).toEqual(['DuplicateInstanceType']);
});

test('without any group nothing can run', () => {
  expect(plan({}).codes).toEqual(['NoNodeGroup']);
});

test('add-ons tolerate no taint, so that one group must be without', () => {
  const taints = [{ key: 'dedicated', value: 'batch', effect: TaintEffect.NO_SCHEDULE }];
  expect(plan({ batch: NodeGroup.of(['c5.large'], { ...small, taints }) }).codes).toEqual(['AllNodeGroupsTainted']);
  expect(plan({ batch: NodeGroup.of(['c5.large'], { ...small, taints }), system: NodeGroup.of(['m5.large'], small) }).codes).toEqual([]);
});

test('labels, taints and disks that cannot be are errors', () => {
  const { lines } = plan({
    app: NodeGroup.of(['c5.large'], { ...small, diskGibibytes: 10, labels: { 'a b': 'c' }, taints: [{ key: 'ok', value: 'not ok', effect: TaintEffect.NO_EXECUTE }] }),
    open: NodeGroup.of(['c5.large'], small),
  });
  expect(lines).toEqual([
    'nodeGroups.app.diskGibibytes: 10 GiB is no size for a root volume of gp3 (DiskSizeOutOfRange); allowed: 20 to 16384, a whole number',
    expect.stringContaining("nodeGroups.app.labels['a b']: 'a b=c' is not a label (MalformedNodeLabel)"),
    expect.stringContaining("nodeGroups.app.taints[0]: 'ok=not ok' is not a label (MalformedNodeLabel)"),
  ]);
});

describe('the physical name of a group', () => {
  const name = (group: NodeGroup, clusterName = 'c', changes: Partial<EksPlatformProps> = {}) => plan({ app: group }, clusterName, changes).groups[0].physicalName;
  const group = NodeGroup.of(['c5.large', 'm5.large'], { min: 1, max: 3 });

  test('stays when the group changes in place', () => {
    expect(name(NodeGroup.of(['c5.large', 'm5.large'], { min: 2, max: 9, desired: 4, labels: { a: 'b' }, diskGibibytes: 100 }))).toBe(name(group));
  });

  test('changes with everything that makes CloudFormation replace the group, so that old and new can live side by side', () => {
    const replaced = [
      name(NodeGroup.of(['c5.large'], { min: 1, max: 3 })),
      name(NodeGroup.of(['m5.large', 'c5.large'], { min: 1, max: 3 })),
      name(NodeGroup.of(['c5.large', 'm5.large'], { min: 1, max: 3, capacityType: CapacityType.SPOT })),
      name(NodeGroup.of(['m7g.large'], { min: 1, max: 3 })),
      name(group, 'other'),
      name(group, 'c', { zones: ['eu-west-1b', 'eu-west-1a', 'eu-west-1c'] }),
    ];
    expect(new Set([name(group), ...replaced]).size).toBe(replaced.length + 1);
  });

  test('is never longer than EKS takes', () => {
    expect(plan({ ['a'.repeat(54)]: group }).groups[0].physicalName).toHaveLength(63);
    expect(plan({ ['a'.repeat(55)]: group }).codes).toContain('MalformedNodeGroupName');
  });
});

test('the plan does not depend on the order in which groups are written', () => {
  const group = NodeGroup.of(['c5.large'], small);
  fc.assert(fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }), (names) => {
    const { groups } = plan(Object.fromEntries(names.map((name) => [name, group])));
    expect(groups.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
  }));
});
