import { explainFirewall } from './explain-firewall';
import { AddressPool } from './plan/address-budget';
import { EksPlan } from './plan/eks-plan';
import { table } from './table';

function endpoint(plan: EksPlan): string {
  const networks = plan.firewall.adminNetworks;
  const inside = networks.length === 0 ? 'private' : `private (nodes, and ${networks.join(', ')})`;
  return plan.cluster.endpointPublic ? `${inside}, and public for ${plan.cluster.publicCidrs.join(', ')}` : `${inside} only`;
}

function clusterLines(plan: EksPlan): string[] {
  const { cluster, data, network } = plan;
  return [
    '## Cluster', '',
    ...table(['property', 'value'], [
      ['name', cluster.name],
      ['Kubernetes', `${cluster.version}, ${cluster.support.toLowerCase()} support`],
      ['API server', endpoint(plan)],
      ['access', `access entries only; administrators: ${cluster.administrators.join(', ') || 'none'}`],
      ['secrets', `encrypted with ${data.keys.secrets}, rotated every year`],
      ['control-plane logs', `${cluster.logTypes.join(', ')}, kept ${cluster.logRetentionDays} days`],
      ['instance metadata', `version 2 only, ${cluster.metadataHopLimit} hop`],
      ['deletion protection', cluster.deletionProtection ? 'on' : 'off'],
      ['service addresses', network.serviceCidr],
      ['storage classes', data.storageClasses.map(({ name, isDefault, shared }) => `${name}${isDefault ? ' (default)' : ''}${shared ? ' (shared)' : ''}`).join(', ')],
    ]),
  ];
}

function poolLine(pool: AddressPool): (string | number)[] {
  return [pool.use, pool.usable, pool.reserved, pool.leastAtDesired, `${pool.least} to ${pool.most}`, pool.fits ? 'yes' : 'no'];
}

/** Who of the tenants is let in by AWS, and what their pods may do there; nothing where nobody is. */
function tenantLines({ tenantAccess, tenantIdentities }: EksPlan): string[] {
  const people = tenantAccess.map(({ role, groups }) => [role, groups.join(', ')]);
  const pods = tenantIdentities.map(({ namespace, serviceAccount, reason }) => [`${namespace}/${serviceAccount}`, reason]);
  return [
    ...(people.length === 0 ? [] : ['## People of tenants', '', ...table(['IAM role', 'groups'], people)]),
    ...(pods.length === 0 ? [] : ['## AWS rights of tenants', '', ...table(['service account', 'why'], pods)]),
  ];
}

/**
 * A plan as text for people: Markdown, line by line.
 *
 * @param plan the plan
 */
export function explain(plan: EksPlan): string[] {
  const { network } = plan;
  return [
    `# EKS platform ${plan.id}`, '',
    `Region ${plan.region}, environments ${plan.environments.join(', ')}, stacks ${plan.stackNames.join(', ')}.`, '',
    ...clusterLines(plan),
    '## Network', '',
    `VPC ${network.vpcCidr}${network.secondaryCidr ? `, pods in ${network.secondaryCidr}` : ''}, ${network.natGateways} NAT gateway${network.natGateways === 1 ? '' : 's'}.`, '',
    ...table(['subnet', 'zone', 'block', 'usable addresses'], network.subnets.map(({ name, zone, cidr, usable }) => [name, zone, cidr, usable])),
    ...explainFirewall(plan),
    '## Node groups', '',
    ...table(['group', 'types', 'min', 'desired', 'max', 'bought'], plan.nodeGroups.map((group) =>
      [group.name, group.instanceTypes.join(', '), group.min, group.desired, group.max, group.capacityType.toLowerCase().replace('_', ' ')])),
    ...table(['addresses for', 'usable', 'reserved', 'at desired', 'at most nodes', 'fits'], plan.addressBudget.pools.map(poolLine)),
    '## Add-ons', '',
    ...table(['add-on', 'owner', 'version', 'namespace', 'source'], plan.addOns.map(({ name, owner, version, namespace, source }) => [name, owner, version, namespace, source])),
    '## AWS rights of pods', '',
    ...table(['service account', 'add-on', 'why'], plan.podIdentities.map(({ namespace, serviceAccount, addOn, reason }) => [`${namespace}/${serviceAccount}`, addOn, reason])),
    ...tenantLines(plan),
    '## Secrets to fill', '',
    ...secretLines(plan),
    '## What costs money', '',
    ...table(['what', 'article', 'quantity', 'unit', 'assumption'], plan.billOfMaterials.lines.map(({ id, sku, quantity, unit, assumption }) => [id, sku, quantity, unit, assumption ?? ''])),
    '## Warnings', '',
    ...plan.warnings.length ? plan.warnings.map((warning) => `- ${warning.toString()}`) : ['none'],
  ];
}

function secretLines(plan: EksPlan): string[] {
  const slots = plan.rendered.secretSlots;
  if (slots.length === 0) return ['none', ''];
  return table(['secret', 'keys', 'for'], slots.map(({ id, keys, purpose }) => [id, keys.join(', '), purpose]));
}
