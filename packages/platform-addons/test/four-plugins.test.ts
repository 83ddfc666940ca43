import { ClusterProfile, Cni, NetworkProtocol } from '@viridial/core';
import { Proof, Reachability } from '@viridial/proof';
import { ClusterTier, ClusterTierExpectations, ClusterTierNamespace, Flow, FlowExpectations, NetworkPolicies } from '@viridial/security-policy';
import * as fc from 'fast-check';

const NODES = ['192.168.10.0/24'];
const API_SERVERS = ['192.168.20.16/28'];
const common = { version: '1.36', nodeCidrs: NODES, apiServerCidrs: API_SERVERS, apiServerPort: 6443, ingress: { className: 'traefik', namespace: 'traefik' } };

/** One cluster with each plugin; its API servers have addresses that neither nodes nor pods have, as no plugin could tell them apart otherwise. */
const PLUGINS: { readonly [name: string]: ClusterProfile } = {
  'Calico': ClusterProfile.kubeadm({ ...common, cni: Cni.CALICO, cniVersion: '3.31.0' }),
  'Calico with ClusterNetworkPolicy': ClusterProfile.kubeadm({ ...common, cni: Cni.CALICO, cniVersion: '3.32.1' }),
  'Cilium': ClusterProfile.kubeadm({ ...common, cni: Cni.CILIUM, cniVersion: '1.18.0' }),
  'kube-router': ClusterProfile.k3s({ ...common, cni: Cni.KUBE_ROUTER }),
  'VPC CNI': ClusterProfile.eks({ ...common, cniVersion: '1.21.1', podCidrs: ['100.64.0.0/16'] }),
};

const PLATFORM = 'viridial';
const TENANTS = ['shop', 'payments', 'search'];
const NAMESPACES = [...TENANTS.map((tenant) => `${tenant}-production`), 'viridial-monitoring'];

const labels = (namespace: string, tenant?: string) => ({
  'kubernetes.io/metadata.name': namespace, 'viridial.com/platform': PLATFORM, ...(tenant === undefined ? {} : { 'viridial.com/tenant': tenant }),
});
const deployment = (namespace: string, app: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: app, namespace },
  spec: { selector: { matchLabels: { app } }, template: { metadata: { labels: { app } }, spec: { containers: [{ name: app, image: 'registry.example.com/app:1' }] } } },
});
const workloads = [
  ...TENANTS.map((tenant) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `${tenant}-production`, labels: labels(`${tenant}-production`, tenant) } })),
  ...['viridial-monitoring', 'traefik', 'kube-system'].map((name) => ({
    apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: name === 'viridial-monitoring' ? labels(name) : { 'kubernetes.io/metadata.name': name } },
  })),
  ...NAMESPACES.flatMap((namespace) => [deployment(namespace, 'web'), deployment(namespace, 'db')]),
  deployment('traefik', 'traefik'),
  { ...deployment('kube-system', 'coredns'), spec: { ...deployment('kube-system', 'coredns').spec, selector: { matchLabels: { 'k8s-app': 'kube-dns' } }, template: { ...deployment('kube-system', 'coredns').spec.template, metadata: { labels: { 'k8s-app': 'kube-dns' } } } } },
];

const ports = fc.option(fc.subarray([{ port: 443 }, { port: 8443 }, { port: 9090, protocol: NetworkProtocol.UDP }], { minLength: 1 }), { nil: undefined });
const flowOf = (namespace: string) => fc.tuple(ports, fc.constantFrom(undefined, { app: 'web' }), fc.constantFrom(...NAMESPACES.filter((other) => other !== namespace)), fc.integer({ min: 0, max: 8 }))
  .map(([open, podLabels, other, kind]) => {
    const more = { ports: open, podLabels, name: `flow-${kind}-${other}-${podLabels === undefined ? 'any' : 'web'}` };
    switch (kind) {
      case 0: return Flow.dns(more);
      case 1: return Flow.kubeApiServer(more);
      case 2: return Flow.ingressIn(more);
      case 3: return Flow.namespaceIn({ ...more, namespace: other, peerPodLabels: { app: 'web' } });
      case 4: return Flow.namespaceOut({ ...more, namespace: other });
      case 5: return Flow.metricsIn({ ...more, fromNamespace: 'viridial-monitoring' });
      case 6: return Flow.internet(more);
      case 7: return Flow.cidrOut({ ...more, cidr: '203.0.113.0/24' });
      default: return Flow.sameNamespace({ podLabels, name: more.name });
    }
  });
