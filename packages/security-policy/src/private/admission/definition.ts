import { ClusterProfile } from '@viridial/core';
import { AdmissionPlatform } from '../../admission-platform';
import { AdmissionOpenings } from '../../admission-props';

/** What all policies are rendered from: the props with their defaults, lists in one order. */
export interface AdmissionContext {
  readonly profile: ClusterProfile;
  readonly platform: AdmissionPlatform;
  readonly registries: string[];
  readonly mutableTags: string[];
  readonly storageClasses: string[];
  readonly priorityClasses: string[];
  readonly trustedPodLabels: string[];
  readonly userNamespaces: boolean;
  readonly gatewayApi: boolean;
  readonly openings: AdmissionOpenings;
}

/** Which requests a policy looks at. */
export interface ResourceRule {
  readonly apiGroups: string[];
  readonly apiVersions: string[];
  readonly operations: string[];
  readonly resources: string[];
}

/** A condition without which a policy does not look at a request. */
export interface MatchCondition {
  readonly name: string;
  readonly expression: string;
}

/** A named part of expressions. */
export interface Variable {
  readonly name: string;
  readonly expression: string;
}

/** One thing that has to be true, and what is said when it is not. */
export interface Validation {
  readonly expression: string;
  /** What is allowed, and the cure. */
  readonly message: string;
  /** The same with what was found in it; the API server falls back to `message`. */
  readonly messageExpression?: string;
  /** `Forbidden` when it is about who asks, else `Invalid`. */
  readonly reason: 'Forbidden' | 'Invalid';
}

/** Where a policy holds. */
export enum Scope {
  /** In the namespaces of tenants. */
  TENANTS = 'tenants',
  /** In the whole cluster. */
  CLUSTER = 'cluster',
}

/** A policy in CEL, before it is an object. */
export interface PolicyDefinition {
  readonly scope: Scope;
  readonly rules: ResourceRule[];
  /** Labels that an object has, or had, when the policy looks at it. */
  readonly objectSelector?: any;
  readonly conditions: MatchCondition[];
  readonly variables: Variable[];
  readonly validations: Validation[];
}

/** A rule for resources of one API group, by the same operations. */
export function rule(apiGroup: string, apiVersions: string[], resources: string[], operations: string[] = ['CREATE', 'UPDATE']): ResourceRule {
  return { apiGroups: [apiGroup], apiVersions, operations, resources };
}
