import { EksPlan } from './plan/eks-plan';
import { NetworkAclEntryPlan, SecurityGroupRulePlan, TrafficPlan } from './plan/firewall-plan';
import { table } from './table';

/** Traffic in words: `tcp 443`, `tcp 1-65535`, `all`. */
function traffic({ protocol, fromPort, toPort }: TrafficPlan): string {
  if (protocol === 'any') return 'all';
  if (fromPort === undefined) return protocol;
  return `${protocol} ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
}

function aclTraffic(entry: NetworkAclEntryPlan): string {
  return entry.icmp ? `icmp type ${entry.icmp.type} code ${entry.icmp.code}` : traffic(entry);
}

function source({ sourceGroup, sourceCidrs = [] }: SecurityGroupRulePlan): string {
  return sourceGroup ?? sourceCidrs.join(', ');
}

/** The firewalls of a plan as Markdown, line by line. */
export function explainFirewall({ firewall }: EksPlan): string[] {
  return [
    '## Firewall', '',
    'Security groups let in what is listed here, from the port matrix of the cluster. Nodes and pods may call anywhere: network policies say which pod calls what.', '',
    ...table(['group', 'lets in', 'from', 'rule', 'why'], firewall.securityGroupRules.map((rule) => [rule.group, traffic(rule), source(rule), rule.id, rule.reason])),
    ...(firewall.unwrittenRows.length === 0 ? [] : [
      'Rows of the matrix without a rule of their own:', '',
      ...table(['row', 'for', 'because'], firewall.unwrittenRows.map(({ id, reason, because }) => [id, reason, because])),
    ]),
    ...(firewall.networkAcls.length === 0 ? ['No network ACLs: the one of the VPC lets everything through.', ''] : [
      'Network ACLs, of which the first entry that matches decides; what none matches is dropped:', '',
      ...table(['subnets', 'direction', 'number', 'entry', 'traffic', 'block', 'why'], firewall.networkAcls.flatMap(({ name, entries }) => (
        entries.map((entry) => [name, entry.direction, entry.number, entry.allow ? 'allow' : 'deny', aclTraffic(entry), entry.cidr, entry.reason])
      ))),
    ]),
  ];
}
