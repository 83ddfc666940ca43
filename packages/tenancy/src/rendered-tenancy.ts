import { ClusterProfile, Expectation, InvalidInputError, Manifests, Problem } from '@viridial/core';
import { BudgetTotal, Commitment } from './budget-total';
import { NamespaceAdmission } from './namespace-admission';
import { commitmentsOf, totalsOf } from './private/budget-totals';
import { sortedOnce } from './private/compare';
import { AllRights, expectationsIn, expectationsOf, rightsOf } from './private/expectations';
import { isRetired } from './private/lifecycle';
import { bindingsElsewhere, peersOf } from './private/proof-scope';
import { pruneStepsOf } from './private/prune-steps';
import { clusterFiles, RenderInput } from './private/render';
import { RenderedNamespace } from './private/rendered-namespace';
import { PruneStep } from './prune-step';
import { RenderedTenant } from './rendered-tenant';
import { RenderedApplication } from './tenant-application';

/**
 * A tenancy rendered for one cluster: plain objects, the files they belong into, and what they promise. Everything is in
 * one order and in the same bytes for the same tenancy and profile.
 *
 * `files`, `manifests` and `expectations` hold everything at once. For thousands of tenants take `tenant` one by one,
 * and `sharedFiles`.
 */
export class RenderedTenancy {
  /** @internal */
  public static _of(namespaces: RenderedNamespace[], input: RenderInput, deployerNamespace: string, warnings: Problem[]): RenderedTenancy {
    return new RenderedTenancy(namespaces, input, deployerNamespace, warnings);
  }

  /** Names of the tenants that the cluster carries an environment of, sorted. */
  public readonly tenants: string[];
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
  private readonly byTenant: Map<string, RenderedNamespace[]>;
  private readonly input: RenderInput;
  private readonly profile: ClusterProfile;
  private allRights?: AllRights;
  private promised?: Expectation[];
  private inFiles?: { [path: string]: any[] };
  private ordered?: any[];

  private constructor(rendered: RenderedNamespace[], input: RenderInput, deployerNamespace: string, warnings: Problem[]) {
    this.rendered = rendered;
    this.input = input;
    this.profile = input.profile;
    this.deployerNamespace = deployerNamespace;
    this.warnings = warnings;
    this.byTenant = groupByTenant(rendered);
    const ofTenants = [...this.byTenant.values()].flat();
    const working = ofTenants.filter(({ tenant }) => !isRetired(tenant!.tenant));
    const ofEach = (read: (namespace: RenderedNamespace) => string) => (
      Object.fromEntries([...this.byTenant].map(([name, own]) => [name, own.map(read)])));
    this.tenants = [...this.byTenant.keys()];
    this.tenantFiles = ofEach(({ path }) => path);
    this.tenantNamespaces = ofEach(({ name }) => name);
    this.sharedNamespaces = rendered.filter(({ name, tenant }) => !tenant && name !== deployerNamespace).map(({ name }) => name);
    this.deployers = Object.fromEntries(working.map(({ name }) => [name, `${deployerNamespace}/${name}`]));
    this.ingressHosts = Object.fromEntries(working
      .filter(({ tenant }) => tenant!.tenant.ingressHosts.length > 0)
      .map(({ name, tenant }) => [name, sortedOnce(tenant!.tenant.ingressHosts)]));
  }

  /** All namespaces that the tenancy makes, by name: those of tenants, the shared ones, and the one of the deployers. */
  public get namespaces(): string[] {
    return sortedOnce(this.rendered.map(({ name }) => name));
  }

  /**
   * The objects by the path of their file: `tenants/<tenant>/<namespace>.yaml`, `shared/<namespace>.yaml` and
   * `cluster/<what>.yaml`: admission, network-tier, pod-security-exceptions and roles. Every object is in exactly one file.
   */
  public get files(): { [path: string]: any[] } {
    this.inFiles ??= { ...filesOf([...this.byTenant.values()].flat()), ...this.sharedFiles };
    return { ...this.inFiles };
  }

  /** The files that belong to no tenant: shared namespaces, the deployers' namespace, and what guards the whole cluster. */
  public get sharedFiles(): { [path: string]: any[] } {
    return { ...clusterFiles(this.input), ...filesOf(this.rendered.filter(({ tenant }) => tenant === undefined)) };
  }

