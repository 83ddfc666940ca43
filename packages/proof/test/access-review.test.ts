import { InvalidInputError } from '@viridial/core';
import fc from 'fast-check';
import { AccessRequest, AccessReview } from '../src';
import { clusterRole, clusterRoleBinding, role, roleBinding, rule } from './fixtures/access';

const can = (manifests: any[], request: AccessRequest) => AccessReview.of(manifests).allows(request);

function problemsOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    return InvalidInputError.problemsOf(error).map((problem) => problem.toString());
  }
  return [];
}

describe('bindings', () => {
  const reader = role('shop/reader', rule(['get', 'list'], ['pods']));
  const getPods = { verb: 'get', resource: 'pods', namespace: 'shop' };

  test('without a binding nothing is authorised', () => {
    expect(can([], { user: 'alice', ...getPods })).toBe(false);
    expect(can([reader], { user: 'alice', ...getPods })).toBe(false);
  });

  test('a RoleBinding grants in its namespace only', () => {
    const manifests = [reader, roleBinding('shop/readers', 'reader', 'user:alice')];
    expect(can(manifests, { user: 'alice', ...getPods })).toBe(true);
    expect(can(manifests, { user: 'alice', ...getPods, namespace: 'blog' })).toBe(false);
    expect(can(manifests, { user: 'alice', verb: 'get', resource: 'pods' })).toBe(false);
    expect(can(manifests, { user: 'bob', ...getPods })).toBe(false);
  });

  test('a RoleBinding finds a Role in its own namespace only', () => {
    expect(can([reader, roleBinding('blog/readers', 'reader', 'user:alice')], { user: 'alice', ...getPods, namespace: 'blog' })).toBe(false);
  });

  test('a RoleBinding to a ClusterRole grants in its namespace only, and nothing that has no namespace', () => {
    const manifests = [clusterRole('reader', [rule(['get'], ['pods', 'nodes'])]), roleBinding('shop/readers', 'cluster:reader', 'user:alice')];
    expect(can(manifests, { user: 'alice', ...getPods })).toBe(true);
    expect(can(manifests, { user: 'alice', ...getPods, namespace: 'blog' })).toBe(false);
    expect(can(manifests, { user: 'alice', verb: 'get', resource: 'nodes' })).toBe(false);
  });

  test('a ClusterRoleBinding grants everywhere', () => {
    const manifests = [clusterRole('reader', [rule(['get'], ['pods', 'nodes'])]), clusterRoleBinding('readers', 'reader', 'user:alice')];
    expect(can(manifests, { user: 'alice', ...getPods })).toBe(true);
    expect(can(manifests, { user: 'alice', verb: 'get', resource: 'nodes' })).toBe(true);
    expect(can(manifests, { user: 'alice', verb: 'get', resource: 'pods' })).toBe(true);
  });

  test('a binding to a role that is not there grants nothing', () => {
    expect(can([roleBinding('shop/readers', 'reader', 'user:alice')], { user: 'alice', ...getPods })).toBe(false);
  });

  test('Role and ClusterRole of one name are two roles', () => {
    const manifests = [clusterRole('reader', [rule(['get'], ['pods'])]), roleBinding('shop/readers', 'reader', 'user:alice')];
    expect(can(manifests, { user: 'alice', ...getPods })).toBe(false);
  });
});

