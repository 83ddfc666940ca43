import { Access } from '../src/access';
import { CapacityType, NodeGroup, TaintEffect } from '../src/node-group';
import { Subnets } from '../src/subnets';

describe('subnets', () => {
  test('are kept as given, and later changes of the lists do not reach them', () => {
    const blocks = { public: ['10.0.1.0/24'], private: ['10.0.10.0/24'] };
    const subnets = Subnets.exact('10.0.0.0/16', blocks);
    blocks.public.push('10.0.2.0/24');
    expect(subnets).toMatchObject({ vpcCidr: '10.0.0.0/16', public: ['10.0.1.0/24'], private: ['10.0.10.0/24'] });
  });

  test('are not judged when they are made: the planner reports everything at once', () => {
    expect(() => Subnets.exact('nonsense', { public: [], private: ['x'] })).not.toThrow();
  });
});

describe('a node group', () => {
  test('has defaults for all that is optional', () => {
    expect(NodeGroup.of(['m5.large'], { min: 2, max: 4 })).toMatchObject({
      instanceTypes: ['m5.large'], min: 2, max: 4, desired: 2, capacityType: CapacityType.ON_DEMAND, diskGibibytes: 50, labels: {}, taints: [],
    });
  });

  test('does not change with the lists it was made from', () => {
    const types = ['m5.large'];
    const labels: { [key: string]: string } = { a: 'b' };
    const taints = [{ key: 'k', effect: TaintEffect.NO_EXECUTE }];
    const group = NodeGroup.of(types, { min: 1, max: 1, labels, taints });
    types.push('m6i.large');
    labels.c = 'd';
    taints.pop();
    expect(group).toMatchObject({ instanceTypes: ['m5.large'], labels: { a: 'b' }, taints: [{ key: 'k', effect: 'NO_EXECUTE' }] });
  });
});

describe('access', () => {
  test('is closed and nobody\'s unless said otherwise', () => {
    expect(Access.of({})).toEqual({ administrators: [], viewers: [], groups: {}, networks: [], publicEndpoint: false, publicEndpointCidrs: [] });
  });

  test('knows an empty list from no list: the first is a mistake that the planner reports', () => {
    expect(Access.of({ publicEndpointCidrs: [] }).publicEndpoint).toBe(true);
    expect(Access.of({ publicEndpointCidrs: undefined }).publicEndpoint).toBe(false);
  });
});
