import { ClusterProfile, Cni, Distribution, NetworkProtocol } from '@viridial/core';
import * as fc from 'fast-check';
import { Flow, NetworkPolicies } from '../src';
import { lets, OtherEnd } from './support/one-side';
import { eks, profile } from './support/profiles';

const ORDINARY: OtherEnd[] = [
  { namespace: 'shop-staging' }, { namespace: 'payments-staging' }, { namespace: 'payments-staging', podLabels: { app: 'api' } }, { namespace: 'search-staging' },
  { namespace: 'traefik' }, { namespace: 'viridial-monitoring' }, { namespace: 'kube-system' }, { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } },
  { namespace: 'default', podLabels: { 'k8s-app': 'kube-dns' } }, { namespace: 'other', namespaceLabels: { 'viridial.com/platform': 'viridial' } },
  { address: '203.0.113.7' }, { address: '203.0.114.7' }, { address: '198.51.100.7' }, { address: '10.200.0.1' }, { address: '172.16.0.9' }, { address: '169.254.169.254' },
  { address: '169.254.20.11' },
];

/** The addresses of a cluster that mean the same everywhere, by name. */
interface Ground {
  readonly profile: ClusterProfile;
  readonly node: string;
  readonly apiServer: string;
}

const NODES = { ingress: { className: 'traefik', hostNetwork: true } };

/** The same cluster with each CNI; that of EKS has subnets of its own for the control plane. */
function grounds(more: object): Ground[] {
  const own = { node: '192.168.10.77', apiServer: '192.168.10.11' };
  return [
    { profile: profile(Cni.CALICO, more), ...own },
    { profile: profile(Cni.CILIUM, more), ...own },
    { profile: profile(Cni.KUBE_ROUTER, { ...more, distribution: Distribution.K3S }), ...own },
    { profile: eks({ ingress: { className: 'traefik', namespace: 'traefik' }, apiServerCidrs: ['10.0.30.0/28'], apiServerPort: 6443, ...more }), node: '10.0.10.77', apiServer: '10.0.30.5' },
  ];
}

const PORTS = [[53, 'UDP'], [80, 'TCP'], [443, 'TCP'], [6443, 'TCP'], [8443, 'TCP'], [9443, 'TCP'], [9443, 'UDP']] as [number, string][];

/** Which connections of a pod of the namespace get through, by name of the other end. */
function table({ profile: ground, node, apiServer }: Ground, flows: Flow[]): string[] {
  const policies = NetworkPolicies.render({ namespace: 'shop-staging', flows, profile: ground });
  const others: [string, OtherEnd][] = [
    ...ORDINARY.map((other): [string, OtherEnd] => [JSON.stringify(other), other]), ['a node', { address: node }], ['the API server', { address: apiServer }],
  ];
  return [undefined, { app: 'web' }].flatMap((podLabels) => [true, false].flatMap((into) => others.flatMap(([name, other]) => PORTS.flatMap(([port, protocol]) =>
    lets(policies, { into, podLabels, other, port, protocol }, ground.cni) ? [`${podLabels?.app ?? 'any'} ${into ? 'from' : 'to'} ${name} ${port} ${protocol}`] : []))));
}

const ports = fc.option(fc.subarray([{ port: 443 }, { port: 8443 }, { port: 9443, protocol: NetworkProtocol.UDP }], { minLength: 1 }), { nil: undefined });
const podLabels = fc.constantFrom(undefined, { app: 'web' });
const flow = fc.tuple(ports, podLabels, fc.integer({ min: 0, max: 9 })).map(([open, labels, kind]) => {
  const more = { ports: open, podLabels: labels, name: `flow-${kind}-${labels === undefined ? 'any' : 'web'}` };
  switch (kind) {
    case 0: return Flow.dns(more);
    case 1: return Flow.kubeApiServer(more);
    case 2: return Flow.ingressIn(more);
    case 3: return Flow.namespaceIn({ ...more, namespace: 'payments-staging', peerPodLabels: { app: 'api' } });
    case 4: return Flow.namespaceOut({ ...more, namespace: 'payments-staging' });
    case 5: return Flow.metricsIn({ ...more, fromNamespace: 'viridial-monitoring' });
    case 6: return Flow.metricsOut({ ...more, platform: 'viridial' });
    case 7: return Flow.internet(more);
    case 8: return Flow.cidrOut({ ...more, cidr: '203.0.113.0/24' });
    default: return Flow.sameNamespace({ podLabels: labels, name: more.name });
  }
});

describe('one policy for four CNIs', () => {
  test.each([['an ingress in a namespace', {}], ['an ingress on the network of the nodes', NODES]])('gives one table, with %s', (_, more) => {
    const four = grounds(more);
    fc.assert(fc.property(fc.array(flow, { maxLength: 6 }), (flows) => {
      // the API servers of kubeadm are nodes, on which an ingress may run; those of EKS are none
      const [first, ...others] = four.map((ground) => table(ground, flows).filter((row) => more !== NODES || !row.includes('from the API server')));
      for (const other of others) expect(other).toEqual(first);
    }), { numRuns: 40 });
  });

  test('has the two rows of a webhook that differ, and says so: under Cilium every other node may call as well', () => {
    const [calico, cilium, kubeRouter, vpcCni] = grounds({}).map((ground) => table(ground, [Flow.webhookIn({ ports: [{ port: 9443 }] })]));
    expect(calico).toEqual(['any from the API server 9443 TCP', 'web from the API server 9443 TCP']);
    expect([kubeRouter, vpcCni]).toEqual([calico, calico]);
    expect(cilium).toEqual(['any from a node 9443 TCP', 'any from the API server 9443 TCP', 'web from a node 9443 TCP', 'web from the API server 9443 TCP']);
  });
});
