import { PodSecurityLevel } from '@viridial/core';
import { Flow, InternetFlowProps } from '@viridial/security-policy';
import { Budget } from './budget';
import { ContainerLimits } from './container-limits';
import { PodSecurityException } from './pod-security-exception';
import { Role } from './role';
import { StorageClassBudget } from './storage-class-budget';
import { TenantApplication } from './tenant-application';
import { TenantLifecycle } from './tenant-lifecycle';

/** What a tenant is like. */
export interface TenantProps {
  /**
   * What the tenant may use in all its namespaces together.
   * @default - 1 CPU and 2Gi of memory for each namespace, and the defaults of `Budget`
   */
  readonly budget?: Budget;
  /**
   * Bounds of single containers.
   * @default - the defaults of `ContainerLimits`
   */
  readonly containerLimits?: ContainerLimits;
  /**
   * Whether the namespaces have a quota and a limit range. Without, the tenant can take the whole cluster. There is no quota
   * without a limit range (its pods would be refused for lacking limits), so a budget cannot be given then.
   * @default true
   */
  readonly bounded?: boolean;
  /**
   * Environments that the tenant has namespaces in.
   * @default - all environments of the tenancy
   */
  readonly environments?: string[];
  /**
   * Who may do what in the tenant's namespaces.
   * @default - nobody but the deployer
   */
  readonly members?: Role[];
  /**
   * Whether the administrators of the tenant give its roles to others, and write network policies of their own, without asking
   * the platform. They can give no more than they have, open nothing that the shape guard of network policies keeps
   * closed, and change nothing that the platform manages. Exposes the tenant, and nobody else, to what its administrators decide;
   * what they add is in no program and in no proof. Needs admission policies, which guard it.
   * @default false
   */
  readonly selfService?: boolean;
  /**
   * Tenants that this one calls, within one environment. Each has to name this tenant in its `acceptsFrom`.
   * @default - none
   */
  readonly talksTo?: string[];
  /**
   * Tenants that may call this one, within one environment. Exposes every pod of the tenant to every pod of these; each
   * has to name this tenant in its `talksTo`.
   * @default - none
   */
  readonly acceptsFrom?: string[];
  /**
   * TCP ports on which the tenants of `acceptsFrom` may call.
   * @default - every port of every protocol
   */
  readonly peerPorts?: number[];
  /**
   * Host names that the tenant serves; `*.example.com` stands for every name with one label more. They belong to this
   * tenant alone, and open its pods to the ingress controller.
   * @default - none, and the ingress controller cannot call the pods
   */
  readonly ingressHosts?: string[];
  /**
   * TCP ports of pods that the ingress controller may call.
   * @default - every TCP port
   */
  readonly ingressPorts?: number[];
  /**
   * TCP ports of pods that the monitoring may scrape.
   * @default - every TCP port
   */
  readonly metricsPorts?: number[];
  /**
   * Lets the pods call the internet. Exposes what they know to everybody outside; `{}` opens every port.
   * @default - the pods cannot call the internet
   */
  readonly internet?: InternetFlowProps;
  /**
   * Further flows of every namespace of the tenant, such as one to a database outside the cluster. Not between tenants:
   * that takes `talksTo` and `acceptsFrom`.
   * @default - none
   */
  readonly flows?: Flow[];
  /**
   * Pod Security level of the namespaces. `BASELINE` lets pods run as root; `PRIVILEGED` lets them take over their node.
   * @default PodSecurityLevel.RESTRICTED
   */
  readonly podSecurity?: PodSecurityLevel;
  /**
   * Workloads that may break a control of the level for some time. Needs the `date` of the tenancy. The level that the
   * namespace enforces is lowered as far as they need, and an admission policy holds everything else to the level; without
   * admission policies the level stays and they are refused.
   * @default - none
   */
  readonly podSecurityExceptions?: PodSecurityException[];
  /**
   * Labels of the namespaces. Not below `viridial.com` or `kubernetes.io`, where policies trust them.
   * @default - none
   */
  readonly labels?: { [key: string]: string };
  /**
   * What costs are booked on, by kind: `{ 'centre': '4711', 'product': 'shop' }` becomes the labels
   * `cost.viridial.com/centre` and `cost.viridial.com/product` of the namespaces, which nobody else can give them.
   * @default - none
   */
  readonly costTags?: { [tag: string]: string };
  /**
   * Whom to call, by purpose: `{ 'owner': 'shop@example.com' }` becomes the annotation `contact.viridial.com/owner` of the
   * namespaces.
   * @default - none
   */
  readonly contacts?: { [purpose: string]: string };
  /**
   * Where images may come from: a registry (`registry.example.com`), a part of it (`registry.example.com/shop`), or one
   * repository. Admission policies hold the tenant to it; nothing else does.
   * @default - `registries` of the admission settings; without any, everywhere
   */
  readonly allowedRegistries?: string[];
  /**
   * Storage classes that the tenant may use, each with a bound of its own. The other classes of the cluster are closed to it.
   * @default - every class, within the storage of the budget
   */
  readonly storageClasses?: StorageClassBudget[];
  /**
   * Software that a GitOps engine delivers into the namespaces.
   * @default - none
   */
  readonly applications?: TenantApplication[];
  /**
   * What is going on with the tenant.
   * @default TenantLifecycle.ACTIVE
   */
  readonly lifecycle?: TenantLifecycle;
  /**
   * Whether the data of a retired tenant may go with its namespaces. Loses every volume, secret and object in them as soon
   * as the tenant is taken out of the tenancy.
   * @default false
   */
  readonly deleteData?: boolean;
}

