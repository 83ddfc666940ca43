import { Expectation, Manifests } from '@viridial/core';
import { NamespaceAdmission } from './namespace-admission';
import { admissionOf } from './private/annotations';
import { applicationsIn } from './private/applications';
import { isRetired } from './private/lifecycle';
import { RenderedNamespace } from './private/rendered-namespace';
import { RenderedApplication } from './tenant-application';

/**
 * One tenant on one cluster. Objects and promises are made when they are asked for and not kept: whoever writes thousands
 * of tenants one after the other never has more than one of them in memory.
 */
export class RenderedTenant {
  /** @internal */
  public static _of(name: string, namespaces: RenderedNamespace[], deployerNamespace: string, promises: () => Expectation[]): RenderedTenant {
    return new RenderedTenant(name, namespaces, deployerNamespace, promises);
  }

  private constructor(
    /** Name of the tenant. */
    public readonly name: string,
    private readonly rendered: RenderedNamespace[],
    private readonly deployerNamespace: string,
    private readonly promises: () => Expectation[],
  ) {}

  /** Its namespaces, by name. */
  public get namespaces(): string[] {
    return this.rendered.map(({ name }) => name);
  }

  /** Its objects by the path of their file, one file for each namespace. */
  public get files(): { [path: string]: any[] } {
    return Object.fromEntries(this.rendered.map(({ path, objects }) => [path, objects()]));
  }

  /** Its objects in the order in which a cluster can take them. */
  public get manifests(): any[] {
    return Manifests.order(this.rendered.flatMap(({ objects }) => objects()));
  }

  /**
   * What its objects promise: who reaches whom, Pod Security levels, bounds, and what its members may and may not do. About
   * a member of several tenants it says what the member may do here, and that there is nothing where nobody gave a role.
   */
  public get expectations(): Expectation[] {
    return this.promises();
  }

  /** Its applications, environment by environment, by name. */
  public get applications(): RenderedApplication[] {
    return this.rendered.flatMap(({ tenant, environment }) => (
      isRetired(tenant!.tenant) ? [] : applicationsIn(tenant!.tenant, environment!, this.deployerNamespace)));
  }

  /** What admission has to know about its namespaces. */
  public get admission(): NamespaceAdmission[] {
    return this.rendered.map(({ tenant, environment, name, bounds }) => admissionOf(tenant!.tenant, environment!, name, bounds));
  }
}