describe('subjects', () => {
  const reader = clusterRole('reader', [rule(['get'], ['pods'])]);
  const bound = (subject: string) => [reader, clusterRoleBinding('readers', 'reader', subject)];
  const get = { verb: 'get', resource: 'pods' };

  test('users and groups are told apart', () => {
    expect(can(bound('user:shop'), { user: 'shop', ...get })).toBe(true);
    expect(can(bound('user:shop'), { groups: ['shop'], ...get })).toBe(false);
    expect(can(bound('group:shop'), { groups: ['blog', 'shop'], ...get })).toBe(true);
    expect(can(bound('group:shop'), { user: 'shop', ...get })).toBe(false);
  });

  test('a service account is known by namespace and name', () => {
    for (const serviceAccount of ['shop/web', 'system:serviceaccount:shop:web']) {
      expect(can(bound('serviceaccount:shop/web'), { serviceAccount, ...get })).toBe(true);
      expect(can(bound('user:system:serviceaccount:shop:web'), { serviceAccount, ...get })).toBe(true);
    }
    expect(can(bound('serviceaccount:shop/web'), { user: 'system:serviceaccount:shop:web', ...get })).toBe(true);
    expect(can(bound('serviceaccount:shop/web'), { serviceAccount: 'blog/web', ...get })).toBe(false);
    expect(can(bound('serviceaccount:shop/web'), { user: 'web', ...get })).toBe(false);
  });

  test.each(['system:serviceaccounts', 'system:serviceaccounts:shop', 'system:authenticated'])('a service account is in %s', (group) => {
    expect(can(bound(`group:${group}`), { serviceAccount: 'shop/web', ...get })).toBe(true);
  });

  test('a service account is not in the group of another namespace, and not unauthenticated', () => {
    for (const group of ['system:serviceaccounts:blog', 'system:unauthenticated']) expect(can(bound(`group:${group}`), { serviceAccount: 'shop/web', ...get })).toBe(false);
  });

  test('a user is in the groups that are given, and no others', () => {
    expect(can(bound('group:system:authenticated'), { user: 'alice', ...get })).toBe(false);
    expect(can(bound('group:system:authenticated'), { user: 'alice', groups: ['system:authenticated'], ...get })).toBe(true);
  });

  test('a service account without a namespace is one of the namespace of its RoleBinding', () => {
    const binding = roleBinding('shop/readers', 'cluster:reader', 'user:x');
    const manifests = [reader, { ...binding, subjects: [{ kind: 'ServiceAccount', name: 'web' }] }];
    expect(can(manifests, { serviceAccount: 'shop/web', ...get, namespace: 'shop' })).toBe(true);
    expect(can(manifests, { serviceAccount: 'blog/web', ...get, namespace: 'shop' })).toBe(false);
  });

  test('members of system:masters may do everything', () => {
    expect(can([], { user: 'root', groups: ['system:masters'], verb: '*', resource: '*', apiGroup: '*' })).toBe(true);
    expect(can([], { groups: ['system:masters'], verb: 'get', nonResourceUrl: '/logs' })).toBe(true);
  });
});

describe('rules', () => {
  const granted = (...rules: any[]) => [clusterRole('own', rules), clusterRoleBinding('own', 'own', 'user:alice')];
  const alice = (manifests: any[], request: Omit<AccessRequest, 'user'>) => can(manifests, { user: 'alice', ...request });

  test('verb, group and resource all have to match', () => {
    const manifests = granted(rule(['get'], ['deployments'], ['apps']));
    expect(alice(manifests, { verb: 'get', resource: 'deployments', apiGroup: 'apps' })).toBe(true);
    expect(alice(manifests, { verb: 'list', resource: 'deployments', apiGroup: 'apps' })).toBe(false);
    expect(alice(manifests, { verb: 'get', resource: 'deployments' })).toBe(false);
    expect(alice(manifests, { verb: 'get', resource: 'statefulsets', apiGroup: 'apps' })).toBe(false);
  });

  test('verbs and resources of one rule do not combine with those of another', () => {
    const manifests = granted(rule(['get'], ['pods']), rule(['delete'], ['configmaps']));
    expect(alice(manifests, { verb: 'delete', resource: 'pods' })).toBe(false);
  });

  test('a wildcard grants everything of its sort', () => {
    expect(alice(granted(rule(['*'], ['pods'])), { verb: 'deletecollection', resource: 'pods' })).toBe(true);
    expect(alice(granted(rule(['get'], ['*'])), { verb: 'get', resource: 'anything' })).toBe(true);
    expect(alice(granted(rule(['get'], ['pods'], ['*'])), { verb: 'get', resource: 'pods', apiGroup: 'metrics.k8s.io' })).toBe(true);
  });

  test('a wildcard in the request asks for everything at once', () => {
    expect(alice(granted(rule(['get', 'list'], ['pods'])), { verb: '*', resource: 'pods' })).toBe(false);
    expect(alice(granted(rule(['*'], ['pods'])), { verb: '*', resource: 'pods' })).toBe(true);
    expect(alice(granted(rule(['*'], ['pods'])), { verb: '*', resource: '*' })).toBe(false);
    expect(alice(granted(rule(['*'], ['*'], ['*'])), { verb: '*', resource: '*', apiGroup: '*' })).toBe(true);
  });

  test.each([
    [['pods'], 'exec', false],
    [['pods/exec'], 'exec', true],
    [['pods/log'], 'exec', false],
    [['*'], 'exec', true],
    [['*/exec'], 'exec', true],
    [['pods/*'], 'exec', false],
    [['*/scale'], 'exec', false],
    [['pods/exec'], undefined, false],
    [['pods'], undefined, true],
  ])('resources %j grant pods with subresource %p: %p', (resources, subresource, expected) => {
    expect(alice(granted(rule(['create'], resources)), { verb: 'create', resource: 'pods', subresource })).toBe(expected);
  });

  test('resource names limit a rule to requests that name one of them', () => {
    const manifests = granted(rule(['get', 'list', 'create'], ['secrets'], [''], ['database', 'cache']));
    expect(alice(manifests, { verb: 'get', resource: 'secrets', name: 'database' })).toBe(true);
    expect(alice(manifests, { verb: 'get', resource: 'secrets', name: 'other' })).toBe(false);
    expect(alice(manifests, { verb: 'list', resource: 'secrets' })).toBe(false);
    expect(alice(manifests, { verb: 'create', resource: 'secrets' })).toBe(false);
    expect(alice(granted(rule(['get'], ['secrets'])), { verb: 'get', resource: 'secrets', name: 'database' })).toBe(true);
  });
});

