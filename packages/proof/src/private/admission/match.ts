import { Attributes } from './attributes';
import { Resource, Resources } from './resources';
import { LabelMap, Selector } from '../network/selector';
import { isObject, Shape } from '../shape';
import { show } from '../text';

/** One rule about resources. */
interface ResourceRule {
  readonly groups: string[];
  readonly versions: string[];
  readonly operations: string[];
  readonly resources: string[];
  readonly names: string[];
  readonly scope: string;
}

/** What a policy or binding is about. */
export interface MatchResources {
  readonly rules: ResourceRule[];
  readonly excluded: ResourceRule[];
  readonly namespaces: Selector;
  readonly objects: Selector;

  /** Whether only the very version and group of a rule count. */
  readonly exact: boolean;
}

/** Reads matchConstraints or matchResources; what is absent matches everything. */
export function readMatch(shape: Shape | undefined): MatchResources {
  const selector = (field: string) => {
    const own = shape?.child(field);
    return own === undefined ? Selector.EVERYTHING : Selector.read(own);
  };
  const policy = shape?.text('matchPolicy');
  if (policy !== undefined && policy !== 'Exact' && policy !== 'Equivalent') shape!.wrong('matchPolicy', `${show(policy)} is not a match policy`, 'Exact, Equivalent');
  return {
    rules: (shape?.children('resourceRules') ?? []).map(readRule),
    excluded: (shape?.children('excludeResourceRules') ?? []).map(readRule),
    namespaces: selector('namespaceSelector'),
    objects: selector('objectSelector'),
    exact: policy === 'Exact',
  };
}

function readRule(shape: Shape): ResourceRule {
  const required = (field: string) => {
    const items = shape.texts(field);
    if (items.length === 0) shape.wrong(field, `there are no ${field}`, 'at least one, or *');
    return items;
  };
  const scope = shape.text('scope') ?? '*';
  if (scope !== '*' && scope !== 'Cluster' && scope !== 'Namespaced') shape.wrong('scope', `${show(scope)} is not a scope`, 'Cluster, Namespaced, *');
  const operations = required('operations');
  operations.forEach((operation, index) => {
    if (!['*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'].includes(operation)) {
      shape.wrong(`operations[${index}]`, `${show(operation)} is not an operation`, 'CREATE, UPDATE, DELETE, CONNECT, *');
    }
  });
  return {
    groups: required('apiGroups'),
    versions: required('apiVersions'),
    operations,
    resources: required('resources'),
    names: shape.texts('resourceNames'),
    scope,
  };
}

/**
 * The resource as which a request is matched, or nothing when it is not.
 *
 * @param match what the policy or binding is about
 * @param request the request
 * @param namespaceLabels labels of the namespace of the request
 * @param resources what resources are equivalent
 */
export function matches(match: MatchResources, request: Attributes, namespaceLabels: LabelMap, resources: Resources): Resource | undefined {
  if (!matchesNamespace(match.namespaces, request, namespaceLabels)) return undefined;
  const selected = (object: any) => object !== null && match.objects.matches(labelsOf(object));
  if (!match.objects.matchesEverything && !selected(request.object) && !selected(request.oldObject)) return undefined;
  if (byRules(match.excluded, match.exact, request, resources) !== undefined) return undefined;
  return match.rules.length === 0 ? request.resource : byRules(match.rules, match.exact, request, resources);
}

function matchesNamespace(selector: Selector, { namespace, resource, operation, subresource, object }: Attributes, labels: LabelMap): boolean {
  if (selector.matchesEverything || (namespace === '' && resource.resource !== 'namespaces')) return true;
  const own = resource.resource === 'namespaces' && subresource === '' && (operation === 'CREATE' || operation === 'UPDATE');
  return selector.matches(own ? withName(labelsOf(object), object?.metadata?.name) : labels);
}

/** The labels of a Namespace as they are stored: the API server adds its name. */
export function withName(labels: LabelMap, name: unknown): LabelMap {
  return typeof name === 'string' && name !== '' ? { ...labels, 'kubernetes.io/metadata.name': name } : labels;
}

/** Labels of an object, as far as they are labels. */
export function labelsOf(object: any): LabelMap {
  const labels = object?.metadata?.labels;
  return isObject(labels) ? Object.fromEntries(Object.entries(labels).filter(([, value]) => typeof value === 'string')) : {};
}

function byRules(rules: ResourceRule[], exact: boolean, request: Attributes, resources: Resources): Resource | undefined {
  const fits = (resource: Resource) => rules.some((rule) => ruleMatches(rule, request, resource));
  if (rules.length === 0) return undefined;
  if (fits(request.resource)) return request.resource;
  return exact ? undefined : resources.equivalents(request.resource).find(fits);
}

function ruleMatches(rule: ResourceRule, request: Attributes, { group, version, resource }: Resource): boolean {
  const has = (items: string[], asked: string) => items.includes('*') || items.includes(asked);
  const cluster = request.namespace === '' || (group === '' && version === 'v1' && resource === 'namespaces');
  return (rule.scope === '*' || (rule.scope === 'Cluster') === cluster)
    && has(rule.operations, request.operation) && has(rule.groups, group) && has(rule.versions, version)
    && rule.resources.some((written) => {
      const slash = written.indexOf('/');
      const [own, part] = slash < 0 ? [written, ''] : [written.slice(0, slash), written.slice(slash + 1)];
      return (own === '*' || own === resource) && (part === '*' || part === request.subresource);
    })
    && (rule.names.length === 0 || rule.names.includes(request.name));
}
