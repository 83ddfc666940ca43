import { ClusterProfile, Cni, Distribution, InvalidInputError } from '@viridial/core';
import fc from 'fast-check';
import { Endpoint, Protocol, Reachability, ReachabilityOptions } from '../src';
import { ANYWHERE, defaultDeny, deployment, namespace, pod, podsOf, policy } from './fixtures/cluster';
import { namespaces, podNames, pods, policies, probedPorts, ruleOf } from './fixtures/generators';

const { TCP, UDP, SCTP } = Protocol;
const at = (place: string) => Endpoint.pod(place.split('/')[0], place.split('/')[1]);
const side = (text: string) => (text.includes('/') ? at(text) : Endpoint.ip(text));

function open(manifests: any[], source: string, destination: string, port: number = 80, protocol = TCP, options: ReachabilityOptions = {}): boolean {
  return Reachability.of(manifests, options).allows({ source: side(source), destination: side(destination), port, protocol });
}

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

const SHOP = [pod('shop/web', { app: 'web' }, { http: 8080 }), pod('shop/api', { app: 'api' }), pod('blog/web', { app: 'web' })];

describe('isolation', () => {
  test('without policies everybody reaches everybody, on every port and protocol', () => {
    for (const protocol of [TCP, UDP, SCTP]) for (const port of [1, 65535]) expect(open(SHOP, 'blog/web', 'shop/web', port, protocol)).toBe(true);
    expect(open(SHOP, '203.0.113.7', 'shop/web')).toBe(true);
    expect(open(SHOP, 'shop/web', '203.0.113.7')).toBe(true);
  });

  test('TCP is meant when no protocol is given', () => {
    const manifests = [...SHOP, policy('shop/web', { ingress: [{ ports: [{ port: 80 }] }] })];
    expect(Reachability.of(manifests).allows({ source: at('blog/web'), destination: at('shop/web'), port: 80 })).toBe(true);
  });

  test('an empty policy isolates the pods it selects for ingress, and no others', () => {
    const manifests = [...SHOP, policy('shop/web', { podSelector: { matchLabels: { app: 'web' } } })];
    expect(open(manifests, 'shop/api', 'shop/web')).toBe(false);
    expect(open(manifests, '203.0.113.7', 'shop/web')).toBe(false);
    expect(open(manifests, 'shop/web', 'shop/api')).toBe(true);
    expect(open(manifests, 'shop/api', 'blog/web')).toBe(true);
  });

  test('a policy is about the pods of its own namespace only', () => {
    expect(open([...SHOP, defaultDeny('blog')], 'shop/api', 'shop/web')).toBe(true);
  });

  test('a connection needs the rules of both sides', () => {
    const ingress = policy('shop/in', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [podsOf('blog')] }] });
    const egress = policy('blog/out', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [podsOf('shop')] }] });
    const both = [...SHOP, defaultDeny('shop'), defaultDeny('blog')];
    expect(open(both, 'blog/web', 'shop/web')).toBe(false);
    expect(open([...both, ingress], 'blog/web', 'shop/web')).toBe(false);
    expect(open([...both, egress], 'blog/web', 'shop/web')).toBe(false);
    expect(open([...both, ingress, egress], 'blog/web', 'shop/web')).toBe(true);
    expect(open([...both, ingress, egress], 'shop/web', 'blog/web')).toBe(false);
  });

  test('a pod asked about itself stands for two pods alike', () => {
    expect(open([...SHOP, defaultDeny('shop')], 'shop/web', 'shop/web')).toBe(false);
  });
});

