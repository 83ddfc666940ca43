import { CanonicalYaml, Cni, Manifests, NetworkProtocol, Problems } from '@viridial/core';
import * as fc from 'fast-check';
import { Flow, NetworkPolicies } from '../src';
import { flows as anyFlows, inTwoOrders } from './support/arbitraries';
import { lets } from './support/one-side';
import { eks, GROUNDS, profile } from './support/profiles';
import { codes, refused } from './support/refused';

const NAMESPACE = 'shop-staging';

function render(flows: Flow[], ground = profile(Cni.CALICO)): any[] {
  return NetworkPolicies.render({ namespace: NAMESPACE, flows, profile: ground });
}

function policyCalled(name: string, policies: any[]): any {
  return policies.find((policy) => policy.metadata.name === name);
}

describe('closing a namespace', () => {
  test.each(GROUNDS)('on %s a namespace without flows is closed in both directions for every pod', (_, ground) => {
    const policies = render([], ground);
    expect(policies.map((policy) => [policy.metadata.name, policy.spec])).toEqual([
      ['default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }],
    ]);
  });

  test('the deny comes first and the openings follow by name, whatever the order of the flows', () => {
    const flows = [Flow.sameNamespace(), Flow.internet(), Flow.dns()];
    const names = render(flows).map((policy) => policy.metadata.name);
    expect(names).toEqual(['default-deny', 'allow-dns', 'allow-internet', 'allow-same-namespace']);
    expect(JSON.stringify(render([...flows].reverse()))).toBe(JSON.stringify(render(flows)));
  });

  test('every object is well formed, in the namespace, and labelled as managed', () => {
    const policies = render([Flow.dns(), Flow.sameNamespace(), Flow.internet()]);
    expect(Manifests.check(policies)).toEqual([]);
    for (const policy of policies) {
      expect(policy.metadata.namespace).toBe(NAMESPACE);
      expect(policy.metadata.labels).toEqual({ 'app.kubernetes.io/managed-by': 'viridial', 'viridial.com/managed': 'true' });
    }
  });

  test('labels of the caller are added, and cannot unmark an object as managed', () => {
    const [deny] = NetworkPolicies.render({
      namespace: NAMESPACE, flows: [], profile: profile(Cni.CALICO), labels: { 'viridial.com/tenant': 'shop', 'viridial.com/managed': 'false' },
    });
    expect(deny.metadata.labels).toMatchObject({ 'viridial.com/tenant': 'shop', 'viridial.com/managed': 'true' });
  });

  test('an opening says why it is there', () => {
    const policies = render([Flow.dns({ reason: 'the shop looks up its database' })]);
    expect(policyCalled('allow-dns', policies).metadata.annotations).toEqual({ 'viridial.com/reason': 'the shop looks up its database' });
  });
});

describe('flows inside the cluster', () => {
  test.each(GROUNDS)('on %s DNS is open over UDP and TCP to the DNS pods and to nobody else in kube-system', (_, ground) => {
    const policies = render([Flow.dns()], ground);
    const dns = { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } };
    for (const protocol of ['UDP', 'TCP']) {
      expect(lets(policies, { into: false, other: dns, port: 53, protocol })).toBe(true);
      expect(lets(policies, { into: false, other: { namespace: 'kube-system' }, port: 53, protocol })).toBe(false);
    }
    expect(lets(policies, { into: false, other: dns, port: 9153, protocol: 'TCP' })).toBe(false);
    expect(lets(policies, { into: true, other: dns, port: 53, protocol: 'UDP' })).toBe(false);
  });

  test('namespaces are chosen by the label that only the API server sets', () => {
    const [, from] = render([Flow.namespaceIn({ namespace: 'payments-staging' })]);
    expect(from.spec.ingress).toEqual([{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'payments-staging' } } }] }]);
  });

  test('pods of one namespace reach each other in both directions and reach no other namespace', () => {
    const policies = render([Flow.sameNamespace()]);
    for (const into of [true, false]) {
      expect(lets(policies, { into, other: { namespace: NAMESPACE }, port: 1234, protocol: 'SCTP' })).toBe(true);
      expect(lets(policies, { into, other: { namespace: 'payments-staging' }, port: 1234, protocol: 'TCP' })).toBe(false);
    }
  });

  test('a flow to another namespace opens one direction, the named pods and the named ports', () => {
    const policies = render([Flow.namespaceOut({ namespace: 'payments-staging', peerPodLabels: { app: 'api' }, ports: [{ port: 8443 }] })]);
    const api = { namespace: 'payments-staging', podLabels: { app: 'api' } };
    expect(lets(policies, { into: false, other: api, port: 8443, protocol: 'TCP' })).toBe(true);
    expect(lets(policies, { into: false, other: api, port: 8080, protocol: 'TCP' })).toBe(false);
    expect(lets(policies, { into: false, other: { namespace: 'payments-staging' }, port: 8443, protocol: 'TCP' })).toBe(false);
    expect(lets(policies, { into: true, other: api, port: 8443, protocol: 'TCP' })).toBe(false);
  });

  test('a flow for some pods opens nothing for the others', () => {
    const policies = render([Flow.webhookIn({ ports: [{ port: 10250 }], podLabels: { app: 'webhook' } })]);
    const call = { into: true, other: { address: '192.168.10.11' }, port: 10250, protocol: 'TCP' };
    expect(lets(policies, { ...call, podLabels: { app: 'webhook' } })).toBe(true);
    expect(lets(policies, { ...call, podLabels: { app: 'other' } })).toBe(false);
  });

  test('scraping opens every TCP port to the monitoring, no UDP port, and only the named ports when there are some', () => {
    const monitoring = { namespace: 'viridial-monitoring' };
    const open = render([Flow.metricsIn({ fromNamespace: 'viridial-monitoring' })]);
    expect(lets(open, { into: true, other: monitoring, port: 8080, protocol: 'TCP' })).toBe(true);
    expect(lets(open, { into: true, other: monitoring, port: 8080, protocol: 'UDP' })).toBe(false);
    const narrow = render([Flow.metricsIn({ fromNamespace: 'viridial-monitoring', ports: [{ port: 9090 }] })]);
    expect(lets(narrow, { into: true, other: monitoring, port: 9090, protocol: 'TCP' })).toBe(true);
    expect(lets(narrow, { into: true, other: monitoring, port: 8080, protocol: 'TCP' })).toBe(false);
  });

  test('a scraper reaches the namespaces of its platform and no others', () => {
    const policies = render([Flow.metricsOut({ platform: 'viridial' })]);
    const ours = { namespace: 'shop-production', namespaceLabels: { 'viridial.com/platform': 'viridial' } };
    const foreign = { namespace: 'shop-production', namespaceLabels: { 'viridial.com/platform': 'other' } };
    expect(lets(policies, { into: false, other: ours, port: 8080, protocol: 'TCP' })).toBe(true);
    expect(lets(policies, { into: false, other: foreign, port: 8080, protocol: 'TCP' })).toBe(false);
    expect(lets(policies, { into: true, other: ours, port: 8080, protocol: 'TCP' })).toBe(false);
  });
});

