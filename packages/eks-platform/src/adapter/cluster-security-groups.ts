import { Tags } from 'aws-cdk-lib';
import { CfnSecurityGroupIngress, IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { EksPlan } from '../plan/eks-plan';
import { SecurityGroupRole, SecurityGroupRulePlan } from '../plan/firewall-plan';

/** Protocols that the rules of security groups know by number only. */
const PROTOCOLS: { readonly [protocol: string]: string } = { any: '-1', ipip: '4' };

/** Properties of a rule of CloudFormation that do not depend on the source. */
function trafficProperties({ protocol, fromPort, toPort, reason }: SecurityGroupRulePlan) {
  // ICMP has types and codes in place of ports: -1 is every one
  const ports = protocol === 'icmp' ? { fromPort: -1, toPort: -1 } : { fromPort, toPort };
  return { ipProtocol: PROTOCOLS[protocol] ?? protocol, ...ports, description: reason };
}

/** The security groups of nodes and control plane, with the rules of the plan. */
export class ClusterSecurityGroups extends Construct {
  /** On the interfaces of the control plane, beside the group of EKS. */
  public readonly controlPlane: SecurityGroup;
  /** On the nodes and their pods, in place of the group of EKS. */
  public readonly nodes: SecurityGroup;

  constructor(scope: Construct, plan: EksPlan, vpc: IVpc) {
    super(scope, 'Firewall');
    const { name } = plan.cluster;
    // whatever the control plane calls, it may call through the outbound rule of the group of EKS
    this.controlPlane = new SecurityGroup(this, 'ControlPlane', { vpc, description: `Control plane of ${name}`, allowAllOutbound: false });
    this.nodes = new SecurityGroup(this, 'Nodes', { vpc, description: `Nodes and pods of ${name}`, allowAllOutbound: true });
    Tags.of(this.controlPlane).add('Name', `${name}-control-plane`);
    Tags.of(this.nodes).add('Name', `${name}-nodes`);
    // by this tag the load balancer controller finds the group in which it lets load balancers in, and may change it
    Tags.of(this.nodes).add(`kubernetes.io/cluster/${name}`, 'owned');
    for (const rule of plan.firewall.securityGroupRules) this.addRule(rule);
  }

  private groupId(role: SecurityGroupRole | undefined): string | undefined {
    if (role === SecurityGroupRole.NODES) return this.nodes.securityGroupId;
    return role === SecurityGroupRole.CONTROL_PLANE ? this.controlPlane.securityGroupId : undefined;
  }

  /** A resource of its own for each source, because groups that name each other cannot hold their rules. */
  private addRule(rule: SecurityGroupRulePlan): void {
    const groupId = this.groupId(rule.group);
    if (groupId === undefined) return;
    const traffic = trafficProperties(rule);
    if (rule.sourceGroup) new CfnSecurityGroupIngress(this, rule.id, { groupId, ...traffic, sourceSecurityGroupId: this.groupId(rule.sourceGroup) });
    for (const cidrIp of rule.sourceCidrs ?? []) new CfnSecurityGroupIngress(this, `${rule.id} ${cidrIp}`, { groupId, ...traffic, cidrIp });
  }
}
