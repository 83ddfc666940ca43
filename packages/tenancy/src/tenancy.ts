import { ClusterProfile, Problem, Problems } from '@viridial/core';
import { ClusterTierNamespace } from '@viridial/security-policy';
import { collectCommitments, commitmentsOf } from './private/budget-totals';
import { buildModel } from './private/build-model';
import { changesBetween, neutralProfile } from './private/changes/changes';
import { collectUsage } from './private/changes/usage';
import { sortedOnce } from './private/compare';
import { GuardOptions, guardsOf } from './private/guards';
import { collectEnvironments } from './private/members';
import { TenancyModel } from './private/model';
import { deployerNamespace, sharedNamespace } from './private/namespaces';
import { RenderInput, renderNamespaces } from './private/render';
import { collectSettings, mergeSettings, SettingsByName, sharedModel } from './private/shared-settings';
import { RenderedTenancy } from './rendered-tenancy';
import { SharedNamespaceSettings } from './shared-namespace-settings';
import { TenancyAdmission } from './tenancy-admission';
import { TenancyChanges } from './tenancy-changes';
import { TenancyChangesProps } from './tenancy-changes-props';
import { Tenant } from './tenant';

/** Who shares a cluster, and how it is divided. */
export interface TenancyProps {
  /**
   * Name of the platform: first part of the names of shared namespaces, and value of the label `viridial.com/platform`.
   * @default 'platform'
   */
  readonly name?: string;
  /** Stages of the software, such as `staging` and `production`. Each tenant has a namespace in each. */
  readonly environments: string[];
  /** Who shares the cluster. */
  readonly tenants: Tenant[];
  /**
   * Namespaces of the platform itself beside those of tenants, such as `monitoring`; they are called `<name>-<shared>`.
   * @default - none
   */
  readonly sharedNamespaces?: string[];
  /**
   * What shared namespaces are like, by their name in `sharedNamespaces`.
   * @default - the defaults of `SharedNamespaceSettings`
   */
  readonly sharedNamespaceSettings?: { [sharedNamespace: string]: SharedNamespaceSettings };
  /**
   * Shared namespaces whose pods scrape metrics. Exposes the TCP ports of every pod of the platform to their pods.
   * @default - the shared namespace called `monitoring`, where there is one
   */
  readonly metricsFrom?: string[];
  /**
   * The day, as `YYYY-MM-DD`, with which the expiry of exceptions is compared. A library has no clock: say
   * `new Date().toISOString().slice(0, 10)`, or the day of the commit, so that the same input gives the same bytes.
   * @default - not known, and an exception is refused
   */
  readonly date?: string;
  /**
   * What the API server puts before the groups of the identity provider (`--oidc-groups-prefix`), for members written
   * `oidc:<group>`. Without a prefix, whoever makes groups there makes groups of the cluster.
   * @default 'oidc:'
   */
  readonly oidcGroupsPrefix?: string;
}

/** What one cluster takes of a tenancy. */
export interface TenancyRenderOptions {
  /**
   * The environments that the cluster carries. Budgets are split over all environments of a tenant, carried here or not.
   * @default - all environments of the tenancy
   */
  readonly environments?: string[];
  /**
   * What the add-ons of this cluster need of shared namespaces, by their name in `sharedNamespaces`. Wins over the settings
   * of the tenancy; flows and labels of both are kept.
   * @default - the settings of the tenancy
   */
  readonly sharedNamespaceSettings?: { [sharedNamespace: string]: SharedNamespaceSettings };
  /**
   * Whether admission policies are rendered. Without, and without another guard, this exposes the tenants to each other: whoever
   * may make a Service can open ports of nodes, take the host of another tenant and run images of anybody, and whoever gets a
   * right on labels of namespaces or on managed objects past RBAC undoes the isolation.
   * @default true
   */
  readonly admission?: boolean;
  /**
   * What the admission policies are like. The GitOps engine that applies the tenancy has to be named here.
   * @default - the defaults of `TenancyAdmission`
   */
  readonly admissionSettings?: TenancyAdmission;
  /**
   * Namespaces of the platform that something else makes, such as those of add-ons, with their flows: the cluster tier, which
   * holds every namespace with the label `viridial.com/platform`, leaves open what these name.
   * @default - none
   */
  readonly platformNamespaces?: ClusterTierNamespace[];
}

/**
 * Tenants and environments of a platform. Every tenant gets a namespace in each of its environments, closed to everybody
 * whom nobody named, bounded by its share of the tenant's budget, and open to the tenant's members as far as their role
 * goes. No controller runs in the cluster: everything is decided before anything is applied.
 */
