import { InvalidInputError } from '@viridial/core';
import fc from 'fast-check';
import { Admission } from '../src';
import { binding, bound, checked, configMap, EVERYTHING, namespaceOf, podOf, policy, reviewed } from './fixtures/policies';

const pod = podOf();
const rule = (changes: any) => ({ matchConstraints: { resourceRules: [{ ...EVERYTHING, ...changes }] } });
const refuses = (spec: any, object: any = pod, request: any = {}) => !reviewed(bound(['false'], spec), object, request).allowed;

describe('a review', () => {
  test('lets through what no policy is about, and what keeps to all of them', () => {
    expect(reviewed([], pod)).toEqual({ allowed: true, denials: [], warnings: [], audits: [] });
    expect(checked("object.metadata.name == 'web'", pod).allowed).toBe(true);
  });

  test('tells policy, binding, place, message and reason of every denial', () => {
    const decision = reviewed(bound([], { validations: [{ expression: 'true' }, { expression: 'false', message: ' not here ', reason: 'Forbidden' }] }), pod);
    expect(decision.denials).toEqual([{
      policy: 'guard',
      binding: 'guard-everywhere',
      path: 'spec.validations[1]',
      message: "ValidatingAdmissionPolicy 'guard' with binding 'guard-everywhere' denied request: not here",
      detail: 'not here',
      reason: 'Forbidden',
      failed: false,
    }]);
  });

  test('does not depend on the order of the manifests', () => {
    const manifests = [...bound(['false']), policy('second', ['false']), binding('second'), configMap('x')];
    fc.assert(fc.property(fc.shuffledSubarray(manifests, { minLength: manifests.length }), (shuffled) => {
      expect(reviewed(shuffled, pod)).toEqual(reviewed(manifests, pod));
    }), { numRuns: 20 });
  });

  test('reads every version of the API, and the first one refuses without actions', () => {
    for (const version of ['v1', 'v1beta1', 'v1alpha1']) {
      const manifests = bound(['false']).map((object) => ({ ...object, apiVersion: `admissionregistration.k8s.io/${version}` }));
      expect(reviewed(manifests, pod).allowed).toBe(false);
    }
    const { validationActions, ...spec } = binding('guard').spec;
    const alpha = { ...binding('guard'), apiVersion: 'admissionregistration.k8s.io/v1alpha1', spec };
    expect(validationActions).toEqual(['Deny']);
    expect(reviewed([policy('guard', ['false']), alpha], pod).allowed).toBe(false);
  });
});

