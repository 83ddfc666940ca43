import * as fc from 'fast-check';
import { allocatable, instanceArchitecture, instanceFacts, isInstanceType, maxPods, podAddresses } from '../../src/planner/instance-facts';

const known = ['t3.medium', 't3.large', 'c5.large', 'c5.xlarge', 'm5.large', 'm7g.medium', 'm6i.4xlarge', 'r7i.16xlarge', 'c5.9xlarge'];

// pods per node as amazon-vpc-cni-k8s publishes them in misc/eni-max-pods.txt, before the limit of managed node groups
test.each([
  ['t3.small', 11], ['t3.medium', 17], ['t3.large', 35], ['t3.xlarge', 58], ['c5.large', 29], ['c5.xlarge', 58], ['m5.large', 29], ['m5.2xlarge', 58],
  ['m7g.medium', 8], ['t4g.medium', 17],
])('%s runs %d pods', (type, pods) => {
  expect(maxPods(instanceFacts(type)!, false)).toBe(pods);
});

test('managed node groups stop at 110 pods below 30 processors and at 250 from there on', () => {
  expect(maxPods(instanceFacts('m5.4xlarge')!, false)).toBe(110);
  expect(maxPods(instanceFacts('m5.8xlarge')!, false)).toBe(234);
  expect(maxPods(instanceFacts('m5.16xlarge')!, false)).toBe(250);
});

test('with pods in subnets of their own the first interface of a node has no pods', () => {
  expect(maxPods(instanceFacts('c5.large')!, true)).toBe(20);
  expect(podAddresses(instanceFacts('c5.large')!, true)).toBe(20);
});

test.each([['t3.medium', 18], ['t3.large', 36], ['c5.large', 30], ['c5.xlarge', 60], ['m5.large', 30]])('a %s full of pods holds %d addresses', (type, addresses) => {
  expect(podAddresses(instanceFacts(type)!, false)).toBe(addresses);
});

test('memory and processors follow the family: c5.large has 2 and 4 GiB, m5.large 2 and 8, r5.large 2 and 16', () => {
  expect(['c5.large', 'm5.large', 'r5.large'].map((type) => instanceFacts(type)).map((facts) => [facts!.vcpus, facts!.memoryGibibytes])).toEqual([[2, 4], [2, 8], [2, 16]]);
});

test('sizes that a family has not are unknown, and so are families that the table has not', () => {
  expect(['c5.8xlarge', 'm5.9xlarge', 'c5.medium', 'p5.48xlarge', 't3.nano', 'c5', 'constructor.large'].map(instanceFacts)).toEqual(Array(7).fill(undefined));
});

test.each([['m7g.large', 'arm64'], ['c6gn.xlarge', 'arm64'], ['t4g.small', 'arm64'], ['g5g.xlarge', 'arm64'], ['im4gn.large', 'arm64'], ['is4gen.large', 'arm64'], ['x2gd.large', 'arm64'],
  ['g5.xlarge', 'x86_64'], ['g4dn.xlarge', 'x86_64'], ['c5.large', 'x86_64'], ['m7i-flex.large', 'x86_64'], ['m6a.large', 'x86_64']])('the processor of %s is %s', (type, architecture) => {
  expect(instanceArchitecture(type)).toBe(architecture);
});

test.each([['c5.large', true], ['m7i-flex.8xlarge', true], ['u-6tb1.metal', false], ['c5', false], ['c5.hugeee', true], ['5c.large', false], ['C5.large', false]])('%s has the form of an instance type: %s', (type, answer) => {
  expect(isInstanceType(type)).toBe(answer);
});

test('whatever the type, its pods have an address each, and there is something left for them', () => {
  fc.assert(fc.property(fc.constantFrom(...known), fc.boolean(), (type, custom) => {
    const facts = instanceFacts(type)!;
    // two pods use the address of the node; every interface keeps its first address
    expect(podAddresses(facts, custom)).toBeGreaterThanOrEqual(maxPods(facts, custom) - 2);
    expect(podAddresses(facts, custom) % facts.addressesPerInterface).toBe(0);
    expect(podAddresses(facts, custom)).toBeLessThanOrEqual(facts.interfaces * facts.addressesPerInterface);
    const left = allocatable(facts, custom);
    expect(left.millicpus).toBeGreaterThan(0);
    expect(left.millicpus).toBeLessThan(facts.vcpus * 1000);
    expect(left.memoryMebibytes).toBeGreaterThan(0);
    expect(left.memoryMebibytes).toBeLessThan(facts.memoryGibibytes * 1024);
  }));
});