describe('rules', () => {
  const from = (peer: any, manifests: any[] = SHOP) => [...manifests, defaultDeny('shop'), policy('shop/in', { ingress: [{ from: [peer] }] })];

  test('a podSelector alone is about the namespace of the policy', () => {
    const manifests = from({ podSelector: { matchLabels: { app: 'web' } } }, [...SHOP, pod('shop/other', { app: 'web' })]);
    const reach = Reachability.of(manifests.filter(({ metadata }) => metadata.name !== 'default-deny'));
    expect(reach.allows({ source: at('shop/other'), destination: at('shop/web'), port: 80 })).toBe(true);
    expect(reach.allows({ source: at('shop/api'), destination: at('shop/web'), port: 80 })).toBe(false);
    expect(reach.allows({ source: at('blog/web'), destination: at('shop/web'), port: 80 })).toBe(false);
  });

  test('a namespaceSelector is about every pod of the namespaces', () => {
    const manifests = from({ namespaceSelector: { matchLabels: { tier: 'front' } } }, [...SHOP, namespace('blog', { tier: 'front' }), pod('news/web')]);
    expect(open(manifests, 'blog/web', 'shop/web')).toBe(true);
    expect(open(manifests, 'news/web', 'shop/web')).toBe(false);
  });

  test('both selectors together have to match the same pod', () => {
    const manifests = from({ ...podsOf('blog', { app: 'api' }) }, [...SHOP, pod('blog/api', { app: 'api' })]);
    expect(open(manifests, 'blog/api', 'shop/web')).toBe(true);
    expect(open(manifests, 'blog/web', 'shop/web')).toBe(false);
  });

  test('every namespace has the label with its name, whatever its object says', () => {
    expect(open(from(podsOf('blog')), 'blog/web', 'shop/web')).toBe(true);
    expect(open(from(podsOf('blog'), [...SHOP, namespace('blog')]), 'blog/web', 'shop/web')).toBe(true);
    expect(open(from(podsOf('blog'), [...SHOP, namespace('blog', { 'kubernetes.io/metadata.name': 'shop' })]), 'blog/web', 'shop/web')).toBe(true);
  });

  test('a rule without peers is open to pods and addresses', () => {
    const manifests = [...SHOP, policy('shop/in', { ingress: [{ ports: [{ port: 80 }] }] })];
    for (const source of ['blog/web', 'shop/api', '203.0.113.7', 'fd00::1']) {
      expect(open(manifests, source, 'shop/web', 80)).toBe(true);
      expect(open(manifests, source, 'shop/web', 81)).toBe(false);
    }
  });

  test('an empty namespaceSelector is about every pod, and no address', () => {
    expect(open(from({ namespaceSelector: {} }), 'blog/web', 'shop/web')).toBe(true);
    expect(open(from({ namespaceSelector: {} }), '203.0.113.7', 'shop/web')).toBe(false);
  });

  test('rules of several policies add up', () => {
    const manifests = [...SHOP, policy('shop/a', { ingress: [{ from: [podsOf('blog')], ports: [{ port: 80 }] }] }), policy('shop/b', { ingress: [{ from: [podsOf('blog')], ports: [{ port: 81 }] }] })];
    expect(Reachability.of(manifests).openPorts(at('blog/web'), at('shop/web'))).toBe('TCP 80-81');
  });
});

