import { PodSecurityLevel } from './pod-security-level';

/** One released version of a chart, as the catalogue pins it. */
export interface ChartRelease {
  /** Name in the catalogue. */
  readonly name: string;

  /** Name of the chart in its repository. */
  readonly chart: string;

  /** Address of the chart repository: `https://…`, or `oci://…` without the chart's name. */
  readonly repository: string;

  /** Version of the chart, exactly as the repository writes it (cert-manager's starts with a v). */
  readonly version: string;

  /**
   * Version of the software in it.
   *
   * @default - the chart does not say
   */
  readonly appVersion?: string;

  /** Namespace it is usually installed in. */
  readonly namespace: string;

  /** Full names of the custom resource definitions it brings: `certificates.cert-manager.io`. */
  readonly crds: string[];

  /** The strictest Pod Security level its pods pass with default values. */
  readonly podSecurityLevel: PodSecurityLevel;

  /**
   * Versions of Kubernetes the chart accepts, as Helm reads ranges: `>=1.25.0-0`.
   *
   * @default - the chart does not say
   */
  readonly kubernetesRange?: string;

  /** Day of the evidence: that of the release commit in which the version was read, as `YYYY-MM-DD`. */
  readonly readOn: string;
}
