import { Problems } from '@viridial/core';
import { RenderedPlatform, Repository } from '@viridial/platform-addons';
import { ProofReport } from '@viridial/proof';
import { Stack, Stage } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { IFileSystem } from 'aws-cdk-lib/aws-efs';
import { Cluster } from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { buildStacks } from './stacks';
import { Acknowledgement } from '../acknowledgement';
import { EksPlatformProps } from '../eks-platform-props';
import { EksPlan } from '../plan/eks-plan';
import { planEks } from '../plan-eks';

/**
 * One platform on Amazon EKS: three stacks, `<id>-network`, `<id>-data` and `<id>-cluster`, of which each can be deployed and
 * kept without the next.
 *
 * The constructor plans, checks and builds, and is done when it returns: there is nothing to await.
 */
export class EksPlatform extends Construct {
  /** What was planned: everything the stacks contain, as data. */
  public readonly plan: EksPlan;

  /** The VPC. */
  public readonly networkStack: Stack;

  /** Keys and file system. */
  public readonly dataStack: Stack;

  /** The cluster with its nodes, add-ons and identities. */
  public readonly clusterStack: Stack;

  /** The VPC, for what else lives in it. */
  public readonly vpc: IVpc;

  /** The file system behind the shared volumes. */
  public readonly fileSystem: IFileSystem;

  /**
   * The cluster of CDK, for what the properties do not cover. What the plan decides (endpoint, authentication,
   * encryption, logs) cannot be changed through it: synthesis refuses a template that differs from the plan.
   */
  public readonly cluster: Cluster;

  /** Findings of cdk-nag's AwsSolutions that are accepted, each with its construct and reason. */
  public readonly acknowledgements: Acknowledgement[];

  private judged?: ProofReport;

  /**
   * Plans a platform and builds its stacks.
   *
   * @param scope an app, a stage, or a construct in one
   * @param id id of the platform, with which the names of its stacks begin
   * @param props what is wanted, and where
   * @throws InvalidInputError with everything that is wrong with the props, before anything is built
   */
  constructor(scope: Construct, id: string, props: EksPlatformProps) {
    const plan = planEks(id, props);
    claimName(scope, id, plan);
    super(scope, id);
    this.plan = plan;
    const { network, data, cluster, acknowledgements } = buildStacks(this, plan);
    this.networkStack = network;
    this.dataStack = data;
    this.clusterStack = cluster;
    this.vpc = network.vpc;
    this.fileSystem = data.fileSystem;
    this.cluster = cluster.cluster;
    this.acknowledgements = acknowledgements;
  }

  /** The platform, rendered for this cluster: manifests, charts, secret slots, expectations. */
  public get rendered(): RenderedPlatform {
    return this.plan.rendered;
  }

  /** The GitOps tree of this cluster: write it into the repository that Argo CD reconciles. */
  public get repository(): Repository {
    return this.plan.rendered.repository;
  }

  /** Judgement of what was rendered by evaluators that share no code with the renderers. Made once, when it is asked for. */
  public get proof(): ProofReport {
    this.judged ??= this.plan.rendered.proof();
    return this.judged;
  }
}

/** Clusters by stage, so that names are found to be taken before anything is built. */
const CLAIMS = new WeakMap<object, Map<string, string>>();

/** Two clusters of one name in one region of one account: the second deployment would fail half-way, or take over the first. */
function claimName(scope: Construct, id: string, plan: EksPlan): void {
  const stage = Stage.isStage(scope) ? scope : Stage.of(scope) ?? scope.node.root; // of() looks above what it is given
  const claims = CLAIMS.get(stage) ?? new Map<string, string>();
  CLAIMS.set(stage, claims);
  const key = JSON.stringify([plan.account, plan.region, plan.cluster.name]);
  const owner = claims.get(key);
  const problems = new Problems();
  if (owner !== undefined && owner !== `${scope.node.path}/${id}`) {
    problems.error({
      code: 'ClusterNameTaken',
      path: 'clusterName',
      message: `platform '${owner.replace(/^\//, '')}' of this app has a cluster ${plan.cluster.name} in ${plan.region} already`,
      value: plan.cluster.name,
      cure: 'set clusterName to another name, or deploy to another region or account',
    });
  }
  problems.throwIfErrors(`EKS platform '${id}'`);
  claims.set(key, `${scope.node.path}/${id}`);
}
