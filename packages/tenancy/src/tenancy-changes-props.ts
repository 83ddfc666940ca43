import { ClusterProfile } from '@viridial/core';
import { ClusterTierNamespace } from '@viridial/security-policy';
import { SharedNamespaceSettings } from './shared-namespace-settings';
import { TenancyAdmission } from './tenancy-admission';

/** For which cluster two tenancies are compared, and what is known of it. */
export interface TenancyChangesProps {
  /**
   * The cluster.
   * @default - one that can express every flow, so that only the tenancies matter
   */
  readonly profile?: ClusterProfile;
  /**
   * What the cluster was like before.
   * @default - as it is now
   */
  readonly previousProfile?: ClusterProfile;
  /**
   * The environments that the cluster carries.
   * @default - all environments of each tenancy
   */
  readonly environments?: string[];
  /**
   * What the add-ons of the cluster need of shared namespaces, as in `TenancyRenderOptions`.
   * @default - the settings of the tenancies
   */
  readonly sharedNamespaceSettings?: { [sharedNamespace: string]: SharedNamespaceSettings };
  /**
   * Whether admission policies are rendered, as in `TenancyRenderOptions`.
   * @default true
   */
  readonly admission?: boolean;
  /**
   * What the admission policies are like, as in `TenancyRenderOptions`.
   * @default - the defaults of `TenancyAdmission`
   */
  readonly admissionSettings?: TenancyAdmission;
  /**
   * Namespaces of the platform that something else makes, as in `TenancyRenderOptions`.
   * @default - none
   */
  readonly platformNamespaces?: ClusterTierNamespace[];
  /**
   * What is used now, by namespace and then by resource as quotas name it: `status.used` of the ResourceQuota. With it, a
   * quota that is lowered below it is told apart from one that is only lowered.
   * @default - not known
   */
  readonly usage?: { [namespace: string]: { [resource: string]: string } };
}

/** An object that a change makes, changes or removes. */
export interface ObjectChange {
  /** What the object is called: `ResourceQuota shop-staging/budget`. */
  readonly object: string;
  /**
   * The namespace it is in, or is.
   * @default - it belongs to the whole cluster
   */
  readonly namespace?: string;
  /** Fields that differ, sorted; empty for an object that is new or gone. */
  readonly fields: FieldChange[];
}

/** A field of an object that differs. */
export interface FieldChange {
  /** Where the field is: `spec.hard.pods`. */
  readonly path: string;
  /**
   * What it was.
   * @default - it was not there
   */
  readonly before?: any;
  /**
   * What it is.
   * @default - it is not there
   */
  readonly after?: any;
}

/** What happens to something. */
export enum ChangeKind {
  /** It is new. */
  CREATED = 'created',
  /** It differs. */
  CHANGED = 'changed',
  /** It is gone. */
  REMOVED = 'removed',
}

/** An application of a tenant that a change delivers, delivers otherwise, or delivers no longer. */
export interface ApplicationChange {
  /** `<namespace>.<application>`. */
  readonly application: string;
  /** What happens to it. What it brought stays when it is gone, because it may hold data. */
  readonly kind: ChangeKind;
  /** Fields that differ, sorted; empty for one that is new or gone. */
  readonly fields: FieldChange[];
}

/** Something that runs now and would be refused, stopped or cut off afterwards. */
export interface RunningRefusal {
  /** Stable name: `QuotaBelowUse`, `QuotaLowered`, `PodSecurityTightened`, `FlowRemoved`, `LimitRangeNarrowed`, … */
  readonly code: string;
  /** The namespace. */
  readonly namespace: string;
  /** Whether it is sure to happen; else it depends on what runs, which nobody said. */
  readonly certain: boolean;
  /** What happens to whom, in a sentence. */
  readonly why: string;
  /** What to do about it. */
  readonly cure: string;
}

/** A connection that a change opens or closes. */
export interface ConnectionChange {
  /** Who calls: a namespace, `the ingress controller`, `198.51.100.0/24`. */
  readonly source: string;
  /** Who is called. */
  readonly destination: string;
  /** On which ports: `every port`, `TCP 8080, 9090`. */
  readonly ports: string;
}

/** A role that a change gives or takes. */
export interface RightChange {
  /** Who: `Group shop`, `ServiceAccount ci/reader`. */
  readonly subject: string;
  /** The role. */
  readonly role: string;
  /** The tenant. */
  readonly tenant: string;
  /** The environment. */
  readonly environment: string;
}

/** What a change does to a bound of a tenant. */
export interface BudgetChange {
  /** The tenant. */
  readonly tenant: string;
  /**
   * The environment.
   * @default - all environments of the tenant that the cluster carries together
   */
  readonly environment?: string;
  /** The resource as quotas name it; `limits.cpu` stands for requests as well. */
  readonly resource: string;
  /**
   * What it was.
   * @default - there was no bound
   */
  readonly before?: string;
  /**
   * What it is.
   * @default - there is no bound
   */
  readonly after?: string;
  /** What comes on top, or goes when it is negative; a bound that there is not counts as nothing. */
  readonly difference: string;
}