describe('bad requests', () => {
  const codes = (request: any) => {
    try {
      Admission.of([]).review(request);
      return [];
    } catch (error) {
      return InvalidInputError.isInvalidInputError(error) ? (error as InvalidInputError).problems.map(({ code, path }) => `${code} ${path}`) : [String(error)];
    }
  };

  test('are told with everything that is wrong', () => {
    expect(codes({ operation: 'PATCH', object: pod, userInfo: {} })).toEqual(['UnknownOperation operation']);
    expect(codes({ operation: 'CREATE', userInfo: {} })).toEqual(['AmbiguousOperation object']);
    expect(codes({ operation: 'DELETE', object: pod, userInfo: {} })).toEqual(['AmbiguousOperation oldObject']);
    expect(codes({ operation: 'CREATE', object: { metadata: {} }, userInfo: {} })).toEqual(['MalformedObject object']);
    expect(codes({ operation: 'UPDATE', object: { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'x' } }, userInfo: {} })).toEqual(['UnknownResource resource']);
  });

  test('malformed policies and bindings are told when they are read', () => {
    const malformed = (...manifests: any[]) => {
      try {
        Admission.of(manifests);
        return [];
      } catch (error) {
        return (error as InvalidInputError).problems.map(({ path }) => path.replace(/^[A-Za-z]+\.[^ ]+ /, ''));
      }
    };
    expect(malformed({ ...policy('guard', []), spec: undefined })).toEqual(['guard spec']);
    expect(malformed(policy('guard', [], { failurePolicy: 'Maybe' }))).toEqual(['guard spec.failurePolicy', 'guard spec.validations']);
    expect(malformed(policy('guard', ['true'], rule({ operations: ['READ'], scope: 'Some' })))).toEqual([
      'guard spec.matchConstraints.resourceRules[0].operations[0]', 'guard spec.matchConstraints.resourceRules[0].scope',
    ]);
    expect(malformed(binding('guard', { validationActions: ['Deny', 'Warn'] }))).toEqual(['guard-everywhere spec.validationActions']);
    expect(malformed(binding('guard', { validationActions: ['Refuse'] }))).toEqual(['guard-everywhere spec.validationActions[0]']);
    expect(malformed(binding('guard', { paramRef: {} }))).toEqual(['guard-everywhere spec.paramRef', 'guard-everywhere spec.paramRef.parameterNotFoundAction']);
    expect(malformed(binding('guard', { validationActions: [] }))).toEqual(['guard-everywhere spec.validationActions']);
    expect(malformed(binding('guard', { validationActions: ['Deny', 'Deny'] }))).toEqual(['guard-everywhere spec.validationActions']);
    expect(malformed(policy('guard', ['true'], { matchConstraints: undefined }))).toEqual(['guard spec.matchConstraints']);
    expect(malformed(policy('guard', ['true'], { matchConstraints: {} }))).toEqual(['guard spec.matchConstraints.resourceRules']);
    expect(malformed(policy('guard', ['true'], rule({ apiGroups: [] })))).toEqual(['guard spec.matchConstraints.resourceRules[0].apiGroups']);
    expect(malformed(policy('guard', [], { validations: [{ expression: 'true', message: 'a\nb' }] }))).toEqual(['guard spec.validations[0].message']);
  });
});

describe('rules about resources', () => {
  test('groups, versions, operations and resources all have to fit, and a star fits all', () => {
    expect(refuses(rule({ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }))).toBe(true);
    for (const other of [{ apiGroups: ['apps'] }, { apiVersions: ['v2'] }, { operations: ['UPDATE'] }, { resources: ['services'] }]) expect(refuses(rule(other))).toBe(false);
  });

  test('a part of a resource is named behind a slash; a star alone is no part', () => {
    const status = { subresource: 'status', operation: 'UPDATE', oldObject: pod };
    const by = (resource: string, request: any = status) => refuses(rule({ resources: [resource] }), pod, request);
    expect(['*', 'pods', '*/*', 'pods/*', '*/status', 'pods/status', 'pods/exec'].filter((resource) => by(resource))).toEqual(['*/*', 'pods/*', '*/status', 'pods/status']);
    expect(['*', 'pods', '*/*', 'pods/*', '*/status'].filter((resource) => by(resource, {}))).toEqual(['*', 'pods', '*/*', 'pods/*']);
  });

  test('names limit a rule, and exclusions come first', () => {
    expect(refuses(rule({ resourceNames: ['web'] }))).toBe(true);
    expect(refuses(rule({ resourceNames: ['other'] }))).toBe(false);
    expect(refuses({ matchConstraints: { resourceRules: [EVERYTHING], excludeResourceRules: [{ ...EVERYTHING, resources: ['pods'] }] } })).toBe(false);
  });

  test('a Namespace is an object of the cluster, whatever its request says', () => {
    const scoped = (scope: string, object: any) => refuses(rule({ scope }), object);
    expect([scoped('Cluster', pod), scoped('Namespaced', pod)]).toEqual([false, true]);
    expect([scoped('Cluster', namespaceOf('shop')), scoped('Namespaced', namespaceOf('shop'))]).toEqual([true, false]);
  });

  test('equivalent versions of built-in kinds and of definitions match unless matchPolicy is Exact', () => {
    const autoscaler = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'a', namespace: 'shop' }, spec: {} };
    const v1 = { apiGroups: ['autoscaling'], apiVersions: ['v1'], resources: ['horizontalpodautoscalers'] };
    expect(refuses(rule(v1), autoscaler)).toBe(true);
    expect(refuses({ matchConstraints: { matchPolicy: 'Exact', resourceRules: [{ ...EVERYTHING, ...v1 }] } }, autoscaler)).toBe(false);
    const versions = ['v1', 'v2'].map((name) => ({ name, served: true }));
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'mice.example.com' },
      spec: { group: 'example.com', scope: 'Namespaced', names: { kind: 'Mouse', plural: 'mice' }, versions },
    };
    const mouse = { apiVersion: 'example.com/v2', kind: 'Mouse', metadata: { name: 'm', namespace: 'shop' } };
    const told = bound([], { ...rule({ apiGroups: ['example.com'], apiVersions: ['v1'], resources: ['mice'] }), validations: [{ expression: 'false', messageExpression: "string(object.apiVersion) + ' ' + request.requestKind.version" }] });
    expect(reviewed([definition, ...told], mouse).denials[0].detail).toBe('example.com/v1 v2');
    expect(reviewed(told, mouse).allowed).toBe(true); // an unknown kind is called mouses
  });

  test('policies themselves and questions about permissions are exempt, roles are not', () => {
    expect(refuses({}, policy('x', ['true']))).toBe(false);
    expect(refuses({}, { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', metadata: {}, spec: {} })).toBe(false);
    expect(refuses({}, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'x' } })).toBe(true);
  });
});

