import { Problems } from '@viridial/core';
import { PortRule } from '@viridial/security-policy';
import { planNetworkAcls } from './network-acls';
import { Openings } from './openings';
import { planSecurityGroups } from './security-groups';
import { FirewallPlan, NetworkAclDirection, SecurityGroupRole } from '../plan/firewall-plan';
import { NetworkPlan } from '../plan/network-plan';

/** AWS allows 20 rules a direction, of which the one that drops the rest is one (Amazon VPC quotas, "Network ACLs"). */
const MOST_ACL_ENTRIES = 19;

/** AWS allows 60 inbound rules a group (Amazon VPC quotas, "Security groups"); these are kept for the load balancer controller. */
const MOST_GROUP_RULES = 60 - 10;

/** What the firewalls of a cluster are made from. */
export interface FirewallInputs {
  /** The subnets. */
  readonly network: NetworkPlan;
  /** Rows of the port matrix. */
  readonly matrix: readonly PortRule[];
  /** What the user opens. */
  readonly openings: Openings;
  /** Blocks that may mount the file system. */
  readonly mountCidrs: string[];
  /** Whether there are network ACLs. */
  readonly networkAcls: boolean;
}

function checkAcls(problems: Problems, { networkAcls }: FirewallPlan): void {
  for (const { name, entries } of networkAcls) {
    const inbound = entries.filter(({ direction }) => direction === NetworkAclDirection.INBOUND).length;
    if (inbound <= MOST_ACL_ENTRIES) continue;
    const path = name === 'public' ? 'ingressCidrs' : 'access.networks';
    problems.error({
      code: 'TooManyFirewallRules',
      path,
      message: `the network ACL of the ${name} subnets has ${inbound} inbound rules`,
      value: inbound,
      allowed: `up to ${MOST_ACL_ENTRIES}`,
      cure: `name fewer and larger blocks in ${path}, or leave network ACLs out with networkAcls: false`,
    });
  }
}

function checkGroups(problems: Problems, { securityGroupRules }: FirewallPlan): void {
  for (const group of Object.values(SecurityGroupRole)) {
    const count = securityGroupRules.filter((rule) => rule.group === group).reduce((sum, { sourceCidrs }) => sum + (sourceCidrs?.length ?? 1), 0);
    if (count <= MOST_GROUP_RULES) continue;
    problems.error({
      code: 'TooManyFirewallRules',
      path: 'access.networks',
      message: `the security group ${group} has ${count} inbound rules`,
      value: count,
      allowed: `up to ${MOST_GROUP_RULES}`,
      cure: 'name fewer and larger blocks in access.networks, and fewer webhookPorts',
    });
  }
}

/** Writes the port matrix in the dialects of AWS, and says so when a quota is too small for it. */
export function planFirewall(problems: Problems, { network, matrix, openings, mountCidrs, networkAcls }: FirewallInputs): FirewallPlan {
  const { rules, unwritten } = planSecurityGroups(matrix, openings.adminNetworks, mountCidrs);
  const plan = {
    adminNetworks: openings.adminNetworks,
    ingressCidrs: openings.ingressCidrs,
    securityGroupRules: rules,
    unwrittenRows: unwritten,
    networkAcls: networkAcls ? planNetworkAcls(network, matrix, openings) : [],
  };
  checkAcls(problems, plan);
  checkGroups(problems, plan);
  return plan;
}
