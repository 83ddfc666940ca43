import { Problems } from '@viridial/core';
import { AdmissionPolicy } from './admission-policy';
import { AdmissionProps } from './admission-props';
import { contextOf } from './private/admission/context';
import { definitionOf } from './private/admission/definitions';
import { mutations } from './private/admission/mutations';
import { policyObjects } from './private/admission/objects';

/**
 * Renders the admission catalogue as ValidatingAdmissionPolicies with their bindings. The API server evaluates them itself:
 * there is no webhook that could be down. Their number does not grow with tenants, because what differs between namespaces
 * is read from annotations of the namespace (`AdmissionAnnotations`).
 *
 * The API server applies such policies to everything but to such policies: whoever may change them ends them, so no role of
 * a tenant may hold rights on `admissionregistration.k8s.io`.
 */
export class AdmissionPolicies {
  /**
   * The policies and bindings, by kind and name.
   * @param props what they are made of
   * @throws InvalidInputError with everything that is wrong with the props, and when the cluster has no admission policies
   */
  public static render(props: AdmissionProps): any[] {
    const problems = new Problems();
    const objects = AdmissionPolicies.collect(problems, props);
    problems.throwIfErrors('the admission policies');
    return objects;
  }

  /**
   * Renders like `render`, but adds what is wrong to `problems`.
   * @param problems where problems are collected
   * @param props what they are made of
   * @returns the objects; only to be used when no error was added
   */
  public static collect(problems: Problems, props: AdmissionProps): any[] {
    const context = contextOf(problems, props);
    const chosen = new Map((props.policies ?? AdmissionPolicy.all()).map((policy) => [policy.id, policy]));
    const objects = [...chosen.values()].flatMap((policy) =>
      policyObjects({ name: policy.objectName, reason: policy.reason }, definitionOf(policy.id, context)));
    return [...objects, ...(props.mutate ? mutations([...chosen.keys()]) : [])]
      .sort((a, b) => compare(a.kind, b.kind) || compare(a.metadata.name, b.metadata.name));
  }

  private constructor() {}
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
