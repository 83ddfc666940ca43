import { PodSecurityLevel } from '@viridial/core';
import { Footprint } from './footprint';
import { WorkloadKind } from './footprint-workload';
import { GeneratedField } from './generated-field';
import { WorkloadIdentity } from './workload-identity';
import { WorkloadReference } from './workload-reference';

/** What an installation says. */
export interface InstallationProps {
  /** Name of the add-on, and of the Helm release. */
  readonly name: string;
  /** Namespace the chart is installed in. */
  readonly namespace: string;
  /** Name of the chart in its repository. */
  readonly chart: string;
  /** Address of the chart repository, `https://…` or `oci://…`. */
  readonly repository: string;
  /** Exact version of the chart. */
  readonly version: string;
  /**
   * Version of the software inside the chart.
   * @default - not said
   */
  readonly appVersion?: string;
  /**
   * Values of the chart. References to secrets only, never a secret value.
   * @default - the chart's own
   */
  readonly values?: { [key: string]: any };
  /**
   * Pod Security level that its namespace must allow at least.
   * @default PodSecurityLevel.RESTRICTED
   */
  readonly podSecurityLevel?: PodSecurityLevel;
  /**
   * Names of the CustomResourceDefinitions that the chart brings.
   * @default - none
   */
  readonly customResourceDefinitions?: string[];
  /**
   * What it brings into the cluster.
   * @default - nothing is declared
   */
  readonly footprint?: Footprint;
  /**
   * Fields that the chart makes anew at each rendering.
   * @default - none
   */
  readonly generatedFields?: GeneratedField[];
  /**
   * Service accounts that need rights at the cloud provider.
   * @default - none
   */
  readonly identities?: WorkloadIdentity[];
  /**
   * Whether the installer has to make the namespace.
   * @default false
   */
  readonly createNamespace?: boolean;
  /**
   * Place in the order of installation: lower waves first, equal waves in any order.
   * @default 0
   */
  readonly wave?: number;
}

/**
 * One chart to install: where it comes from, where it goes, with which values, and what it brings.
 *
 * Each ground turns it into what it can run: an Application of Argo CD, a Helm release of a blueprint.
 */
export class Installation {
  /** Name of the add-on, and of the Helm release. */
  public readonly name: string;
  /** Namespace the chart is installed in. */
  public readonly namespace: string;
  /** Name of the chart in its repository. */
  public readonly chart: string;
  /** Address of the chart repository, `https://…` or `oci://…`. */
  public readonly repository: string;
  /** Exact version of the chart. */
  public readonly version: string;
  /** Version of the software inside the chart, when it is known. */
  public readonly appVersion?: string;
  /** Values of the chart. References to secrets only, never a secret value. */
  public readonly values: { [key: string]: any };
  /** Pod Security level that its namespace must allow at least. */
  public readonly podSecurityLevel: PodSecurityLevel;
  /** Names of the CustomResourceDefinitions that the chart brings, sorted. */
  public readonly customResourceDefinitions: string[];
  /** What it brings into the cluster. */
  public readonly footprint: Footprint;
  /** Fields that the chart makes anew at each rendering. */
  public readonly generatedFields: GeneratedField[];
  /** Service accounts that need rights at the cloud provider. */
  public readonly identities: WorkloadIdentity[];
  /** Whether the installer has to make the namespace. */
  public readonly createNamespace: boolean;
  /** Place in the order of installation: lower waves first, equal waves in any order. */
  public readonly wave: number;

  constructor(props: InstallationProps) {
    this.name = props.name;
    this.namespace = props.namespace;
    this.chart = props.chart;
    this.repository = props.repository;
    this.version = props.version;
    this.appVersion = props.appVersion;
    this.values = props.values ?? {};
    this.podSecurityLevel = props.podSecurityLevel ?? PodSecurityLevel.RESTRICTED;
    this.customResourceDefinitions = [...props.customResourceDefinitions ?? []].sort();
    this.footprint = props.footprint ?? new Footprint();
    this.generatedFields = [...props.generatedFields ?? []];
    this.identities = [...props.identities ?? []];
    this.createNamespace = props.createNamespace ?? false;
    this.wave = props.wave ?? 0;
  }

  /** Workloads that must be ready before the add-on counts as installed. Jobs are not waited for: they may be gone by then. */
  public get readiness(): WorkloadReference[] {
    return this.footprint.workloads
      .filter((workload) => workload.kind !== WorkloadKind.JOB)
      .map((workload) => ({ apiVersion: 'apps/v1', kind: workload.kind, namespace: this.namespace, name: workload.name }));
  }

  /**
   * The same installation at a place in the order.
   * @param wave lower waves first
   * @param createNamespace whether the installer has to make the namespace
   */
  public placed(wave: number, createNamespace: boolean): Installation {
    return new Installation({
      name: this.name,
      namespace: this.namespace,
      chart: this.chart,
      repository: this.repository,
      version: this.version,
      appVersion: this.appVersion,
      values: this.values,
      podSecurityLevel: this.podSecurityLevel,
      customResourceDefinitions: this.customResourceDefinitions,
      footprint: this.footprint,
      generatedFields: this.generatedFields,
      identities: this.identities,
      createNamespace,
      wave,
    });
  }

  /** Everything but the footprint's details as plain data, for a plan that people and programs read. */
  public toJson(): any {
    return {
      name: this.name,
      namespace: this.namespace,
      createNamespace: this.createNamespace,
      chart: this.chart,
      repository: this.repository,
      version: this.version,
      ...(this.appVersion === undefined ? {} : { appVersion: this.appVersion }),
      wave: this.wave,
      podSecurityLevel: this.podSecurityLevel,
      customResourceDefinitions: [...this.customResourceDefinitions],
      readiness: this.readiness,
      identities: this.identities,
      values: this.values,
    };
  }
}
