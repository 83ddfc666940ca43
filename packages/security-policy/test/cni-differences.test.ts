import { ClusterProfile, Cni, Distribution, Manifests, Problems } from '@viridial/core';
import { ClusterTier, Flow, NetworkPolicies, PortMatrix, PortSource, PortTarget } from '../src';
import { lets } from './support/one-side';
import { eks, GROUNDS, profile } from './support/profiles';
import { codes, refused } from './support/refused';
import { TIER_GROUNDS } from './support/tier-grounds';
import { closes } from './support/tier-reading';

const CALICO = profile(Cni.CALICO);
const CILIUM = profile(Cni.CILIUM);
const KUBE_ROUTER = profile(Cni.KUBE_ROUTER, { distribution: Distribution.K3S });
const VPC_CNI = eks();
const NAMESPACE = 'shop-staging';
const HOST_INGRESS = { ingress: { className: 'traefik', hostNetwork: true } };
const NODE_LOCAL = { nodeLocalDns: '169.254.20.10' };

function render(ground: ClusterProfile, ...flows: Flow[]): any[] {
  return NetworkPolicies.render({ namespace: NAMESPACE, flows, profile: ground });
}

/** Everything that a flow opens, without what is the same in every object. */
function openings(ground: ClusterProfile, flow: Flow): any[] {
  return render(ground, flow).slice(1).flatMap(({ spec }) => [...spec.ingress ?? [], ...spec.egress ?? []]);
}

function blocksOf(ground: ClusterProfile, flow: Flow): string[] {
  return openings(ground, flow).flatMap((rule) => (rule.from ?? rule.to ?? []).flatMap(({ ipBlock }: any) => ipBlock?.cidr ?? []));
}

function entitiesOf(ground: ClusterProfile, flow: Flow): string[] {
  return openings(ground, flow).flatMap((rule) => rule.fromEntities ?? rule.toEntities ?? []);
}

function refusal(ground: ClusterProfile, ...flows: Flow[]): string[] {
  return codes(refused(() => render(ground, ...flows)));
}

describe('kubelet probes, own node to pod: allowed by every CNI, so no policy has to', () => {
  test.each(GROUNDS)('%s: allowed without a flow (the VPC CNI since agent#553 in its standard mode)', (_, ground) => {
    const text = JSON.stringify(render(ground, Flow.sameNamespace(), Flow.dns()));
    for (const node of [...ground.nodeCidrs, 'host', 'remote-node']) expect(text).not.toContain(`"${node}"`);
  });
});

describe('DNS to the address of the Service: the peers are pods, after translation of the address', () => {
  test.each(GROUNDS)('%s: the pods of CoreDNS, and never the address of the Service', (_, ground) => {
    expect(blocksOf(ground, Flow.dns())).toEqual([]);
    expect(lets(render(ground, Flow.dns()), { into: false, other: { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } }, port: 53, protocol: 'UDP' }, ground.cni)).toBe(true);
  });

  test('VPC CNI: the port of the service must equal that of the container, which holds for 53 (AWS documentation)', () => {
    expect(openings(VPC_CNI, Flow.dns())[0].ports).toEqual([{ protocol: 'TCP', port: 53 }, { protocol: 'UDP', port: 53 }]);
  });
});

describe('node-local DNS: a selector finds no pod on the host network', () => {
  test('Calico: needs an ipBlock (projectcalico/calico#3795)', () => {
    expect(blocksOf(profile(Cni.CALICO, NODE_LOCAL), Flow.dns())).toContain('169.254.20.10/32');
  });

  test('Cilium: the host entity, or pods behind a local redirect policy', () => {
    const ground = profile(Cni.CILIUM, NODE_LOCAL);
    expect(entitiesOf(ground, Flow.dns())).toEqual(['host']);
    expect(JSON.stringify(openings(ground, Flow.dns()))).toContain('node-local-dns');
    expect(blocksOf(ground, Flow.dns())).toEqual([]);
  });

  test('VPC CNI: needs an ipBlock', () => {
    expect(blocksOf(eks(NODE_LOCAL), Flow.dns())).toContain('169.254.20.10/32');
  });

  test('kube-router: needs an ipBlock', () => {
    expect(blocksOf(profile(Cni.KUBE_ROUTER, { ...NODE_LOCAL, distribution: Distribution.K3S }), Flow.dns())).toContain('169.254.20.10/32');
  });
});