describe('ports', () => {
  const into = (...ports: any[]) => Reachability.of([...SHOP, policy('shop/in', { ingress: [{ ports }] })]);
  const ports = (reach: Reachability, destination = 'shop/web') => reach.openPorts(at('blog/web'), at(destination));

  test('numbers, ranges, protocols and names', () => {
    expect(ports(into({ port: 80 }))).toBe('TCP 80');
    expect(ports(into({ port: 8000, endPort: 8999 }))).toBe('TCP 8000-8999');
    expect(ports(into({ protocol: 'SCTP', port: 3868 }, { protocol: 'UDP', port: 53 }))).toBe('UDP 53; SCTP 3868');
    expect(ports(into({ protocol: 'UDP' }))).toBe('UDP every port');
    expect(ports(into({ port: 'http' }))).toBe('TCP 8080');
  });

  test('the borders of a range are open, their neighbours are not', () => {
    const reach = into({ port: 8000, endPort: 8999 });
    for (const [port, expected] of [[7999, false], [8000, true], [8999, true], [9000, false]] as const) {
      expect(reach.allows({ source: at('blog/web'), destination: at('shop/web'), port })).toBe(expected);
    }
  });

  test('a name is looked up on the pod that is talked to, with its protocol', () => {
    expect(ports(into({ port: 'http' }), 'shop/api')).toBe('no port');
    expect(ports(into({ port: 'http', protocol: 'UDP' }))).toBe('no port');
    const egress = policy('blog/out', { policyTypes: ['Egress'], egress: [{ to: [podsOf('shop')], ports: [{ port: 'http' }] }] });
    expect(ports(Reachability.of([...SHOP, egress]))).toBe('TCP 8080');
    expect(ports(Reachability.of([...SHOP, egress]), 'shop/api')).toBe('no port');
  });

  test('sidecars have ports, other init containers do not', () => {
    const spec = {
      initContainers: [
        { name: 'proxy', restartPolicy: 'Always', ports: [{ name: 'proxy', containerPort: 15001 }] },
        { name: 'setup', ports: [{ name: 'setup', containerPort: 15002 }] },
      ],
    };
    const manifests = [pod('shop/web', {}, {}, spec), pod('blog/web'), policy('shop/in', { ingress: [{ ports: [{ port: 'proxy' }, { port: 'setup' }] }] })];
    expect(Reachability.of(manifests).openPorts(at('blog/web'), at('shop/web'))).toBe('TCP 15001');
  });

  test('a name opens nothing to an address outside', () => {
    const manifests = [...SHOP, policy('shop/out', { policyTypes: ['Egress'], egress: [{ to: [ANYWHERE], ports: [{ port: 'http' }, { port: 443 }] }] })];
    expect(Reachability.of(manifests).openPorts(at('shop/web'), Endpoint.ip('203.0.113.7'))).toBe('TCP 443');
  });
});

describe('addresses', () => {
  const egress = (...blocks: any[]) => [...SHOP, policy('shop/out', { policyTypes: ['Egress'], egress: [{ to: blocks.map((ipBlock) => ({ ipBlock })) }] })];

  test('a block is open but for its exceptions', () => {
    const manifests = egress({ cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '169.254.0.0/16'] });
    for (const [address, expected] of [
      ['9.255.255.255', true], ['10.0.0.0', false], ['10.255.255.255', false], ['11.0.0.0', true], ['169.254.169.254', false], ['255.255.255.255', true],
    ] as const) expect(open(manifests, 'shop/web', address)).toBe(expected);
  });

  test('an exception of one block is no exception of another', () => {
    expect(open(egress({ cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] }, { cidr: '169.254.0.0/16' }), 'shop/web', '169.254.169.254')).toBe(true);
  });

  test('IPv4 blocks are no matter of IPv6 addresses, and the other way round', () => {
    expect(open(egress({ cidr: '0.0.0.0/0' }), 'shop/web', 'fd00:ec2::254')).toBe(false);
    expect(open(egress({ cidr: '::/0', except: ['fd00:ec2::254/128'] }), 'shop/web', 'fd00:ec2::254')).toBe(false);
    expect(open(egress({ cidr: '::/0', except: ['fd00:ec2::254/128'] }), 'shop/web', 'fd00:ec2::253')).toBe(true);
  });

  test('ingress from addresses', () => {
    const manifests = [...SHOP, policy('shop/in', { ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] })];
    expect(open(manifests, '203.0.113.7', 'shop/web')).toBe(true);
    expect(open(manifests, '203.0.112.255', 'shop/web')).toBe(false);
  });

  test('by the specification alone, a block is not about pods', () => {
    const running = { ...pod('blog/web'), status: { podIP: '10.1.2.3', podIPs: [{ ip: '10.1.2.3' }] } };
    expect(open([SHOP[0], running, policy('shop/in', { ingress: [{ from: [ANYWHERE] }] })], 'blog/web', 'shop/web')).toBe(false);
  });
});

