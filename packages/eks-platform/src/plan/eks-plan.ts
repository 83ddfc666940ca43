import { BillOfMaterials, ClusterProfile, Problem } from '@viridial/core';
import { RenderedPlatform } from '@viridial/platform-addons';
import { AddOnPlan } from './add-on-plan';
import { AddressBudget } from './address-budget';
import { ClusterPlan } from './cluster-plan';
import { DataPlan } from './data-plan';
import { FirewallPlan } from './firewall-plan';
import { NetworkPlan } from './network-plan';
import { NodeGroupPlan } from './node-group-plan';
import { PodIdentityPlan } from './pod-identity-plan';
import { TenantAccessPlan, TenantIdentityPlan } from './tenant-access-plan';

/** A platform on EKS as data: everything that the stacks will contain, and nothing that needs AWS to be known. */
export class EksPlan {
  /** Id of the platform's construct, with which the names of its stacks begin. */
  public readonly id: string;

  /** AWS region. */
  public readonly region: string;

  /** AWS account. @default - the account of the credentials at deployment */
  public readonly account?: string;

  /** Environments that the cluster carries, sorted. */
  public readonly environments: string[];

  /** VPC and subnets. */
  public readonly network: NetworkPlan;

  /** Security groups and network ACLs. */
  public readonly firewall: FirewallPlan;

  /** Keys, file system, storage classes. */
  public readonly data: DataPlan;

  /** Control plane. */
  public readonly cluster: ClusterPlan;

  /** Node groups, sorted by name. */
  public readonly nodeGroups: NodeGroupPlan[];

  /** Add-ons with their owners, sorted by name. */
  public readonly addOns: AddOnPlan[];

  /** Service accounts with AWS rights, sorted by add-on. */
  public readonly podIdentities: PodIdentityPlan[];

  /** IAM roles of people of tenants, sorted by role. */
  public readonly tenantAccess: TenantAccessPlan[];

  /** Service accounts of tenants with AWS rights, sorted by namespace. */
  public readonly tenantIdentities: TenantIdentityPlan[];

  /** Whether the subnets hold the nodes and pods. */
  public readonly addressBudget: AddressBudget;

  /** What costs money. */
  public readonly billOfMaterials: BillOfMaterials;

  /** What the platform, its policies and add-ons know of the cluster. */
  public readonly profile: ClusterProfile;

  /** The platform, rendered for this cluster. */
  public readonly rendered: RenderedPlatform;

  /** Tags of all AWS resources. */
  public readonly tags: { readonly [key: string]: string };

  /** What is unwise, sorted. */
  public readonly warnings: Problem[];

  /**
   * Puts finished parts together; `planEks` makes and checks them.
   *
   * @param parts every property of the plan that is not computed from others
   */
  constructor(parts: Omit<EksPlan, 'stackNames' | 'toJson'>) {
    this.id = parts.id;
    this.region = parts.region;
    this.account = parts.account;
    this.environments = parts.environments;
    this.network = parts.network;
    this.firewall = parts.firewall;
    this.data = parts.data;
    this.cluster = parts.cluster;
    this.nodeGroups = parts.nodeGroups;
    this.addOns = parts.addOns;
    this.podIdentities = parts.podIdentities;
    this.tenantAccess = parts.tenantAccess;
    this.tenantIdentities = parts.tenantIdentities;
    this.addressBudget = parts.addressBudget;
    this.billOfMaterials = parts.billOfMaterials;
    this.profile = parts.profile;
    this.rendered = parts.rendered;
    this.tags = parts.tags;
    this.warnings = parts.warnings;
  }

  /** Names of the stacks, in the order of their deployment. */
  public get stackNames(): string[] {
    return ['network', 'data', 'cluster'].map((part) => `${this.id}-${part}`);
  }

  /** The plan as plain data: the same plan gives the same text. Manifests and the tree are written beside it, not into it. */
  public toJson(): any {
    return {
      id: this.id,
      region: this.region,
      ...(this.account === undefined ? {} : { account: this.account }),
      environments: this.environments,
      stacks: this.stackNames,
      network: this.network,
      firewall: this.firewall,
      data: this.data,
      cluster: this.cluster,
      nodeGroups: this.nodeGroups,
      addressBudget: this.addressBudget,
      addOns: this.addOns,
      podIdentities: this.podIdentities,
      billOfMaterials: this.billOfMaterials.toJson(),
      profile: this.profile.toJson(),
      tags: this.tags,
      warnings: this.warnings.map((warning) => warning.toJson()),
    };
  }
}