describe('paths of the API server', () => {
  const granted = (...nonResourceURLs: string[]) => [clusterRole('own', [{ verbs: ['get'], nonResourceURLs }]), clusterRoleBinding('own', 'own', 'user:alice')];
  const get = (manifests: any[], nonResourceUrl: string, verb = 'get') => can(manifests, { user: 'alice', verb, nonResourceUrl });

  test.each([
    [['/healthz'], '/healthz', true],
    [['/healthz'], '/healthz/etcd', false],
    [['/healthz/*'], '/healthz/etcd', true],
    [['/healthz/*'], '/healthz', false],
    [['/metrics*'], '/metrics/cadvisor', true],
    [['*'], '/anything', true],
    [['/version', '/livez'], '/livez', true],
  ])('%j grants %s: %p', (urls, path, expected) => {
    expect(get(granted(...urls), path)).toBe(expected);
  });

  test('verbs count', () => {
    expect(get(granted('/healthz'), '/healthz', 'post')).toBe(false);
  });

  test('rules about resources grant no path, and the other way round', () => {
    const everything = [clusterRole('own', [rule(['*'], ['*'], ['*'])]), clusterRoleBinding('own', 'own', 'user:alice')];
    expect(get(everything, '/healthz')).toBe(false);
    expect(can(granted('*'), { user: 'alice', verb: 'get', resource: 'pods' })).toBe(false);
  });

  test('a RoleBinding grants no path', () => {
    const manifests = [clusterRole('own', [{ verbs: ['get'], nonResourceURLs: ['/healthz'] }]), roleBinding('shop/own', 'cluster:own', 'user:alice')];
    expect(get(manifests, '/healthz')).toBe(false);
  });
});

describe('aggregated roles', () => {
  const whole = (name: string, labels: { [key: string]: string }, ...selectors: any[]) => ({ ...clusterRole(name, [], labels), aggregationRule: { clusterRoleSelectors: selectors } });
  const part = { matchLabels: { part: 'true' } };
  const bind = clusterRoleBinding('own', 'whole', 'user:alice');
  const may = (manifests: any[], verb: string) => can([...manifests, bind], { user: 'alice', verb, resource: 'pods' });

  test('have the rules of the roles they select', () => {
    const manifests = [whole('whole', {}, part), clusterRole('one', [rule(['get'], ['pods'])], { part: 'true' }), clusterRole('two', [rule(['list'], ['pods'])], { part: 'true' }),
      clusterRole('other', [rule(['delete'], ['pods'])])];
    expect([may(manifests, 'get'), may(manifests, 'list'), may(manifests, 'delete')]).toEqual([true, true, false]);
  });

  test('select by any of their selectors, expressions among them', () => {
    const manifests = [whole('whole', {}, part, { matchExpressions: [{ key: 'extra', operator: 'Exists' }] }), clusterRole('one', [rule(['get'], ['pods'])], { extra: '' })];
    expect(may(manifests, 'get')).toBe(true);
  });

  test('have no rules of their own: the controller overwrites them', () => {
    const own = { ...whole('whole', {}, part), rules: [rule(['delete'], ['pods'])] };
    expect(may([own], 'delete')).toBe(false);
  });

  test('may be put together from aggregated roles, in a circle too', () => {
    const manifests = [whole('whole', { half: 'true' }, { matchLabels: { half: 'true' } }, part), whole('half', { half: 'true' }, { matchLabels: { half: 'true' } }, { matchLabels: { leaf: 'true' } }),
      clusterRole('leaf', [rule(['get'], ['pods'])], { leaf: 'true' })];
    expect(may(manifests, 'get')).toBe(true);
    expect(may(manifests, 'list')).toBe(false);
  });
});

