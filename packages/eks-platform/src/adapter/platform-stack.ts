import { Stack, StackProps, Tags } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { removeRedundantDependencies } from './redundant-dependencies';
import { EksPlan } from '../plan/eks-plan';

/** Limits of CloudFormation are 500 resources and 1 MB; who comes near them should split before a deployment fails. */
const MOST_RESOURCES = 400;
const MOST_BYTES = 800_000;

/** One of the stacks of a platform: it knows its zones, so that nothing is looked up, and it refuses to grow beyond what can be deployed. */
export class PlatformStack extends Stack {
  private readonly zones: string[];

  constructor(scope: Construct, id: string, plan: EksPlan, props: StackProps = {}) {
    super(scope, id, {
      stackName: `${plan.id}-${id}`,
      env: { region: plan.region, account: plan.account },
      terminationProtection: plan.data.keep,
      ...props,
    });
    this.zones = [...plan.network.zones];
    for (const [key, value] of Object.entries(plan.tags)) Tags.of(this).add(key, value);
  }

  /** Zones of the plan: CDK would ask AWS for them. */
  public override get availabilityZones(): string[] {
    return [...this.zones];
  }

  protected override _toCloudFormation(): any {
    const template = super._toCloudFormation();
    removeRedundantDependencies(template);
    const resources = Object.keys(template.Resources ?? {}).length;
    const bytes = JSON.stringify(template).length;
    if (resources > MOST_RESOURCES || bytes > MOST_BYTES) {
      throw new Error(`stack ${this.stackName} has ${resources} resources and ${bytes} bytes, allowed are ${MOST_RESOURCES} and ${MOST_BYTES}`
        + ' (StackTooLarge); cure: put what you added into a stack of your own, or into the GitOps tree');
    }
    return template;
  }
}