describe('ingress controller on the host network to pod: the source is a node', () => {
  test('Calico: ipBlock of the nodes, because a namespaceSelector fails (charmed-kubernetes/bundle#765)', () => {
    expect(blocksOf(profile(Cni.CALICO, HOST_INGRESS), Flow.ingressIn())).toEqual(['192.168.10.0/24']);
  });

  test('Cilium: the entities remote-node and host', () => {
    expect(entitiesOf(profile(Cni.CILIUM, HOST_INGRESS), Flow.ingressIn())).toEqual(['host', 'remote-node']);
  });

  test('Cilium: its own gateway is the ingress entity', () => {
    expect(entitiesOf(profile(Cni.CILIUM, { ingress: { className: 'cilium', hostNetwork: true } }), Flow.ingressIn())).toEqual(['ingress']);
  });

  test('VPC CNI: ipBlock of the subnets of the nodes', () => {
    expect(blocksOf(eks(HOST_INGRESS), Flow.ingressIn())).toEqual(['10.0.10.0/24', '10.0.20.0/24']);
  });

  test('kube-router: ipBlock of the nodes', () => {
    expect(blocksOf(profile(Cni.KUBE_ROUTER, { ...HOST_INGRESS, distribution: Distribution.K3S }), Flow.ingressIn())).toEqual(['192.168.10.0/24']);
  });
});

describe('pod to kube-apiserver: endpoints, not the address of the Service', () => {
  test('Calico: ipBlock of the endpoints', () => {
    expect(blocksOf(CALICO, Flow.kubeApiServer())).toEqual(['192.168.10.11/32', '192.168.10.12/32']);
  });

  test('Cilium: ipBlock never matches nodes or the API server; toEntities kube-apiserver (cilium/cilium#20550, #37298, #39573; eks-anywhere#4658)', () => {
    expect(entitiesOf(CILIUM, Flow.kubeApiServer())).toEqual(['kube-apiserver']);
    expect(blocksOf(CILIUM, Flow.kubeApiServer())).toEqual([]);
  });

  test('VPC CNI: ipBlock of the subnets of the cluster, because the addresses of its interfaces move', () => {
    expect(blocksOf(VPC_CNI, Flow.kubeApiServer())).toEqual(['10.0.10.0/24', '10.0.20.0/24']);
  });

  test('kube-router: ipBlock of the endpoints', () => {
    expect(blocksOf(KUBE_ROUTER, Flow.kubeApiServer())).toEqual(['192.168.10.11/32', '192.168.10.12/32']);
  });
});

describe('kube-apiserver to admission webhook: the port of the pod, not 443 (apisix-ingress-controller#2812)', () => {
  const webhook = Flow.webhookIn({ ports: [{ port: 9443 }] });

  test('Calico: ipBlock of the API servers', () => {
    expect(openings(CALICO, webhook)).toEqual([{
      from: [{ ipBlock: { cidr: '192.168.10.11/32' } }, { ipBlock: { cidr: '192.168.10.12/32' } }], ports: [{ protocol: 'TCP', port: 9443 }],
    }]);
  });

  test('Cilium: fromEntities kube-apiserver and remote-node', () => {
    expect(openings(CILIUM, webhook)).toEqual([{ fromEntities: ['kube-apiserver', 'remote-node'], toPorts: [{ ports: [{ port: '9443', protocol: 'TCP' }] }] }]);
  });

  test('VPC CNI: ipBlock of the subnets of the control plane', () => {
    expect(blocksOf(VPC_CNI, webhook)).toEqual(['10.0.10.0/24', '10.0.20.0/24']);
  });

  test('kube-router: ipBlock of the nodes of the control plane', () => {
    expect(blocksOf(KUBE_ROUTER, webhook)).toEqual(['192.168.10.11/32', '192.168.10.12/32']);
  });
});

