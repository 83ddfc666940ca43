import { ClusterProfile, Expectation, PodSecurityLevel, Problems } from '@viridial/core';
import { AdmissionNamespace, Flow } from '@viridial/security-policy';
import { PlacedFlow } from './flows';
import { Member } from './members';
import { NamespaceBounds, TenantModel } from './model';
import { ObjectContext } from './namespace-objects';
import { collectPolicies } from './policy-objects';

/**
 * One namespace of a tenancy on a cluster, with all that its objects and its promises are made of. Flows and objects are
 * made anew whenever they are asked for: those of thousands of tenants at once would take more memory than all the rest.
 */
export interface RenderedNamespace {
  readonly name: string;
  readonly path: string;
  readonly context: ObjectContext;
  readonly level: PodSecurityLevel;
  readonly bounds?: NamespaceBounds;
  readonly members: Member[];
  /** Of a tenant's namespace. */
  readonly tenant?: TenantModel;
  readonly environment?: string;
  readonly flows: () => PlacedFlow[];
  /** What admission policies know about it; only those of tenants are held by them. */
  readonly admission?: () => AdmissionNamespace;
  /** The Pod Security level that its label enforces, where that is below `level`. */
  readonly enforced?: PodSecurityLevel;
  /** What exceptions and the cluster tier promise of it. */
  readonly guarded?: () => Expectation[];
  /** In the order in which a cluster can take them. */
  readonly objects: () => any[];
}

/** Reports flows that the cluster cannot express. */
export function collectFlows(problems: Problems, { context, flows }: RenderedNamespace, profile: ClusterProfile): void {
  collectPolicies(problems, context, flows(), profile);
}

/** Flows without the paths they come from. */
export function plainFlows({ flows }: RenderedNamespace): Flow[] {
  return flows().map(({ flow }) => flow);
}