describe('selectors', () => {
  const inTeam = { namespaceSelector: { matchLabels: { team: 'a' } }, resourceRules: [EVERYTHING] };

  test('look at the Namespace of the manifests, or at the one of the request', () => {
    const manifests = [...bound(['false'], { matchConstraints: inTeam }), namespaceOf('shop', { team: 'a' })];
    expect(reviewed(manifests, pod).allowed).toBe(false);
    expect(reviewed(manifests, pod, { namespaceObject: namespaceOf('shop', { team: 'b' }) }).allowed).toBe(true);
    expect(reviewed(manifests, podOf({}, {}, { namespace: 'blog' })).allowed).toBe(true);
  });

  test('a Namespace that nobody knows has its name for a label', () => {
    expect(refuses({ matchConstraints: { resourceRules: [EVERYTHING], namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } } })).toBe(true);
  });

  test('a Namespace is selected by its own labels, new ones or, when it goes, old ones', () => {
    expect(refuses({ matchConstraints: inTeam }, namespaceOf('shop', { team: 'a' }))).toBe(true);
    expect(refuses({ matchConstraints: inTeam }, namespaceOf('shop'))).toBe(false);
    expect(refuses({ matchConstraints: inTeam }, null, { operation: 'DELETE', oldObject: namespaceOf('shop', { team: 'a' }) })).toBe(true);
  });

  test('other objects of the cluster are always selected', () => {
    expect(refuses({ matchConstraints: inTeam }, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'x' } })).toBe(true);
  });

  test('objects are selected by their labels as they are or were', () => {
    const labelled = podOf({}, {}, { labels: { app: 'web' } });
    const spec = { matchConstraints: { resourceRules: [EVERYTHING], objectSelector: { matchLabels: { app: 'web' } } } };
    expect([refuses(spec, labelled), refuses(spec), refuses(spec, pod, { operation: 'UPDATE', oldObject: labelled })]).toEqual([true, false, true]);
  });

  test('a binding narrows what its policy is about', () => {
    const narrow = (matchResources: any) => reviewed(bound(['false'], {}, { matchResources }), pod).allowed;
    expect([narrow({ resourceRules: [{ ...EVERYTHING, resources: ['services'] }] }), narrow({ excludeResourceRules: [EVERYTHING] }), narrow({})]).toEqual([true, true, false]);
  });

  test('a rule matches exactly when each of its parts does', () => {
    const part = (own: string, others: string[]) => fc.subarray(['*', own, ...others], { minLength: 1 });
    fc.assert(fc.property(
      part('', ['apps']), part('v1', ['v2']), part('CREATE', ['DELETE']), part('pods', ['services']), fc.subarray(['web', 'other']),
      (apiGroups, apiVersions, operations, resources, resourceNames) => {
        const fits = (items: string[], own: string) => items.includes('*') || items.includes(own);
        const expected = fits(apiGroups, '') && fits(apiVersions, 'v1') && fits(operations, 'CREATE') && fits(resources, 'pods') && (resourceNames.length === 0 || resourceNames.includes('web'));
        expect(refuses(rule({ apiGroups, apiVersions, operations, resources, resourceNames }))).toBe(expected);
      },
    ), { numRuns: 60 });
  });
});