describe('the network plugin of a profile', () => {
  const profile = (cni: Cni) => {
    const distribution = cni === Cni.VPC_CNI ? Distribution.EKS : Distribution.KUBEADM;
    return ClusterProfile.of({ distribution, version: '1.35', cni, podCidrs: ['10.244.0.0/16'], nodeCidrs: ['10.0.0.0/24'] });
  };
  const out = (cidr: string, ...except: string[]) => policy('shop/out', { policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) } }] }] });
  const reach = (manifests: any[], cni: Cni) => Reachability.of(manifests, { profile: profile(cni) });
  const web = at('shop/web');

  test.each([Cni.CALICO, Cni.VPC_CNI, Cni.KUBE_ROUTER])('%s matches blocks against pods', (cni) => {
    const to = (policyOut: any) => reach([...SHOP, policyOut], cni).openPorts(web, at('blog/web'));
    expect(to(out('0.0.0.0/0'))).toBe('every port');
    expect(to(out('0.0.0.0/0', '10.244.0.0/16'))).toBe('no port');
    expect(to(out('203.0.113.0/24'))).toBe('no port');
  });

  test('a pod that runs has its own address, one that does not may get any', () => {
    const running = (ip: string) => ({ ...pod('blog/web'), status: { podIP: ip } });
    const half = out('10.244.0.0/17');
    expect(reach([SHOP[0], running('10.244.1.1'), half], Cni.CALICO).openPorts(web, at('blog/web'))).toBe('every port');
    expect(reach([SHOP[0], running('10.244.200.1'), half], Cni.CALICO).openPorts(web, at('blog/web'))).toBe('no port');
    expect(reach([...SHOP, half], Cni.CALICO).openPorts(web, at('blog/web'))).toBe('every port');
  });

  test('Cilium knows pods, nodes and the API server by other means than addresses', () => {
    const own = reach([...SHOP, out('0.0.0.0/0')], Cni.CILIUM);
    expect(own.openPorts(web, at('blog/web'))).toBe('no port');
    expect(own.openPorts(web, Endpoint.ip('10.0.0.7'))).toBe('no port');
    expect(own.openPorts(web, Endpoint.ip('10.244.3.3'))).toBe('no port');
    expect(own.openPorts(web, Endpoint.ip('203.0.113.7'))).toBe('every port');
  });

  test.each([Cni.CALICO, Cni.CILIUM])('with %s a pod on the host network is its node', (cni) => {
    const agent = pod('agents/agent', { app: 'agent' }, {}, { hostNetwork: true });
    const manifests = [...SHOP, agent, defaultDeny('agents'), defaultDeny('shop'), policy('shop/in', { ingress: [{ from: [podsOf('agents')] }] })];
    const own = reach(manifests, cni);
    expect(own.openPorts(at('blog/web'), at('agents/agent'))).toBe('every port');
    expect(own.openPorts(at('agents/agent'), at('blog/web'))).toBe('every port');
    expect(own.openPorts(at('agents/agent'), web)).toBe('no port');
    const fromNodes = [...manifests, policy('shop/nodes', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/24' } }] }] })];
    expect(reach(fromNodes, cni).openPorts(at('agents/agent'), web)).toBe(cni === Cni.CILIUM ? 'no port' : 'every port');
  });

  test('without a profile a pod on the host network is a pod as any other', () => {
    const agent = pod('agents/agent', {}, {}, { hostNetwork: true });
    expect(open([...SHOP, agent, defaultDeny('agents')], 'shop/web', 'agents/agent')).toBe(false);
    expect(open([...SHOP, agent, policy('shop/in', { ingress: [{ from: [podsOf('agents')] }] })], 'agents/agent', 'shop/web')).toBe(true);
  });
});