export class Tenancy {
  /**
   * What it does to a cluster when one tenancy takes the place of another.
   * @param before the tenancy that is there
   * @param after the tenancy that shall be there
   * @param props the cluster, and what is used on it
   * @throws InvalidInputError with every flow that the cluster cannot express, and everything that is wrong with the props
   */
  public static changes(before: Tenancy, after: Tenancy, props: TenancyChangesProps = {}): TenancyChanges {
    const problems = new Problems();
    const profile = props.profile ?? neutralProfile();
    const both = (names: (tenancy: Tenancy) => string[]) => [...new Set([...names(before), ...names(after)])];
    collectEnvironments(problems, 'environments', props.environments, both(({ environments }) => environments));
    collectSettings(problems, 'sharedNamespaceSettings', props.sharedNamespaceSettings ?? {}, both(({ sharedNamespaces }) => sharedNamespaces));
    collectUsage(problems, props.usage ?? {});
    const input = (tenancy: Tenancy, ground: ClusterProfile): RenderInput => tenancy.renderInput(problems, ground, {
      ...props,
      environments: props.environments?.filter((environment) => tenancy.environments.includes(environment)),
    });
    return TenancyChanges._of(changesBetween(problems, input(before, props.previousProfile ?? profile), input(after, profile), props.usage));
  }

  /** Name of the platform. */
  public readonly name: string;
  /** The environments, in the order they were given. */
  public readonly environments: string[];
  /** The tenants, in the order they were given. */
  public readonly tenants: Tenant[];
  /** The shared namespaces, as they were given: without the name of the platform. */
  public readonly sharedNamespaces: string[];
  /** What is merely unwise about the tenancy, whatever the cluster. */
  public readonly warnings: Problem[];

  private readonly model: TenancyModel;
  private readonly settings: SettingsByName;

  /**
   * Checks a tenancy.
   * @param props who shares a cluster, and how it is divided
   * @throws InvalidInputError with everything that is wrong
   */
  public constructor(props: TenancyProps) {
    this.name = props.name ?? 'platform';
    this.environments = [...props.environments];
    this.tenants = [...props.tenants];
    this.sharedNamespaces = [...props.sharedNamespaces ?? []];
    this.settings = { ...props.sharedNamespaceSettings };

    const problems = new Problems();
    this.model = buildModel(problems, {
      name: this.name,
      environments: this.environments,
      tenants: this.tenants,
      sharedNamespaces: this.sharedNamespaces,
      metricsFrom: props.metricsFrom,
      date: props.date,
      oidcGroupsPrefix: props.oidcGroupsPrefix ?? 'oidc:',
    });
    collectSettings(problems, 'sharedNamespaceSettings', this.settings, this.sharedNamespaces);
    for (const shared of Object.keys(this.settings)) {
      sharedModel(problems, `sharedNamespaceSettings.${shared}`, sharedNamespace(this.name, shared), this.settings[shared]);
    }
    problems.throwIfErrors(`tenancy ${this.name}`);
    this.warnings = problems.warnings;
  }

  /**
   * Renders the tenancy for a cluster. The result does not depend on the order of tenants, environments, members or flows.
   * @param profile the cluster
   * @param options what the cluster takes of the tenancy
   * @throws InvalidInputError with every flow that the cluster cannot express, and everything that is wrong with the options
   */
  public render(profile: ClusterProfile, options: TenancyRenderOptions = {}): RenderedTenancy {
    const problems = new Problems();
    problems.addAll(this.warnings);
    collectEnvironments(problems, 'environments', options.environments, this.environments);
    collectSettings(problems, 'sharedNamespaceSettings', options.sharedNamespaceSettings ?? {}, this.sharedNamespaces);
    const input = this.renderInput(problems, profile, options);
    const namespaces = renderNamespaces(problems, input);
    collectCommitments(problems, commitmentsOf(namespaces, profile));
    problems.throwIfErrors(`tenancy ${this.name} on ${profile.name}`);
    return RenderedTenancy._of(namespaces, input, deployerNamespace(this.name), problems.warnings);
  }

  private renderInput(problems: Problems, profile: ClusterProfile, options: TenancyRenderOptions & GuardOptions): RenderInput {
    return {
      model: this.model,
      profile,
      environments: sortedOnce(options.environments ?? this.environments),
      settings: mergeSettings(this.model.sharedNamespaces, [this.settings, options.sharedNamespaceSettings ?? {}]),
      guards: guardsOf(problems, this.model, profile, options),
    };
  }
}