describe('conditions and failures', () => {
  const conditions = (...expressions: string[]) => ({ matchConditions: expressions.map((expression, index) => ({ name: `c${index}`, expression })) });

  test('one condition that does not hold exempts a request, even when others fail', () => {
    expect(refuses(conditions('true'))).toBe(true);
    expect(refuses(conditions('true', 'false'))).toBe(false);
    expect(refuses(conditions('object.nope == 1', 'false'))).toBe(false);
  });

  test('a condition that fails counts as failurePolicy says', () => {
    const decision = reviewed(bound(['true'], conditions('object.nope == 1', 'object.no == 1')), pod);
    expect(decision.denials).toMatchObject([{
      failed: true, detail: "[expression 'object.nope == 1' resulted in error: no such key: nope, expression 'object.no == 1' resulted in error: no such key: no]",
    }]);
    expect(refuses({ ...conditions('object.nope == 1'), failurePolicy: 'Ignore' })).toBe(false);
  });

  test('conditions see no Namespace', () => {
    expect(refuses(conditions('namespaceObject != null'))).toBe(false);
  });

  test('an expression that fails refuses, unless failurePolicy is Ignore; what does not hold refuses all the same', () => {
    expect(checked('object.spec.nope == 1', pod).denials).toMatchObject([{ failed: true, detail: "expression 'object.spec.nope == 1' resulted in error: no such key: nope" }]);
    expect(reviewed(bound(['object.nope == 1'], { failurePolicy: 'Ignore' }), pod).allowed).toBe(true);
    expect(reviewed(bound(['object.nope == 1', 'false'], { failurePolicy: 'Ignore' }), pod).denials).toHaveLength(1);
  });

  test('an expression that does not compile fails in every review', () => {
    for (const expression of ['object.', 'nope == 1', 'nope(object)', "'a' == 1", 'request.nope == 1', 'variables.x', '1']) {
      expect(checked(expression, pod).denials).toMatchObject([{ failed: true, path: 'spec.validations[0]' }]);
      expect(reviewed(bound([expression], { failurePolicy: 'Ignore' }), pod).allowed).toBe(true);
    }
  });
});

