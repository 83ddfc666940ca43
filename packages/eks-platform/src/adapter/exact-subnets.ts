import { AllocateCidrRequest, IIpAddresses, SubnetIpamOptions, VpcIpamOptions } from 'aws-cdk-lib/aws-ec2';
import { NetworkPlan } from '../plan/network-plan';

/** Gives the subnets of a VPC the blocks of the plan, by the name of their group and their order. */
export class ExactSubnets implements IIpAddresses {
  constructor(private readonly network: NetworkPlan) {}

  /** Block of the VPC. */
  public allocateVpcCidr(): VpcIpamOptions {
    return { cidrBlock: this.network.vpcCidr };
  }

  /** Blocks of the subnets, in the order in which they are asked for. */
  public allocateSubnetsCidr(input: AllocateCidrRequest): SubnetIpamOptions {
    const taken = new Map<string, number>();
    return {
      allocatedSubnets: input.requestedSubnets.map((request) => {
        const use = request.configuration.name;
        const index = taken.get(use) ?? 0;
        taken.set(use, index + 1);
        return { cidr: this.network.subnets.filter((subnet) => subnet.use === use)[index].cidr };
      }),
    };
  }
}
