import { ClusterProfile, Cni, InvalidInputError } from '@viridial/core';
import { BlastRadius, Endpoint, Proof } from '../src';
import { clusterRole, clusterRoleBinding, role, roleBinding, rule } from './fixtures/access';
import { brokenPlatform } from './fixtures/broken';
import { defaultDeny, deployment, pod, podsOf, policy, sealedNamespace } from './fixtures/cluster';

const WEB = Endpoint.workload('shop', 'Deployment', 'web');
const web = (spec: { [key: string]: any } = {}) => deployment('shop/web', { app: 'web' }, {}, spec);
const blast = (manifests: any[], endpoint = WEB) => Proof.of([sealedNamespace('shop'), ...manifests]).compromise(endpoint);

describe('reach', () => {
  const database = deployment('shop/database', { app: 'database' });
  const other = deployment('blog/web', { app: 'web' });

  test('without policies everything is reached', () => {
    const own = blast([web(), database, other]);
    expect(own.reachable.map(({ destination, portsText }) => [destination, portsText])).toEqual([['Deployment.apps blog/web', 'every port'], ['Deployment.apps shop/database', 'every port']]);
    expect(own.addresses).toEqual([
      { first: '0.0.0.0', last: '255.255.255.255', portsText: 'every port' },
      { first: '0:0:0:0:0:0:0:0', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', portsText: 'every port' },
    ]);
    expect([own.internet, own.reachesMetadataService, own.reachesApiServer]).toEqual(['every port', true, undefined]);
  });

  test('policies hold', () => {
    const own = blast([web(), database, other, defaultDeny('shop'),
      policy('shop/db', { policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 5432 }] }], egress: [{ to: [{ podSelector: {} }] }] }),
      policy('shop/out', { policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '169.254.0.0/16'] } }], ports: [{ port: 443 }] }] })]);
    expect(own.reachable.map(({ destination, portsText }) => [destination, portsText])).toEqual([['Deployment.apps shop/database', 'TCP 5432']]);
    expect(own.addresses.map(({ first, last }) => `${first}-${last}`)).toEqual(['0.0.0.0-9.255.255.255', '11.0.0.0-169.253.255.255', '169.255.0.0-255.255.255.255']);
    expect([own.internet, own.reachesMetadataService]).toEqual(['TCP 443', false]);
  });

  test('private networks alone are no internet', () => {
    const own = blast([web(), policy('shop/out', { policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] })]);
    expect(own.internet).toBe('no port');
    expect(own.toString()).toContain('private networks around the cluster on every port');
  });

  test('a profile knows where the API server is, and that the host network is the node', () => {
    const profile = ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO, nodeCidrs: ['192.168.1.0/24'], apiServerCidrs: ['192.168.1.10/32'] });
    const judged = (spec: any, ...more: any[]) => Proof.of([web(spec), defaultDeny('shop'), ...more], { profile }).compromise(WEB).reachesApiServer;
    expect(judged({})).toBe(false);
    expect(judged({}, policy('shop/api', { policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '192.168.1.10/32' } }], ports: [{ port: 6443 }] }] }))).toBe(true);
    expect(judged({ hostNetwork: true })).toBe(true);
  });
});

