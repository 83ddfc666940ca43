import fc from 'fast-check';
import { AccessReview, EscalationPath } from '../src';
import { clusterRole, clusterRoleBinding, role, roleBinding, rule } from './fixtures/access';
import { deployment, namespace, pod, sealedNamespace } from './fixtures/cluster';
import { everywhere, inShop, OPERATOR, pathsOf } from './fixtures/escalations';

const RBAC = ['rbac.authorization.k8s.io'];
const CERTIFICATES = ['certificates.k8s.io'];
const ADMISSION = ['admissionregistration.k8s.io'];
const SHOP = sealedNamespace('shop');
const GROUP = 'group:shop';
const become = (technique: string, target = 'service account shop/operator') => `${technique}: group shop > ${target}`;

describe('becoming a stronger service account of the namespace', () => {
  const operator = [SHOP, ...OPERATOR, deployment('shop/operator', {}, {}, { serviceAccountName: 'operator' })];

  test.each<[string, any[], string | undefined]>([
    ['impersonating it', [rule(['impersonate'], ['serviceaccounts'])], 'impersonation'],
    ['impersonating it by name', [rule(['impersonate'], ['serviceaccounts'], [''], ['operator'])], 'impersonation'],
    ['impersonating another one', [rule(['impersonate'], ['serviceaccounts'], [''], ['web'])], undefined],
    ['a token of it', [rule(['create'], ['serviceaccounts/token'])], 'token-request'],
    ['reading service accounts', [rule(['get', 'create', 'update'], ['serviceaccounts'])], undefined],
    ['making a Secret and reading it', [rule(['create', 'list'], ['secrets'])], 'secret-reading'],
    ['making a Secret and reading it by a name of one\'s choice', [rule(['create'], ['secrets']), rule(['get'], ['secrets'], [''], ['mine'])], 'secret-reading'],
    ['reading Secrets none of which is a token', [rule(['get'], ['secrets'])], undefined],
    ['making Secrets alone', [rule(['create'], ['secrets'])], undefined],
    ['a pod', [rule(['create'], ['pods'])], 'pod-creation'],
    ['a pod by a name that it has not yet', [rule(['create'], ['pods'], [''], ['web'])], undefined],
    ['changing a Deployment that is there', [rule(['patch'], ['deployments'], ['apps'])], 'pod-creation'],
    ['changing it by name', [rule(['update'], ['deployments'], ['apps'], ['operator'])], 'pod-creation'],
    ['changing one that is not there', [rule(['update'], ['deployments'], ['apps'], ['web'])], undefined],
    ['changing a kind of which there is none', [rule(['update'], ['statefulsets'], ['apps'])], undefined],
    ['deleting pods', [rule(['delete', 'get', 'list'], ['pods', 'pods/log', 'pods/portforward'])], undefined],
    ['commands in its pods', [rule(['create'], ['pods/exec'])], 'pod-entry'],
    ['commands by WebSocket', [rule(['get'], ['pods/exec'])], 'pod-entry'],
    ['a debugging container', [rule(['patch'], ['pods/ephemeralcontainers'])], 'pod-entry'],
    ['another image', [rule(['patch'], ['pods'])], 'pod-entry'],
    ['commands in other pods', [rule(['create'], ['pods/exec'], [''], ['web'])], undefined],
    ['user ids and extra fields, which no rule looks at', [rule(['impersonate'], ['uids', 'userextras/scopes'], ['authentication.k8s.io'])], undefined],
    ['rules of another API group', [rule(['create'], ['pods'], ['metrics.k8s.io'])], undefined],
  ])('%s', (_, rules, technique) => {
    expect(pathsOf(operator, inShop(GROUP, ...rules))).toEqual(technique === undefined ? [] : [become(technique)]);
  });

  test.each(['deployments.apps', 'daemonsets.apps', 'statefulsets.apps', 'replicasets.apps', 'jobs.batch', 'cronjobs.batch', 'replicationcontrollers.'])('making %s is as good as making pods', (text) => {
    const [resource, group] = text.split('.');
    expect(pathsOf(operator, inShop(GROUP, rule(['create'], [resource], [group])))).toEqual([become('pod-creation')]);
  });

  test('a token that lies in a Secret is read by whoever reads Secrets', () => {
    const token = { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/service-account-token', metadata: { name: 'operator-token', namespace: 'shop', annotations: { 'kubernetes.io/service-account.name': 'operator' } } };
    expect(pathsOf(operator, token, inShop(GROUP, rule(['watch'], ['secrets'])))).toEqual([become('secret-reading')]);
    expect(pathsOf(operator, token, inShop(GROUP, rule(['get'], ['secrets'], [''], ['operator-token'])))).toEqual([become('secret-reading')]);
    expect(pathsOf(operator, token, inShop(GROUP, rule(['get'], ['secrets'], [''], ['other'])))).toEqual([]);
  });

  test('one that has nothing more is no gain', () => {
    const twin = [role('shop/op', rule(['create'], ['pods'])), roleBinding('shop/op', 'op', 'serviceaccount:shop/operator')];
    expect(pathsOf(SHOP, twin, inShop(GROUP, rule(['create', 'delete'], ['pods'])))).toEqual([]);
    expect(pathsOf(SHOP, twin, inShop(GROUP, rule(['create'], ['pods']), rule(['get'], ['services'])))).toEqual([]);
  });

  test('one of another namespace is out of reach', () => {
    expect(pathsOf(SHOP, clusterRole('operator', [rule(['get'], ['nodes'])]), clusterRoleBinding('operator', 'operator', 'serviceaccount:blog/operator'), inShop(GROUP, rule(['create'], ['pods'])))).toEqual([]);
  });

  test('pods without a token are no way in', () => {
    const quiet = [SHOP, ...OPERATOR, deployment('shop/operator', {}, {}, { serviceAccountName: 'operator', automountServiceAccountToken: false })];
    expect(pathsOf(quiet, inShop(GROUP, rule(['create'], ['pods/exec'])))).toEqual([]);
  });

  test('what all service accounts of the namespace have together counts', () => {
    const shared = [clusterRole('nodes', [rule(['get'], ['nodes'])]), clusterRoleBinding('nodes', 'nodes', 'group:system:serviceaccounts:shop')];
    expect(pathsOf(SHOP, shared, inShop(GROUP, rule(['create'], ['pods'])))).toEqual(['pod-creation: group shop > any service account of shop']);
    expect(pathsOf(SHOP, shared, inShop('serviceaccount:shop/web', rule(['create'], ['pods'])))).toEqual([]);
  });
});

describe('becoming cluster-admin', () => {
  const ROOT = 'cluster-admin';

  test.each<[string, any[], string | undefined]>([
    ['impersonating any user', [rule(['impersonate'], ['users'])], 'impersonation'],
    ['impersonating any group, with a user', [rule(['impersonate'], ['users', 'groups'])], 'impersonation'],
    ['impersonating a group without a user is refused', [rule(['impersonate'], ['groups'])], undefined],
    ['impersonating the masters, with some user', [rule(['impersonate'], ['users'], [''], ['alice']), rule(['impersonate'], ['groups'], [''], ['system:masters'])], 'impersonation'],
    ['impersonating a user who has nothing', [rule(['impersonate'], ['users'], [''], ['alice'])], undefined],
    ['binding any role', [rule(['create'], ['clusterrolebindings'], RBAC), rule(['bind'], ['clusterroles'], RBAC)], 'role-binding'],
    ['joining the binding that is there', [rule(['patch'], ['clusterrolebindings'], RBAC, ['cluster-admin']), rule(['bind'], ['clusterroles'], RBAC, ['cluster-admin'])], 'role-binding'],
    ['writing bindings, of which the API server lets nobody make more', [rule(['create', 'update', 'patch'], ['clusterrolebindings', 'rolebindings', 'roles', 'clusterroles'], RBAC)], undefined],
    ['bind without bindings', [rule(['bind'], ['clusterroles', 'roles'], RBAC)], undefined],
    ['writing anything into a role of one\'s own', [rule(['update', 'escalate'], ['clusterroles'], RBAC)], 'role-escalation'],
    ['writing anything into another role', [rule(['update', 'escalate'], ['clusterroles'], RBAC, ['other'])], undefined],
    ['escalate without writing', [rule(['escalate'], ['clusterroles'], RBAC)], undefined],
    ['tokens of the control plane', [rule(['create'], ['serviceaccounts/token'])], 'token-request'],
    ['approving certificates', [rule(['create'], ['certificatesigningrequests'], CERTIFICATES), rule(['update'], ['certificatesigningrequests/approval'], CERTIFICATES), rule(['approve'], ['signers'], CERTIFICATES, ['kubernetes.io/*'])], 'certificate-signing'],
    ['approving certificates of another signer', [rule(['create'], ['certificatesigningrequests'], CERTIFICATES), rule(['update'], ['certificatesigningrequests/approval'], CERTIFICATES), rule(['approve'], ['signers'], CERTIFICATES, ['example.com/mesh'])], undefined],
    ['changing requests of others', [rule(['patch'], ['mutatingwebhookconfigurations'], ADMISSION)], 'admission-change'],
    ['changing requests of others by policy', [rule(['create'], ['mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'], ADMISSION)], 'admission-change'],
    ['a policy without a binding', [rule(['create'], ['mutatingadmissionpolicies'], ADMISSION)], undefined],
    ['asking whose token it is', [rule(['create'], ['tokenreviews'], ['authentication.k8s.io']), rule(['create'], ['subjectaccessreviews'], ['authorization.k8s.io'])], undefined],
  ])('%s', (_, rules, technique) => {
    expect(pathsOf(everywhere('user:alice', ...rules))).toEqual(technique === undefined ? [] : [`${technique}: user alice > ${ROOT}`]);
  });

  test('a new part of an aggregated role that one has', () => {
    const rules = [rule(['create', 'escalate'], ['clusterroles'], RBAC)];
    expect(pathsOf(everywhere('user:alice', ...rules))).toEqual([]);
    expect(pathsOf(everywhere('user:alice', ...rules), clusterRoleBinding('views', 'view', 'user:alice'))).toEqual([`role-escalation: user alice > ${ROOT}`]);
  });

  test('in as many steps as it takes, the fewest', () => {
    const chain = [
      SHOP, sealedNamespace('ops'), ...inShop(GROUP, rule(['create'], ['pods'])),
      clusterRole('tokens', [rule(['create'], ['serviceaccounts/token'])]), roleBinding('ops/tokens', 'cluster:tokens', 'serviceaccount:shop/web'),
      clusterRoleBinding('all', 'cluster-admin', 'serviceaccount:ops/deployer'),
    ];
    expect(pathsOf(chain)).toEqual(['pod-creation: group shop > > cluster-admin', 'token-request: service account shop/web > cluster-admin']);
  });

  test('whoever may do everything, and the control plane, have no path', () => {
    expect(pathsOf(clusterRoleBinding('a', 'cluster-admin', 'user:alice'))).toEqual([]);
    expect(pathsOf(everywhere('user:alice', rule(['*'], ['*'], ['*'])))).toEqual([]);
    expect(pathsOf(everywhere('user:system:kube-scheduler', rule(['impersonate'], ['users'])))).toEqual([]);
    const [own, binding] = everywhere('serviceaccount:kube-system/controller', rule(['impersonate'], ['users']));
    expect(pathsOf(own, { ...binding, metadata: { ...binding.metadata, labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } } })).toEqual([]);
  });

  test('what everybody has is told once, about everybody', () => {
    const everybody = everywhere('group:system:authenticated', rule(['impersonate'], ['users']));
    expect(pathsOf(everybody, roleBinding('shop/v', 'cluster:view', 'user:alice'), OPERATOR)).toEqual([`impersonation: group system:authenticated > ${ROOT}`]);
  });
});

