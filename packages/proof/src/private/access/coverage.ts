import { AccessRule } from './rule';

/**
 * Whether everything that a rule grants is granted by others already, as the API server compares rules before it lets
 * somebody hand out a role: wildcards are covered by wildcards only, all objects only by a rule without names.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
 */
export function covers(owned: AccessRule[], rule: AccessRule): boolean {
  if (owned.some((own) => includes(own, rule))) return true;
  return parts(rule).every((part) => owned.some((own) => includes(own, part)));
}

/** Whether a role of these rules may do everything. */
export function isEverything(rules: AccessRule[]): boolean {
  return rules.some(({ verbs, apiGroups, resources, resourceNames }) => resourceNames.length === 0 && [verbs, apiGroups, resources].every((list) => list.includes('*')));
}

function includes(own: AccessRule, rule: AccessRule): boolean {
  if (!all(own.verbs, rule.verbs)) return false;
  if (rule.nonResourceUrls.length > 0) return rule.nonResourceUrls.every((path) => own.nonResourceUrls.some((pattern) => coversPath(pattern, path)));
  return all(own.apiGroups, rule.apiGroups)
    && rule.resources.every((resource) => own.resources.some((pattern) => coversResource(pattern, resource)))
    && (own.resourceNames.length === 0 || (rule.resourceNames.length > 0 && rule.resourceNames.every((name) => own.resourceNames.includes(name))));
}

/** A rule as rules of one verb, one group, one resource and one name. */
function parts(rule: AccessRule): AccessRule[] {
  const names = rule.resourceNames.length === 0 ? [[]] : rule.resourceNames.map((name) => [name]);
  if (rule.nonResourceUrls.length > 0) {
    return rule.verbs.flatMap((verb) => rule.nonResourceUrls.map((path) => ({ ...rule, verbs: [verb], nonResourceUrls: [path] })));
  }
  return rule.verbs.flatMap((verb) => rule.apiGroups.flatMap((group) => rule.resources.flatMap((resource) => names.map((resourceNames) => (
    { ...rule, verbs: [verb], apiGroups: [group], resources: [resource], resourceNames })))));
}

function all(own: string[], asked: string[]): boolean {
  return own.includes('*') || asked.every((text) => own.includes(text));
}

function coversResource(pattern: string, resource: string): boolean {
  if (pattern === '*' || pattern === resource) return true;
  const slash = resource.indexOf('/');
  return slash >= 0 && pattern === `*${resource.slice(slash)}`;
}

function coversPath(pattern: string, path: string): boolean {
  return pattern === '*' || pattern === path || (pattern.endsWith('*') && path.startsWith(pattern.replace(/\*+$/, '')));
}
