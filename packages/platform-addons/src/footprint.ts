import { AcceptedFinding } from '@viridial/proof';
import { Flow } from '@viridial/security-policy';
import { FootprintAccount } from './footprint-account';
import { FootprintWorkload } from './footprint-workload';
import { acceptedOf, renderFootprint } from './private/footprint-objects';

/** What a footprint declares. */
export interface FootprintProps {
  /**
   * Workloads.
   * @default - none
   */
  readonly workloads?: FootprintWorkload[];
  /**
   * Service accounts with their rights.
   * @default - none
   */
  readonly accounts?: FootprintAccount[];
  /**
   * Who the pods talk to and who talks to them, beyond their own namespace.
   * @default - none
   */
  readonly flows?: Flow[];
  /**
   * Names of the CustomResourceDefinitions, such as `certificates.cert-manager.io`.
   * @default - none
   */
  readonly customResourceDefinitions?: string[];
}

/**
 * What an add-on brings into a cluster: the workloads with their access to the node, the service accounts with
 * their rights, the flows, the custom resources.
 *
 * A footprint is declared by hand from the chart of the pinned version and judged like any other manifest, so
 * that the proof sees what a chart does before the chart is fetched. It is never applied.
 */
export class Footprint {
  /** Workloads, in the order of declaration. */
  public readonly workloads: FootprintWorkload[];
  /** Service accounts with their rights, in the order of declaration. */
  public readonly accounts: FootprintAccount[];
  /** Flows beyond the add-on's own namespace. */
  public readonly flows: Flow[];
  /** Names of the CustomResourceDefinitions. */
  public readonly customResourceDefinitions: string[];

  constructor(props: FootprintProps = {}) {
    this.workloads = [...props.workloads ?? []];
    this.accounts = [...props.accounts ?? []];
    this.flows = [...props.flows ?? []];
    this.customResourceDefinitions = [...props.customResourceDefinitions ?? []];
  }

  /**
   * The workloads, service accounts, roles and bindings as plain Kubernetes objects, for the proof.
   * @param namespace namespace that the add-on is installed in
   */
  public manifests(namespace: string): any[] {
    return renderFootprint(this, namespace);
  }

  /**
   * What a proof of these objects objects to and what is accepted, with the reasons.
   * @param namespace namespace that the add-on is installed in
   */
  public accepted(namespace: string): AcceptedFinding[] {
    return acceptedOf(this, namespace);
  }
}