describe('two flows in one object', () => {
  test('flows of one kind are put together, their ports in one order and each once', () => {
    const flows = [
      Flow.namespaceIn({ namespace: 'payments-staging', ports: [{ port: 8443 }, { port: 80 }, { port: 80, protocol: NetworkProtocol.TCP }] }),
      Flow.namespaceIn({ namespace: 'payments-staging', ports: [{ port: 53, protocol: NetworkProtocol.UDP }], reason: 'it asks for names' }),
    ];
    const [, policy] = render(flows);
    expect(policy.spec.ingress.map((rule: any) => rule.ports)).toEqual([
      [{ protocol: 'TCP', port: 80 }, { protocol: 'TCP', port: 8443 }],
      [{ protocol: 'UDP', port: 53 }],
    ]);
    expect(policy.metadata.annotations['viridial.com/reason']).toBe('it asks for names; payments-staging calls');
    expect(JSON.stringify(render([...flows].reverse()))).toBe(JSON.stringify(render(flows)));
  });

  test('the same flow twice is the flow once', () => {
    expect(render([Flow.dns(), Flow.dns()])).toEqual(render([Flow.dns()]));
  });

  test('two flows for different pods need a name of their own', () => {
    const flow = (app: string, name?: string): Flow => Flow.webhookIn({ ports: [{ port: 9443 }], podLabels: { app }, name });
    const [problem] = refused(() => render([flow('a'), flow('b')]));
    expect(problem.toString()).toBe('flows[1].podLabels: two flows for different pods would both be called allow-webhooks (PolicyNameTaken); cure: give one of the flows a name');
    expect(render([flow('a'), flow('b', 'webhooks-of-b')]).map((policy) => policy.metadata.name)).toContain('allow-webhooks-of-b');
  });
});

describe('mistakes in a flow', () => {
  test('all mistakes are reported together, each with its path', () => {
    const problems = refused(() => render([
      Flow.namespaceIn({ namespace: 'Shop_Staging' }),
      Flow.ingressIn({ ports: [{ port: 70000 }] }),
      Flow.cidrOut({ cidr: '203.0.113.7/24' }),
      Flow.sameNamespace({ podLabels: { 'app name': 'x' } }),
    ]));
    expect(problems.map((problem) => problem.path)).toEqual(['flows[0].namespace', 'flows[1].ports[0]', 'flows[2].cidr', 'flows[3].podLabels.app name']);
  });

  test('an empty list of ports is refused, because Kubernetes reads it as every port', () => {
    const [problem] = refused(() => render([Flow.ingressIn({ ports: [] })]));
    expect(problem).toMatchObject({ code: 'EmptyPorts', path: 'flows[0].ports' });
  });

  test('the namespace itself has to be one', () => {
    const problems = refused(() => NetworkPolicies.render({ namespace: 'Shop', flows: [], profile: profile(Cni.CALICO) }));
    expect(codes(problems)).toEqual(['InvalidDnsLabel']);
  });

  test('collecting reports without throwing, with the path of the caller', () => {
    const problems = new Problems();
    NetworkPolicies.collect(problems, 'tenants.shop.flows', { namespace: NAMESPACE, flows: [Flow.ingressIn()], profile: eks({ ingress: undefined }) });
    expect(problems.errors.map((problem) => [problem.path, problem.code])).toEqual([['tenants.shop.flows[0]', 'FlowNotExpressible']]);
  });
});

describe('any flows that a cluster can express', () => {
  test.each(GROUNDS)('on %s give the same bytes in every order, no object twice, and no rule without a peer', (_, ground) => {
    fc.assert(fc.property(anyFlows(ground).chain(inTwoOrders), ([flows, others]) => {
      const policies = render(flows, ground);
      expect(CanonicalYaml.stringifyAll(render(others, ground))).toBe(CanonicalYaml.stringifyAll(policies));
      expect(Manifests.check(policies)).toEqual([]);
      for (const { spec } of policies.slice(1)) {
        for (const rule of [...spec.ingress ?? [], ...spec.egress ?? []]) expect((rule.from ?? rule.to ?? rule.fromEntities ?? rule.toEntities).length).toBeGreaterThan(0);
      }
    }), { numRuns: 80 });
  });
});
