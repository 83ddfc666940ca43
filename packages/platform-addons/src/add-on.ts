import { Distribution, Problem, SecretSlot } from '@viridial/core';
import { AddOnContext } from './add-on-context';
import { Footprint } from './footprint';
import { Installation } from './installation';
import { Need } from './need';
import { nothing } from './private/nothing';

/** What every add-on declares about itself. */
export interface AddOnProps {
  /** Name, a DNS label, unique on a platform. It names the Helm release and the Application. */
  readonly name: string;
  /**
   * Needs of a platform that the add-on meets.
   * @default - none
   */
  readonly meets?: Need[];
  /**
   * What must be installed before it: names of add-ons, or needs.
   * @default - nothing
   */
  readonly requires?: string[];
  /**
   * Names of add-ons that cannot be on the same cluster.
   * @default - none
   */
  readonly conflictsWith?: string[];
  /**
   * Grounds that it works on.
   * @default - every ground
   */
  readonly distributions?: Distribution[];
}

/**
 * One service of a platform, such as cert-manager: what it needs, what it conflicts with, and how it is
 * installed on a given cluster.
 *
 * Add-ons say what; the profile of the cluster says where. An add-on is plain data and may be used on many
 * platforms and clusters.
 */
export abstract class AddOn {
  /** Name, a DNS label, unique on a platform. */
  public readonly name: string;
  /** Needs of a platform that it meets. */
  public readonly meets: Need[];
  /** What must be installed before it: names of add-ons, or needs. */
  public readonly requires: string[];
  /** Names of add-ons that cannot be on the same cluster. */
  public readonly conflictsWith: string[];
  /** Grounds that it works on; empty means every ground. */
  public readonly distributions: Distribution[];

  constructor(props: AddOnProps) {
    this.name = props.name;
    this.meets = [...props.meets ?? []];
    this.requires = [...props.requires ?? []];
    this.conflictsWith = [...props.conflictsWith ?? []];
    this.distributions = [...props.distributions ?? []];
  }

  /**
   * The chart to install on a cluster.
   * @param context the cluster
   */
  public abstract install(context: AddOnContext): Installation;

  /**
   * What it brings into a cluster.
   * @param context the cluster
   */
  public footprint(context: AddOnContext): Footprint {
    return new Footprint({ workloads: nothing(context) });
  }

  /**
   * Secrets that somebody has to fill before it works.
   * @param context the cluster
   */
  public secretSlots(context: AddOnContext): SecretSlot[] {
    return nothing(context);
  }

  /**
   * Plain objects beside the chart, which exist after it: issuers, storage classes.
   * @param context the cluster
   */
  public manifests(context: AddOnContext): any[] {
    return nothing(context);
  }

  /**
   * What is wrong or unwise about the add-on on this cluster.
   * @param context the cluster
   */
  public problems(context: AddOnContext): Problem[] {
    return nothing(context);
  }
}
