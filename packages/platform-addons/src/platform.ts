import { ClusterProfile, KubernetesName, Problems } from '@viridial/core';
import { Tenancy, Tenant } from '@viridial/tenancy';
import { AddOn } from './add-on';
import { Need } from './need';
import { PlatformRenderOptions } from './platform-render-options';
import { collected } from './private/collected';
import { renderPlatform } from './private/render-platform';
import { RenderedPlatform } from './rendered-platform';

/** What is wanted everywhere. */
export interface PlatformProps {
  /** Name of the platform, a DNS label. Shared namespaces begin with it. */
  readonly name: string;
  /** Stages of the software, such as `staging` and `production`. */
  readonly environments: string[];
  /** Who shares the platform. */
  readonly tenants: Tenant[];
  /**
   * Namespaces beside those of the tenants: `monitoring` becomes `<name>-monitoring`.
   * @default - none
   */
  readonly sharedNamespaces?: string[];
  /**
   * Services that every cluster has.
   * @default - none
   */
  readonly addOns?: AddOn[];
  /**
   * What every ground must bring in its own way.
   * @default - nothing beyond what the add-ons require
   */
  readonly needs?: Need[];
  /**
   * The day, as `YYYY-MM-DD`, with which the expiry of exceptions of tenants is compared.
   * @default - not known, and an exception is refused
   */
  readonly date?: string;
  /**
   * What the API server puts before the groups of the identity provider, for members written `oidc:<group>`.
   * @default 'oidc:'
   */
  readonly oidcGroupsPrefix?: string;
}

/**
 * What is wanted everywhere: environments, tenants, add-ons and needs. Plain data without a cloud in it.
 *
 * A target renders it for its own kind of ground. `with` gives one ground its extras and leaves the platform as it is.
 */
export class Platform {
  /** Name of the platform. */
  public readonly name: string;
  /** Stages of the software. */
  public readonly environments: string[];
  /** Who shares the platform. */
  public readonly tenants: Tenant[];
  /** Namespaces beside those of the tenants, without the name of the platform. */
  public readonly sharedNamespaces: string[];
  /** Services that every cluster has, sorted by name. */
  public readonly addOns: AddOn[];
  /** What every ground must bring in its own way, sorted. */
  public readonly needs: Need[];
  /** The tenants and environments as namespaces with their bounds. */
  public readonly tenancy: Tenancy;
  private readonly date?: string;
  private readonly oidcGroupsPrefix?: string;

  /**
   * @param props what is wanted
   * @throws InvalidInputError with everything that is wrong with the name, the tenancy and the names of add-ons
   */
  constructor(props: PlatformProps) {
    const problems = new Problems();
    KubernetesName.collectDnsLabel(problems, 'name', props.name, 'platform name');
    checkNames(problems, props.addOns ?? []);
    const tenancy = collected(problems, () => new Tenancy({
      name: props.name,
      environments: props.environments,
      tenants: props.tenants,
      sharedNamespaces: props.sharedNamespaces,
      date: props.date,
      oidcGroupsPrefix: props.oidcGroupsPrefix,
    }));
    problems.throwIfErrors(`platform '${props.name}'`);
    this.date = props.date;
    this.oidcGroupsPrefix = props.oidcGroupsPrefix;
    this.name = props.name;
    this.environments = [...props.environments];
    this.tenants = [...props.tenants];
    this.sharedNamespaces = [...props.sharedNamespaces ?? []];
    this.addOns = [...props.addOns ?? []].sort((a, b) => (a.name < b.name ? -1 : 1));
    this.needs = [...new Set(props.needs ?? [])].sort();
    this.tenancy = tenancy!;
  }

  /** Names of the add-ons, sorted. */
  public get addOnNames(): string[] {
    return this.addOns.map((addOn) => addOn.name);
  }

  /**
   * Whether an add-on is on the platform.
   * @param addOn name of the add-on
   */
  public has(addOn: string): boolean {
    return this.addOns.some((each) => each.name === addOn);
  }

  /**
   * The same platform with more add-ons: the drivers of one ground, for example.
   * @param addOns add-ons that are not on it yet
   * @throws InvalidInputError when one of them is
   */
  public with(...addOns: AddOn[]): Platform {
    return new Platform({
      name: this.name,
      environments: this.environments,
      tenants: this.tenants,
      sharedNamespaces: this.sharedNamespaces,
      addOns: [...this.addOns, ...addOns],
      needs: this.needs,
      date: this.date,
      oidcGroupsPrefix: this.oidcGroupsPrefix,
    });
  }

  /**
   * Everything that has to be on one cluster, as data.
   * @param profile what the cluster is like
   * @param options which cluster, and who installs what
   * @throws InvalidInputError with everything that is wrong: unmet needs, needs met twice, missing, conflicting and misplaced
   *   add-ons, owners that cannot be
   */
  public render(profile: ClusterProfile, options: PlatformRenderOptions): RenderedPlatform {
    return renderPlatform(this, profile, options);
  }
}

function checkNames(problems: Problems, addOns: AddOn[]): void {
  const seen = new Set<string>();
  for (const { name } of addOns) {
    KubernetesName.collectDnsLabel(problems, `addOns.${name}`, name, 'name of an add-on');
    if (seen.has(name)) {
      problems.error({
        code: 'DuplicateAddOn',
        path: `addOns.${name}`,
        message: `add-on '${name}' is on the platform twice`,
        value: name,
        cure: 'keep one of them; a target adds its own drivers only when platform.has(…) says that they are not there',
      });
    }
    seen.add(name);
    if (/^(root|tenants|tenant-.*)$/.test(name)) {
      problems.error({
        code: 'ReservedName',
        path: `addOns.${name}`,
        message: `'${name}' is the name of an Application of the tree`,
        value: name,
        allowed: 'any name but root, tenants and names that begin with tenant-',
      });
    }
  }
}
