import { ClusterProfile, Cni } from '@viridial/core';
import { Flow, NetworkPolicies } from '../../src';
import { eks, profile } from '../support/profiles';
import { refused } from '../support/refused';

function render(flows: Flow[], ground: ClusterProfile = eks()): any[] {
  return NetworkPolicies.render({ namespace: 'shop-staging', flows, profile: ground });
}

function ports(from: number, count: number): { port: number }[] {
  return Array.from({ length: count }, (_, index) => ({ port: from + index }));
}

test('24 ports for one peer are enforced and 25 are refused', () => {
  expect(render([Flow.namespaceIn({ namespace: 'payments-staging', ports: ports(8000, 24) })])).toHaveLength(2);
  const [problem] = refused(() => render([Flow.namespaceIn({ namespace: 'payments-staging', ports: ports(8000, 25) })]));
  expect(problem).toMatchObject({ code: 'TooManyPorts', path: 'flows[0].ports', value: 25 });
});

test('the ports of several flows count together when they have the same peer and direction', () => {
  const half = (from: number): Flow => Flow.namespaceIn({ namespace: 'payments-staging', ports: ports(from, 13) });
  expect(refused(() => render([half(8000), half(9000)]))[0].path).toBe('flows[1].ports');
  expect(render([half(8000), Flow.namespaceOut({ namespace: 'payments-staging', ports: ports(9000, 13) })])).toHaveLength(3);
});

test('other CNIs have no such limit', () => {
  expect(render([Flow.namespaceIn({ namespace: 'payments-staging', ports: ports(8000, 40) })], profile(Cni.CALICO))).toHaveLength(2);
});

test('one block with two lists of exceptions is refused, because the agent mixes them', () => {
  const flows = [Flow.internet({ ports: [{ port: 80 }] }), Flow.internet({ ports: [{ port: 53 }], privateNetworks: true })];
  const [problem] = refused(() => render(flows));
  expect(problem).toMatchObject({ code: 'ExceptionHidesFlow', message: 'the VPC CNI would close 0.0.0.0/0 for this flow: another flow has the same block with other exceptions' });
  expect(render(flows, profile(Cni.CALICO))).toHaveLength(2);
});

test('a block that is an exception of another flow is refused, a smaller one is not', () => {
  const out = (cidr: string): Flow[] => [Flow.internet(), Flow.cidrOut({ cidr })];
  expect(refused(() => render(out('172.16.0.0/12')))[0]).toMatchObject({ code: 'ExceptionHidesFlow', path: 'flows[1]' });
  expect(render(out('172.16.5.0/24'))).toHaveLength(3);
});

test('the same flow twice conflicts with nothing', () => {
  expect(render([Flow.internet(), Flow.internet()])).toHaveLength(2);
});