describe('variables', () => {
  const variables = (...pairs: [string, string][]) => ({ variables: pairs.map(([name, expression]) => ({ name, expression })) });

  test('build on those before them, and are only evaluated where they are needed', () => {
    const spec = variables(['bad', 'object.nope'], ['name', 'object.metadata.name'], ['loud', "variables.name + '!'"]);
    expect(reviewed(bound(["variables.loud == 'web!'", 'true || variables.bad == 1'], spec), pod).allowed).toBe(true);
    expect(reviewed(bound(['variables.bad == 1'], spec), pod).denials[0].detail)
      .toBe("expression 'variables.bad == 1' resulted in error: composited variable \"bad\" fails to evaluate: no such key: nope");
    expect(reviewed(bound(['has(variables.bad)'], spec), pod).allowed).toBe(false);
  });

  test('that come later are unknown', () => {
    expect(reviewed(bound(['variables.a == 1'], variables(['a', 'variables.b'], ['b', '1'])), pod).denials[0].detail).toContain('fails to compile');
  });

  test('stand for the parameters and for either object, as wrappers of policies write them', () => {
    const spec = variables(
      ['anyObject', 'has(request.operation) && request.operation == "DELETE" && object == null ? oldObject : object'],
      ['params', '!has(params.spec) ? null : !has(params.spec.parameters) ? null : params.spec.parameters'],
    );
    const params = { apiVersion: 'constraints.example.com/v1', kind: 'Constraint', metadata: { name: 'c' }, spec: { parameters: { names: ['web'] } } };
    const manifests = bound(['variables.anyObject.metadata.name in variables.params.names'], { ...spec, paramKind: { apiVersion: 'constraints.example.com/v1', kind: 'Constraint' } });
    expect(reviewed(manifests, pod, { params }).allowed).toBe(true);
    expect(reviewed(manifests, undefined, { operation: 'DELETE', oldObject: podOf({}, {}, { name: 'x' }), params }).allowed).toBe(false);
  });
});

describe('messages', () => {
  const told = (validation: any) => reviewed(bound([], { validations: [{ expression: ' object.kind == "x" ', ...validation }] }), pod).denials[0].detail;

  test('come from the messageExpression, else from the message, else from the expression', () => {
    expect(told({ messageExpression: "'bad ' + object.metadata.name", message: 'm' })).toBe('bad web');
    expect(told({ message: '  m ' })).toBe('m');
    expect(told({})).toBe('failed expression: object.kind == "x"');
  });

  test('an outcome that is empty, has lines, is too long, or fails, is of no use', () => {
    for (const messageExpression of ["'  '", "'a\\nb'", "lists.range(6000).map(i, 'x').join()", 'string(object.nope)', 'authorizer.path("/").check("get").reason()', 'nope']) {
      expect(told({ messageExpression, message: 'm' })).toBe('m');
    }
    expect(told({ messageExpression: "lists.range(5120).map(i, 'x').join()", message: 'm' })).toHaveLength(5120);
  });
});

describe('actions', () => {
  const acting = (...validationActions: string[]) => reviewed(bound([], { validations: [{ expression: 'false', message: 'no' }] }, { validationActions }), pod);

  test('only Deny refuses', () => {
    expect([acting('Deny').allowed, acting('Audit').allowed, acting('Warn').allowed]).toEqual([false, true, true]);
  });

  test('Warn warns and Audit leaves a note, in the words of the API server', () => {
    expect(acting('Warn').warnings).toEqual(["Validation failed for ValidatingAdmissionPolicy 'guard' with binding 'guard-everywhere': no"]);
    const [{ key, value }] = acting('Deny', 'Audit').audits;
    expect(key).toBe('validation.policy.admission.k8s.io/validation_failure');
    expect(JSON.parse(value)).toEqual([{ message: 'no', policy: 'guard', binding: 'guard-everywhere', expressionIndex: 0, validationActions: ['Deny', 'Audit'] }]);
  });

  test('annotations are added, and one that fails refuses whatever the actions are', () => {
    const annotated = (valueExpression: string, spec: any = {}) => reviewed(bound([], { auditAnnotations: [{ key: 'who', valueExpression }], ...spec }, { validationActions: ['Audit'] }), pod, { userInfo: { username: 'alice' } });
    expect(annotated('request.userInfo.username').audits).toEqual([{ policy: 'guard', key: 'guard/who', value: 'alice' }]);
    expect(annotated('null')).toEqual({ allowed: true, denials: [], warnings: [], audits: [] });
    expect(annotated('string(object.nope)').allowed).toBe(false);
    expect(annotated('string(object.nope)', { failurePolicy: 'Ignore' }).allowed).toBe(true);
  });
});

