import { AdmissionStatement } from '@viridial/core';
import { celValue, evaluate } from './cel';

/** Why policies refuse a request: the names of the policies, with what they say. */
export interface Refusal {
  readonly policy: string;
  readonly message: string;
}

/** A second, small reading of the ValidatingAdmissionPolicy API: what the policies say to a request. */
export function refusals(objects: any[], namespaces: any[], statement: AdmissionStatement): Refusal[] {
  const bindings = objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding');
  const policies = new Map(objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy').map((policy) => [policy.metadata.name, policy]));
  const current = statement.object ?? statement.oldObject;
  const namespace = namespaces.find(({ metadata }) => metadata.name === current.metadata.namespace);
  return bindings.flatMap((binding) => {
    const policy = policies.get(binding.spec.policyName);
    if (!binding.spec.validationActions.includes('Deny') || policy === undefined) return [];
    const selector = binding.spec.matchResources?.namespaceSelector;
    if (selector !== undefined && (namespace === undefined || !selects(selector, namespace.metadata.labels))) return [];
    return refusalOf(policy, namespace, statement);
  });
}

function refusalOf(policy: any, namespace: any, statement: AdmissionStatement): Refusal[] {
  const { matchConstraints, matchConditions = [], variables = [], validations } = policy.spec;
  const current = statement.object ?? statement.oldObject;
  const [group, resource] = [groupOf(current), resourceOf(current.kind)];
  const path = statement.subresource === undefined ? resource : `${resource}/${statement.subresource}`;
  const matches = matchConstraints.resourceRules.some((rule: any) => rule.operations.includes(statement.operation)
    && (rule.apiGroups.includes(group) || rule.apiGroups.includes('*'))
    && rule.resources.some((each: string) => each === path || (each === '*' && !path.includes('/')) || (each.startsWith('*/') && path.endsWith(each.slice(1)))));
  if (!matches) return [];
  const objects = [statement.object, statement.oldObject].filter((object) => object !== undefined);
  if (matchConstraints.objectSelector && !objects.some(({ metadata }) => selects(matchConstraints.objectSelector, metadata.labels ?? {}))) return [];

  const lazy: any = {};
  const scope = {
    object: celValue(statement.object ?? null),
    oldObject: celValue(statement.oldObject ?? null),
    namespaceObject: celValue(namespace ?? null),
    request: celValue({
      operation: statement.operation,
      kind: { kind: current.kind },
      name: current.metadata.name,
      namespace: current.metadata.namespace,
      resource: { group, resource },
      subResource: statement.subresource,
      userInfo: { username: statement.user ?? 'somebody', groups: statement.groups ?? ['system:authenticated'] },
    }),
    variables: lazy,
  };
  const remembered = new Map<string, any>();
  for (const { name, expression } of variables) {
    Object.defineProperty(lazy, name, {
      enumerable: true,
      get: () => {
        if (!remembered.has(name)) remembered.set(name, evaluate(expression, scope));
        return remembered.get(name);
      },
    });
  }
  if (!matchConditions.every(({ expression }: any) => evaluate(expression, scope))) return [];
  return validations.filter(({ expression }: any) => evaluate(expression, scope) !== true).map(({ message, messageExpression }: any) => ({
    policy: policy.metadata.name, message: messageExpression ? evaluate(messageExpression, scope) : message,
  }));
}

function selects({ matchLabels = {}, matchExpressions = [] }: any, labels: { [key: string]: string }): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value)
    && matchExpressions.every(({ key, operator }: any) => operator === 'Exists' && key in labels);
}

function groupOf({ apiVersion }: any): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

function resourceOf(kind: string): string {
  const plural = kind.toLowerCase();
  return plural.endsWith('y') && !plural.endsWith('gateway') ? `${plural.slice(0, -1)}ies` : plural.endsWith('s') ? `${plural}es` : `${plural}s`;
}
