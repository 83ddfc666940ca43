import { ClusterProfile, Expectation, Problem, SecretSlot } from '@viridial/core';
import { AcceptedFinding, Proof, ProofReport } from '@viridial/proof';
import { AddOnOwner } from './add-on-owner';
import { Installation } from './installation';
import { Repository } from './repository';

/** What a rendered platform consists of. */
export interface RenderedPlatformProps {
  /** What the cluster is like. */
  readonly profile: ClusterProfile;
  /** Name of the cluster. */
  readonly clusterName: string;
  /** Every plain object beside the charts. */
  readonly manifests: any[];
  /** The charts, in the order of installation. */
  readonly installations: Installation[];
  /** Who installs each add-on, by its name. */
  readonly owners: { [addOn: string]: AddOnOwner };
  /** What the policy promises. */
  readonly expectations: Expectation[];
  /** What a proof objects to and what is accepted. */
  readonly accepted: AcceptedFinding[];
  /** Secrets that somebody has to fill. */
  readonly secretSlots: SecretSlot[];
  /** What is unwise. */
  readonly warnings: Problem[];
  /** The tree of the cluster. */
  readonly repository: Repository;
  /** Objects that the bootstrap applies. */
  readonly bootstrap: any[];
}

/** A platform on one cluster: everything that has to be there, as data. */
export class RenderedPlatform {
  /** What the cluster is like. */
  public readonly profile: ClusterProfile;
  /** Name of the cluster. */
  public readonly clusterName: string;
  /** Every plain object beside the charts, in an order that an API server takes: tenancy, namespaces of add-ons, issuers, storage classes. */
  public readonly manifests: any[];
  /** The charts, in the order of installation. */
  public readonly installations: Installation[];
  /** Who installs each add-on, by its name. */
  public readonly owners: { [addOn: string]: AddOnOwner };
  /** What a proof objects to and what is accepted, with the reasons. */
  public readonly accepted: AcceptedFinding[];
  /** Secrets that somebody has to fill, sorted. */
  public readonly secretSlots: SecretSlot[];
  /** What is unwise, sorted. */
  public readonly warnings: Problem[];
  /** The tree of the cluster; empty when no repository was asked for. */
  public readonly repository: Repository;
  /**
   * Objects that the bootstrap applies so that the tree takes over: the namespaces of what is installed before, the project
   * of the platform and the root Application. Namespaces go before the chart of the engine, the other two after it.
   */
  public readonly bootstrap: any[];
  private promised?: Expectation[];

  /** @param props what it consists of; made by `Platform.render` */
  constructor(private readonly props: RenderedPlatformProps) {
    this.profile = props.profile;
    this.clusterName = props.clusterName;
    this.manifests = props.manifests;
    this.installations = props.installations;
    this.owners = props.owners;
    this.accepted = props.accepted;
    this.secretSlots = props.secretSlots;
    this.warnings = props.warnings;
    this.repository = props.repository;
    this.bootstrap = props.bootstrap;
  }

  /** What the policy promises; the proof judges it. Put together when it is asked for, because who only renders does not ask. */
  public get expectations(): Expectation[] {
    this.promised ??= this.props.expectations;
    return [...this.promised];
  }

  /** Judges the plain objects and the declared footprints of the charts against what the policy promises. */
  public proof(): ProofReport {
    const footprints = this.installations.flatMap((installation) => installation.footprint.manifests(installation.namespace));
    return Proof.of([...this.manifests, ...footprints], { profile: this.profile, expectations: this.expectations, accepted: this.accepted }).report();
  }
}