describe('parameters', () => {
  const kind = { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } };
  const limited = (paramRef: any, spec: any = {}) => bound([], {
    ...kind, validations: [{ expression: 'object.metadata.name == params.data.name', messageExpression: "'only ' + string(params.data.name)" }], ...spec,
  }, { paramRef: { parameterNotFoundAction: 'Allow', ...paramRef } });
  const one = configMap('one', { name: 'web' }, { labels: { kind: 'limit' } });
  const two = configMap('two', { name: 'api' }, { labels: { kind: 'limit' } });

  test('are found by name, in the namespace of the request unless the binding names one', () => {
    expect(reviewed([...limited({ name: 'one' }), one], pod).allowed).toBe(true);
    expect(reviewed([...limited({ name: 'two' }), two], pod).allowed).toBe(false);
    expect(reviewed([...limited({ name: 'two', namespace: 'shop' }), two], podOf({}, {}, { namespace: 'blog' })).allowed).toBe(false);
    expect(reviewed([...limited({ name: 'two' }), two], podOf({}, {}, { namespace: 'blog' })).allowed).toBe(true);
  });

  test('found by a selector, each of them counts', () => {
    const { denials } = reviewed([...limited({ selector: { matchLabels: { kind: 'limit' } } }), one, two], pod);
    expect(denials.map(({ detail }) => detail)).toEqual(['only api']);
  });

  test('that are not there let go or refuse, as the binding says', () => {
    expect(reviewed(limited({ name: 'one', parameterNotFoundAction: 'Allow' }), pod).allowed).toBe(true);
    const refused = reviewed(limited({ name: 'one', parameterNotFoundAction: 'Deny' }), pod);
    expect(refused.denials).toMatchObject([{
      failed: true, path: 'spec.paramRef', detail: 'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction',
    }]);
    expect(reviewed(limited({ name: 'one', parameterNotFoundAction: 'Deny' }, { failurePolicy: 'Ignore' }), pod).allowed).toBe(true);
  });

  test('of a namespace cannot be found for an object of the cluster', () => {
    expect(reviewed(limited({ name: 'one' }), namespaceOf('x')).allowed).toBe(true); // its request is in the namespace x
    expect(reviewed(limited({ name: 'one' }), { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } }).denials[0].detail).toContain('cannot use namespaced paramRef');
  });

  test('are null where the binding names none, and those of the request come first', () => {
    expect(reviewed(bound(['params == null'], kind), pod).allowed).toBe(true);
    expect(reviewed([...limited({ name: 'two' }), two], pod, { params: one }).allowed).toBe(true);
  });
});

