import { Catalogue, ChartRelease } from '@viridial/core';
import { AddOn, AddOnProps } from './add-on';
import { AddOnContext } from './add-on-context';
import { GeneratedField } from './generated-field';
import { Installation } from './installation';
import { deepMerge } from './private/deep-merge';
import { nothing } from './private/nothing';
import { WorkloadIdentity } from './workload-identity';

/** Options that every add-on of the catalogue has. */
export interface CatalogueAddOnOptions {
  /**
   * Namespace to install it in.
   * @default - the namespace that the catalogue names; the platform's shared namespace of that name when there is one
   */
  readonly namespace?: string;
  /**
   * Values of the chart, merged last: maps key by key, everything else replaced. What is opened here is seen by no check.
   * @default - none
   */
  readonly values?: { [key: string]: any };
}

/** What an add-on of the catalogue declares about itself. */
export interface CatalogueAddOnProps extends AddOnProps {
  /**
   * What the user asked for.
   * @default - nothing
   */
  readonly options?: CatalogueAddOnOptions;
}

/**
 * An add-on whose chart, version, namespace and Pod Security level come from the dated catalogue of versions.
 *
 * A class of the catalogue computes values; where the chart comes from is never written twice.
 */
export abstract class CatalogueAddOn extends AddOn {
  /** The chart in the catalogue. */
  public readonly release: ChartRelease;
  private readonly ownNamespace?: string;
  private readonly overrides: { [key: string]: any };

  /**
   * @param props the name must be one of the catalogue
   * @throws when the catalogue has no chart of that name
   */
  constructor(props: CatalogueAddOnProps) {
    super(props);
    this.release = Catalogue.chart(props.name);
    this.ownNamespace = props.options?.namespace;
    this.overrides = props.options?.values ?? {};
  }

  public install(context: AddOnContext): Installation {
    return new Installation({
      name: this.name,
      namespace: this.namespaceOn(context),
      chart: this.release.chart,
      repository: this.release.repository,
      version: this.release.version,
      appVersion: this.release.appVersion,
      values: deepMerge(this.valuesOn(context), this.overrides),
      podSecurityLevel: this.release.podSecurityLevel,
      customResourceDefinitions: this.release.crds,
      footprint: this.footprint(context),
      generatedFields: this.generatedFields(context),
      identities: this.identities(context),
    });
  }

  /**
   * Namespace it is installed in on a cluster.
   * @param context the cluster
   */
  public namespaceOn(context: AddOnContext): string {
    const { namespace } = this.release;
    const shared = context.sharedNamespaces ?? {};
    return this.ownNamespace ?? (Object.hasOwn(shared, namespace) ? shared[namespace] : namespace);
  }

  /**
   * Values of the chart on a cluster, before the user's own.
   * @param context the cluster
   */
  protected abstract valuesOn(context: AddOnContext): { [key: string]: any };

  /**
   * Fields that the chart makes anew at each rendering.
   * @param context the cluster
   */
  protected generatedFields(context: AddOnContext): GeneratedField[] {
    return nothing(context);
  }

  /**
   * Service accounts that need rights at the cloud provider.
   * @param context the cluster
   */
  protected identities(context: AddOnContext): WorkloadIdentity[] {
    return nothing(context);
  }
}
