import { Problems } from '@viridial/core';
import { AccessGrant } from './access-grant';
import { AccessRequest } from './access-request';
import { EscalationPath } from './escalation-path';
import { Access, keysOf, MASTERS, splitServiceAccount } from './private/access/access';
import { describeSubject, groupKey } from './private/access/bindings';
import { Escalations } from './private/access/escalations';
import { Ground } from './private/access/ground';
import { grants } from './private/access/rule';
import { Terrain } from './private/access/terrain';
import { Inventory } from './private/inventory';
import { compareText, show } from './private/text';

/**
 * Who may do what, by the Roles, ClusterRoles and bindings (rbac.authorization.k8s.io) of the manifests.
 *
 * Decides as the API server's RBAC authorizer does. It knows the ClusterRoles `cluster-admin`, `admin`, `edit` and `view`
 * that every API server makes, unless the manifests have their own, and the group `system:masters`, which may do everything.
 * It does not assume the bindings that an API server makes for itself (`system:discovery`, `system:basic-user`, those of
 * its controllers), nor other authorizers (nodes, webhooks), nor admission, which may still refuse what is authorised.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class AccessReview {
  /**
   * Reads roles and bindings; every other kind is left alone.
   *
   * @param manifests plain objects as read from YAML
   * @throws InvalidInputError with every object that is not what its kind says
   */
  public static of(manifests: any[]): AccessReview {
    const problems = new Problems();
    const inventory = Inventory.read(manifests, problems);
    const access = Access.read(inventory);
    problems.throwIfErrors('manifests');
    return new AccessReview(access, inventory);
  }

  private constructor(private readonly access: Access, private readonly inventory: Inventory) {}

  /**
   * Whether a request is authorised.
   *
   * @param request the request
   * @throws InvalidInputError when nobody asks, or for nothing
   */
  public allows(request: AccessRequest): boolean {
    check(request);
    return keysOf(subjectOf(request)).includes(groupKey(MASTERS)) || this.grantsOf(request).length > 0;
  }

  /**
   * The rules because of which a request is authorised, sorted by binding and rule. Members of `system:masters` need none.
   *
   * @param request the request
   * @throws InvalidInputError when nobody asks, or for nothing
   */
  public grantsOf(request: AccessRequest): AccessGrant[] {
    check(request);
    const { verb, apiGroup = '', resource = '', subresource, name = '', namespace = '', nonResourceUrl } = request;
    const asked = { verb, apiGroup, resource: subresource ? `${resource}/${subresource}` : resource, name, nonResourceUrl };
    const inCluster = nonResourceUrl !== undefined;
    return this.access.grants(subjectOf(request), (own) => own === '' || (!inCluster && own === namespace))
      .filter(({ rule }) => grants(rule, asked))
      .map(({ binding, role, rule, subject }) => (
        { binding: binding.identity, role: role.identity, rule: rule.where, subject: describeSubject(subject) }))
      .sort((a, b) => compareText(a.binding, b.binding) || compareText(a.rule, b.rule) || compareText(a.subject, b.subject));
  }

  /**
   * Who can become more than their rules say: the shortest path of every subject for each technique and each namespace that it
   * begins in, to cluster-admin, to root on a node, or to somebody with rules that they do not have. Sorted by subject, the
   * worst first.
   *
   * Looks at workloads, service accounts, Secrets with tokens and the Pod Security labels of namespaces as well; one that the
   * manifests do not have admits privileged pods, as without labels. Whoever may do everything, and the subjects of the control
   * plane, have no path. Rights of several subjects are not put together.
   *
   * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
   */
  public escalations(): EscalationPath[] {
    return new Escalations(new Terrain(this.access, new Ground(this.inventory))).all.map(({ path }) => path);
  }
}

function subjectOf({ user, groups, serviceAccount }: AccessRequest) {
  return { user, groups: groups ?? [], serviceAccount };
}

function check({ user, groups, serviceAccount, verb, resource, nonResourceUrl, namespace }: AccessRequest): void {
  const problems = new Problems();
  if (!user && !groups?.length && !serviceAccount) {
    problems.error({ code: 'NoSubject', path: '', message: 'nobody asks', allowed: 'a user, groups or a service account', cure: 'say who asks' });
  }
  if (serviceAccount && splitServiceAccount(serviceAccount) === undefined) {
    problems.error({
      code: 'InvalidServiceAccount',
      path: 'serviceAccount',
      message: `${show(serviceAccount)} does not name a service account`,
      value: serviceAccount,
      allowed: "'namespace/name' or 'system:serviceaccount:namespace:name'",
    });
  }
  if (typeof verb !== 'string' || verb === '') {
    problems.error({ code: 'NoVerb', path: 'verb', message: `${show(verb)} is not a verb`, value: verb, allowed: 'get, list, watch, create, …', cure: 'say what is done' });
  }
  if ((resource === undefined || resource === '') === (nonResourceUrl === undefined)) {
    problems.error({
      code: 'AmbiguousRequest',
      path: '',
      message: nonResourceUrl === undefined ? 'the request is about nothing' : 'the request is about a resource and a path at once',
      allowed: 'one of resource and nonResourceUrl',
    });
  }
  if (nonResourceUrl !== undefined && namespace) {
    problems.error({ code: 'AmbiguousRequest', path: 'namespace', message: `a path lies in no namespace, but the request names ${show(namespace)}`, cure: 'leave out namespace' });
  }
  problems.throwIfErrors('access request');
}
