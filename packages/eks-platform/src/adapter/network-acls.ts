import { PortProtocol } from '@viridial/security-policy';
import { Tags } from 'aws-cdk-lib';
import { CfnNetworkAclEntry, CfnSubnetNetworkAclAssociation, ISubnet, IVpc, NetworkAcl } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { EksPlan } from '../plan/eks-plan';
import { NetworkAclDirection, NetworkAclEntryPlan } from '../plan/firewall-plan';
import { SubnetUse } from '../plan/network-plan';

/** Numbers of the protocols (IANA), and AWS's own for every protocol. */
const PROTOCOL_NUMBERS: { readonly [protocol in PortProtocol]: number } = { any: -1, icmp: 1, ipip: 4, tcp: 6, udp: 17 };

/** Subnets by use, in the order of the zones. */
type Subnets = { readonly [use in SubnetUse]: readonly ISubnet[] };

/** Every type and code of ICMP. */
const ANY_ICMP = { type: -1, code: -1 };

function entryProperties(entry: NetworkAclEntryPlan) {
  const { protocol, fromPort, toPort } = entry;
  return {
    egress: entry.direction === NetworkAclDirection.OUTBOUND,
    ruleNumber: entry.number,
    ruleAction: entry.allow ? 'allow' : 'deny',
    protocol: PROTOCOL_NUMBERS[protocol],
    cidrBlock: entry.cidr,
    ...(fromPort === undefined ? {} : { portRange: { from: fromPort, to: toPort } }),
    ...(protocol === PortProtocol.ICMP ? { icmp: entry.icmp ?? ANY_ICMP } : {}),
  };
}

/**
 * The network ACLs of the plan, with the subnets of their tiers.
 *
 * An entry is named by its number: CloudFormation cannot change the number of an entry, and makes the new one before it
 * removes the old one, so that an entry that moved would meet another one at its new place. A subnet gets its ACL
 * when the ACL is complete, because an empty one drops everything.
 */
export function addNetworkAcls(scope: Construct, plan: EksPlan, vpc: IVpc, subnets: Subnets): NetworkAcl[] {
  return plan.firewall.networkAcls.map(({ name, uses, entries }) => {
    const acl = new NetworkAcl(scope, `${name}-acl`, { vpc });
    const networkAclId = acl.networkAclId;
    Tags.of(acl).add('Name', `${plan.cluster.name}-${name}`);
    const complete = entries.map((entry) => new CfnNetworkAclEntry(acl, `${entry.direction}-${entry.number}`, { networkAclId, ...entryProperties(entry) }));
    for (const use of uses) {
      const plans = plan.network.subnets.filter((subnet) => subnet.use === use);
      subnets[use].forEach(({ subnetId }, index) => {
        const association = new CfnSubnetNetworkAclAssociation(acl, plans[index].name, { networkAclId, subnetId });
        for (const entry of complete) association.addDependency(entry);
      });
    }
    return acl;
  });
}
