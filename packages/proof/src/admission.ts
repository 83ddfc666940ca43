import { Problems } from '@viridial/core';
import { AdmissionDecision } from './admission-decision';
import { AdmissionRequest } from './admission-request';
import { Access } from './private/access/access';
import { Reviewer } from './private/admission/reviewer';
import { Inventory } from './private/inventory';

/**
 * What ValidatingAdmissionPolicies and their bindings (admissionregistration.k8s.io v1, v1beta1, v1alpha1) let through.
 *
 * Decides as the API server does, with the functions of CEL that Kubernetes 1.36 has. Questions of expressions to the
 * authorizer are answered by the roles and bindings of the manifests; parameters and Namespaces are looked up among them.
 * Objects are taken as they are: the API server's defaults, other admission plugins and webhooks are not assumed.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export class Admission {
  /**
   * Reads policies and bindings, and whatever they may look up. An expression that the API server would refuse is no error
   * here: it fails in every review, as `failurePolicy` says.
   *
   * @param manifests plain objects as read from YAML
   * @throws InvalidInputError with every object that is not what its kind says
   */
  public static of(manifests: any[]): Admission {
    const problems = new Problems();
    const inventory = Inventory.read(manifests, problems);
    const reviewer = Reviewer.read(inventory, Access.read(inventory));
    problems.throwIfErrors('manifests');
    return new Admission(reviewer);
  }

  private constructor(private readonly reviewer: Reviewer) {}

  /**
   * What the policies say about a request.
   *
   * @param request the request
   * @throws InvalidInputError when the request has no object, or one that names no kind, or asks for an unknown operation
   */
  public review(request: AdmissionRequest): AdmissionDecision {
    return this.reviewer.review(request);
  }
}
