import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledgements';
import { ClusterStack, NODE_POLICIES } from './cluster-stack';
import { DataStack } from './data-stack';
import { NetworkStack } from './network-stack';
import { Acknowledgement } from '../acknowledgement';
import { EksPlan } from '../plan/eks-plan';

/** Context that decides whether what another stack uses can be taken away (aws-cdk-lib, "Reference strength"). */
const REFERENCE_STRENGTH = '@aws-cdk/core:defaultCrossStackReferences';

/** The stacks of a platform, in the order of their deployment. */
export interface Stacks {
  /** The VPC. */
  readonly network: NetworkStack;
  /** Keys and file system. */
  readonly data: DataStack;
  /** The cluster. */
  readonly cluster: ClusterStack;
  /** Findings that are accepted in them. */
  readonly acknowledgements: Acknowledgement[];
}

/** Turns a plan into stacks below a construct, synchronously. */
export function buildStacks(scope: Construct, plan: EksPlan): Stacks {
  // nobody can delete a network that a cluster stands on; an app that wants it otherwise says so in its own context
  if (scope.node.tryGetContext(REFERENCE_STRENGTH) === undefined) scope.node.setContext(REFERENCE_STRENGTH, 'strong');
  const network = new NetworkStack(scope, plan);
  const data = new DataStack(scope, plan, network);
  const cluster = new ClusterStack(scope, plan, network, data);
  // on a stack, because the command line shows what stacks are annotated with, and nothing above them
  for (const warning of plan.warnings) Annotations.of(cluster).addWarningV2(`@viridial/eks-platform:${warning.code}`, warning.toString());
  return { network, data, cluster, acknowledgements: acknowledge(network, cluster, plan, NODE_POLICIES) };
}
