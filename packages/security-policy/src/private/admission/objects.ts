import { Labels } from '@viridial/core';
import { PolicyDefinition, Scope } from './definition';

const API = 'admissionregistration.k8s.io/v1';

/** What the objects of a policy are called and say about themselves. */
export interface Naming {
  readonly name: string;
  readonly reason: string;
}

/** Namespaces that belong to a tenant. */
const OF_TENANTS = { matchExpressions: [{ key: Labels.TENANT, operator: 'Exists' }] };

/**
 * A policy and the binding that puts it into force. A mistake while it is evaluated refuses the request: a policy that
 * fails open is found by whoever looks for it.
 */
export function policyObjects(naming: Naming, definition: PolicyDefinition, namespaceSelector?: any): any[] {
  const { name } = naming;
  const selector = namespaceSelector ?? (definition.scope === Scope.TENANTS ? OF_TENANTS : undefined);
  return [
    {
      apiVersion: API,
      kind: 'ValidatingAdmissionPolicy',
      metadata: metadataOf(naming),
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: definition.rules.map((rule) => ({ ...rule })),
          ...(definition.objectSelector ? { objectSelector: definition.objectSelector } : {}),
        },
        ...(definition.conditions.length > 0 ? { matchConditions: definition.conditions.map((condition) => ({ ...condition })) } : {}),
        ...(definition.variables.length > 0 ? { variables: definition.variables.map((variable) => ({ ...variable })) } : {}),
        validations: definition.validations.map((validation) => ({ ...validation })),
      },
    },
    {
      apiVersion: API,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: metadataOf(naming),
      spec: {
        policyName: name,
        validationActions: ['Deny'],
        ...(selector ? { matchResources: { namespaceSelector: structuredClone(selector) } } : {}),
      },
    },
  ];
}

function metadataOf({ name, reason }: Naming): any {
  return {
    name,
    labels: { [Labels.MANAGED_BY]: Labels.MANAGED_BY_VALUE, [Labels.MANAGED]: 'true' },
    annotations: { [Labels.REASON]: reason },
  };
}
