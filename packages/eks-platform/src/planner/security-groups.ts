import { PortProtocol, PortRule, PortSource, PortTarget } from '@viridial/security-policy';
import { coveredBy, trafficOf } from './traffic';
import { SecurityGroupRole, SecurityGroupRulePlan, UnwrittenRowPlan } from '../plan/firewall-plan';

const NFS = 2049;

/** Security groups as the port matrix has them, and the rows that they leave out. */
export interface SecurityGroupsPlan {
  /** Inbound rules, sorted by group and id. */
  readonly rules: SecurityGroupRulePlan[];
  /** Rows without a rule, sorted by id. */
  readonly unwritten: UnwrittenRowPlan[];
}

/** Pods have no group of their own: they share the interfaces of their node, and with them its group. */
const GROUPS: { readonly [target in PortTarget]: SecurityGroupRole } = {
  [PortTarget.CONTROL_PLANE]: SecurityGroupRole.CONTROL_PLANE,
  [PortTarget.NODE]: SecurityGroupRole.NODES,
  [PortTarget.POD]: SecurityGroupRole.NODES,
  [PortTarget.WORKER]: SecurityGroupRole.NODES,
};

const BY_CONTROLLER = 'the AWS Load Balancer Controller lets its own group in, on the range of ports of its targets, while there are any';
const NO_ADMIN_NETWORKS = 'access.networks names no network of administrators';

type Source = Pick<SecurityGroupRulePlan, 'sourceGroup' | 'sourceCidrs'>;

/** Who is let in, or why nobody is. */
function sourceOf(source: PortSource, adminNetworks: string[]): Source | string {
  switch (source) {
    case PortSource.NODES: return { sourceGroup: SecurityGroupRole.NODES };
    case PortSource.CONTROL_PLANE: return { sourceGroup: SecurityGroupRole.CONTROL_PLANE };
    case PortSource.LOAD_BALANCER: return BY_CONTROLLER;
    case PortSource.ADMIN_NETWORKS: return adminNetworks.length === 0 ? NO_ADMIN_NETWORKS : { sourceCidrs: adminNetworks };
    case PortSource.WORLD: return { sourceCidrs: ['0.0.0.0/0'] };
  }
}

/** Mount targets are made before the groups of the cluster, so that they know the nodes by their addresses. */
function fileSystemRule(mountCidrs: string[]): SecurityGroupRulePlan {
  return {
    id: 'file-system-from-nodes',
    group: SecurityGroupRole.FILE_SYSTEM,
    protocol: PortProtocol.TCP,
    fromPort: NFS,
    toPort: NFS,
    sourceCidrs: mountCidrs,
    reason: 'nodes mount shared volumes',
  };
}

/**
 * Writes the port matrix as security groups: one rule for each row, or a reason why there is none.
 *
 * @param matrix rows of the matrix
 * @param adminNetworks blocks of the administrators
 * @param mountCidrs blocks that may mount the file system
 */
export function planSecurityGroups(matrix: readonly PortRule[], adminNetworks: string[], mountCidrs: string[]): SecurityGroupsPlan {
  const rules: SecurityGroupRulePlan[] = [];
  const unwritten: UnwrittenRowPlan[] = [];
  for (const row of matrix) {
    const source = sourceOf(row.source, adminNetworks);
    if (typeof source === 'string') unwritten.push({ id: row.id, reason: row.reason, because: source });
    else rules.push({ id: row.id, group: GROUPS[row.target], ...trafficOf(row), ...source, reason: row.reason });
  }
  const sides = ({ group, sourceGroup, sourceCidrs }: SecurityGroupRulePlan) => JSON.stringify([group, sourceGroup, sourceCidrs]);
  const written = rules.filter((rule) => {
    const other = coveredBy(rule, rules.filter((each) => sides(each) === sides(rule)));
    if (other) unwritten.push({ id: rule.id, reason: rule.reason, because: `${other.id} lets the same in: ${other.reason}` });
    return !other;
  });
  const key = ({ group, id }: SecurityGroupRulePlan) => `${group} ${id}`;
  return {
    rules: [...written, fileSystemRule(mountCidrs)].sort((a, b) => key(a) < key(b) ? -1 : 1),
    unwritten: unwritten.sort((a, b) => a.id < b.id ? -1 : 1),
  };
}
