import { createHash } from 'node:crypto';
import { KubernetesName, Labels, Problems } from '@viridial/core';
import { EksPlatformProps } from '../eks-platform-props';
import { instanceArchitecture, instanceFacts, isInstanceType } from './instance-facts';
import { NodeGroup } from '../node-group';
import { NetworkPlan, SubnetUse } from '../plan/network-plan';
import { NodeGroupPlan } from '../plan/node-group-plan';

/** Label of every node that holds the name of its group. */
export const NODE_GROUP_LABEL = `${Labels.PLATFORM.split('/')[0]}/node-group`;

/** Names of managed node groups end here (EKS API reference, `CreateNodegroup`). */
const LONGEST_NAME = 63;
const MARK_LENGTH = 8;

function checkSizes(problems: Problems, path: string, group: NodeGroup): void {
  const { min, max, desired } = group;
  for (const [key, value] of Object.entries({ min, max, desired })) {
    if (Number.isInteger(value) && value >= (key === 'max' ? 1 : 0)) continue;
    problems.error({
      code: 'NotANodeCount',
      path: `${path}.${key}`,
      message: `${key} ${value} is not a number of nodes`,
      value,
      allowed: key === 'max' ? 'an integer from 1' : 'an integer from 0',
    });
  }
  if (min > max) {
    problems.error({
      code: 'MinAboveMax',
      path: `${path}.min`,
      message: `min ${min} is greater than max ${max}`,
      value: min,
      allowed: `0 to ${max}`,
      cure: 'lower min or raise max',
    });
  } else if (desired < min || desired > max) {
    problems.error({
      code: 'DesiredOutOfRange',
      path: `${path}.desired`,
      message: `desired ${desired} is not between min ${min} and max ${max}`,
      value: desired,
      allowed: `${min} to ${max}`,
      cure: 'move desired into the range, or leave it out for min',
    });
  }
}

function checkTypes(problems: Problems, path: string, group: NodeGroup): void {
  if (group.instanceTypes.length === 0) {
    problems.error({ code: 'NoInstanceType', path: `${path}.instanceTypes`, message: 'the group names no instance type', cure: 'name at least one, such as m5.large' });
  }
  const wellFormed = group.instanceTypes.filter((type, index) => {
    if (isInstanceType(type)) return true;
    problems.error({
      code: 'MalformedInstanceType',
      path: `${path}.instanceTypes[${index}]`,
      message: `'${type}' is not the name of an instance type`,
      value: type,
      allowed: 'family and size, as in c5.large',
    });
    return false;
  });
  wellFormed.forEach((type, index) => {
    const typePath = `${path}.instanceTypes[${group.instanceTypes.indexOf(type)}]`;
    if (wellFormed.indexOf(type) !== index) {
      problems.error({ code: 'DuplicateInstanceType', path: `${path}.instanceTypes`, message: `'${type}' is named twice`, value: type, cure: 'name each type once' });
    } else if (!instanceFacts(type)) {
      problems.warning({
        code: 'UnknownInstanceType',
        path: typePath,
        message: `nothing is known of ${type}, so that neither its addresses nor its capacity can be counted`,
        value: type,
        cure: 'check that the name is right, and count the addresses by hand',
      });
    }
  });
  const architectures = new Set(wellFormed.map(instanceArchitecture));
  if (architectures.size > 1) {
    problems.error({
      code: 'MixedArchitectures',
      path: `${path}.instanceTypes`,
      message: `${wellFormed.join(', ')} are of two processor architectures, but a group has one image`,
      value: wellFormed,
      cure: 'make one group per architecture',
    });
  }
  const shapes = new Set(wellFormed.map((type) => instanceFacts(type)).map((facts) => `${facts?.vcpus}/${facts?.memoryGibibytes}`));
  if (shapes.size > 1) {
    problems.warning({
      code: 'UnequalInstanceTypes',
      path: `${path}.instanceTypes`,
      message: `${wellFormed.join(', ')} differ in processors or memory: an autoscaler that takes the nodes of a group to be alike miscounts, and nodes hold different numbers of pods`,
      value: wellFormed,
      cure: 'list types of one size, or make one group per size',
    });
  }
}