/**
 * Somebody who shares the cluster with others and gets a namespace of their own in every environment. Plain data: what is
 * wrong with it is reported by the tenancy, together with everything else.
 */
export class Tenant {
  /** Name of the tenant; its namespaces are called `<name>-<environment>`. */
  public readonly name: string;
  /**
   * What the tenant may use in all its namespaces together.
   * @default - the default
   */
  public readonly budget?: Budget;
  /**
   * Bounds of single containers.
   * @default - the defaults
   */
  public readonly containerLimits?: ContainerLimits;
  /** Whether the namespaces have a quota and a limit range. */
  public readonly bounded: boolean;
  /**
   * Environments of the tenant.
   * @default - all of the tenancy
   */
  public readonly environments?: string[];
  /** Who may do what in the tenant's namespaces. */
  public readonly members: Role[];
  /** Whether its administrators keep members and network policies themselves. */
  public readonly selfService: boolean;
  /** Tenants that this one calls. */
  public readonly talksTo: string[];
  /** Tenants that may call this one. */
  public readonly acceptsFrom: string[];
  /**
   * TCP ports on which other tenants may call.
   * @default - every port of every protocol
   */
  public readonly peerPorts?: number[];
  /** Host names that the tenant serves. */
  public readonly ingressHosts: string[];
  /**
   * TCP ports that the ingress controller may call.
   * @default - all
   */
  public readonly ingressPorts?: number[];
  /**
   * TCP ports that the monitoring may scrape.
   * @default - all
   */
  public readonly metricsPorts?: number[];
  /**
   * How the pods may call the internet.
   * @default - not at all
   */
  public readonly internet?: InternetFlowProps;
  /** Further flows of every namespace. */
  public readonly flows: Flow[];
  /** Pod Security level of the namespaces. */
  public readonly podSecurity: PodSecurityLevel;
  /** Workloads that may break a control of the level. */
  public readonly podSecurityExceptions: PodSecurityException[];
  /** Labels of the namespaces. */
  public readonly labels: { [key: string]: string };
  /** What costs are booked on. */
  public readonly costTags: { [tag: string]: string };
  /** Whom to call. */
  public readonly contacts: { [purpose: string]: string };
  /**
   * Where images may come from.
   * @default - the tenant says nothing about it
   */
  public readonly allowedRegistries?: string[];
  /**
   * Storage classes that the tenant may use.
   * @default - every class
   */
  public readonly storageClasses?: StorageClassBudget[];
  /** Software that a GitOps engine delivers. */
  public readonly applications: TenantApplication[];
  /** What is going on with the tenant. */
  public readonly lifecycle: TenantLifecycle;
  /** Whether the data of a retired tenant may go with its namespaces. */
  public readonly deleteData: boolean;

  /**
   * Describes a tenant.
   * @param name name of the tenant: a DNS label
   * @param props what the tenant is like
   */
  public constructor(name: string, props: TenantProps = {}) {
    this.name = name;
    this.budget = props.budget && { ...props.budget };
    this.containerLimits = props.containerLimits && { ...props.containerLimits };
    this.bounded = props.bounded ?? true;
    this.environments = props.environments && [...props.environments];
    this.members = [...props.members ?? []];
    this.selfService = props.selfService ?? false;
    this.talksTo = [...props.talksTo ?? []];
    this.acceptsFrom = [...props.acceptsFrom ?? []];
    this.peerPorts = props.peerPorts && [...props.peerPorts];
    this.ingressHosts = [...props.ingressHosts ?? []];
    this.ingressPorts = props.ingressPorts && [...props.ingressPorts];
    this.metricsPorts = props.metricsPorts && [...props.metricsPorts];
    this.internet = props.internet && { ...props.internet };
    this.flows = [...props.flows ?? []];
    this.podSecurity = props.podSecurity ?? PodSecurityLevel.RESTRICTED;
    this.podSecurityExceptions = (props.podSecurityExceptions ?? []).map((exception) => ({ ...exception }));
    this.labels = { ...props.labels };
    this.costTags = { ...props.costTags };
    this.contacts = { ...props.contacts };
    this.allowedRegistries = props.allowedRegistries && [...props.allowedRegistries];
    this.storageClasses = props.storageClasses?.map((storageClass) => ({ ...storageClass }));
    this.applications = (props.applications ?? []).map((application) => ({ ...application }));
    this.lifecycle = props.lifecycle ?? TenantLifecycle.ACTIVE;
    this.deleteData = props.deleteData ?? false;
  }
}
