import { Flow, FlowKind } from '../src';

test('a flow explains itself when nobody else does, and with the words it is given otherwise', () => {
  expect(Flow.metricsIn({ fromNamespace: 'viridial-monitoring' }).reason).toBe('metrics are scraped from viridial-monitoring');
  expect(Flow.internet({ reason: 'the payment provider is called' }).reason).toBe('the payment provider is called');
});

test('a flow to the internet opens no private network unless asked', () => {
  expect(Flow.internet().privateNetworks).toBe(false);
  expect(Flow.internet({ privateNetworks: true }).privateNetworks).toBe(true);
});

test('a flow does not change when the lists and labels it was made of do', () => {
  const ports = [{ port: 80 }];
  const podLabels: { [key: string]: string } = { app: 'web' };
  const flow = Flow.namespaceIn({ namespace: 'payments-staging', ports, podLabels });
  ports.push({ port: 22 });
  podLabels.app = 'other';
  expect([flow.ports, flow.podLabels]).toEqual([[{ port: 80 }], { app: 'web' }]);
});

test('each factory makes a flow of its own kind', () => {
  const flows = [
    Flow.dns(), Flow.kubeApiServer(), Flow.webhookIn({ ports: [{ port: 9443 }] }), Flow.ingressIn(), Flow.metricsIn({ fromNamespace: 'a' }),
    Flow.metricsOut({ platform: 'a' }), Flow.sameNamespace(), Flow.namespaceIn({ namespace: 'a' }), Flow.namespaceOut({ namespace: 'a' }),
    Flow.internet(), Flow.cidrIn({ cidr: '203.0.113.0/24' }), Flow.cidrOut({ cidr: '203.0.113.0/24' }), Flow.metadataDeny(),
  ];
  expect(flows.map((flow) => flow.kind)).toEqual(Object.values(FlowKind));
});
