import { Shape } from '../shape';

/** One rule of a Role or ClusterRole. */
export interface AccessRule {
  /** Where it stands, with the role: `Role.rbac.authorization.k8s.io shop/reader rules[0]`. */
  readonly where: string;
  readonly verbs: string[];
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly resourceNames: string[];
  readonly nonResourceUrls: string[];
}

/** What is asked of a rule; a request is about a resource or about a path of the API server. */
export interface RuleRequest {
  readonly verb: string;
  readonly apiGroup: string;

  /** Resource with its subresource: `pods/log`; empty for a request about a path. */
  readonly resource: string;

  /** Name of the object; empty for all of them and for objects that are to be made. */
  readonly name: string;

  /** The path of a request that is about no resource. */
  readonly nonResourceUrl: string | undefined;
}

/** Reads the rules of a role; a rule that is not one is a problem. */
export function readRules(shape: Shape, identity: string, namespaced: boolean): AccessRule[] {
  return shape.children('rules').map((rule) => {
    const read = {
      where: `${identity} ${rule.path()}`,
      verbs: rule.texts('verbs'),
      apiGroups: rule.texts('apiGroups'),
      resources: rule.texts('resources'),
      resourceNames: rule.texts('resourceNames'),
      nonResourceUrls: rule.texts('nonResourceURLs'),
    };
    if (read.verbs.length === 0) rule.wrong('verbs', 'the rule has no verbs', 'at least one verb');
    if (read.nonResourceUrls.length > 0) {
      if (namespaced) rule.wrong('nonResourceURLs', 'a Role lies in a namespace, and paths of the API server do not', 'paths in a ClusterRole');
      if (read.resources.length > 0 || read.apiGroups.length > 0) rule.wrong('nonResourceURLs', 'the rule is about resources and paths at once', 'one of them');
    } else {
      if (read.resources.length === 0) rule.wrong('resources', 'the rule has no resources', 'at least one resource');
      if (read.apiGroups.length === 0) rule.wrong('apiGroups', 'the rule has no API groups', 'at least one group; "" is the core group');
    }
    return read;
  });
}

/**
 * Whether a rule grants a request, as the RBAC authorizer of the API server decides it.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function grants(rule: AccessRule, request: RuleRequest): boolean {
  if (!hasOrAll(rule.verbs, request.verb)) return false;
  if (request.nonResourceUrl !== undefined) return rule.nonResourceUrls.some((pattern) => matchesPath(pattern, request.nonResourceUrl!));
  return hasOrAll(rule.apiGroups, request.apiGroup)
    && rule.resources.some((pattern) => matchesResource(pattern, request.resource))
    && (rule.resourceNames.length === 0 || rule.resourceNames.includes(request.name));
}

/**
 * Whether a rule grants anything of what a request means when its `*` stand for any verb, group or resource, and no name
 * for some object: what `may not` has to look for.
 */
export function touches(rule: AccessRule, request: RuleRequest, anyGroup: boolean): boolean {
  const any = (asked: string, own: string[]) => asked === '*' || hasOrAll(own, asked);
  if (rule.resources.length === 0 || !any(request.verb, rule.verbs) || !(anyGroup || any(request.apiGroup, rule.apiGroups))) return false;
  const [resource, subresource] = request.resource.split('/');
  return rule.resources.some((pattern) => {
    if (matchesResource(pattern, request.resource)) return true;
    const [ownResource, ownSubresource] = pattern.split('/');
    if (resource === '*' && subresource === undefined) return true;
    return resource === '*' ? subresource === ownSubresource : subresource === '*' && ownSubresource !== undefined && (ownResource === '*' || ownResource === resource);
  });
}

function hasOrAll(list: string[], text: string): boolean {
  return list.includes('*') || list.includes(text);
}

/** `pods/log` is granted by itself, by every resource, and by that subresource of every resource. */
function matchesResource(pattern: string, resource: string): boolean {
  if (pattern === '*' || pattern === resource) return true;
  const slash = resource.indexOf('/');
  return slash >= 0 && pattern === `*${resource.slice(slash)}`;
}

function matchesPath(pattern: string, path: string): boolean {
  return pattern === '*' || pattern === path || (pattern.endsWith('*') && path.startsWith(pattern.replace(/\*+$/, '')));
}