describe('the roles that every API server has', () => {
  const bound = (name: string) => [roleBinding('shop/own', `cluster:${name}`, 'user:alice')];
  const inShop = (manifests: any[], verb: string, resource: string, subresource?: string, apiGroup?: string) => can(manifests, { user: 'alice', verb, resource, subresource, apiGroup, namespace: 'shop' });

  test('cluster-admin may do everything', () => {
    const manifests = [clusterRoleBinding('root', 'cluster-admin', 'user:alice')];
    expect(can(manifests, { user: 'alice', verb: '*', resource: '*', apiGroup: '*' })).toBe(true);
    expect(can(manifests, { user: 'alice', verb: 'get', nonResourceUrl: '/logs' })).toBe(true);
  });

  test('view reads, but no secrets', () => {
    expect(inShop(bound('view'), 'list', 'pods')).toBe(true);
    expect(inShop(bound('view'), 'get', 'pods', 'log')).toBe(true);
    expect(inShop(bound('view'), 'get', 'secrets')).toBe(false);
    expect(inShop(bound('view'), 'create', 'pods')).toBe(false);
  });

  test('edit may become any service account, and take policies away', () => {
    expect(inShop(bound('edit'), 'impersonate', 'serviceaccounts')).toBe(true);
    expect(inShop(bound('edit'), 'create', 'serviceaccounts', 'token')).toBe(true);
    expect(inShop(bound('edit'), 'create', 'pods', 'exec')).toBe(true);
    expect(inShop(bound('edit'), 'delete', 'networkpolicies', undefined, 'networking.k8s.io')).toBe(true);
    expect(inShop(bound('edit'), 'list', 'pods')).toBe(true);
    expect(inShop(bound('edit'), 'update', 'resourcequotas')).toBe(false);
    expect(inShop(bound('edit'), 'create', 'rolebindings', undefined, 'rbac.authorization.k8s.io')).toBe(false);
  });

  test('admin gives roles away', () => {
    expect(inShop(bound('admin'), 'create', 'rolebindings', undefined, 'rbac.authorization.k8s.io')).toBe(true);
    expect(inShop(bound('admin'), 'get', 'secrets')).toBe(true);
    expect(inShop(bound('admin'), 'update', 'resourcequotas')).toBe(false);
  });

  test('manifests may add to them, and replace them', () => {
    const extra = clusterRole('widgets', [rule(['get'], ['widgets'], ['example.com'])], { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' });
    for (const name of ['view', 'edit', 'admin']) expect(inShop([...bound(name), extra], 'get', 'widgets', undefined, 'example.com')).toBe(true);
    expect(inShop([...bound('view'), clusterRole('view', [])], 'list', 'pods')).toBe(false);
  });
});

describe('grants', () => {
  const manifests = [
    role('shop/reader', rule(['list'], ['services']), rule(['get'], ['pods'])), roleBinding('shop/b', 'reader', 'user:alice', 'group:shop'),
    roleBinding('shop/a', 'cluster:view', 'group:shop', 'serviceaccount:shop/web'),
  ];

  test('name binding, role, rule and subject, sorted', () => {
    expect(AccessReview.of(manifests).grantsOf({ user: 'alice', groups: ['shop'], verb: 'get', resource: 'pods', namespace: 'shop' })).toEqual([
      {
        binding: 'RoleBinding.rbac.authorization.k8s.io shop/a',
        role: 'ClusterRole.rbac.authorization.k8s.io view',
        rule: 'ClusterRole.rbac.authorization.k8s.io system:aggregate-to-view rules[0]',
        subject: 'group shop',
      },
      ...['group shop', 'user alice'].map((subject) => ({
        binding: 'RoleBinding.rbac.authorization.k8s.io shop/b',
        role: 'Role.rbac.authorization.k8s.io shop/reader',
        rule: 'Role.rbac.authorization.k8s.io shop/reader rules[1]',
        subject,
      })),
    ]);
    expect(AccessReview.of(manifests).grantsOf({ serviceAccount: 'shop/web', verb: 'get', resource: 'pods', namespace: 'shop' })[0].subject).toBe('service account shop/web');
  });

  test('there are none for what is refused', () => {
    expect(AccessReview.of(manifests).grantsOf({ user: 'bob', verb: 'get', resource: 'pods', namespace: 'shop' })).toEqual([]);
  });
});

describe('bad input', () => {
  const review = AccessReview.of([]);

  test.each([
    [{ verb: 'get', resource: 'pods' }, ['nobody asks (NoSubject); allowed: a user, groups or a service account; cure: say who asks']],
    [{ user: '', groups: [], verb: 'get', resource: 'pods' }, ['nobody asks (NoSubject); allowed: a user, groups or a service account; cure: say who asks']],
    [{ user: 'alice', verb: '', resource: 'pods' }, ['verb: "" is not a verb (NoVerb); allowed: get, list, watch, create, …; cure: say what is done']],
    [{ user: 'alice', verb: 'get' }, ['the request is about nothing (AmbiguousRequest); allowed: one of resource and nonResourceUrl']],
    [{ user: 'alice', verb: 'get', resource: 'pods', nonResourceUrl: '/' }, ['the request is about a resource and a path at once (AmbiguousRequest); allowed: one of resource and nonResourceUrl']],
    [{ user: 'alice', verb: 'get', nonResourceUrl: '/', namespace: 'shop' }, ['namespace: a path lies in no namespace, but the request names "shop" (AmbiguousRequest); cure: leave out namespace']],
    [{ serviceAccount: 'web', verb: 'get', resource: 'pods' },
      ["serviceAccount: \"web\" does not name a service account (InvalidServiceAccount); allowed: 'namespace/name' or 'system:serviceaccount:namespace:name'"]],
  ])('%j is refused', (request, expected) => {
    expect(problemsOf(() => review.allows(request as AccessRequest))).toEqual(expected);
    expect(problemsOf(() => review.grantsOf(request as AccessRequest))).toEqual(expected);
  });

  test('malformed roles and bindings are told together, by name', () => {
    const { roleRef, ...without } = roleBinding('shop/c', 'reader', 'user:alice');
    expect(roleRef.kind).toBe('Role');
    expect(problemsOf(() => AccessReview.of([
      role('shop/a', { resources: ['pods'] }, { verbs: ['get'], nonResourceURLs: ['/healthz'] }),
      clusterRole('b', [{ verbs: ['get'], nonResourceURLs: ['/healthz'], resources: ['pods'], apiGroups: [''] }]),
      without,
      { ...clusterRoleBinding('d', 'reader', 'user:alice'), roleRef: { kind: 'Role', name: 'reader' } },
      { ...clusterRoleBinding('e', 'reader'), subjects: [{ kind: 'Robot', name: 'x' }, { kind: 'User' }, { kind: 'ServiceAccount', name: 'x' }, { kind: 'User', name: 'y', apiGroup: 'v1' }] },
    ]))).toEqual([
      'ClusterRole.rbac.authorization.k8s.io b rules[0].nonResourceURLs: the rule is about resources and paths at once (MalformedObject); allowed: one of them',
      'ClusterRoleBinding.rbac.authorization.k8s.io d roleRef.kind: a ClusterRoleBinding cannot refer to a Role (MalformedObject); allowed: ClusterRole',
      'ClusterRoleBinding.rbac.authorization.k8s.io e subjects[0].kind: "Robot" is not a subject (MalformedObject); allowed: User, Group, ServiceAccount',
      'ClusterRoleBinding.rbac.authorization.k8s.io e subjects[1].name: the subject has no name (MalformedObject); allowed: text',
      'ClusterRoleBinding.rbac.authorization.k8s.io e subjects[2].namespace: service account x has no namespace (MalformedObject); allowed: the namespace of the service account',
      'ClusterRoleBinding.rbac.authorization.k8s.io e subjects[3].kind: "User" is not a subject (MalformedObject); allowed: User, Group, ServiceAccount',
      'Role.rbac.authorization.k8s.io shop/a rules[0].apiGroups: the rule has no API groups (MalformedObject); allowed: at least one group; "" is the core group',
      'Role.rbac.authorization.k8s.io shop/a rules[0].verbs: the rule has no verbs (MalformedObject); allowed: at least one verb',
      'Role.rbac.authorization.k8s.io shop/a rules[1].nonResourceURLs: a Role lies in a namespace, and paths of the API server do not (MalformedObject); allowed: paths in a ClusterRole',
      'RoleBinding.rbac.authorization.k8s.io shop/c roleRef: the binding names no role (MalformedObject); allowed: apiGroup, kind and name of a role',
    ]);
  });
});

describe('properties', () => {
  const VERBS = ['get', 'list', 'delete'];
  const RESOURCES = ['pods', 'pods/log', 'secrets'];
  const anyRule = fc.record({
    verbs: fc.subarray([...VERBS, '*'], { minLength: 1 }),
    resources: fc.subarray([...RESOURCES, '*', '*/log'], { minLength: 1 }),
    apiGroups: fc.subarray(['', 'apps', '*'], { minLength: 1 }),
    names: fc.subarray(['one'], { maxLength: 1 }),
  }).map(({ verbs, resources, apiGroups, names }) => rule(verbs, resources, apiGroups, names.length > 0 ? names : undefined));
  const SUBJECTS = ['user:alice', 'group:shop', 'serviceaccount:shop/web', 'group:system:serviceaccounts'];
  const world = fc.record({
    rules: fc.array(fc.array(anyRule, { maxLength: 2 }), { minLength: 3, maxLength: 3 }),
    bindings: fc.array(fc.record({ place: fc.constantFrom('shop', 'blog', ''), role: fc.integer({ min: 0, max: 2 }), subjects: fc.subarray(SUBJECTS) }), { maxLength: 4 }),
  }).map(({ rules, bindings }) => ({
    roles: rules.map((own, index) => clusterRole(`role-${index}`, own)),
    bindings: bindings.map(({ place, role: own, subjects }, index) => (place === ''
      ? clusterRoleBinding(`binding-${index}`, `role-${own}`, ...subjects)
      : roleBinding(`${place}/binding-${index}`, `cluster:role-${own}`, ...subjects))),
  }));
  const requests: AccessRequest[] = [{ user: 'alice' }, { groups: ['shop'] }, { serviceAccount: 'shop/web' }].flatMap((who) => ['shop', 'blog', undefined]
    .flatMap((namespace) => VERBS.flatMap((verb) => RESOURCES.flatMap((text) => [undefined, 'one'].map((name) => {
      const [resource, subresource] = text.split('/');
      return { ...who, namespace, verb, resource, subresource, name };
    })))));
  const answers = (manifests: any[]) => {
    const review = AccessReview.of(manifests);
    return requests.map((request) => review.allows(request));
  };

  test('one binding more never takes anything away', () => {
    fc.assert(fc.property(world, ({ roles, bindings }) => {
      fc.pre(bindings.length > 0);
      const [less, more] = [answers([...roles, ...bindings.slice(1)]), answers([...roles, ...bindings])];
      less.forEach((allowed, index) => expect(!allowed || more[index]).toBe(true));
    }), { numRuns: 60 });
  });

  test('the order of manifests, rules and subjects does not matter', () => {
    fc.assert(fc.property(world, ({ roles, bindings }) => {
      const turned = [...bindings, ...roles].map((own) => ({ ...own, rules: own.rules && [...own.rules].reverse(), subjects: own.subjects && [...own.subjects].reverse() }));
      expect(answers(turned.reverse())).toEqual(answers([...roles, ...bindings]));
    }), { numRuns: 60 });
  });

  test('a role in two parts, bound twice, grants the same', () => {
    fc.assert(fc.property(world, ({ roles, bindings }) => {
      const parts = roles.flatMap((own) => own.rules.map((one: any, index: number) => clusterRole(`${own.metadata.name}-${index}`, [one])));
      const twice = bindings.flatMap((own) => roles.find(({ metadata }) => metadata.name === own.roleRef.name)!.rules.map((_: any, index: number) => (
        { ...own, metadata: { ...own.metadata, name: `${own.metadata.name}-${index}` }, roleRef: { ...own.roleRef, name: `${own.roleRef.name}-${index}` } })));
      expect(answers([...parts, ...twice])).toEqual(answers([...roles, ...bindings]));
    }), { numRuns: 60 });
  });

  test('a request is authorised exactly when a rule grants it', () => {
    fc.assert(fc.property(world, fc.constantFrom(...requests), ({ roles, bindings }, request) => {
      const review = AccessReview.of([...roles, ...bindings]);
      return review.allows(request) === review.grantsOf(request).length > 0;
    }));
  });

  test('what may be done in the whole cluster may be done in each namespace', () => {
    fc.assert(fc.property(world, ({ roles, bindings }) => {
      const review = AccessReview.of([...roles, ...bindings]);
      for (const request of requests.filter(({ namespace }) => namespace === undefined)) {
        if (review.allows(request)) expect(review.allows({ ...request, namespace: 'shop' })).toBe(true);
      }
    }), { numRuns: 60 });
  });
});