describe('endpoints', () => {
  test('workloads are found by kind, namespace and name', () => {
    const manifests = [deployment('shop/web', { app: 'web' }), pod('blog/web'), defaultDeny('shop')];
    const reach = Reachability.of(manifests);
    expect(reach.allows({ source: at('blog/web'), destination: Endpoint.workload('shop', 'Deployment', 'web'), port: 80 })).toBe(false);
    expect(reach.allows({ source: Endpoint.workload('blog', 'Pod', 'web'), destination: at('blog/web'), port: 80 })).toBe(true);
  });

  test.each(['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicationController'])('%s is a workload', (kind) => {
    const apiVersion = kind.endsWith('Job') ? 'batch/v1' : kind === 'ReplicationController' ? 'v1' : 'apps/v1';
    const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [] } };
    const spec = kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template };
    const manifests = [{ apiVersion, kind, metadata: { name: 'web', namespace: 'shop' }, spec }, policy('shop/web', { podSelector: { matchLabels: { app: 'web' } } })];
    expect(Reachability.of(manifests).openPorts(Endpoint.ip('203.0.113.7'), Endpoint.workload('shop', kind, 'web'))).toBe('no port');
  });

  test('running pods are found by the controller that owns them', () => {
    const owned = (name: string, labels: any) => {
      const own = pod(`shop/${name}`, labels);
      return { ...own, metadata: { ...own.metadata, ownerReferences: [{ kind: 'Node', name: 'n1' }, { kind: 'ReplicaSet', name: 'web-5d4', controller: true }] } };
    };
    const closed = policy('shop/web', { podSelector: { matchLabels: { version: '1' } } });
    const replicaSet = Endpoint.workload('shop', 'ReplicaSet', 'web-5d4');
    expect(Reachability.of([owned('web-1', { version: '1' }), closed]).openPorts(Endpoint.ip('203.0.113.7'), replicaSet)).toBe('no port');
    // a workload whose running pods differ is open when one of them is
    expect(Reachability.of([owned('web-1', { version: '1' }), owned('web-2', { version: '2' }), closed]).openPorts(Endpoint.ip('203.0.113.7'), replicaSet)).toBe('every port');
  });

  test('objects without a namespace are in default', () => {
    const { metadata: { name }, ...rest } = pod('x/web');
    expect(open([{ ...rest, metadata: { name } }], 'default/web', '203.0.113.7')).toBe(true);
  });

  test('lists are opened, and items of typed lists need not repeat their kind', () => {
    const { kind, apiVersion, ...bare } = pod('shop/web');
    expect(`${apiVersion} ${kind}`).toBe('v1 Pod');
    expect(open([{ apiVersion: 'v1', kind: 'PodList', items: [bare] }, { apiVersion: 'v1', kind: 'List', items: [defaultDeny('shop'), null] }], '203.0.113.7', 'shop/web')).toBe(false);
  });

  test('a probe is a pod that could exist', () => {
    const reach = Reachability.of([...SHOP, policy('shop/in', { ingress: [{ from: [podsOf('news', { role: 'reader' })] }] })]);
    expect(reach.openPorts(Endpoint.probe('news', { role: 'reader' }), at('shop/web'))).toBe('every port');
    expect(reach.openPorts(Endpoint.probe('news'), at('shop/web'))).toBe('no port');
    expect(Endpoint.probe('news', { b: '2', a: '1' }).toString()).toBe('a pod in news labelled a=1, b=2');
    expect(Endpoint.probe('news').toString()).toBe('a pod in news without labels');
  });

  test('a workload that is not there is named, with those that are', () => {
    expect(messageOf(() => open(SHOP, 'shop/nobody', 'shop/web'))).toContain(
      'source: the manifests have no Pod shop/nobody (UnknownEndpoint); allowed: Pod shop/api and Pod shop/web; cure: name a workload of the manifests');
    expect(messageOf(() => open(SHOP, 'shop/web', 'nowhere/web'))).toContain('destination: the manifests have no Pod nowhere/web (UnknownEndpoint); allowed: a workload; namespace nowhere has none');
  });

  test('two addresses, wrong ports and wrong protocols are refused', () => {
    expect(messageOf(() => open(SHOP, '10.0.0.1', '10.0.0.2'))).toContain('neither 10.0.0.1 nor 10.0.0.2 is a pod (NoPodInConnection)');
    for (const port of [0, 65536, 1.5, NaN]) expect(messageOf(() => open(SHOP, 'shop/web', 'shop/api', port))).toContain('is not a port (InvalidPort); allowed: 1 to 65535');
    expect(messageOf(() => open(SHOP, 'shop/web', 'shop/api', 80, 'ICMP' as any))).toContain('"ICMP" is not a protocol (InvalidProtocol); allowed: TCP, UDP or SCTP');
    expect(messageOf(() => open(SHOP, 'shop/web', '010.0.0.1'))).toContain('destination: ');
  });
});