describe('becoming root on a node', () => {
  const NODE = 'root on a node';
  const pods = rule(['create'], ['pods']);

  test('by a pod, where Pod Security does not stop it', () => {
    const by = (own: any) => pathsOf(own, inShop(GROUP, pods));
    expect(by(namespace('shop'))).toEqual([become('host-access', NODE)]);
    expect(by(namespace('shop', { 'pod-security.kubernetes.io/enforce': 'privileged' }))).toEqual([become('host-access', NODE)]);
    expect(by([])).toEqual([become('host-access', NODE)]);
    expect(by(SHOP)).toEqual([]);
  });

  test('by taking the label off first', () => {
    expect(pathsOf(SHOP, inShop(GROUP, pods, rule(['patch'], ['namespaces'])))).toEqual([become('namespace-labels', NODE)]);
    expect(pathsOf(SHOP, inShop(GROUP, pods, rule(['patch'], ['namespaces'], [''], ['blog'])))).toEqual([]);
  });

  test('by a volume that is a directory of the node', () => {
    const claims = rule(['create'], ['persistentvolumeclaims']);
    const volumes = [clusterRole('volumes', [rule(['create'], ['persistentvolumes'])]), clusterRoleBinding('volumes', 'volumes', GROUP)];
    expect(pathsOf(SHOP, volumes, inShop(GROUP, pods, claims))).toEqual([become('persistent-volume', NODE)]);
    expect(pathsOf(SHOP, volumes, inShop(GROUP, pods))).toEqual([]);
    expect(pathsOf(SHOP, inShop(GROUP, pods, claims))).toEqual([]);
  });

  test('through the kubelet', () => {
    expect(pathsOf(everywhere(GROUP, rule(['get'], ['nodes/proxy'])))).toEqual([become('node-proxy', NODE)]);
    expect(pathsOf(everywhere(GROUP, rule(['get'], ['nodes', 'nodes/metrics', 'nodes/stats'])))).toEqual([]);
    expect(pathsOf(inShop(GROUP, rule(['get'], ['nodes/proxy'])))).toEqual([]);
  });

  test('by entering a pod that is', () => {
    const agent = pod('shop/agent', {}, {}, { containers: [{ name: 'agent', securityContext: { privileged: true } }] });
    expect(pathsOf(SHOP, agent, inShop(GROUP, rule(['create'], ['pods/exec'], [''], ['agent'])))).toEqual([become('pod-entry', NODE)]);
  });

  test('and from there cluster-admin, where a pod of one runs', () => {
    const admin = [clusterRoleBinding('all', 'cluster-admin', 'serviceaccount:ops/agent'), deployment('ops/agent', {}, {}, { serviceAccountName: 'agent' })];
    expect(pathsOf(admin, everywhere(GROUP, rule(['get'], ['nodes/proxy'])))).toEqual(['node-proxy: group shop > > cluster-admin']);
  });
});