function checkDetails(problems: Problems, path: string, group: NodeGroup): void {
  if (!Number.isInteger(group.diskGibibytes) || group.diskGibibytes < 20 || group.diskGibibytes > 16384) {
    problems.error({
      code: 'DiskSizeOutOfRange',
      path: `${path}.diskGibibytes`,
      message: `${group.diskGibibytes} GiB is no size for a root volume of gp3`,
      value: group.diskGibibytes,
      allowed: '20 to 16384, a whole number',
    });
  }
  const pairs = [...Object.entries(group.labels).map(([key, value]) => ({ at: `labels['${key}']`, key, value })),
    ...group.taints.map((taint, index) => ({ at: `taints[${index}]`, key: taint.key, value: taint.value ?? '' }))];
  for (const { at, key, value } of pairs) {
    if (KubernetesName.isLabelKey(key) && KubernetesName.isLabelValue(value)) continue;
    problems.error({
      code: 'MalformedNodeLabel',
      path: `${path}.${at}`,
      message: `'${key}=${value}' is not a label`,
      value: `${key}=${value}`,
      allowed: 'a label key of an optional DNS prefix and a name, and a value of up to 63 letters, digits, -, _ and .',
    });
  }
}

/** A mark of all that makes CloudFormation replace the group: see the user guide of `AWS::EKS::Nodegroup`. */
function replacementMark(group: NodeGroup, amiType: string, clusterName: string, network: NetworkPlan): string {
  const subnets = network.subnets.filter((subnet) => subnet.use === SubnetUse.PRIVATE).map(({ zone, cidr }) => `${zone} ${cidr}`);
  const facts = JSON.stringify([clusterName, network.vpcCidr, subnets, amiType, group.capacityType, group.instanceTypes]);
  return createHash('sha256').update(facts).digest('hex').slice(0, MARK_LENGTH);
}

/** Plans the node groups, sorted by name. */
export function planNodeGroups(problems: Problems, props: EksPlatformProps, clusterName: string, network: NetworkPlan): NodeGroupPlan[] {
  const names = Object.keys(props.nodeGroups).sort();
  if (names.length === 0) {
    problems.error({ code: 'NoNodeGroup', path: 'nodeGroups', message: 'there is no node group, so that no pod can run', cure: 'add one with NodeGroup.of' });
  } else if (names.every((name) => props.nodeGroups[name].taints.length > 0)) {
    problems.error({
      code: 'AllNodeGroupsTainted',
      path: 'nodeGroups',
      message: `every group (${names.join(', ')}) has taints, so that the add-ons find no node`,
      cure: 'leave one group without taints',
    });
  }
  return names.map((name) => {
    const group = props.nodeGroups[name];
    const path = `nodeGroups.${name}`;
    if (!/^[a-z](?:[a-z0-9-]*[a-z0-9])?$/.test(name) || name.length + 1 + MARK_LENGTH > LONGEST_NAME) {
      problems.error({
        code: 'MalformedNodeGroupName',
        path,
        message: `'${name}' is no name for a node group`,
        value: name,
        allowed: `letters, digits and hyphens, lower case, a letter first, up to ${LONGEST_NAME - 1 - MARK_LENGTH} characters`,
      });
    }
    checkSizes(problems, path, group);
    checkTypes(problems, path, group);
    checkDetails(problems, path, group);
    const arm = group.instanceTypes.length > 0 && group.instanceTypes.every((type) => instanceArchitecture(type) === 'arm64');
    const amiType = arm ? 'AL2023_ARM_64_STANDARD' : 'AL2023_x86_64_STANDARD';
    return {
      name,
      physicalName: `${name}-${replacementMark(group, amiType, clusterName, network)}`,
      instanceTypes: [...group.instanceTypes],
      amiType,
      capacityType: group.capacityType,
      min: group.min,
      max: group.max,
      desired: group.desired,
      diskGibibytes: group.diskGibibytes,
      labels: { ...group.labels, [NODE_GROUP_LABEL]: name },
      taints: [...group.taints],
    };
  });
}