describe('explanations', () => {
  const manifests = [...SHOP, defaultDeny('shop'), policy('shop/in', { ingress: [{}, { from: [podsOf('blog')], ports: [{ port: 80 }] }] })];
  const explain = (source: string, destination: string) => Reachability.of(manifests).explain({ source: side(source), destination: side(destination), port: 80 });

  test('name the rules that let a connection through', () => {
    expect(explain('blog/web', 'shop/web')).toEqual([
      'no policy restricts what Pod blog/web sends',
      'NetworkPolicy shop/in at spec.ingress[0] and NetworkPolicy shop/in at spec.ingress[1] let it through',
    ]);
  });

  test('name the policies that stop it', () => {
    expect(explain('shop/web', '203.0.113.7')).toEqual([
      'NetworkPolicy shop/default-deny restricts what Pod shop/web sends, and no rule lets this through',
      'no policy applies to 203.0.113.7',
    ]);
  });
});

describe('malformed objects', () => {
  test('are told together, by name', () => {
    let paths: string[] = [];
    try {
      Reachability.of([null, 'text', { kind: 'Pod' }, { apiVersion: 'v1', kind: 'Pod', metadata: {} }, { ...pod('shop/web'), spec: undefined }]);
    } catch (error) {
      paths = InvalidInputError.problemsOf(error).map((problem) => problem.toString().split(';')[0]);
    }
    expect(paths).toEqual([
      'Pod shop/web spec: the spec of the pod is missing (MalformedObject)',
      'Pod with the fields apiVersion, kind, metadata: Pod with the fields apiVersion, kind, metadata has no metadata.name (MalformedObject)',
      'Pod with the fields kind: Pod with the fields kind has no apiVersion (MalformedObject)',
      'manifests: "text" is not an object (MalformedObject)',
    ]);
  });

  test('an object that is there twice counts once when the copies are the same, and is an error when they differ', () => {
    const copy = { kind: 'Pod', apiVersion: 'v1', spec: SHOP[0].spec, metadata: SHOP[0].metadata };
    expect(() => Reachability.of([SHOP[0], copy])).not.toThrow();
    expect(messageOf(() => Reachability.of([SHOP[0], { ...copy, spec: { containers: [] } }]))).toContain('Pod shop/web is there more than once, with different contents (DuplicateObject)');
  });

  test('kinds that nobody reads are left alone, however they look', () => {
    expect(() => Reachability.of([{ apiVersion: 'v1', kind: 'Service' }, { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'x' }, spec: 'odd' }])).not.toThrow();
  });

  test('an address of a running pod that is none is told', () => {
    expect(messageOf(() => Reachability.of([{ ...SHOP[0], status: { podIP: '10.1' } }]))).toContain('Pod shop/web status.podIP: 10.1 is not an address');
  });
});