describe('what expressions see', () => {
  const alice = { username: 'alice', uid: '1', groups: ['devs'], extra: { scopes: ['a'] } };

  test.each([
    "request.operation == 'CREATE' && request.name == 'web' && request.namespace == 'shop' && request.dryRun == false",
    "request.kind.kind == 'Pod' && request.kind.group == '' && request.resource.resource == 'pods' && request.requestResource.version == 'v1'",
    "request.userInfo.username == 'alice' && 'devs' in request.userInfo.groups && request.userInfo.extra['scopes'] == ['a'] && request.userInfo.uid == '1'",
    '!has(request.subResource) && oldObject == null',
    "namespaceObject.metadata.name == 'shop' && namespaceObject.metadata.labels['kubernetes.io/metadata.name'] == 'shop'",
    'object.spec.terminationGracePeriodSeconds == 30 && type(object.spec.terminationGracePeriodSeconds) == int',
    "request.options.kind == 'CreateOptions'",
  ])('%s', (expression) => {
    expect(checked(expression, podOf({}, { terminationGracePeriodSeconds: 30 }), { userInfo: alice }).denials).toEqual([]);
  });

  test('who is nobody in particular is in system:authenticated, and a service account in its groups', () => {
    expect(checked("request.userInfo.groups == ['system:authenticated']", pod).allowed).toBe(true);
    const account = { userInfo: { username: 'system:serviceaccount:shop:deployer' } };
    expect(checked("'system:serviceaccounts:shop' in request.userInfo.groups", pod, account).allowed).toBe(true);
  });

  test('an object without a namespace is in default', () => {
    const { namespace, ...metadata } = pod.metadata;
    expect(namespace).toBe('shop');
    expect(checked("request.namespace == 'default' && object.metadata.namespace == 'default'", { ...pod, metadata }).allowed).toBe(true);
  });

  test('a Namespace has itself for a namespace, and none around it', () => {
    expect(checked("request.namespace == 'shop' && namespaceObject == null", namespaceOf('shop')).denials).toEqual([]);
  });

  test('an object that goes is the old one', () => {
    expect(reviewed(bound(["object == null && oldObject.metadata.name == 'web'"]), undefined, { operation: 'DELETE', oldObject: pod }).allowed).toBe(true);
  });

  test('a connection has options for an object', () => {
    const options = { apiVersion: 'v1', kind: 'PodExecOptions', command: ['sh'] };
    const request = { operation: 'CONNECT', subresource: 'exec', name: 'web', namespace: 'shop' };
    const manifests = bound(["object.command != ['sh']"], rule({ operations: ['CONNECT'], resources: ['pods/exec'] }));
    expect(reviewed(manifests, options, request).allowed).toBe(false);
  });

  test('a scale is of the resource that the request names', () => {
    const scale = { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'web', namespace: 'shop' }, spec: { replicas: 9 } };
    const manifests = bound(['object.spec.replicas < 5'], rule({ apiGroups: ['apps'], resources: ['deployments/scale'] }));
    const request = { operation: 'UPDATE', oldObject: scale, subresource: 'scale', resource: { apiGroup: 'apps', apiVersion: 'v1', resource: 'deployments' } };
    expect(reviewed(manifests, scale, request).allowed).toBe(false);
  });
});

describe('the authorizer', () => {
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'r', namespace: 'shop' }, rules: [{ apiGroups: [''], resources: ['pods', 'pods/exec'], verbs: ['delete', 'special'] }] };
  const subjects = [{ kind: 'User', name: 'alice', apiGroup: 'rbac.authorization.k8s.io' }, { kind: 'ServiceAccount', name: 'bot', namespace: 'shop' }];
  const grant = {
    apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'b', namespace: 'shop' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' }, subjects,
  };
  const holds = (expression: string, username: string, groups?: string[]) => reviewed([...bound([expression]), role, grant], pod, { userInfo: { username, groups } }).allowed;
  const may = "authorizer.group('').resource('pods').namespace('shop').check('delete').allowed()";

  test('answers by the roles and bindings of the manifests', () => {
    expect([holds(may, 'alice'), holds(may, 'bob'), holds(may, 'bob', ['system:masters'])]).toEqual([true, false, true]);
    expect(holds("authorizer.group('').resource('pods').check('delete').allowed()", 'alice')).toBe(false);
    expect(holds("authorizer.group('').resource('pods').subresource('exec').namespace('shop').name('x').check('delete').allowed()", 'alice')).toBe(true);
    expect(holds("authorizer.path('/healthz').check('get').allowed()", 'alice')).toBe(false);
  });

  test('knows the resource of the request, and answers for service accounts too', () => {
    expect(holds("authorizer.requestResource.check('special').allowed()", 'alice')).toBe(true);
    expect(holds("authorizer.serviceAccount('shop', 'bot').requestResource", 'alice')).toBe(false);
    expect(holds("authorizer.serviceAccount('shop', 'bot').group('').resource('pods').namespace('shop').check('delete').allowed()", 'bob')).toBe(true);
    expect(holds("authorizer.group('').resource('pods').namespace('shop').check('delete').reason().startsWith('RBAC: allowed by')", 'alice')).toBe(true);
    expect(holds("!authorizer.path('/x').check('get').errored() && authorizer.path('/x').check('get').error() == ''", 'bob')).toBe(true);
  });
});
