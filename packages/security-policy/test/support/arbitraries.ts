import { ClusterProfile, Cni, NetworkPort, NetworkProtocol } from '@viridial/core';
import * as fc from 'fast-check';
import { Flow } from '../../src';

const port: fc.Arbitrary<NetworkPort> = fc.record(
  { port: fc.integer({ min: 1, max: 65535 }), protocol: fc.constantFrom(...Object.values(NetworkProtocol)) },
  { requiredKeys: ['port'] },
);

const ports = fc.option(fc.array(port, { minLength: 1, maxLength: 4 }), { nil: undefined });

const namespace = fc.constantFrom('payments-staging', 'search-staging', 'viridial-monitoring');

const webhooks = fc.array(port, { minLength: 1, maxLength: 3 }).map((open) => Flow.webhookIn({ ports: open }));

/** Flows of every kind that network policies of the cluster can express. */
export function flows(ground: ClusterProfile): fc.Arbitrary<Flow[]> {
  const flow = fc.oneof(
    fc.constantFrom(Flow.dns(), Flow.sameNamespace(), Flow.metricsOut({ platform: 'viridial' }), Flow.internet()),
    ports.map((open) => Flow.ingressIn({ ports: open })),
    fc.tuple(namespace, ports).map(([fromNamespace, open]) => Flow.metricsIn({ fromNamespace, ports: open })),
    fc.tuple(namespace, ports).map(([peer, open]) => Flow.namespaceIn({ namespace: peer, ports: open })),
    fc.tuple(namespace, ports).map(([peer, open]) => Flow.namespaceOut({ namespace: peer, ports: open })),
    fc.tuple(fc.constantFrom('203.0.113.0/24', '203.0.113.7/32'), ports).map(([cidr, open]) => Flow.cidrIn({ cidr, ports: open })),
    fc.tuple(fc.constantFrom('203.0.113.0/24', '169.0.0.0/8'), ports).map(([cidr, open]) => Flow.cidrOut({ cidr, ports: open })),
    fc.constant(Flow.kubeApiServer()),
    webhooks,
    ...(ground.cni === Cni.VPC_CNI ? [] : [ports.map((open) => Flow.cidrOut({ cidr: '192.168.0.0/16', ports: open }))]),
  );
  return fc.array(flow, { maxLength: 8 });
}

/** A list beside the same list in another order. */
export function inTwoOrders<T>(list: T[]): fc.Arbitrary<[T[], T[]]> {
  return fc.shuffledSubarray(list, { minLength: list.length }).map((other) => [list, other]);
}