describe('Prometheus to pod: namespaceSelector by kubernetes.io/metadata.name, and ports', () => {
  const metrics = (ports?: number): Flow => Flow.metricsIn({
    fromNamespace: 'viridial-monitoring', ports: ports === undefined ? undefined : Array.from({ length: ports }, (_, index) => ({ port: 9000 + index })),
  });

  test.each(GROUNDS)('%s: fine', (_, ground) => {
    expect(openings(ground, metrics(1))).toEqual([{
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'viridial-monitoring' } } }], ports: [{ protocol: 'TCP', port: 9000 }],
    }]);
  });

  test('VPC CNI: counts toward the limit of 24 ports', () => {
    expect(refusal(VPC_CNI, metrics(25))).toEqual(['TooManyPorts']);
    for (const ground of [CALICO, CILIUM, KUBE_ROUTER]) expect(render(ground, metrics(25))).toHaveLength(2);
  });
});

describe('Prometheus to node-exporter and kubelet on the host network: network policies do not apply to nodes', () => {
  test.each(GROUNDS)('%s: what closes a node is its firewall, for which the port matrix has a row', (_, ground) => {
    const kubelet = PortMatrix.of(ground).rules.filter((rule) => rule.fromPort === 10250 && rule.source === PortSource.NODES);
    expect(kubelet.map(({ target }) => target)).toEqual([PortTarget.NODE]);
  });

  test('the pod of Prometheus is opened by address, and by entity under Cilium', () => {
    const scrape = Flow.cidrOut({ cidr: '192.168.10.0/24', ports: [{ port: 9100 }] });
    for (const ground of [CALICO, KUBE_ROUTER]) expect(blocksOf(ground, scrape)).toEqual(['192.168.10.0/24']);
    expect(entitiesOf(CILIUM, scrape)).toEqual(['host', 'kube-apiserver', 'remote-node']);
    const problems = new Problems();
    NetworkPolicies.collect(problems, 'flows', { namespace: NAMESPACE, flows: [Flow.cidrOut({ cidr: '10.0.10.0/24', ports: [{ port: 9100 }] })], profile: VPC_CNI });
    expect(codes(problems.all)).toEqual(['CidrCoversPods']);
  });
});

describe('ipBlock against addresses of pods: the API leaves it open', () => {
  const pods = Flow.cidrOut({ cidr: '10.244.3.0/24' });

  test('Calico: matches addresses, so that a block of pods is refused', () => {
    expect(refusal(CALICO, pods)).toEqual(['CidrCoversPods']);
  });

  test('Cilium: does not match managed pods (cilium/cilium#16308), so that a block of pods is refused', () => {
    expect(refusal(CILIUM, pods)).toEqual(['CidrCoversPods']);
  });

  test('VPC CNI: matches; a block with exceptions beside the same block without mixes them (amazon-network-policy-controller-k8s#146)', () => {
    expect(refusal(VPC_CNI, Flow.internet({ except: ['203.0.113.0/24'], name: 'a' }), Flow.internet({ name: 'b' }))).toEqual(['ExceptionHidesFlow']);
  });

  test('kube-router: matches, so that a block of pods is refused', () => {
    expect(refusal(KUBE_ROUTER, pods)).toEqual(['CidrCoversPods']);
  });
});