describe('becoming something else', () => {
  test('the holder of a role that one may bind', () => {
    const bind = (...names: string[]) => inShop(GROUP, rule(['create'], ['rolebindings'], RBAC), rule(['bind'], ['clusterroles'], RBAC, names));
    expect(pathsOf(SHOP, bind('view'))).toEqual([become('role-binding', 'the holder of ClusterRole view in shop')]);
    expect(pathsOf(SHOP, bind('view'), roleBinding('shop/views', 'cluster:view', GROUP))).toEqual([]);
    expect(pathsOf(SHOP, bind('missing'))).toEqual([]);
  });

  test('whoever may do everything in a namespace, which includes the labels of the namespace', () => {
    const [path] = AccessReview.of([SHOP, ...inShop(GROUP, rule(['update', 'escalate'], ['roles'], RBAC))]).escalations();
    expect(path.steps.map(({ technique, yields }) => [technique, yields])).toEqual([
      ['role-escalation', 'the holder of ClusterRole cluster-admin in shop'],
      ['namespace-labels', 'a privileged pod in shop once the label of Pod Security is off: root on its node'],
    ]);
  });

  test('a reader of what others write, and one whom no policy stops', () => {
    expect(pathsOf(everywhere(GROUP, rule(['create'], ['validatingwebhookconfigurations'], ADMISSION)))).toEqual([become('admission-change', 'a reader of what others write')]);
    expect(pathsOf(everywhere(GROUP, rule(['create'], ['apiservices'], ['apiregistration.k8s.io'])))).toEqual([become('api-service', 'a reader of what others write')]);
    expect(pathsOf(everywhere(GROUP, rule(['delete'], ['validatingadmissionpolicybindings'], ADMISSION)))).toEqual([become('admission-change', 'free of admission policies')]);
  });
});

