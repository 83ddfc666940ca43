import { ClusterProfile, Expectation, Manifests, Problem } from '@viridial/core';
import { sortedOnce } from './private/compare';
import { expectationsOf } from './private/expectations';
import { RenderedNamespace, roleObjects, ROLES_FILE } from './private/render';

/**
 * A tenancy rendered for one cluster: plain objects, the files they belong into, and what they promise. Everything is in
 * one order and in the same bytes for the same tenancy and profile.
 */
export class RenderedTenancy {
  /** @internal */
  public static _of(namespaces: RenderedNamespace[], profile: ClusterProfile, deployerNamespace: string, warnings: Problem[]): RenderedTenancy {
    return new RenderedTenancy(namespaces, profile, deployerNamespace, warnings);
  }

  /**
   * The objects by the path of their file: `tenants/<tenant>/<namespace>.yaml`, `shared/<namespace>.yaml` and
   * `cluster/roles.yaml`. Every object is in exactly one file.
   */
  public readonly files: { [path: string]: any[] };
  /** The files of each tenant, by its name. A tenant that the cluster carries no environment of has none. */
  public readonly tenantFiles: { [tenant: string]: string[] };
  /** The namespaces of each tenant, by its name. */
  public readonly tenantNamespaces: { [tenant: string]: string[] };
  /** The shared namespaces. */
  public readonly sharedNamespaces: string[];
  /** The namespace with the service accounts that deliver. */
  public readonly deployerNamespace: string;
  /** The service account that delivers into a namespace, as `namespace/name`, by that namespace. */
  public readonly deployers: { [namespace: string]: string };
  /** The host names that a namespace serves, by the namespace; only those that serve some. */
  public readonly ingressHosts: { [namespace: string]: string[] };
  /** What is merely unwise. */
  public readonly warnings: Problem[];

  private readonly rendered: RenderedNamespace[];
  private readonly profile: ClusterProfile;
  private promised?: Expectation[];
  private ordered?: any[];

  private constructor(rendered: RenderedNamespace[], profile: ClusterProfile, deployerNamespace: string, warnings: Problem[]) {
    this.rendered = rendered;
    this.profile = profile;
    this.deployerNamespace = deployerNamespace;
    this.warnings = warnings;
    const ofTenants = rendered.filter(({ tenant }) => tenant !== undefined);
    this.files = Object.fromEntries([[ROLES_FILE, roleObjects()], ...rendered.map(({ path, objects }): [string, any[]] => [path, objects])]);
    this.tenantFiles = byTenant(ofTenants, ({ path }) => path);
    this.tenantNamespaces = byTenant(ofTenants, ({ name }) => name);
    this.sharedNamespaces = rendered.filter(({ name, tenant }) => !tenant && name !== deployerNamespace).map(({ name }) => name);
    this.deployers = Object.fromEntries(ofTenants.map(({ name }) => [name, `${deployerNamespace}/${name}`]));
    this.ingressHosts = Object.fromEntries(ofTenants
      .filter(({ tenant }) => tenant!.tenant.ingressHosts.length > 0)
      .map(({ name, tenant }) => [name, sortedOnce(tenant!.tenant.ingressHosts)]));
  }

  /** All namespaces that the tenancy makes, by name: those of tenants, the shared ones, and the one of the deployers. */
  public get namespaces(): string[] {
    return sortedOnce(this.rendered.map(({ name }) => name));
  }

  /** All objects in the order in which a cluster can take them. */
  public get manifests(): any[] {
    this.ordered ??= Manifests.order(Object.values(this.files).flat());
    return [...this.ordered];
  }

  /**
   * What the objects promise, in neutral words that `proof` judges: who reaches whom and who does not, the Pod Security
   * levels, the bounds, and what each member may and may not do.
   */
  public get expectations(): Expectation[] {
    this.promised ??= expectationsOf(this.rendered, this.profile, this.deployerNamespace);
    return [...this.promised];
  }
}

function byTenant(namespaces: RenderedNamespace[], value: (namespace: RenderedNamespace) => string): { [tenant: string]: string[] } {
  const lists = new Map<string, string[]>();
  for (const namespace of namespaces) {
    const { name } = namespace.tenant!.tenant;
    const list = lists.get(name) ?? [];
    list.push(value(namespace));
    lists.set(name, list);
  }
  return Object.fromEntries(lists);
}
