import { ClusterProfile } from '@viridial/core';
import { Endpoint, Reachability, ReachabilityTable } from '../src';
import { PROFILES } from './fixtures/dialects';
import { AS_CALICO, AS_CILIUM, AS_CLUSTER_POLICIES, AS_NETWORK_POLICIES, TENANTS, WORKLOADS } from './fixtures/one-intent';

const RENDERED: [string, ClusterProfile, any[]][] = [
  ['kube-router', PROFILES.kubeRouter, AS_NETWORK_POLICIES],
  ['cilium', PROFILES.cilium, AS_CILIUM],
  ['calico', PROFILES.calico, AS_CALICO],
  ['vpc-cni', PROFILES.vpcCni, AS_CLUSTER_POLICIES],
];

function tableOf(profile: ClusterProfile, policies: any[]): ReachabilityTable {
  return Reachability.of([...WORKLOADS, ...policies], { profile }).table();
}

function linesOf(table: ReachabilityTable): string[] {
  return table.pairs().map(({ source, destination, portsText }) => `${source} -> ${destination}: ${portsText}`);
}

/** What is open to and from addresses: nodes, the API server, the internet, the metadata of the cloud. */
function addressesOf(profile: ClusterProfile, policies: any[]): string[] {
  const reach = Reachability.of([...WORKLOADS, ...policies], { profile });
  return TENANTS.flatMap((own) => ['web', 'db'].flatMap((name) => ['192.0.2.1', '192.0.2.7', '203.0.113.7', '169.254.169.254', '10.9.9.9'].flatMap((address) => {
    const workload = Endpoint.workload(own, 'Deployment', name);
    return [`${own}/${name} -> ${address}: ${reach.openPorts(workload, Endpoint.ip(address))}`, `${address} -> ${own}/${name}: ${reach.openPorts(Endpoint.ip(address), workload)}`];
  })));
}

const [[, first, policies], ...others] = RENDERED;

test('the first table is what the intent says', () => {
  const table = linesOf(tableOf(first, policies));
  expect(table).toContain('Deployment.apps shop/web -> Deployment.apps payments/db: TCP 8080');
  expect(table).toContain('Deployment.apps blog/web -> Deployment.apps blog/db: every port');
  expect(table).toContain('Deployment.apps ingress/controller -> Deployment.apps shop/web: TCP 8080');
  expect(table).toContain('Deployment.apps blog/db -> Deployment.apps kube-system/dns: TCP 53; UDP 53');
  expect(table.filter((line) => /blog.*shop|shop.*blog|payments.*-> .*shop/.test(line))).toEqual([]);
  expect(addressesOf(first, policies)).toEqual(expect.arrayContaining([
    'shop/web -> 192.0.2.1: TCP 6443', 'blog/web -> 192.0.2.1: no port', '192.0.2.7 -> shop/web: TCP 8080', '192.0.2.7 -> shop/db: no port',
    'shop/db -> 203.0.113.7: every port', 'shop/db -> 169.254.169.254: no port', '203.0.113.7 -> shop/web: no port',
  ]));
});

test.each(others)('%s has the same table, by its own policies and semantics', (_, profile, own) => {
  expect(tableOf(profile, own).toJson()).toEqual(tableOf(first, policies).toJson());
  expect(tableOf(profile, own).diff(tableOf(first, policies))).toEqual([]);
  expect(addressesOf(profile, own)).toEqual(addressesOf(first, policies));
});

test.each(others)('%s has another table when one policy is missing', (_, profile, own) => {
  const without = own.filter(({ metadata }) => metadata.name !== 'payments');
  const closed = tableOf(profile, without).diff(tableOf(first, policies)).map(({ source, destination, openedText, closedText }) => `${source} -> ${destination}: ${openedText}, ${closedText}`);
  expect(closed).toContain('Deployment.apps shop/web -> Deployment.apps payments/db: no port, TCP 8080');
  expect(closed.filter((line) => line.includes('payments'))).toHaveLength(4);
});

test('what is written for one plugin protects nothing under another one', () => {
  expect(tableOf(PROFILES.kubeRouter, AS_CILIUM).toJson()).toEqual(tableOf(PROFILES.kubeRouter, []).toJson());
  expect(tableOf(PROFILES.cilium, AS_CALICO).toJson()).toEqual(tableOf(PROFILES.cilium, []).toJson());
});