describe('the service account', () => {
  const reader = [role('shop/reader', rule(['get', 'list'], ['secrets'])), roleBinding('shop/reader', 'reader', 'serviceaccount:shop/default')];
  const account = (fields: any) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'shop' }, ...fields });
  const token = (audience?: string) => ({ volumes: [{ name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token', ...(audience ? { audience } : {}) } }] } }] });

  test.each<[string, any, any, boolean]>([
    ['is mounted by default', {}, {}, true],
    ['is not where the ServiceAccount says no', {}, { automountServiceAccountToken: false }, false],
    ['is not where the pod says no', { automountServiceAccountToken: false }, {}, false],
    ['is where the pod overrules the ServiceAccount', { automountServiceAccountToken: true }, { automountServiceAccountToken: false }, true],
    ['is where the pod projects one', { automountServiceAccountToken: false, ...token() }, {}, true],
    ['is where the pod projects one for the API server', { automountServiceAccountToken: false, ...token('https://kubernetes.default.svc.cluster.local') }, {}, true],
    ['is not where the pod projects one for somebody else', { automountServiceAccountToken: false, ...token('sts.amazonaws.com') }, {}, false],
  ])('a token %s', (_, spec, fields, expected) => {
    const own = blast([web(spec), account(fields), ...reader]);
    expect([own.serviceAccount, own.hasToken, own.permissions.length]).toEqual(['shop/default', expected, expected ? 1 : 0]);
  });

  test('gives what is bound to it and to its groups, in words', () => {
    const all = [...reader, clusterRole('paths', [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }]), clusterRoleBinding('paths', 'paths', 'group:system:serviceaccounts')];
    expect(blast([web(), ...all]).permissions.map(({ text, grant }) => [text, grant.subject])).toEqual([
      ['get /metrics of the API server', 'group system:serviceaccounts'], ['get and list secrets in shop', 'service account shop/default'],
    ]);
  });

  test('becomes what its rights lead to', () => {
    const own = blast([web(), ...reader, clusterRole('i', [rule(['impersonate'], ['users'])]), clusterRoleBinding('i', 'i', 'serviceaccount:shop/default')]);
    expect(own.escalations.map(({ targetKind, technique }) => [targetKind, technique])).toEqual([['cluster-admin', 'impersonation']]);
  });
});

describe('what is in the pod', () => {
  test('is told with how it comes there', () => {
    const key = (kind: string, name: string) => ({ valueFrom: { [kind]: { name, key: 'k' } } });
    const { exposed } = blast([web({
      imagePullSecrets: [{ name: 'registry' }],
      volumes: [
        { name: 'a', secret: { secretName: 'tls' } }, { name: 'b', configMap: { name: 'settings' } }, { name: 'c', emptyDir: {} },
        { name: 'd', projected: { sources: [{ secret: { name: 'tls' } }, { serviceAccountToken: { path: 't', audience: 'sts.amazonaws.com' } }] } },
        { name: 'e', csi: { driver: 'secrets-store.csi.k8s.io', volumeAttributes: { secretProviderClass: 'vault' } } },
      ],
      initContainers: [{ name: 'init', envFrom: [{ secretRef: { name: 'all' } }] }],
      containers: [{ name: 'web', env: [{ name: 'A', ...key('secretKeyRef', 'all') }, { name: 'B', ...key('configMapKeyRef', 'flags') }, { name: 'C', value: 'c' }] }],
    })]);
    expect(exposed.map(({ kind, name, how }) => [kind, name, ...how])).toEqual([
      ['Secret', 'all', 'as environment variables'], ['Secret', 'registry', 'for pulling images, on the node'], ['Secret', 'tls', 'as files'],
      ['ConfigMap', 'flags', 'as environment variables'], ['ConfigMap', 'settings', 'as files'],
      ['token', 'sts.amazonaws.com', 'as a file'], ['CSI volume', 'secrets-store.csi.k8s.io', 'as files out of a vault'],
    ]);
    expect(exposed[0].paths).toEqual(['spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef', 'spec.template.spec.initContainers[0].envFrom[0].secretRef']);
  });
});

describe('the way to the node', () => {
  const container = (securityContext: any, mounts: any[] = []) => ({ containers: [{ name: 'web', securityContext, volumeMounts: mounts }] });
  const host = (path: string, readOnly: boolean) => ({ volumes: [{ name: 'host', hostPath: { path } }], ...container({}, [{ name: 'host', mountPath: '/host', readOnly }]) });

  test.each<[string, any, number, boolean]>([
    ['nothing', {}, 0, false],
    ['a privileged container', container({ privileged: true }), 1, true],
    ['a capability of the node', container({ capabilities: { add: ['CAP_SYS_ADMIN', 'NET_BIND_SERVICE'] } }), 1, true],
    ['a capability in a user namespace of its own', { hostUsers: false, ...container({ capabilities: { add: ['SYS_ADMIN'] } }) }, 1, false],
    ['processes of the node', { hostPID: true }, 1, false],
    ['tracing processes of the node', { hostPID: true, ...container({ capabilities: { add: ['SYS_PTRACE'] } }) }, 2, true],
    ['the network of the node', { hostNetwork: true }, 1, false],
    ['the socket of the container runtime', host('/run/containerd/containerd.sock', true), 1, true],
    ['the root of the node to read', host('/', true), 1, true],
    ['what the kubelet keeps', host('/var/lib/kubelet/pods', true), 1, true],
    ['units of the node to write', host('/etc/systemd/system', false), 1, true],
    ['units of the node to read', host('/etc/systemd/system', true), 1, false],
    ['the clock of the node', host('/etc/localtime', true), 1, false],
    ['a directory with data', host('/mnt/data', false), 1, false],
  ])('%s', (_, spec, ways, escapes) => {
    const own = blast([web(spec)]);
    expect([own.nodeAccess.length, own.escapesToNode]).toEqual([ways, escapes]);
  });

  test('leads on to whoever else runs there', () => {
    const admin = [deployment('ops/agent', {}, {}, { serviceAccountName: 'agent' }), clusterRoleBinding('agent', 'cluster-admin', 'serviceaccount:ops/agent')];
    const own = blast([web(container({ privileged: true })), ...admin]);
    expect(own.escalations.map(String)).toEqual([
      'whoever is root on a node can become cluster-admin:\n  1. whoever is root on a node takes the token of a pod there that runs as service account ops/agent',
    ]);
  });
});

describe('whom it is asked about', () => {
  test('a pod that somebody could create', () => {
    const own = blast([policy('shop/deny', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'] })], Endpoint.probe('shop', { app: 'web' }));
    expect([own.workload, own.serviceAccount, own.hasToken, own.internet]).toEqual(['a pod in shop labelled app=web', 'shop/default', true, 'no port']);
  });

  test('the controller of a running pod', () => {
    const running = { ...pod('shop/web-1', { app: 'web' }, {}, { serviceAccountName: 'web' }) };
    running.metadata.ownerReferences = [{ kind: 'ReplicaSet', name: 'web-5d4', controller: true }];
    expect(blast([running], Endpoint.workload('shop', 'ReplicaSet', 'web-5d4')).serviceAccount).toBe('shop/web');
  });

  test.each([[Endpoint.ip('10.0.0.1'), 'NoPodInEndpoint'], [Endpoint.workload('shop', 'Deployment', 'blog'), 'UnknownEndpoint']])('%s is an error', (endpoint, code) => {
    let codes: string[] = [];
    try {
      blast([web()], endpoint);
    } catch (error) {
      codes = InvalidInputError.problemsOf(error).map((problem) => problem.code);
    }
    expect(codes).toEqual([code]);
  });
});

describe('in words', () => {
  const of = (endpoint: Endpoint): BlastRadius => Proof.of(brokenPlatform()).compromise(endpoint);

  test('the worst comes first, and then what to do', () => {
    const text = of(Endpoint.workload('ops', 'Deployment', 'agent')).toString();
    expect(text.split('\n').filter((line) => line.endsWith(':'))).toEqual([
      'Somebody who is inside Deployment ops/agent can:', 'Get onto the node:', 'Ask of the API server, as service account ops/agent:', 'Reach:', 'To make it smaller:',
    ]);
    expect(text).toContain('  - everything: it is cluster-admin (by ClusterRoleBinding agent)\n');
    expect(text).toContain('They cannot become more than the rules of the workload say or read a Secret or ConfigMap out of the pod.');
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(112);
  });

  test('what cannot be made smaller is told as well', () => {
    expect(blast([web({ automountServiceAccountToken: false }), defaultDeny('shop')]).toString()).toBe([
      'Somebody who is inside Deployment shop/web can:', '',
      'They cannot get onto the node by anything that the pod is given, become more than the rules of the workload',
      'say, ask the API server for anything, read a Secret or ConfigMap out of the pod or reach anything over the',
      'network.', '', 'There is little to make smaller.', '',
    ].join('\n'));
  });

  test('and for programs', () => {
    const own = of(Endpoint.workload('shop', 'Deployment', 'web'));
    expect(own.toJson()).toMatchObject({ workload: 'Deployment.apps shop/web', hasToken: true, internet: 'TCP 80, 443', reachesMetadataService: true, escapesToNode: false });
    expect(own.toJson().escalations[0].steps).toHaveLength(2);
  });

  test('the order of manifests does not matter', () => {
    const endpoint = Endpoint.workload('shop', 'Deployment', 'web');
    const broken = [...brokenPlatform(), policy('shop/more', { policyTypes: ['Egress'], egress: [{ to: [podsOf('blog')] }] })];
    expect(Proof.of([...broken].reverse()).compromise(endpoint).toJson()).toEqual(Proof.of(broken).compromise(endpoint).toJson());
  });
});