describe('a path', () => {
  const [path] = AccessReview.of([SHOP, ...OPERATOR, ...inShop(GROUP, rule(['create'], ['serviceaccounts/token']))]).escalations();

  test('names every step with its requests and the bindings that grant them', () => {
    expect(path.toJson()).toEqual({
      subject: 'group shop',
      targetKind: 'subject',
      target: 'service account shop/operator',
      steps: [{
        technique: 'token-request',
        actor: 'group shop',
        requests: [{ groups: ['shop', 'system:authenticated'], verb: 'create', resource: 'serviceaccounts', subresource: 'token', name: 'operator', namespace: 'shop' }],
        grants: [{ binding: 'RoleBinding.rbac.authorization.k8s.io shop/own', role: 'Role.rbac.authorization.k8s.io shop/own', rule: 'Role.rbac.authorization.k8s.io shop/own rules[0]', subject: 'group shop' }],
        yields: 'a token of service account shop/operator',
      }],
    });
  });

  test('reads as lines', () => {
    expect(path.toString()).toBe([
      'group shop can become service account shop/operator:',
      '  1. group shop may create serviceaccounts/token operator in shop (by RoleBinding shop/own), which yields a token of service account shop/operator',
    ].join('\n'));
  });
});

describe('over any roles', () => {
  const SUBJECTS = ['group:shop', 'user:alice', 'serviceaccount:shop/web', 'serviceaccount:blog/web', 'group:system:authenticated'];
  const anyRule = fc.record({
    verbs: fc.subarray(['get', 'create', 'patch', 'impersonate', 'bind', 'escalate', '*'], { minLength: 1, maxLength: 3 }),
    resources: fc.subarray(['pods', 'pods/exec', 'serviceaccounts', 'serviceaccounts/token', 'secrets', 'users', 'groups', 'roles', 'rolebindings', 'clusterroles', 'clusterrolebindings', 'nodes/proxy'], { minLength: 1, maxLength: 3 }),
    names: fc.constantFrom<(string[] | undefined)[]>(undefined, undefined, ['web'], ['view']),
  }).map(({ verbs, resources, names }) => rule(verbs, resources, ['', ...RBAC], names));
  const world = fc.array(fc.record({ rules: fc.array(anyRule, { minLength: 1, maxLength: 2 }), subject: fc.constantFrom(...SUBJECTS), space: fc.constantFrom('', 'shop', 'blog') }), { minLength: 1, maxLength: 5 })
    .map((entries) => [SHOP, deployment('shop/web', {}, {}, { serviceAccountName: 'web' }), ...entries.flatMap(({ rules, subject, space }, index) => [
      clusterRole(`own-${index}`, rules), space === '' ? clusterRoleBinding(`own-${index}`, `own-${index}`, subject) : roleBinding(`${space}/own-${index}`, `cluster:own-${index}`, subject),
    ])]);
  const texts = (paths: EscalationPath[]) => paths.map((path) => path.toString());

  test('the first step is authorised, and so is every later one to a service account', () => {
    fc.assert(fc.property(world, (manifests) => {
      const review = AccessReview.of(manifests);
      for (const { steps } of review.escalations()) {
        const later = steps.slice(1).flatMap(({ requests }) => requests.filter(({ serviceAccount }) => serviceAccount !== undefined));
        for (const request of [...steps[0].requests, ...later]) expect([request, review.allows(request)]).toEqual([request, true]);
      }
    }), { numRuns: 150 });
  });

  test('the order of manifests does not matter', () => {
    fc.assert(fc.property(world.chain((manifests) => fc.tuple(fc.constant(manifests), fc.shuffledSubarray(manifests, { minLength: manifests.length }))), ([manifests, shuffled]) => {
      expect(texts(AccessReview.of(shuffled).escalations())).toEqual(texts(AccessReview.of(manifests).escalations()));
    }), { numRuns: 50 });
  });
});