const intents = fc.tuple(...NAMESPACES.map((namespace) => fc.uniqueArray(flowOf(namespace), { maxLength: 4, selector: ({ name }) => name })));

const render = (profile: ClusterProfile, flows: Flow[][]) => NAMESPACES.flatMap((namespace, index) => NetworkPolicies.render({ namespace, flows: flows[index], profile }));

describe('the same flows, rendered for each network plugin and read as that plugin reads them,', () => {
  test('have one table', () => {
    fc.assert(fc.property(intents, (flows) => {
      const [first, ...others] = Object.values(PLUGINS).map((profile) => Reachability.of([...workloads, ...render(profile, flows)], { profile }).table().toJson());
      for (const other of others) expect(other).toEqual(first);
    }), { numRuns: 25 });
  });

  // what is promised may still be blocked here: the other namespace has not always agreed
  test('open nothing that they promise to keep closed, and nothing of it is without effect or not read', () => {
    fc.assert(fc.property(intents, (flows) => {
      for (const profile of Object.values(PLUGINS)) {
        const expectations = NAMESPACES.flatMap((namespace, index) => FlowExpectations.of({ namespace, flows: flows[index], profile }));
        const { findings } = Proof.of([...workloads, ...render(profile, flows)], { profile, expectations }).report();
        expect(findings.filter(({ ruleId }) => /^(FlowOpen|Policy|Unread|Malformed)/.test(ruleId))).toEqual([]);
      }
    }), { numRuns: 10 });
  });
});

describe('a tenant who opens himself to everybody', () => {
  const everybody = TENANTS.map((tenant) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'mine', namespace: `${tenant}-production` },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [{}] },
  }));
  const tiered = Object.entries(PLUGINS).filter(([name]) => name !== 'kube-router');
  const consented: ClusterTierNamespace[] = [
    { namespace: 'shop-production', tenant: 'shop', flows: [Flow.namespaceOut({ namespace: 'payments-production', ports: [{ port: 8443 }] })] },
    { namespace: 'payments-production', tenant: 'payments', flows: [Flow.namespaceIn({ namespace: 'shop-production', ports: [{ port: 8443 }] })] },
    { namespace: 'search-production', tenant: 'search', flows: [] },
    { namespace: 'viridial-monitoring', flows: [] },
  ];
  const judged = (profile: ClusterProfile) => {
    const props = { platform: PLATFORM, profile, namespaces: consented };
    const manifests = [...workloads, ...everybody, ...ClusterTier.render(props)];
    return { manifests, expectations: ClusterTierExpectations.of(props) };
  };

  test.each(tiered)('is still kept from other tenants by the tier of %s, which promises it', (_, profile) => {
    const { manifests, expectations } = judged(profile);
    expect(expectations.length).toBeGreaterThan(4);
    const { findings } = Proof.of(manifests, { profile, expectations }).report();
    expect(findings.filter(({ ruleId }) => /^(Flow|Unread|Policy|Malformed)/.test(ruleId))).toEqual([]);
  });

  test('fares the same under every tier, and what both consented to gets through', () => {
    const [first, ...others] = tiered.map(([, profile]) => Reachability.of(judged(profile).manifests, { profile }).table());
    for (const other of others) expect(other.toJson()).toEqual(first.toJson());
    const text = (from: string, to: string) => first.pairsFrom(from).find(({ destination }) => destination === to)?.portsText;
    expect(text('Deployment.apps shop-production/web', 'Deployment.apps payments-production/web')).toBe('TCP 8443');
    expect(text('Deployment.apps search-production/web', 'Deployment.apps payments-production/web')).toBeUndefined();
  });
});