  /** All objects in the order in which a cluster can take them. */
  public get manifests(): any[] {
    this.ordered ??= Manifests.order(Object.values(this.files).flat());
    return [...this.ordered];
  }

  /**
   * What the objects promise, in neutral words that `proof` judges: who reaches whom and who does not, the Pod Security
   * levels, the bounds, what admission refuses and admits, and what each member may and may not do.
   */
  public get expectations(): Expectation[] {
    this.promised ??= expectationsOf(this.rendered, this.input, this.rights());
    return [...this.promised];
  }

  /** Applications of all tenants, by tenant, environment and name. */
  public get applications(): RenderedApplication[] {
    return this.tenants.flatMap((name) => this.tenant(name).applications);
  }

  /** What admission has to know about the namespaces of tenants. */
  public get admission(): NamespaceAdmission[] {
    return this.tenants.flatMap((name) => this.tenant(name).admission);
  }

  /** What the quotas of each environment allow together, by environment; the shared namespaces and that of the deployers last. */
  public get budgetTotals(): BudgetTotal[] {
    return totalsOf(this.rendered);
  }

  /** What all quotas promise of CPU, memory and pods against the capacity of the profile; empty when that is not known. */
  public get commitments(): Commitment[] {
    return commitmentsOf(this.rendered, this.profile);
  }

  /** What is to be removed of retired tenants, in order. Without `deleteData` no step loses data. */
  public get pruneSteps(): PruneStep[] {
    return pruneStepsOf(this.rendered, this.deployerNamespace);
  }

  /**
   * One tenant.
   * @param name name of the tenant
   * @throws InvalidInputError when the cluster carries no environment of a tenant of this name
   */
  public tenant(name: string): RenderedTenant {
    const own = this.namespacesOf(name);
    return RenderedTenant._of(name, own, this.deployerNamespace, () => (
      expectationsIn(own, this.input, this.rights(), this.deployerNamespace)));
  }

  /**
   * The objects that decide whether the promises of some tenants are kept: their own, those of the tenants they talk to, the
   * bindings of their members with other tenants, the shared namespaces, and what guards the cluster. To prove these tenants again after a
   * change of them, judge these objects and the `expectations` of these tenants: that costs what they cost, not what all
   * tenants cost.
   * @param tenants names of tenants
   * @throws InvalidInputError when the cluster carries no environment of one of them
   */
  public proofScope(tenants: string[]): any[] {
    const asked = tenants.flatMap((name) => this.namespacesOf(name));
    const whole = sortedOnce([...tenants, ...peersOf(asked)]).flatMap((name) => this.byTenant.get(name) ?? []);
    const byName = new Map(this.rendered.map((namespace) => [namespace.name, namespace]));
    return Manifests.order([
      ...whole.flatMap(({ objects }) => objects()),
      ...bindingsElsewhere(whole, this.rights(), byName, this.deployerNamespace),
      ...Object.values(this.sharedFiles).flat(),
    ]);
  }

  private rights(): AllRights {
    this.allRights ??= rightsOf(this.rendered, this.deployerNamespace);
    return this.allRights;
  }

  private namespacesOf(name: string): RenderedNamespace[] {
    const own = this.byTenant.get(name);
    if (own !== undefined) return own;
    throw new InvalidInputError(`tenants on ${this.profile.name}`, [Problem.error({
      code: 'UnknownTenant',
      path: 'name',
      message: `the cluster carries no environment of a tenant ${name}`,
      value: name,
      allowed: this.tenants.length > 20 ? 'names in tenants' : this.tenants.join(', '),
      cure: 'take a name of rendered.tenants',
    })]);
  }
}

function groupByTenant(namespaces: RenderedNamespace[]): Map<string, RenderedNamespace[]> {
  const groups = new Map<string, RenderedNamespace[]>();
  for (const namespace of namespaces) {
    if (namespace.tenant === undefined) continue;
    const { name } = namespace.tenant.tenant;
    const own = groups.get(name);
    if (own === undefined) groups.set(name, [namespace]);
    else own.push(namespace);
  }
  return groups;
}

function filesOf(namespaces: RenderedNamespace[]): { [path: string]: any[] } {
  return Object.fromEntries(namespaces.map(({ path, objects }) => [path, objects()]));
}