describe('blocking 169.254.169.254', () => {
  const tier = (ground: ClusterProfile, namespaces = [{ namespace: NAMESPACE, flows: [Flow.internet()] }]): any[] =>
    ClusterTier.render({ platform: 'viridial', profile: ground, namespaces });

  test.each(GROUNDS)('%s: an exception works only if no other policy allows it, so every block loses it, and one that is it is an error', (_, ground) => {
    for (const flow of [Flow.internet({ privateNetworks: true }), Flow.cidrOut({ cidr: '169.0.0.0/8' })]) {
      expect(lets(render(ground, flow), { into: false, other: { address: '169.254.169.254' }, port: 80, protocol: 'TCP' }, ground.cni)).toBe(false);
    }
    expect(refusal(ground, Flow.cidrOut({ cidr: '169.254.169.254/32' }))).toEqual(['MetadataExposed']);
  });

  test('Calico: a GlobalNetworkPolicy denies, and leaves DNS alone (ministryofjustice/cloud-platform#2942)', () => {
    const [own, denies] = tier(TIER_GROUNDS[1][1]);
    expect(own).toMatchObject({ kind: 'Tier', spec: { defaultAction: 'Pass' } });
    expect(denies.kind).toBe('GlobalNetworkPolicy');
    expect(denies.spec.egress).toEqual([{ action: 'Deny', destination: { nets: ['169.254.0.0/16'] } }]);
    const pod = { namespace: NAMESPACE, labels: { 'viridial.com/platform': 'viridial' } };
    expect(closes([own, denies], { into: false, pod, other: { pod: { namespace: 'kube-system', labels: {} } }, port: 53, protocol: 'UDP' })).toBe(false);
  });

  test('Cilium: egressDeny with enableDefaultDeny false, because a policy without it would close everything else (devantler-tech/platform#3407)', () => {
    expect(tier(TIER_GROUNDS[0][1])[0].spec).toMatchObject({
      enableDefaultDeny: { ingress: false, egress: false }, egressDeny: [{ toCIDRSet: [{ cidr: '169.254.0.0/16' }] }],
    });
  });

  test('VPC CNI: the Admin tier of ClusterNetworkPolicy, of the group that EKS defines', () => {
    expect(tier(TIER_GROUNDS[3][1])[0]).toMatchObject({
      apiVersion: 'networking.k8s.aws/v1alpha1', kind: 'ClusterNetworkPolicy', spec: { tier: 'Admin', egress: [{ action: 'Deny', to: [{ networks: ['169.254.0.0/16'] }] }] },
    });
  });

  test('kube-router: nothing but the policy of the namespace, which has to be said', () => {
    expect(codes(refused(() => tier(KUBE_ROUTER)))).toEqual(['NoClusterTier']);
  });
});

describe('a new pod before its policy is ready', () => {
  test.each(GROUNDS)('%s: policies come before workloads, so that no pod is older than what closes it', (_, ground) => {
    const workload = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: NAMESPACE } };
    const policies = render(ground, Flow.dns(), Flow.kubeApiServer());
    const kinds = Manifests.order([workload, ...policies]).map(({ kind }) => kind);
    expect(kinds[kinds.length - 1]).toBe('Deployment');
  });
});

describe('deny of the cluster tier, which a tenant cannot override', () => {
  const kinds = (ground: ClusterProfile): string[] => ClusterTier.render({ platform: 'viridial', profile: ground, namespaces: [{ namespace: NAMESPACE, tenant: 'shop', flows: [] }] })
    .map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);

  test('Calico: GlobalNetworkPolicy in a tier; ClusterNetworkPolicy from 3.32 (projectcalico/calico#10745)', () => {
    expect(new Set(kinds(TIER_GROUNDS[1][1]))).toEqual(new Set(['projectcalico.org/v3 Tier', 'projectcalico.org/v3 GlobalNetworkPolicy']));
    expect(new Set(kinds(TIER_GROUNDS[2][1]))).toEqual(new Set(['policy.networking.k8s.io/v1alpha2 ClusterNetworkPolicy']));
  });

  test('Cilium: CiliumClusterwideNetworkPolicy with egressDeny and ingressDeny', () => {
    expect(new Set(kinds(TIER_GROUNDS[0][1]))).toEqual(new Set(['cilium.io/v2 CiliumClusterwideNetworkPolicy']));
  });

  test('VPC CNI: ClusterNetworkPolicy from 1.21.1 on Kubernetes from 1.29', () => {
    expect(new Set(kinds(TIER_GROUNDS[3][1]))).toEqual(new Set(['networking.k8s.aws/v1alpha1 ClusterNetworkPolicy']));
    expect(codes(refused(() => kinds(eks({ cniVersion: '1.21.0' }))))).toContain('NoClusterTier');
    expect(codes(refused(() => kinds(eks({ cniVersion: '1.21.1', version: '1.28' }))))).toContain('NoClusterTier');
  });

  test('kube-router: none, so that roles and admission guard alone, which has to be said', () => {
    expect(codes(refused(() => kinds(KUBE_ROUTER)))).toEqual(['NoClusterTier']);
  });
});