describe('properties', () => {
  const base = [...namespaces, ...pods];
  const everything = (manifests: any[]) => {
    const reach = Reachability.of(manifests);
    return podNames.flatMap((source) => [...podNames.map((destination) => reach.openPorts(Endpoint.pod(...source), Endpoint.pod(...destination))),
      ...['10.2.3.4', '10.2.4.4', '192.0.2.1', '8.8.8.8'].flatMap((address) => [
        reach.openPorts(Endpoint.pod(...source), Endpoint.ip(address)), reach.openPorts(Endpoint.ip(address), Endpoint.pod(...source)),
      ])]);
  };

  test('adding a rule to a policy never closes a connection', () => {
    fc.assert(fc.property(policies, fc.nat(), ruleOf('from'), ruleOf('to'), (own, index, ingress, egress) => {
      fc.pre(own.length > 0);
      const reach = Reachability.of([...base, ...own]);
      const target = own[index % own.length];
      // rules for a direction that the policy was silent about would isolate: only directions it speaks of get more
      const types = target.spec.policyTypes ?? (target.spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress']);
      const spec = { ...target.spec, policyTypes: types, ingress: [...target.spec.ingress ?? [], ingress], egress: [...target.spec.egress ?? [], egress] };
      const wider = Reachability.of([...base, ...own.map((other) => (other === target ? { ...other, spec } : other))]);
      for (const source of podNames) {
        for (const destination of podNames) {
          for (const [port, protocol] of probedPorts) {
            const connection = { source: Endpoint.pod(...source), destination: Endpoint.pod(...destination), port, protocol: protocol as any };
            if (reach.allows(connection)) expect(wider.allows(connection)).toBe(true);
          }
        }
      }
    }), { numRuns: 25 });
  });

  test('matchLabels written as matchExpressions changes nothing', () => {
    const rewrite = (value: any): any => {
      if (Array.isArray(value)) return value.map(rewrite);
      if (typeof value !== 'object' || value === null) return value;
      if ('matchLabels' in value) return { matchExpressions: Object.keys(value.matchLabels).map((key) => ({ key, operator: 'In', values: [value.matchLabels[key]] })) };
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rewrite(inner)]));
    };
    fc.assert(fc.property(policies, (own) => expect(everything([...base, ...own.map(rewrite)])).toEqual(everything([...base, ...own]))), { numRuns: 40 });
  });

  test('splitting a policy into one for each rule changes nothing', () => {
    fc.assert(fc.property(policies, (own) => {
      const split = own.flatMap((one) => {
        const types = one.spec.policyTypes ?? (one.spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress']);
        const part = (name: string, spec: any) => policy(`${one.metadata.namespace}/${one.metadata.name}-${name}`, { podSelector: one.spec.podSelector, policyTypes: types, ...spec });
        return [part('none', {}), ...(one.spec.ingress ?? []).map((rule: any, index: number) => part(`in-${index}`, { ingress: [rule] })),
          ...(one.spec.egress ?? []).map((rule: any, index: number) => part(`out-${index}`, { egress: [rule] }))];
      });
      expect(everything([...base, ...split])).toEqual(everything([...base, ...own]));
    }), { numRuns: 40 });
  });

  test('the order of manifests, rules, peers and ports does not matter', () => {
    const turn = (value: any): any => {
      if (Array.isArray(value)) return value.map(turn).reverse();
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, turn(inner)]));
    };
    fc.assert(fc.property(policies, (own) => expect(everything([...base, ...own].map(turn).reverse())).toEqual(everything([...base, ...own]))), { numRuns: 40 });
  });

  test('a policy for nobody changes nothing', () => {
    const nobody = policy('one/nobody', { podSelector: { matchLabels: { nobody: 'has-this' } }, policyTypes: ['Ingress', 'Egress'] });
    fc.assert(fc.property(policies, (own) => expect(everything([...base, ...own, nobody])).toEqual(everything([...base, ...own]))), { numRuns: 20 });
  });

  test('a pod of the manifests and a probe with its labels and no named ports fare the same', () => {
    fc.assert(fc.property(policies, (own) => {
      const reach = Reachability.of([...base, pod('one/bare', { a: 'x', b: 'y' }), ...own]);
      for (const other of podNames) {
        expect(reach.openPorts(Endpoint.probe('one', { a: 'x', b: 'y' }), Endpoint.pod(...other))).toBe(reach.openPorts(Endpoint.pod('one', 'bare'), Endpoint.pod(...other)));
        expect(reach.openPorts(Endpoint.pod(...other), Endpoint.probe('one', { a: 'x', b: 'y' }))).toBe(reach.openPorts(Endpoint.pod(...other), Endpoint.pod('one', 'bare')));
      }
    }), { numRuns: 25 });
  });
});
