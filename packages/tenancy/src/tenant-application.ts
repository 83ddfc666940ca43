/**
 * Software that a GitOps engine delivers into the namespaces of a tenant: a folder of a repository, or a chart. It can
 * consist of what the tenant's project allows, and reach no namespace of anybody else.
 */
export interface TenantApplication {
  /** Name of the application, a DNS label. */
  readonly name: string;
  /** Address of the Git repository, or of the chart repository: `https://…`, `ssh://…`, `git@host:path`, or `oci://…` for a chart. Without credentials. */
  readonly repository: string;
  /**
   * Folder in the repository; `{environment}` stands for the name of the environment: `deploy/overlays/{environment}`.
   * @default - the application is a chart
   */
  readonly path?: string;
  /**
   * Name of the chart.
   * @default - the application is a folder
   */
  readonly chart?: string;
  /**
   * Branch, tag or commit of the folder, or version of the chart; `{environment}` stands for the name of the environment.
   * @default 'HEAD' - for a folder; a chart needs a version
   */
  readonly revision?: string;
  /**
   * Values of the chart. No secrets: they end up in Git.
   * @default - the chart's own
   */
  readonly values?: { [key: string]: any };
  /**
   * Environments it is delivered to.
   * @default - all environments of the tenant
   */
  readonly environments?: string[];
}

/** An application in one environment, as a GitOps writer needs it. */
export interface RenderedApplication {
  /** `<namespace>.<application>`: unique in the cluster, and never the name of an add-on. */
  readonly id: string;
  /** Name of the application. */
  readonly name: string;
  /** The tenant. */
  readonly tenant: string;
  /** The environment. */
  readonly environment: string;
  /** The namespace it goes into. */
  readonly namespace: string;
  /** Address of the repository. */
  readonly repository: string;
  /**
   * Folder in the repository.
   * @default - it is a chart
   */
  readonly path?: string;
  /**
   * Name of the chart.
   * @default - it is a folder
   */
  readonly chart?: string;
  /** Branch, tag, commit or version. */
  readonly revision: string;
  /**
   * Values of the chart.
   * @default - the chart's own
   */
  readonly values?: { [key: string]: any };
  /** The service account that may deliver into the namespace, as `namespace/name`. */
  readonly deployer: string;
}
