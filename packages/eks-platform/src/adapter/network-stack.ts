import { Fn, RemovalPolicy, Tags } from 'aws-cdk-lib';
import {
  CfnNatGateway, CfnSubnet, CfnVPCCidrBlock, FlowLogDestination, FlowLogTrafficType, ISubnet, NetworkAcl, PrivateSubnet, SubnetType, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ExactSubnets } from './exact-subnets';
import { addNetworkAcls } from './network-acls';
import { PlatformStack } from './platform-stack';
import { EksPlan } from '../plan/eks-plan';
import { SubnetUse } from '../plan/network-plan';

/** Tags of CDK itself have priority 100: the path of a construct as the name of a subnet. */
const ABOVE_CDK = 200;

/** The VPC: exact subnets, NAT gateways, flow logs, network ACLs, a default security group that lets nothing through. */
export class NetworkStack extends PlatformStack {
  /** The VPC with its public and private subnets. */
  public readonly vpc: Vpc;
  /** Subnets for pods, in the order of the zones; empty when pods take addresses of the private subnets. */
  public readonly podSubnets: PrivateSubnet[];
  /** Network ACLs of the plan. */
  public readonly networkAcls: NetworkAcl[];

  constructor(scope: Construct, plan: EksPlan) {
    super(scope, 'network', plan, { description: `Network of the EKS cluster ${plan.cluster.name}` });
    const { network } = plan;
    this.vpc = new Vpc(this, 'Vpc', {
      vpcName: plan.cluster.name,
      availabilityZones: [...network.zones],
      ipAddresses: new ExactSubnets(network),
      natGateways: network.natGateways,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: [
        { name: SubnetUse.PUBLIC, subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
        { name: SubnetUse.PRIVATE, subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      ],
    });
    this.podSubnets = this.addPodSubnets(plan);
    this.labelSubnets(plan);
    this.networkAcls = addNetworkAcls(this, plan, this.vpc, {
      [SubnetUse.PUBLIC]: this.vpc.publicSubnets, [SubnetUse.PRIVATE]: this.vpc.privateSubnets, [SubnetUse.PODS]: this.podSubnets,
    });
    this.addFlowLogs(plan);
  }

  /**
   * Names the subnets like the plan does, and tags them so that the load balancer controller finds them. The zone is written
   * as a part of the stack's region, so that the template names no zone that another region has not.
   */
  private labelSubnets(plan: EksPlan): void {
    const label = (subnets: ISubnet[], use: SubnetUse, role?: string) => subnets.forEach((subnet, index) => {
      const { name, zone } = plan.network.subnets.filter((each) => each.use === use)[index];
      Tags.of(subnet).add('Name', `${plan.cluster.name}-${name}`, { priority: ABOVE_CDK });
      if (role) Tags.of(subnet).add(role, '1');
      (subnet.node.defaultChild as CfnSubnet).availabilityZone = Fn.sub(`\${AWS::Region}${zone.slice(plan.region.length)}`);
    });
    label(this.vpc.publicSubnets, SubnetUse.PUBLIC, 'kubernetes.io/role/elb');
    label(this.vpc.privateSubnets, SubnetUse.PRIVATE, 'kubernetes.io/role/internal-elb');
    label(this.podSubnets, SubnetUse.PODS);
  }

  private addFlowLogs(plan: EksPlan): void {
    const logs = new LogGroup(this, 'FlowLogs', {
      retention: plan.cluster.logRetentionDays,
      removalPolicy: plan.data.keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.vpc.addFlowLog('FlowLog', { destination: FlowLogDestination.toCloudWatchLogs(logs), trafficType: FlowLogTrafficType.ALL });
  }

  private addPodSubnets({ network }: EksPlan): PrivateSubnet[] {
    if (network.secondaryCidr === undefined) return [];
    const block = new CfnVPCCidrBlock(this, 'PodBlock', { vpcId: this.vpc.vpcId, cidrBlock: network.secondaryCidr });
    return network.subnets.filter((subnet) => subnet.use === SubnetUse.PODS).map((plan, index) => {
      const subnet = new PrivateSubnet(this, `PodSubnet${index + 1}`, { vpcId: this.vpc.vpcId, cidrBlock: plan.cidr, availabilityZone: plan.zone });
      subnet.node.defaultChild!.node.addDependency(block);
      const gateways = this.vpc.publicSubnets.map((outer) => outer.node.tryFindChild('NATGateway')).filter((gateway) => gateway instanceof CfnNatGateway);
      subnet.addDefaultNatRoute(gateways[index % gateways.length].ref);
      return subnet;
    });
  }
}
